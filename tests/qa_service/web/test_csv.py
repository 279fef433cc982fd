"""GET /v1/figures as CSV: the same figures as in JSON, streamed whole, harmless in a spreadsheet."""

import csv
import io

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from qa_service.web import figures
from qa_service.web.csv_table import guard_text
from tests.qa_service.web.planted import FORMULA


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    "request_csv",
    [{"params": {"format": "csv"}}, {"headers": {"Accept": "text/csv"}}, {"headers": {"Accept": "text/csv;q=1, */*"}}],
)
def test_csv_holds_the_figures_of_the_json(client: TestClient, request_csv: dict[str, dict[str, str]]) -> None:
    items = client.get("/v1/figures?limit=1000").json()["items"]
    reply = client.get("/v1/figures", **request_csv)  # type: ignore[arg-type]
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    found = rows(reply.text)
    assert len(found) == len(items) == 60
    for row, item in zip(found, items, strict=True):
        assert row["value"] == (item["value"] or "")
        assert row["missing"] == (item["missing"] or "")
        assert row["agency_name"] == item["agency_name"]
        assert row["raw"] == item["citation"]["raw"]
        assert row["link"] == item["citation"]["link"]


def test_csv_is_whole_when_it_takes_several_pages(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = client.get("/v1/figures?format=csv").content
    monkeypatch.setattr(figures, "MAX_PAGE", 7)
    assert client.get("/v1/figures?format=csv").content == whole


def test_a_byte_order_mark_comes_on_request_only(client: TestClient) -> None:
    plain = client.get("/v1/figures?format=csv").content
    assert client.get("/v1/figures?format=csv&bom=1").content == "\ufeff".encode() + plain


def test_json_is_the_default(client: TestClient) -> None:
    for accept in ("*/*", "application/json", "text/html, application/json, text/csv"):
        assert client.get("/v1/figures", headers={"Accept": accept}).headers["content-type"] == "application/json"


def test_a_label_that_looks_like_a_formula_is_text_in_a_spreadsheet(client: TestClient) -> None:
    found = rows(client.get("/v1/figures", params={"label": FORMULA, "format": "csv"}).text)
    assert {row["label"] for row in found} == {f"'{FORMULA}"}
    assert {row["value"] for row in found} == {"-6", "0.50", "7"}


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_number_is_never_changed(number: object) -> None:
    plain = f"{number:f}"
    assert guard_text(plain) == plain


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "\r=1"])
def test_a_formula_is_marked_as_text(text: str) -> None:
    assert guard_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "-", "—", "/", "+1,234", "-6", "一、收到", "3=3"])
def test_what_reports_print_stays_as_it_is(text: str) -> None:
    assert guard_text(text) == text
