"""From a file to a report: what is read, what is refused, what travels as a problem."""

import io
import zipfile
from pathlib import Path

import pytest

from indicators.observation import Origin
from ingest.formats.sniffing import sniff_format
from ingest.read_report import read_report, reader_for
from reports.errors import NotAReport, UnreadableFile
from tests.ingest.real_reports import SAMPLES


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_samples_are_read_without_a_problem(path: Path) -> None:
    ingestion = read_report(path)
    assert ingestion.report.problems == ()
    assert ingestion.report.edition
    assert ingestion.report.source.name == path.name
    assert not [each for each in ingestion.imbalances if each.status == "fails" and each.severity == "hard"]


def test_reading_again_gives_the_same(tmp_path: Path) -> None:
    source = next(SAMPLES.glob("*.txt"))
    copy = tmp_path / "报告 副本.txt"
    copy.write_bytes(source.read_bytes())
    first, second = read_report(source), read_report(copy)
    assert first.observations == second.observations
    assert first.report.id == second.report.id


def test_a_report_without_any_table_is_kept_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("示例市财政局2022年政府信息公开工作年度报告\n一、总体情况\n工作平稳有序。\n", encoding="utf-8")
    ingestion = read_report(path)
    assert [problem.code for problem in ingestion.report.problems] == ["no-official-table"]
    assert not [each for each in ingestion.observations if each.origin is Origin.TABLE]


@pytest.mark.parametrize("name", ["report.pdf", "report.docx", "report.bin", "report"])
def test_the_extension_does_not_decide(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes((SAMPLES / "hrss_2022.txt").read_bytes())
    assert read_report(path).report.source.format == "txt"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", UnreadableFile),
        (b"   \n", UnreadableFile),
        (bytes(range(256)) * 50, UnreadableFile),
        ("会议通知\n请各单位参会".encode(), NotAReport),
        ("示例市财政局3017年政府信息公开工作年度报告\n".encode(), NotAReport),
    ],
)
def test_what_cannot_be_a_report_is_refused(data: bytes, error: type[Exception], tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    with pytest.raises(error):
        read_report(path)


def test_a_table_of_a_size_that_no_form_has_gives_no_figures(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    rows = "指标\t单位\t数量\n" + "收到申请数\t件\t3\n" * 3001
    path.write_text("示例市财政局2022年政府信息公开工作年度报告\n" + rows, encoding="utf-8")
    ingestion = read_report(path)
    assert "table-too-large" in {problem.code for problem in ingestion.report.problems}
    assert not [each for each in ingestion.observations if each.origin is Origin.TABLE]


def _zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (b"%PDF-1.7\n", "report.txt", "pdf"),
        (b"\n\n%PDF-1.4", "report", "pdf"),
        (_zipped("[Content_Types].xml", "word/document.xml"), "report.pdf", "docx"),
        (_zipped("a.txt"), "reports.docx", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "report.pdf", "doc"),
        (b"<!DOCTYPE html><html>", "report.txt", "html"),
        ("<table><tr><td>".encode("utf-16"), "report", "html"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "page", "mht"),
        (b"\x89PNG\r\n\x1a\n", "report.pdf", "image"),
        (b"BMW", "report.txt", "txt"),
        ("正文提到<table>标签".encode(), "report.txt", "txt"),
    ],
)
def test_the_bytes_tell_the_format(data: bytes, name: str, found: str) -> None:
    assert sniff_format(data, name) == found


def test_a_format_without_a_reader_is_refused() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        reader_for("xlsx")
    assert refusal.value.code == "unknown-format"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(UnreadableFile) as refusal:
            read_report(path)
        assert refusal.value.code == "cannot-open"
