"""The lists: every item once, whatever the size of a page; cursors of another list or of nobody are refused."""

from contextlib import suppress

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from qa_service.web.cursors import parse_cursor, render_cursor
from qa_service.web.errors import RequestProblem
from tests.qa_service.web.planted import FORMULA, HOSTILE
from tests.qa_service.web.problem import assert_problem


def collect(client: TestClient, address: str) -> list[dict[str, object]]:
    """All items of a list, page by page."""
    items: list[dict[str, object]] = []
    following: str | None = address
    while following is not None:
        page = client.get(following).json()
        assert page["items"], f"an empty page at {following}"
        items += page["items"]
        following = page["next"]
    return items


@pytest.mark.parametrize("limit", [1, 2, 5, 6, 7, 1000])
def test_reports_are_listed_once_each(client: TestClient, limit: int) -> None:
    items = collect(client, f"/v1/reports?limit={limit}")
    assert [(item["agency"], item["year"]) for item in items] == [
        (agency, year) for agency in ("demo_bureau", "sample_office") for year in (2020, 2021, 2022)
    ]
    assert {"id", "agency_name", "title", "file", "edition", "revision", "figures", "problems"} <= items[0].keys()


def test_reports_are_filtered_by_agency_and_year_over_pages(client: TestClient) -> None:
    items = collect(client, "/v1/reports?agency=sample_office&limit=2")
    assert [item["year"] for item in items] == [2020, 2021, 2022]
    assert [item["agency"] for item in collect(client, "/v1/reports?year=2021&limit=1")] == [
        "demo_bureau",
        "sample_office",
    ]
    assert client.get("/v1/reports?agency=nobody").json() == {"items": [], "next": None}


@pytest.mark.parametrize("limit", [1, 7, 10, 11, 1000])
def test_figures_are_listed_once_each(client: TestClient, limit: int) -> None:
    whole = client.get("/v1/figures?limit=1000").json()["items"]
    assert len(whole) == 6 * 10
    assert collect(client, f"/v1/figures?limit={limit}&year=2022&year=2021") == [
        item for item in whole if item["year"] in (2021, 2022)
    ]


def test_a_figure_keeps_its_digits_and_the_reason_why_it_has_none(client: TestClient) -> None:
    items = client.get("/v1/figures?agency=demo_bureau&year=2022").json()["items"]
    shown = [(item["value"], item["missing"], item["citation"]["raw"]) for item in items]
    assert shown == [
        ("12", None, "12"), (None, "blank", ""), ("16", None, "16"),
        ("1", None, "1"), (None, "not_applicable", "/"), ("1", None, "1"),
        ("-6", None, "-6"), ("0.50", None, "0.50"), ("7", None, "7"),
        ("16", None, "16"),
    ]  # fmt: skip
    first = items[0]["citation"]
    assert (first["row_index"], first["column_index"], first["table_id"], first["line"]) == (2, 1, "t1", 12)
    assert first["link"] == f"/reports/{first['report']}#cell-t1-2-1"


def test_figures_are_filtered_by_every_condition(client: TestClient) -> None:
    def count(query: str) -> int:
        return len(client.get(f"/v1/figures?{query}").json()["items"])

    assert count("indicator=requests.received") == 18
    assert count("indicator=requests.received&indicator=requests.carried_in&applicant=total") == 12
    assert count("applicant=none") == 6
    assert count("report=demo_bureau_2022-000007e6") == 10
    assert count("indicator=nothing") == 0


def test_a_row_that_no_indicator_covers_is_found_by_its_label(client: TestClient) -> None:
    items = client.get("/v1/figures", params={"label": FORMULA, "year": 2022}).json()["items"]
    assert [item["value"] for item in items] == ["-6", "0.50", "7"] * 2
    assert {item["indicator"] for item in items} == {None}


def test_agencies_come_with_their_years(client: TestClient) -> None:
    items = client.get("/v1/agencies").json()["items"]
    assert [(item["id"], item["years"]) for item in items] == [
        ("demo_bureau", [2020, 2021, 2022]),
        ("sample_office", [2020, 2021, 2022]),
    ]


def test_indicators_are_the_catalogue(client: TestClient) -> None:
    items = {item["id"]: item for item in client.get("/v1/indicators").json()["items"]}
    assert items["legacy.requests.received"]["forms"]["A"]["label"]


@pytest.mark.parametrize("path", ["/v1/reports", "/v1/figures"])
@pytest.mark.parametrize(
    "cursor",
    ["x", "%00", "====", "é", render_cursor("reports", ""), render_cursor("other", "1"), "cmVwb3J0czp4%0A"],
)
def test_a_cursor_that_was_not_given_out_is_refused(client: TestClient, path: str, cursor: str) -> None:
    assert_problem(client.get(f"{path}?cursor={cursor}"), 400, "bad-cursor")


@pytest.mark.parametrize("after", ["-1", "1.5", "9" * 30, "１"])
def test_a_figure_cursor_that_is_no_number_is_refused(client: TestClient, after: str) -> None:
    cursor = render_cursor("figures", after)
    assert_problem(client.get("/v1/figures", params={"cursor": cursor}), 400, "bad-cursor")


def test_a_cursor_to_something_removed_is_told_so(client: TestClient) -> None:
    for path, after in (("reports", "gone_2020-00000000"), ("figures", "123456789")):
        reply = client.get(f"/v1/{path}", params={"cursor": render_cursor(path, after)})
        assert_problem(reply, 400, "unknown-cursor")


@given(name=st.sampled_from(["reports", "figures"]), after=st.text(min_size=1))
def test_a_cursor_comes_back_as_it_was(name: str, after: str) -> None:
    assert parse_cursor(name, render_cursor(name, after)) == after
    with pytest.raises(RequestProblem):
        parse_cursor("agencies", render_cursor(name, after))


@given(cursor=st.text())
def test_no_text_at_all_makes_the_cursor_parser_fail_otherwise(cursor: str) -> None:
    with suppress(RequestProblem):
        assert parse_cursor("reports", cursor)


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=1001", "limit=x", "year=3017x", "year=99999", "format=xml", "bom=perhaps"]
)
def test_a_wrong_parameter_is_named(client: TestClient, query: str) -> None:
    path = "/v1/figures" if query[0] in "fb" else "/v1/reports"
    reply = client.get(f"{path}?{query}")
    assert_problem(reply, 422, "invalid-request")
    assert query.partition("=")[0] in reply.json()["detail"]


def test_a_report_is_shown_with_its_merged_cells(client: TestClient) -> None:
    report = client.get("/v1/reports/demo_bureau_2022-000007e6").json()
    table = report["tables"][0]
    assert (table["rows"], table["columns"], table["head_rows"]) == (5, 4, 2)
    assert {cell["text"] for cell in table["cells"] if cell["row"] == 3 and cell["figure"]} == {"1", "/"}
    spans = {cell["text"]: (cell["row_span"], cell["column_span"]) for cell in table["cells"]}
    assert (spans["申请人情况"], spans["申请人"], spans["自然人"]) == ((2, 1), (1, 3), (1, 1))
    assert [each["text"] for each in report["sections"][0]["paragraphs"]][1] == HOSTILE
    assert report["checks"][0]["status"] == "fails"
    assert (report["checks"][0]["left"], report["checks"][0]["right"]) == ("17", "16")
    assert report["problems"][0]["message_zh"] == "有一行不在目录中。"
    assert [each["id"] for each in report["revisions"]] == ["demo_bureau_2022-000007e6"]


@pytest.mark.parametrize("report", ["nobody_2020-00000000", "'; DROP TABLE reports; --", "é" * 500, "..%2f..%2fetc"])
def test_an_unknown_report_is_told_so(client: TestClient, report: str) -> None:
    reply = client.get(f"/v1/reports/{report}")
    assert reply.status_code == 404
    assert len(reply.json()["detail"]) < 300
