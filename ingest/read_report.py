"""A file becomes a report with its figures: the table of contents of this package."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from indicators.catalogue import Catalogue, load_catalogue
from indicators.checks import run_checks
from ingest.agency_names import make_agency
from ingest.commitments import find_commitments
from ingest.form_words import form_words
from ingest.formats.sniffing import sniff_format
from ingest.ingestion import Ingestion
from ingest.narrative_figures import find_narrative_figures
from ingest.official_tables import map_tables
from ingest.passages import make_passages
from ingest.ragged import restore_grid
from ingest.report_files import read_file_bytes
from ingest.sections import find_sections, table_sections
from ingest.table_observations import Whose
from ingest.table_pieces import join_pieces
from ingest.title import find_title
from reports.document import Document
from reports.errors import UnreadableFile
from reports.problem import Problem, Severity
from reports.report import Report

Reader = Callable[[bytes, str], Document]


def read_report(path: Path, catalogue: Catalogue | None = None) -> Ingestion:
    """Read one file: report, observations, failed identities. Nothing is stored.

    Raises UnreadableFile if the file cannot be read at all and NotAReport if it names no agency or no year; everything
    else that is wrong with it travels as problems of the report.
    """
    return ingest_document(read_document(path), catalogue or load_catalogue())


def read_document(path: Path) -> Document:
    """The file's paragraphs and tables, by the reader for what is really inside. Raises UnreadableFile."""
    return parse_document(read_file_bytes(path), path.name)


def parse_document(data: bytes, name: str) -> Document:
    """As `read_document`, for the bytes of a file of this name, which the source keeps. Raises UnreadableFile."""
    document = reader_for(sniff_format(data, name))(data, name)
    return replace(document, source=replace(document.source, name=name))


def ingest_document(document: Document, catalogue: Catalogue) -> Ingestion:
    """Interpret a document: whose report, which year, sections, tables, figures, identities."""
    facts = find_title(document)
    agency = make_agency(facts.agency_name, facts.other_names)
    sections = find_sections(document, facts.title_blocks)
    tables = tuple(restore_grid(table) for table in join_pieces(document.blocks, form_words(catalogue)))
    report_id = f"{agency.id}_{facts.year}-{document.source.sha256[:8]}"
    whose = Whose(report_id, agency.id, facts.year, table_sections(document, sections))
    figures = map_tables(tables, catalogue, whose)
    report = Report(
        id=report_id,
        agency=agency,
        year=facts.year,
        title=facts.title,
        edition=figures.edition,
        source=document.source,
        sections=sections.sections,
        tables=tables,
        problems=(*document.problems, *facts.problems, *figures.problems, *_missing_tables(figures.edition)),
    )
    outcomes = run_checks(figures.observations, figures.edition, catalogue, sections=sections.sections)
    told = find_narrative_figures(report.sections, catalogue, agency, report.year, report.edition, report_id)
    return Ingestion(
        report,
        (*figures.observations, *told),
        tuple(outcomes),
        make_passages(report, figures.observations),
        find_commitments(report.sections, agency.id, report.year, report_id),
    )


def _missing_tables(edition: str | None) -> tuple[Problem, ...]:
    if edition is not None:
        return ()
    return (
        Problem(
            "no-official-table",
            "no table of an official form was found; figures of this report can only be quoted from its text",
            "未找到规定格式的统计表；该报告的数字只能从正文引用",
            Severity.WARNING,
        ),
    )


def reader_for(format_name: str) -> Reader:
    """The reader of a format; each is imported only when a file needs it. Raises UnreadableFile for other formats."""
    if format_name not in READERS:
        raise UnreadableFile(
            f"files of the format {format_name} cannot be read; save the report as PDF, DOCX, HTML or text",
            f"不能读取{format_name}格式的文件；请将报告另存为PDF、DOCX、HTML或文本",
            code="unknown-format",
        )
    return READERS[format_name]()


def _text_reader() -> Reader:
    from ingest.formats.from_text import read_text

    return read_text


def _pdf_reader() -> Reader:
    from ingest.formats.from_pdf import read_pdf

    return read_pdf


def _docx_reader() -> Reader:
    from ingest.formats.from_docx import read_docx

    return read_docx


def _doc_reader() -> Reader:
    from ingest.formats.from_doc import read_doc

    return read_doc


def _html_reader() -> Reader:
    from ingest.formats.from_html import read_html

    return read_html


def _mht_reader() -> Reader:
    from ingest.formats.from_mht import read_mht

    return read_mht


def _image_reader() -> Reader:
    from ingest.formats.from_image import read_image

    return read_image


READERS: dict[str, Callable[[], Reader]] = {
    "txt": _text_reader,
    "pdf": _pdf_reader,
    "docx": _docx_reader,
    "doc": _doc_reader,
    "html": _html_reader,
    "mht": _mht_reader,
    "image": _image_reader,
}
