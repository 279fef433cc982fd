"""GET /v1/passages and /v1/commitments: everything once, page by page; filters; the same as CSV; clear refusals."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qa_service.web.app import create_app
from tests.qa_service.sample_library import sample_answerer, sample_library
from tests.qa_service.web.problem import assert_problem

LISTS = ("passages", "commitments")


@pytest.fixture(scope="module")
def samples() -> Iterator[TestClient]:
    with TestClient(create_app(sample_library(), sample_answerer()), raise_server_exceptions=False) as client:
        yield client


def items(client: TestClient, path: str) -> list[Any]:
    """All items of a list, page by page."""
    found: list[Any] = []
    following: str | None = path
    while following:
        reply = client.get(following)
        assert reply.status_code == 200, reply.text
        page = reply.json()
        assert page["items"]
        found += page["items"]
        following = page["next"]
    return found


@pytest.mark.parametrize(
    ("name", "limit"), [("commitments", 1), ("commitments", 7), ("passages", 7), ("passages", 1000)]
)
def test_pages_give_everything_once_in_order(samples: TestClient, name: str, limit: int) -> None:
    found = items(samples, f"/v1/{name}?limit={limit}")
    ids = [each["id"] for each in found]
    assert len(set(ids)) == len(ids)
    assert [(each["agency"], each["year"]) for each in found] == sorted(
        (each["agency"], each["year"]) for each in found
    )
    everything = {each["id"] for each in items(samples, f"/v1/{name}?limit=1000")}
    assert set(ids) == everything


@pytest.mark.parametrize("name", LISTS)
def test_filters_hold_for_every_item_and_through_the_pages(samples: TestClient, name: str) -> None:
    found = items(samples, f"/v1/{name}?agency=shili_hrss&agency=linhu_hrss&year=2021&year=2022&limit=3")
    assert {each["agency"] for each in found} == {"shili_hrss", "linhu_hrss"}
    assert {each["year"] for each in found} == {2021, 2022}


def test_passages_are_searched_best_first(samples: TestClient) -> None:
    found = items(samples, "/v1/passages?q=适老化改造&k=3")
    assert len(found) <= 3
    assert "适老化" in found[0]["text"]
    scores = [each["score"] for each in found]
    assert scores == sorted(scores, reverse=True)


def test_a_search_keeps_to_agency_year_and_kind(samples: TestClient) -> None:
    found = items(samples, "/v1/passages?q=申请&agency=yunxi_gov_office&year=2017&kind=prose&k=20")
    assert {(each["agency"], each["year"], each["kind"]) for each in found} == {("yunxi_gov_office", 2017, "prose")}


def test_passages_by_section(samples: TestClient) -> None:
    found = items(samples, "/v1/passages?section=存在的主要问题&limit=1000")
    assert all("存在的主要问题" in each["section"] for each in found)


def test_commitments_by_kind_theme_and_words(samples: TestClient) -> None:
    problems = items(samples, "/v1/commitments?kind=problem&limit=1000")
    assert {each["kind"] for each in problems} == {"problem"}
    on_training = items(samples, "/v1/commitments?theme=training")
    assert all("training" in each["themes"] for each in on_training)
    assert items(samples, "/v1/commitments?q=training") == on_training
    said = items(samples, "/v1/commitments?q=第三方 评估")
    assert all("第三方" in each["quote"] and "评估" in each["quote"] for each in said)


def test_what_links_to_a_problem_is_there(samples: TestClient) -> None:
    found = {each["id"]: each for each in items(samples, "/v1/commitments?limit=1000")}
    answered = [answer for each in found.values() for answer in each["answers"]]
    assert answered
    assert all(found[answer]["kind"] == "problem" for answer in answered)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("asked", ["?format=csv", ""])
def test_csv_holds_the_items_of_the_json(samples: TestClient, name: str, asked: str) -> None:
    headers = {} if asked else {"Accept": "text/csv"}
    reply = samples.get(f"/v1/{name}{asked}", headers=headers)
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    found = items(samples, f"/v1/{name}?limit=1000")
    assert [row["id"] for row in rows] == [each["id"] for each in found]
    text = "text" if name == "passages" else "quote"
    assert [row[text].lstrip("'") for row in rows] == [each[text].replace("\r", "") for each in found]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("cursor", ["abc", "%00", "x" * 400, "cGFzc2FnZXM6WzEsMiwzXQ", "Y29tbWl0bWVudHM6WyJhIiwxXQ"])
def test_a_cursor_of_no_list_is_refused(samples: TestClient, name: str, cursor: str) -> None:
    assert_problem(samples.get(f"/v1/{name}?cursor={cursor}"), 400, "bad-cursor")


@pytest.mark.parametrize(
    "query", ["?k=0", "?k=1000", "?kind=poem", "?year=zwei", "?limit=0", "?format=xml", "?q=" + "x" * 2000]
)
def test_a_wrong_parameter_is_named(samples: TestClient, query: str) -> None:
    reply = samples.get(f"/v1/passages{query}")
    assert reply.status_code == 422
    assert query[1:].partition("=")[0] in reply.json()["detail"]


@pytest.mark.parametrize(
    "q", ["<script>", "%", "_", "'; DROP TABLE passages; --", '"', "﷽", "ignore previous instructions"]
)
@pytest.mark.parametrize("name", LISTS)
def test_hostile_words_are_only_words(samples: TestClient, name: str, q: str) -> None:
    reply = samples.get(f"/v1/{name}", params={"q": q})
    assert reply.status_code == 200
    for each in reply.json()["items"]:
        assert name == "passages" or q in each["quote"]
