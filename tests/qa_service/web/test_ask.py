"""POST /v1/ask: what is handed on, and what is refused in which words."""

import json

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_service.conversation import Turn
from qa_service.web.limits import MAX_BODY_BYTES, MAX_TURNS
from tests.qa_service.web.conftest import RecordingAnswers
from tests.qa_service.web.problem import assert_problem

_JSON = {"Content-Type": "application/json"}


def test_a_question_alone_is_enough(client: TestClient, answers: RecordingAnswers) -> None:
    reply = client.post("/v1/ask", json={"question": "某局2017年收到多少件申请？"})
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/json"
    assert reply.json()["status"] == "not_found"
    asked = answers.asked[0]
    assert (asked.question, list(asked.history), asked.language, asked.agency, asked.year) == (
        "某局2017年收到多少件申请？", [], "auto", None, None,
    )  # fmt: skip


def test_history_language_and_filters_are_handed_on(client: TestClient, answers: RecordingAnswers) -> None:
    body = {
        "question": "And the year before?",
        "history": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}],
        "language": "en",
        "filters": {"agency": "demo_bureau", "year": 2022},
        "a later version's field": 1,
    }
    assert client.post("/v1/ask", json=body).status_code == 200
    asked = answers.asked[0]
    assert [(turn.role, turn.content) for turn in asked.history] == [("user", "a"), ("assistant", "b")]
    assert all(isinstance(turn, Turn) for turn in asked.history)
    assert (asked.language, asked.agency, asked.year) == ("en", "demo_bureau", 2022)


@pytest.mark.parametrize("question", ["", " ", "'; DROP TABLE reports; --", "\x00\x1b[31m\u202e", "问" * 20_000])
def test_odd_questions_reach_the_answerer_and_come_back_whole(client: TestClient, question: str) -> None:
    reply = client.post("/v1/ask", json={"question": question})
    assert reply.status_code == 200
    assert reply.json()["answer"] == question


def test_half_a_character_is_replaced(client: TestClient) -> None:
    reply = client.post("/v1/ask", content=b'{"question": "a\\ud800b"}', headers=_JSON)
    assert reply.status_code == 200
    assert reply.json()["answer"] == "a\ufffdb"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(question=st.text(max_size=200))
def test_any_text_is_a_question(client: TestClient, question: str) -> None:
    reply = client.post("/v1/ask", json={"question": question})
    assert reply.status_code == 200
    assert reply.json()["answer"] == question


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "invalid-request"),
        (b"question=what", 400, "invalid-json"),
        (b'{"question": ', 400, "invalid-json"),
        (b'{"question": "\xff\xfe"}', 400, "invalid-json"),
        (b"[" * 200_000, 400, "invalid-json"),
        (b'"what"', 422, "invalid-request"),
        (b"{}", 422, "invalid-request"),
        (b'{"question": null}', 422, "invalid-request"),
        (b'{"question": ["a"]}', 422, "invalid-request"),
        (b'{"question": "a", "language": "fr"}', 422, "invalid-request"),
        (b'{"question": "a", "history": "b"}', 422, "invalid-request"),
        (b'{"question": "a", "history": [{"role": "system", "content": "b"}]}', 422, "invalid-request"),
        (b'{"question": "a", "filters": {"year": "x"}}', 422, "invalid-request"),
    ],
)
def test_a_wrong_body_is_refused_in_words(client: TestClient, body: bytes, status: int, code: str) -> None:
    assert_problem(client.post("/v1/ask", content=body, headers=_JSON), status, code)
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_that_is_not_sent_as_json_is_told_so(client: TestClient, media_type: str) -> None:
    reply = client.post("/v1/ask", content=b'{"question": "a"}', headers={"Content-Type": media_type})
    assert_problem(reply, 415, "unsupported-media-type")


def test_a_wrong_field_is_named(client: TestClient) -> None:
    reply = client.post("/v1/ask", json={"question": "a", "filters": {"year": "x"}})
    assert "filters.year" in reply.json()["detail"]
    assert "filters.year" in reply.json()["detail_zh"]


def test_a_long_history_is_no_fault(client: TestClient) -> None:
    history = [{"role": "user", "content": "a"}] * (MAX_TURNS + 100)
    assert client.post("/v1/ask", json={"question": "示例", "history": history, "filters": None}).status_code == 200


def test_a_body_over_the_limit_is_refused_by_its_declared_length(client: TestClient) -> None:
    body = json.dumps({"question": "a" * MAX_BODY_BYTES}).encode()
    assert_problem(client.post("/v1/ask", content=body, headers=_JSON), 413, "too-large")


def test_a_body_over_the_limit_is_refused_while_it_comes_in_pieces(client: TestClient) -> None:
    pieces = iter([b'{"question": "'] + [b"a" * 65536] * 10)
    assert_problem(client.post("/v1/ask", content=pieces, headers=_JSON), 413, "too-large")


def test_a_fault_tells_nothing_of_the_inside(client: TestClient) -> None:
    reply = client.post("/v1/ask", json={"question": "fail"})
    assert_problem(reply, 500, "internal")
    assert "secret" not in reply.text
    assert "Traceback" not in reply.text
    assert client.post("/v1/ask", json={"question": "next"}).status_code == 200
