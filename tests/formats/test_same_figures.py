"""One report in every format: the same observations, whatever the format."""

import functools
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from indicators.catalogue import load_catalogue
from indicators.observation import Observation, Origin
from ingest.formats.from_doc import read_doc
from ingest.formats.from_docx import read_docx
from ingest.formats.from_html import read_html
from ingest.formats.from_pdf import read_pdf
from ingest.formats.from_text import read_text
from ingest.read_report import ingest_document
from reports.document import Document
from tests.formats.real_reports import real_report
from tests.rendering.html_page import render_html
from tests.rendering.office import convert
from tests.rendering.true_spans import with_true_spans
from tests.rendering.word_file import render_docx

_REPORTS = (
    "zhenhai_hrss_2022",
    "gongshu_hrss_2020",
    "yinzhou_hrss_2017",
    "beilun_gov_office_2017",
    "weihai_hrss_2016",
)
_catalogue = functools.cache(load_catalogue)


@functools.cache
def _text(report: str) -> Document:
    return read_text(real_report(f"{report}.txt"), f"{report}.txt")


def _key(each: Observation) -> tuple[object, ...]:
    label = each.label if each.indicator is None and each.origin is Origin.TABLE else None
    return (each.indicator, each.applicant, each.value, each.missing, each.unit, each.exactness, each.origin, label)


def _figures(document: Document) -> tuple[str, int, Counter[tuple[object, ...]]]:
    ingestion = ingest_document(document, _catalogue())
    return ingestion.report.agency.id, ingestion.report.year, Counter(map(_key, ingestion.observations))


@functools.cache
def _expected(report: str) -> tuple[str, int, Counter[tuple[object, ...]]]:
    return _figures(_text(report))


@pytest.mark.parametrize("report", _REPORTS)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_web_page(report: str, charset: str) -> None:
    page = render_html(with_true_spans(_text(report)), charset)
    assert _figures(read_html(page, f"{report}.html")) == _expected(report)


@pytest.mark.parametrize("report", _REPORTS)
def test_word_file(report: str) -> None:
    data = render_docx(with_true_spans(_text(report)))
    assert _figures(read_docx(data, f"{report}.docx")) == _expected(report)


_SAVED = [
    *((report, target, reader) for report in _REPORTS for target, reader in (("doc", read_doc), ("pdf", read_pdf))),
    (_REPORTS[0], "rtf", read_doc),
]


@pytest.mark.parametrize(("report", "target", "reader"), _SAVED)
def test_saved_by_libreoffice(
    report: str, target: str, reader: Callable[[bytes, str], Document], tmp_path: Path
) -> None:
    data = convert(render_docx(with_true_spans(_text(report))), "docx", target, tmp_path)
    assert _figures(reader(data, f"{report}.{target}")) == _expected(report)
