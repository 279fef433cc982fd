"""Pages of a report as pictures, and its file to be saved: the very place, clear refusals, nothing shown raw."""

import hashlib
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from ingest.read_report import read_report
from qa_service.library import Library
from qa_service.settings import load_settings
from qa_service.web.app import create_app
from tests.ingest.real_reports import SHARED, needs_reports
from tests.qa_service.web.conftest import KEY, RecordingAnswers
from tests.qa_service.web.planted import planted_ingestion
from tests.qa_service.web.problem import assert_problem

SAMPLE = next((Path(__file__).resolve().parents[3] / "samples").glob("*.pdf"))
_AUTHORISED = {"Authorization": f"Bearer {KEY}"}


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Library]:
    """A PDF with its file, the same without one, and a text."""
    with Library.open(load_settings(tmp_path / "data")) as library:
        library.save(read_report(SAMPLE), SAMPLE.read_bytes())
        library.save(planted_ingestion())
        yield library


@pytest.fixture
def web(stored: Library) -> Iterator[TestClient]:
    with TestClient(create_app(stored, RecordingAnswers(), KEY), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def report(stored: Library) -> str:
    sha256 = hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    found = stored.store.find_report(sha256)
    assert found is not None
    return found


def test_a_cell_is_framed_on_its_page(web: TestClient, stored: Library, report: str) -> None:
    cell = next(each for each in stored.store.observations(reports=[report]) if each.citation.place.bbox)
    place = cell.citation.place
    assert place.bbox is not None
    box = ",".join(map(str, place.bbox))
    view = web.get(f"/v1/reports/{report}/pages/{place.page}?bbox={box}").json()
    assert (view["page"], view["marks"], view["whole"]) == (place.page, [list(place.bbox)], True)
    picture = Image.open(io.BytesIO(web.get(view["picture"]).content))
    scale = picture.width / view["width"]
    inside = picture.convert("L").crop(tuple(round(value * scale) for value in place.bbox))
    # What is printed in the cell is in the frame: ink where there is a figure.
    assert (inside.getextrema()[0] < 128) == bool(cell.citation.raw)  # type: ignore[operator]


def test_every_sentence_with_a_figure_is_found_on_a_page(web: TestClient, stored: Library, report: str) -> None:
    told = [each for each in stored.store.observations(reports=[report]) if each.origin == "text"]
    assert told
    for each in told:
        place = each.citation.place
        assert place.bbox is not None
        query = {"quote": each.citation.quote, "bbox": ",".join(map(str, place.bbox))}
        view = web.get(f"/v1/reports/{report}/pages/{place.page}", params=query).json()
        assert view["whole"]
        assert view["marks"]


def test_words_that_are_not_there_leave_the_paragraph_framed(web: TestClient, report: str) -> None:
    view = web.get(f"/v1/reports/{report}/pages/1?quote=不在这一页&bbox=1,2,30,40").json()
    assert (view["page"], view["marks"], view["whole"]) == (1, [[1, 2, 30, 40]], False)
    assert web.get(f"/v1/reports/{report}/pages/1?quote=不在这一页").json()["marks"] == []


def test_a_picture_is_sent_once(web: TestClient, report: str) -> None:
    first = web.get(f"/v1/reports/{report}/pages/1/picture")
    assert first.headers["content-type"] == "image/png"
    again = web.get(f"/v1/reports/{report}/pages/1/picture", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_many_who_look_at_once_all_see_it(web: TestClient, report: str) -> None:
    with ThreadPoolExecutor(12) as pool:
        replies = list(pool.map(lambda _: web.get(f"/v1/reports/{report}/pages/1").status_code, range(12)))
    assert replies == [200] * 12


@pytest.mark.parametrize("number", ["0", "-1", "x", "1e3", "99999999999"])
def test_a_number_that_is_none_is_refused(web: TestClient, report: str, number: str) -> None:
    assert_problem(web.get(f"/v1/reports/{report}/pages/{number}"), 422, "invalid-request")


@pytest.mark.parametrize("bbox", ["1,2,3", "a,b,c,d", "1,2,3,4,5", "nan,0,0,0", "1;2;3;4", "<svg>"])
def test_a_box_that_is_none_is_refused(web: TestClient, report: str, bbox: str) -> None:
    reply = web.get(f"/v1/reports/{report}/pages/1", params={"bbox": bbox})
    assert_problem(reply, 422, "invalid-request")


def test_what_cannot_be_shown_is_said(web: TestClient, stored: Library, report: str) -> None:
    assert_problem(web.get(f"/v1/reports/{report}/pages/999"), 404, "unknown-page")
    assert_problem(web.get("/v1/reports/gone_2020-00000000/pages/1"), 404, "unknown-report")
    assert_problem(web.get("/v1/reports/gone_2020-00000000/file"), 404, "unknown-report")
    assert_problem(web.get("/v1/reports/demo_bureau_2022-000007e6/pages/1"), 404, "no-pages")
    assert_problem(web.get("/v1/reports/demo_bureau_2022-000007e6/file"), 404, "no-original")
    detail = web.get(f"/v1/reports/{report}").json()
    assert (detail["original"], detail["pages"]) == (True, True)
    stored.originals.remove(detail["sha256"])
    assert_problem(web.get(f"/v1/reports/{report}/pages/1"), 404, "no-original")
    detail = web.get(f"/v1/reports/{report}").json()
    assert (detail["original"], detail["pages"]) == (False, False)


def test_a_damaged_original_is_said_to_be_damaged(web: TestClient, stored: Library, report: str) -> None:
    path = stored.originals.find(web.get(f"/v1/reports/{report}").json()["sha256"])
    assert path is not None
    path.write_bytes(b"%PDF-1.7 no more")
    assert_problem(web.get(f"/v1/reports/{report}/pages/1"), 422, "page-not-drawn")
    assert web.get("/healthz").status_code == 200


def test_a_removed_report_takes_its_pages_along(web: TestClient, report: str) -> None:
    assert web.get(f"/v1/reports/{report}/pages/1/picture").status_code == 200
    assert web.delete(f"/v1/reports/{report}", headers=_AUTHORISED).status_code == 204
    for path in ("pages/1", "pages/1/picture", "file"):
        assert_problem(web.get(f"/v1/reports/{report}/{path}"), 404, "unknown-report")


def test_the_file_comes_to_be_saved_as_it_was(web: TestClient, report: str) -> None:
    reply = web.get(f"/v1/reports/{report}/file")
    assert reply.content == SAMPLE.read_bytes()
    assert reply.headers["content-type"] == "application/octet-stream"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["content-disposition"] == f"attachment; filename*=UTF-8''{SAMPLE.name}"


def test_a_name_cannot_end_its_header(stored: Library, web: TestClient) -> None:
    reading = planted_ingestion(2019)
    content = b"<script>alert(1)</script>"
    source = replace(
        reading.report.source, name='a.zip/"; x="\r\n年报.html', sha256=hashlib.sha256(content).hexdigest()
    )
    saved = stored.save(replace(reading, report=replace(reading.report, source=source)), content)
    reply = web.get(f"/v1/reports/{saved.report_id}/file")
    assert reply.content == content
    assert reply.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%22%3B")
    assert reply.headers["content-type"] == "application/octet-stream"


def test_an_upload_keeps_its_file_also_for_a_report_that_had_none(
    web: TestClient, stored: Library, report: str
) -> None:
    sha256 = web.get(f"/v1/reports/{report}").json()["sha256"]
    stored.originals.remove(sha256)
    reply = web.post("/v1/reports", headers=_AUTHORISED, files={"file": (SAMPLE.name, SAMPLE.read_bytes())})
    assert reply.json()["outcome"] == "unchanged"
    assert web.get(f"/v1/reports/{report}/pages/1").status_code == 200


@needs_reports
def test_every_figure_of_a_real_report_is_found_on_its_page(tmp_path: Path) -> None:
    """Cells by their ink, sentences by their words; some of these go on over the end of a page."""
    file = SHARED / "reports" / "huaian_gov_2024.pdf"
    with Library.open(load_settings(tmp_path)) as library:
        report = library.save(read_report(file), file.read_bytes()).report_id
        found = library.store.observations(reports=[report])
        with TestClient(create_app(library, RecordingAnswers())) as client:
            pages = {number: client.get(f"/v1/reports/{report}/pages/{number}").json() for number in range(1, 7)}
            pictures = {
                number: Image.open(io.BytesIO(client.get(view["picture"]).content)).convert("L")
                for number, view in pages.items()
            }
            turned = cut = 0
            for each in found:
                place = each.citation.place
                assert place.page is not None
                assert place.bbox is not None
                if each.origin == "table":
                    scale = pictures[place.page].width / pages[place.page]["width"]
                    # Without the lines around the cell.
                    x0, top, x1, bottom = (round(value * scale) for value in place.bbox)
                    inside = pictures[place.page].crop((x0 + 4, top + 4, x1 - 4, bottom - 4))
                    assert (inside.getextrema()[0] < 128) == bool(each.citation.raw.strip())  # type: ignore[operator]
                    continue
                query = {"quote": each.citation.quote, "bbox": ",".join(map(str, place.bbox))}
                view = client.get(f"/v1/reports/{report}/pages/{place.page}", params=query).json()
                turned += view["page"] != place.page
                if view["continued_on"]:
                    cut += 1
                    query = {"quote": each.citation.quote}
                    rest = client.get(f"/v1/reports/{report}/pages/{view['continued_on']}", params=query).json()
                    assert rest["marks"]
                    assert view["marks"] != [list(place.bbox)]
                else:
                    assert view["whole"], each.citation.quote
    assert turned
    assert cut
