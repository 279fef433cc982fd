"""Adding and removing reports over the network: nothing happens without the right key."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qa_service.library import Library
from qa_service.web.app import create_app
from tests.ingest.bombs import BOMBS
from tests.qa_service.web.conftest import KEY, RecordingAnswers
from tests.qa_service.web.problem import assert_problem

_AUTHORISED = {"Authorization": f"Bearer {KEY}"}
_REPORT = "/v1/reports/demo_bureau_2022-000007e6"
_SAMPLE = next((Path(__file__).resolve().parents[3] / "samples").glob("*.txt"))

_WITHOUT = [
    ({}, 401, "key-required"),
    ({"Authorization": "Bearer "}, 401, "key-required"),
    ({"Authorization": f"Basic {KEY}"}, 401, "key-required"),
    ({"Authorization": "Bearer wrong"}, 403, "key-rejected"),
    ({"Authorization": f"Bearer {KEY}x"}, 403, "key-rejected"),
    ({"Authorization": "Bearer \xe9"}, 403, "key-rejected"),
]


@pytest.mark.parametrize(("headers", "status", "code"), _WITHOUT)
def test_nothing_changes_without_the_key(client: TestClient, headers: dict[str, str], status: int, code: str) -> None:
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    assert_problem(client.delete(_REPORT, headers=raw), status, code)  # type: ignore[arg-type]
    reply = client.post("/v1/reports", headers=raw, files={"file": ("a.txt", b"x")})  # type: ignore[arg-type]
    assert_problem(reply, status, code)
    assert client.get(_REPORT).status_code == 200
    assert len(client.get("/v1/reports").json()["items"]) == 6


def test_without_a_key_set_up_nobody_may_change_anything(library: Library) -> None:
    with TestClient(create_app(library, RecordingAnswers())) as client:
        for headers in ({}, _AUTHORISED, {"Authorization": "Bearer "}, {"Authorization": "Bearer None"}):
            assert_problem(client.delete(_REPORT, headers=headers), 403, "keys-not-set-up")
        assert client.get(_REPORT).status_code == 200


def test_a_removed_report_is_gone(client: TestClient) -> None:
    assert client.delete(_REPORT, headers=_AUTHORISED).status_code == 204
    assert_problem(client.get(_REPORT), 404, "unknown-report")
    assert_problem(client.delete(_REPORT, headers=_AUTHORISED), 404, "unknown-report")
    assert client.get("/v1/figures?agency=demo_bureau&year=2022").json()["items"] == []


def test_an_uploaded_report_is_read_once(client: TestClient) -> None:
    def upload() -> tuple[int, dict[str, object]]:
        files = {"file": (f"../../{_SAMPLE.name}", _SAMPLE.read_bytes())}
        reply = client.post("/v1/reports", headers=_AUTHORISED, files=files)
        assert reply.headers["location"] == f"/v1/reports/{reply.json()['report']}"
        return reply.status_code, reply.json()

    status, first = upload()
    assert (status, first["outcome"]) == (201, "new")
    stored = client.get(f"/v1/reports/{first['report']}").json()
    assert stored["file"] == _SAMPLE.name
    assert stored["figures"] == first["figures"]
    status, second = upload()
    assert (status, second["outcome"], second["report"]) == (200, "unchanged", first["report"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unreadable-file"),
        (b"\x00\x01\x02" * 1000, "unreadable-file"),
        ("这里什么年报也没有。".encode(), "not-a-report"),
    ],
)
def test_a_file_that_is_no_report_is_refused_in_words(client: TestClient, content: bytes, code: str) -> None:
    reply = client.post("/v1/reports", headers=_AUTHORISED, files={"file": ("a.txt", content)})
    assert_problem(reply, 422, code)
    assert len(client.get("/v1/reports").json()["items"]) == 6


@pytest.mark.parametrize("name", ["", "..", "/etc/passwd", "a\x00b.txt", "C:\\x\\y.txt", "报" * 300 + ".txt", "."])
def test_any_file_name_is_only_a_name(client: TestClient, name: str) -> None:
    reply = client.post("/v1/reports", headers=_AUTHORISED, files={"file": (name, b"")})
    assert reply.status_code == 422


def test_an_upload_without_a_file_is_told_what_to_send(client: TestClient) -> None:
    replies = (
        client.post("/v1/reports", headers=_AUTHORISED),
        client.post("/v1/reports", headers=_AUTHORISED, data={"file": "text"}),
        client.post("/v1/reports", headers=_AUTHORISED, json={"file": 1}),
        client.post("/v1/reports", headers=_AUTHORISED, files={"other": b"x"}),
    )
    for reply in replies:
        assert_problem(reply, 422, "invalid-request")


def test_an_uploaded_archive_is_many_files(client: TestClient) -> None:
    samples = sorted(_SAMPLE.parent.glob("hrss_20*.txt"))[:2]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for sample in samples:
            packed.writestr(f"2017 年报/{sample.name}", sample.read_bytes())
        packed.writestr("letter.txt", "这封信不是年报。")

    def upload() -> tuple[int, dict[str, list[dict[str, object]]]]:
        reply = client.post("/v1/reports", headers=_AUTHORISED, files={"file": ("年报.zip", archive.getvalue())})
        return reply.status_code, reply.json()

    status, first = upload()
    assert status == 201
    assert [each["file"] for each in first["reports"]] == [f"年报.zip/2017 年报/{sample.name}" for sample in samples]
    assert [(each["file"], each["code"]) for each in first["refused"]] == [("年报.zip/letter.txt", "no-agency")]
    stored = client.get(f"/v1/reports/{first['reports'][0]['report']}").json()
    assert stored["file"] == first["reports"][0]["file"]
    status, second = upload()
    assert status == 200
    assert [each["outcome"] for each in second["reports"]] == ["unchanged"] * 2


@pytest.mark.parametrize("name", ["docx_bomb.docx", "zip_bomb.zip"])
def test_an_uploaded_bomb_is_refused_and_the_service_goes_on(client: TestClient, name: str) -> None:
    reply = client.post("/v1/reports", headers=_AUTHORISED, files={"file": (name, BOMBS[name]())})
    assert_problem(reply, 422, "unreadable-file")
    assert client.get("/healthz").status_code == 200


def test_many_uploads_at_once_are_all_read(client: TestClient) -> None:
    samples = sorted(_SAMPLE.parent.glob("hrss_20*.txt"))

    def upload(sample: Path) -> int:
        files = {"file": (sample.name, sample.read_bytes())}
        return client.post("/v1/reports", headers=_AUTHORISED, files=files).status_code

    with ThreadPoolExecutor(len(samples)) as pool:
        assert set(pool.map(upload, samples)) == {201}
