"""Every list as CSV beside its JSON, with a CSVW description that fits what is sent."""

import csv
import io
import re
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from fastapi.testclient import TestClient

from indicators.stored_report import ReportItem
from qa_service.web.agency_item import AgencyItem
from qa_service.web.app import create_app
from qa_service.web.csv_table import CsvTable
from qa_service.web.csv_tables import AGENCIES, COMMITMENTS, CSV_TABLES, PASSAGES, REPORTS
from qa_service.web.prose_item import CommitmentItem, PassageItem
from tests.qa_service.sample_library import sample_answerer, sample_library
from tests.qa_service.web.problem import assert_problem

# Of the names of columns in CSVW; and of its built-in datatypes those that are used.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_LEXICAL = {
    "string": re.compile(r".*", re.DOTALL),
    "anyURI": re.compile(r"\S+"),
    "boolean": re.compile("true|false"),
    "integer": re.compile(r"[+-]?\d+"),
    "decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    "gYear": re.compile(r"\d{4}"),
}
# A list that takes filters, with some.
_FILTERED = {"figures": "?agency=yunxi_gov_office&year=2017", "reports": "?year=2017", "passages": "?q=培训"}

each_list = pytest.mark.parametrize("name", CSV_TABLES)


@pytest.fixture(scope="module")
def samples() -> TestClient:
    return TestClient(create_app(sample_library(), sample_answerer()))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def items(client: TestClient, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    following: str | None = path
    while following:
        page = client.get(following).json()
        found += page["items"]
        following = page["next"]
    return found


def test_every_list_with_csv_is_described(samples: TestClient) -> None:
    paths = samples.get("/openapi.json").json()["paths"]
    as_csv = {
        path.removeprefix("/v1/")
        for path, methods in paths.items()
        if "text/csv" in methods.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
    }
    assert as_csv == CSV_TABLES.keys()


@each_list
def test_csv_holds_as_many_as_the_json(samples: TestClient, name: str) -> None:
    for reply in (
        samples.get(f"/v1/{name}?format=csv"),
        samples.get(f"/v1/{name}", headers={"Accept": "text/csv"}),
    ):
        assert reply.headers["content-type"] == "text/csv; charset=utf-8"
        assert reply.headers["vary"] == "Accept"
        assert f'filename="{name}.csv"' in reply.headers["content-disposition"]
        found = rows(reply.text)
        assert len(found) == len(items(samples, f"/v1/{name}?limit=1000")) > 0
    assert samples.get(f"/v1/{name}").headers["content-type"] == "application/json"
    assert samples.get(f"/v1/{name}").headers["vary"] == "Accept"


@each_list
def test_a_byte_order_mark_comes_on_request_only(samples: TestClient, name: str) -> None:
    plain = samples.get(f"/v1/{name}?format=csv").content
    assert not plain.startswith("\ufeff".encode())
    assert samples.get(f"/v1/{name}?format=csv&bom=1").content == "\ufeff".encode() + plain


@each_list
@pytest.mark.parametrize("query", ["?format=csv", "filtered"])
def test_the_description_fits_the_csv(samples: TestClient, name: str, query: str) -> None:
    if query == "filtered":
        query = _FILTERED.get(name, "?bom=1") + "&format=csv"
    reply = samples.get(f"/v1/{name}{query}")
    link = re.fullmatch(r'<([^>]+)>; rel="describedby"; type="application/csvm\+json"', reply.headers["link"])
    assert link is not None
    described = samples.get(link[1])
    assert described.headers["content-type"] == "application/csvm+json"
    metadata = described.json()
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    assert samples.get(metadata["url"]).content == reply.content

    columns = metadata["tableSchema"]["columns"]
    names = [column["name"] for column in columns]
    assert len(set(names)) == len(names)
    assert all(_NAME.fullmatch(each) for each in names)
    assert all({"und", "zh", "en"} == column["titles"].keys() for column in columns)
    assert rows(reply.text)
    text = reply.content.decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(text))) == [column["titles"]["und"] for column in columns]
    for row in rows(text):
        for column in columns:
            cell = row[column["name"]]
            values = cell.split(column["separator"]) if "separator" in column else [cell]
            assert not cell or all(_LEXICAL[column["datatype"]].fullmatch(each) for each in values), (column, cell)
    key = metadata["tableSchema"].get("primaryKey")
    if key is not None:
        assert len({row[key] for row in rows(text)}) == len(rows(text))


@pytest.mark.parametrize(
    ("table", "kind"),
    [(PASSAGES, PassageItem), (COMMITMENTS, CommitmentItem), (REPORTS, ReportItem), (AGENCIES, AgencyItem)],
)
def test_no_field_is_left_out(table: CsvTable[Any], kind: type) -> None:
    assert {column.name for column in table.columns} == {field.name for field in fields(kind)}


def test_values_are_those_of_the_json(samples: TestClient) -> None:
    found = rows(samples.get("/v1/figures?format=csv").text)
    for row, item in zip(found, items(samples, "/v1/figures?limit=1000"), strict=True):
        assert row["value"] == (item["value"] or "")
        assert not row["value"] or Decimal(row["value"]) == Decimal(item["value"])
    agencies = {item["id"]: item for item in items(samples, "/v1/agencies")}
    for row in rows(samples.get("/v1/agencies?format=csv").text):
        assert row["years"].split("|") == [str(year) for year in agencies[row["id"]]["years"]]
        assert row["region"].split("|") == agencies[row["id"]]["region"]
    assert {row["is_current"] for row in rows(samples.get("/v1/reports?format=csv").text)} == {"true"}


def test_pages_of_reports_join_to_the_whole(samples: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = samples.get("/v1/reports?format=csv").content
    monkeypatch.setattr("qa_service.web.reports.MAX_PAGE", 3)
    assert samples.get("/v1/reports?format=csv").content == whole


def test_there_is_no_description_of_no_list(samples: TestClient) -> None:
    assert_problem(samples.get("/v1/nothing.csv-metadata.json"), 404, "unknown-route")
