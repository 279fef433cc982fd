"""POST /v1/ask/stream: the same answer as /v1/ask, in events."""

import json
import time
from collections.abc import Iterator, Sequence
from threading import Event as Signal

import httpx
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_service.answering.answer import Answer, Kind, Status
from qa_service.conversation import Turn
from qa_service.library import Library
from qa_service.web.app import create_app
from qa_service.web.sentences import split_sentences
from tests.qa_service.sample_library import sample_answerer, sample_library
from tests.qa_service.web.conftest import RecordingAnswers
from tests.qa_service.web.events import Event, parse_events
from tests.qa_service.web.problem import assert_problem
from tests.qa_service.web.running import serving

_QUESTIONS = (
    "云溪区府办2017年收到多少件申请？",
    "云溪区府办各年收到申请数",
    "How many requests did the Yunxi government office receive in 2017?",
    "培训方面有什么承诺？",
    "",
    "今天天气怎么样",
    "\r\n\u2028\u0000data: x\n\nevent: answer",
)


@pytest.fixture(scope="module")
def samples() -> Iterator[TestClient]:
    with TestClient(create_app(sample_library(), sample_answerer())) as client:
        yield client


def stream(client: TestClient, question: str, **more: object) -> list[Event]:
    reply = client.post("/v1/ask/stream", json={"question": question, **more})
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert reply.headers["cache-control"] == "no-cache"
    return parse_events(reply.text.split("\n"))


@pytest.mark.parametrize("question", _QUESTIONS)
def test_the_events_are_the_answer_of_ask(samples: TestClient, question: str) -> None:
    body = samples.post("/v1/ask", json={"question": question}).text
    events = stream(samples, question)
    assert [event.name for event in events if event.name != "delta"] == ["interpretation", "answer"]
    assert events[-1].data == body
    answer = json.loads(body)
    assert json.loads(events[0].data) == answer["interpretation"]
    assert "".join(json.loads(event.data)["text"] for event in events[1:-1]) == answer["answer"]


def test_a_long_answer_comes_in_several_pieces(samples: TestClient) -> None:
    assert len(stream(samples, "培训方面有什么承诺？")) > 4


def test_a_question_is_answered_once_for_both_doors(client: TestClient, answers: RecordingAnswers) -> None:
    stream(client, "a")
    client.post("/v1/ask", json={"question": "a"})
    stream(client, "a")
    assert len(answers.asked) == 1


def test_a_fault_is_an_event_that_tells_nothing_of_the_inside(client: TestClient) -> None:
    events = stream(client, "fail")
    assert [event.name for event in events] == ["error"]
    problem = json.loads(events[0].data)
    assert (problem["type"], problem["status"]) == ("/problems/internal", 500)
    assert "secret" not in events[0].data
    assert stream(client, "next")[-1].name == "answer"


def test_a_wrong_request_is_refused_before_the_stream(client: TestClient) -> None:
    assert_problem(client.post("/v1/ask/stream", json={"question": 1}), 422, "invalid-request")
    assert_problem(client.post("/v1/ask/stream", content=b"{"), 415, "unsupported-media-type")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(question=st.text(max_size=200))
def test_any_text_survives_the_stream(client: TestClient, question: str) -> None:
    events = stream(client, question)
    assert json.loads(events[-1].data)["answer"] == question
    assert "".join(json.loads(event.data)["text"] for event in events[1:-1]) == question


@given(st.text(alphabet=st.sampled_from("年3.5件。！?; \n[]12”）ab"), max_size=60))
def test_pieces_join_to_the_text(text: str) -> None:
    pieces = split_sentences(text)
    assert "".join(pieces) == text
    assert all(pieces)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("收费3.5元。[1]没有了。", ["收费3.5元。[1]", "没有了。"]),
        ("It was 3.5 yuan.[1] No more.", ["It was 3.5 yuan.[1] ", "No more."]),
        ("“培训一次。”[1]\n“两次。”[2]", ["“培训一次。”[1]\n", "“两次。”[2]"]),
    ],
)
def test_a_citation_stays_with_its_sentence_and_a_number_stays_whole(text: str, pieces: list[str]) -> None:
    assert split_sentences(text) == pieces


class SlowAnswers:
    """Takes its time for every question and counts those it has begun."""

    def __init__(self) -> None:
        self.begun = 0
        self.go_on = Signal()

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        language: str = "auto",
        agency: str | None = None,
        year: int | None = None,
    ) -> Answer:
        self.begun += 1
        self.go_on.wait(20)
        return Answer(Status.NOT_FOUND, Kind.FIGURE, "zh", question)


def test_a_client_that_leaves_takes_nothing_along(library: Library) -> None:
    answers = SlowAnswers()
    with serving(create_app(library, answers)) as address, httpx.Client(base_url=address) as client:
        for number in range(60):
            # More than there are threads to answer with: none may stay taken by someone who has gone.
            with pytest.raises(httpx.ReadTimeout):
                client.post("/v1/ask/stream", json={"question": str(number)}, timeout=0.02)
        answers.go_on.set()
        deadline = time.monotonic() + 20
        while client.post("/v1/ask", json={"question": "still here?"}, timeout=20).status_code != 200:
            assert time.monotonic() < deadline
        assert client.post("/v1/ask/stream", json={"question": "and now?"}).text.count("event: answer") == 1
    # Those who were gone before their turn came were never answered.
    assert answers.begun < 62
