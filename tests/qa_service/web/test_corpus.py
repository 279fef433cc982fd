"""GET /v1/corpus: every body once, its years, page by page; and what the pages of the staff ask for beside it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qa_service.library import Library
from qa_service.settings import load_settings
from qa_service.web.app import create_app
from qa_service.web.dataset import render_dataset
from reports.agency import Agency
from tests.qa_service.sample_library import sample_answerer, sample_library
from tests.qa_service.web.conftest import RecordingAnswers
from tests.qa_service.web.planted import HOSTILE, planted_ingestion, with_conflict
from tests.qa_service.web.problem import assert_problem


def rows(client: TestClient, path: str) -> list[Any]:
    found: list[Any] = []
    following: str | None = path
    while following:
        page = client.get(following).json()
        found += page["items"]
        following = page["next"]
    return found


def test_every_body_is_there_once_with_its_years(client: TestClient) -> None:
    for limit in (1, 2, 50):
        found = rows(client, f"/v1/corpus?limit={limit}")
        assert [row["agency"] for row in found] == ["sample_office", "demo_bureau"] or [
            row["agency"] for row in found
        ] == ["demo_bureau", "sample_office"]
        assert [[report["year"] for report in row["reports"]] for row in found] == [[2020, 2021, 2022]] * 2
    page = client.get("/v1/corpus?limit=1").json()
    assert (page["agencies"], page["reports"], page["years"]) == (2, 6, [2020, 2021, 2022])
    assert page["items"][0]["reports"][0]["problems"] == 1
    assert page["items"][0]["reports"][0]["edition"] == "C"


@pytest.mark.parametrize(
    ("query", "agencies", "reports"),
    [
        ("q=样例县", ["sample_office"], 3),
        ("q=demo bureau", ["demo_bureau", "sample_office"], 6),
        ("q=示例省 办公室", ["sample_office"], 3),
        ("q=nobody", [], 0),
        ("q=<script>", [], 0),
        ("year=2021", ["demo_bureau", "sample_office"], 2),
        ("year=2021&year=2022&q=示例局", ["demo_bureau"], 2),
        ("year=1999", [], 0),
        ("problems=true", ["demo_bureau", "sample_office"], 6),
    ],
)
def test_bodies_are_found_by_words_and_year(client: TestClient, query: str, agencies: list[str], reports: int) -> None:
    page = client.get(f"/v1/corpus?{query}").json()
    assert sorted(row["agency"] for row in page["items"]) == agencies
    assert (page["agencies"], page["reports"]) == (len(agencies), reports)


def test_only_reports_with_problems_are_left_on_request(library: Library, client: TestClient) -> None:
    reading = planted_ingestion(2023)
    library.save(replace(reading, report=replace(reading.report, problems=())))
    years = {
        (row["agency"], report["year"]) for row in rows(client, "/v1/corpus?problems=true") for report in row["reports"]
    }
    assert ("demo_bureau", 2022) in years
    assert ("demo_bureau", 2023) not in years


def test_a_cursor_of_a_changed_collection_is_refused(client: TestClient, library: Library) -> None:
    following = client.get("/v1/corpus?limit=1").json()["next"]
    first = client.get("/v1/corpus?limit=1").json()["items"][0]
    for report in first["reports"]:
        library.remove(report["id"])
    assert_problem(client.get(following), 400, "unknown-cursor")
    assert_problem(client.get("/v1/corpus?cursor=x"), 400, "bad-cursor")


@pytest.fixture(scope="module")
def samples() -> Iterator[TestClient]:
    with TestClient(create_app(sample_library(), sample_answerer()), raise_server_exceptions=False) as client:
        yield client


def test_what_followed_is_of_the_year_after(samples: TestClient) -> None:
    items = samples.get("/v1/commitments?limit=1000").json()["items"]
    years = {(item["agency"], item["year"]) for item in items}
    seen = 0
    for item in items:
        followed = samples.get(f"/v1/commitments/{item['id']}/followed").json()
        assert followed["year"] == item["year"] + 1
        if followed["report"] is None:
            assert (item["agency"], item["year"] + 1) not in years
            assert (followed["sentences"], followed["figures"]) == ([], [])
            continue
        assert (followed["report"]["agency"], followed["report"]["year"]) == (item["agency"], item["year"] + 1)
        for figure in followed["figures"]:
            assert (figure["agency"], figure["year"]) == (item["agency"], item["year"] + 1)
        for sentence in followed["sentences"]:
            assert sentence["link"].startswith(f"/reports/{followed['report']['id']}")
        seen += bool(followed["sentences"] or followed["figures"])
    assert seen


@pytest.mark.parametrize("commitment", ["nobody_2020-00000000.C1", "x", "é" * 300, "'; DROP TABLE commitments; --"])
def test_an_unknown_commitment_is_told_so(samples: TestClient, commitment: str) -> None:
    assert_problem(samples.get(f"/v1/commitments/{commitment}/followed"), 404, "unknown-commitment")


def test_every_theme_of_a_commitment_has_a_name(samples: TestClient) -> None:
    names = {theme["id"]: theme for theme in samples.get("/v1/themes").json()["items"]}
    items = samples.get("/v1/commitments?limit=1000").json()["items"]
    assert {theme for item in items for theme in item["themes"]} <= names.keys()
    assert all(theme["zh"] and theme["en"] for theme in names.values())


def test_a_conflict_of_text_and_table_comes_with_both_places(library: Library, client: TestClient) -> None:
    saved = library.save(with_conflict(planted_ingestion(2023)))
    [conflict] = client.get(f"/v1/reports/{saved.report_id}").json()["conflicts"]
    assert (conflict["text"]["value"], conflict["table_value"]) == ("15", "16")
    assert conflict["text"]["citation"]["link"] == f"/reports/{saved.report_id}#block-1"
    assert [cell["citation"]["link"] for cell in conflict["cells"]] == [f"/reports/{saved.report_id}#cell-t1-2-3"]
    assert client.get("/v1/reports/demo_bureau_2022-000007e6").json()["conflicts"] == []


def test_an_identity_has_a_name(samples: TestClient) -> None:
    [first, *_] = samples.get("/v1/reports?limit=1000").json()["items"]
    checks = samples.get(f"/v1/reports/{first['id']}").json()["checks"]
    assert checks
    assert all(check["name"] != check["rule"] != check["name_zh"] for check in checks)


@pytest.mark.parametrize("path", ["/", "/corpus", "/commitments", "/indicators", "/upload"])
def test_pages_are_there_and_whole(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/html")
    assert reply.text.count("<h1") == 1
    assert re.search(r"<title>[^<]+</title>", reply.text)
    assert client.head(path).status_code == 200


def test_every_page_has_the_same_bar(client: TestClient) -> None:
    pages = [client.get(path).text for path in ("/", "/corpus", "/commitments", "/indicators", "/upload", "/reports/x")]
    bars = {re.sub(r"\s+", " ", page[page.index("<header") : page.index("</header>")]) for page in pages}
    assert len(bars) == 1


def embedded(text: str) -> Any:
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return json.loads(data)


def test_a_report_is_a_dataset(client: TestClient) -> None:
    reply = client.get("/reports/demo_bureau_2022-000007e6")
    dataset = embedded(reply.text)
    assert (dataset["@type"], dataset["temporalCoverage"]) == ("Dataset", "2022")
    assert dataset["creator"]["name"] == "示例市示例局"
    for download in dataset["distribution"]:
        data = client.get(download["contentUrl"])
        assert data.status_code == 200
        assert data.headers["content-type"].startswith(download["encodingFormat"])
    assert "<title>示例市示例局2022年政府信息公开工作年度报告 · 问报 Wenbao</title>" in reply.text


def test_a_report_that_is_gone_has_a_page_that_says_so(client: TestClient) -> None:
    reply = client.get("/reports/gone_2020-00000000")
    assert reply.status_code == 404
    assert reply.headers["content-type"].startswith("text/html")
    assert "ld+json" not in reply.text


def test_a_hostile_report_stays_inside_its_data(tmp_path: Path) -> None:
    name = f'</title></script><!-- dataset -->{HOSTILE}\u2028&amp;"'
    reading = planted_ingestion()
    agency = Agency("demo_bureau", name, name, (name,))
    with Library.open(load_settings(tmp_path)) as library:
        report = replace(reading.report, title=name, agency=agency)
        saved = library.save(replace(reading, report=report))
        with TestClient(create_app(library, RecordingAnswers())) as client:
            text = client.get(f"/reports/{saved.report_id}").text
        item = library.report_item(saved.report_id)
        assert item is not None
    assert embedded(text)["name"] == name
    assert text.count("<script") == text.count("</script>") == 4
    assert HOSTILE not in text
    assert json.loads(render_dataset(item, agency))["spatialCoverage"]["name"] == name
