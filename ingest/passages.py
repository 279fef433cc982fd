"""Report -> passages: whole sentences under their heading path, and table rows written out as sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from indicators.observation import Observation, Origin
from ingest.sentences import split_clauses, split_sentences
from reports.document import Paragraph
from reports.passage import Passage
from reports.place import Place
from reports.report import Report
from reports.table import Table

SHORTEST = 80
LONGEST = 400
# Labels of rows and columns are shorter, and stand beside figures.
_SHORTEST_NOTE = 20


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence (or a slice of an overlong one) with the white space that follows it in its paragraph."""

    text: str
    place: Place
    new_line: bool


def make_passages(report: Report, observations: Iterable[Observation] = ()) -> tuple[Passage, ...]:
    """The report's passages in reading order: the prose of each section, then the rows of each table.

    Prose passages hold 80 to 400 characters; a section shorter than that is one short passage, and a sentence longer
    than that is cut at a comma. Table rows are written with the labels of the `observations` read from them
    ("收到申请数：3件"); rows without observations as their cells in order.
    """
    drafts = [*_prose(report), *_table_rows(report, tuple(observations))]
    seen: Counter[str] = Counter()
    passages = []
    for position, (section, kind, text, sentences, place) in enumerate(drafts):
        key = f"{kind}\n{section}\n{text}"
        digest = sha256(f"{key}\n{seen[key]}".encode()).hexdigest()[:12]
        seen[key] += 1
        passages.append(
            Passage(
                id=f"{report.id}-{digest}",
                report=report.id,
                agency=report.agency.id,
                year=report.year,
                section=section,
                kind=kind,
                text=text,
                position=position,
                sentences=sentences,
                place=place,
            )
        )
    return tuple(passages)


_Draft = tuple[str, str, str, tuple[tuple[int, int], ...], Place]


def _prose(report: Report) -> Iterator[_Draft]:
    for section in report.sections:
        path = " / ".join(section.path)
        for group in _groups([piece for paragraph in section.paragraphs for piece in _pieces(paragraph)]):
            text, sentences = _join(group)
            yield path, "prose", text, sentences, group[0].place


def _pieces(paragraph: Paragraph) -> Iterator[_Piece]:
    first = True
    for start, end in split_sentences(paragraph.text):
        for text in _cut(paragraph.text[start:end]):
            yield _Piece(text, paragraph.place, first)
            first = False


def _cut(sentence: str) -> Iterator[str]:
    """The sentence itself, or slices of at most LONGEST characters cut at commas where there are any."""
    if len(sentence) <= LONGEST:
        yield sentence
        return
    slice_start = 0
    last_comma = 0
    for start, end in split_clauses(sentence):
        if end - slice_start > LONGEST:
            if last_comma > slice_start:
                yield sentence[slice_start:last_comma]
                slice_start = last_comma
            while end - slice_start > LONGEST:
                yield sentence[slice_start : slice_start + LONGEST]
                slice_start += LONGEST
        last_comma = max(end, start)
    if slice_start < len(sentence):
        yield sentence[slice_start:]


def _groups(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Runs of pieces of SHORTEST to LONGEST characters, broken at paragraph ends where the size allows."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        size = _size(groups[-1]) if groups else 0
        fits = bool(groups) and size + piece.new_line + len(piece.text) <= LONGEST
        if fits and (size < SHORTEST or not piece.new_line):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return _without_scraps(groups)


def _without_scraps(groups: list[list[_Piece]]) -> list[list[_Piece]]:
    """Short groups joined to the one before if that stays within LONGEST, else topped up from its end."""
    result: list[list[_Piece]] = []
    for group in groups:
        if result and _size(group) < SHORTEST:
            before = result[-1]
            if _size([*before, *group]) <= LONGEST:
                before.extend(group)
                continue
            while _size(group) < SHORTEST and len(before) > 1 and _size(before[:-1]) >= SHORTEST:
                if _size([before[-1], *group]) > LONGEST:
                    break
                group.insert(0, before.pop())
        result.append(group)
    return result


def _size(group: list[_Piece]) -> int:
    return len(_join(group)[0])


def _join(group: list[_Piece]) -> tuple[str, tuple[tuple[int, int], ...]]:
    text = ""
    sentences = []
    for piece in group:
        if text and piece.new_line:
            text += "\n"
        sentences.append((len(text), len(text) + len(piece.text)))
        text += piece.text
    return text, tuple(sentences)


def _table_rows(report: Report, observations: tuple[Observation, ...]) -> Iterator[_Draft]:
    tables = {table.id: table for table in report.tables}
    read = [
        observation
        for observation in observations
        if observation.origin is Origin.TABLE and observation.citation.table in tables
    ]
    in_order = {table_id: order for order, table_id in enumerate(tables)}
    read.sort(key=lambda one: (in_order[one.citation.table or ""], one.citation.row or 0, one.citation.column or 0))
    written: set[str] = set()
    for (table_id, _), row in groupby(read, key=lambda one: (one.citation.table, one.citation.row)):
        cells = list(row)
        text = "；".join(_written_row(cells))
        written.add(table_id or "")
        citation = cells[0].citation
        yield citation.section or citation.table_title or "", "table_row", text, ((0, len(text)),), citation.place
    with_figures = {(observation.citation.table, observation.citation.row) for observation in read}
    for table in report.tables:
        if table.id not in written:
            yield from _bare_rows(table)
        else:
            yield from _notes(table, {row for table_id, row in with_figures if table_id == table.id})


def _written_row(cells: list[Observation]) -> Iterator[str]:
    """ "收到申请数：3件", or "本年新收政府信息公开申请数量：自然人 1件，总计 1件"; one text per row label."""
    for label, group in groupby(cells, key=lambda one: one.citation.row_label or one.label):
        figures = [(one.citation.column_label, _figure(one)) for one in group]
        if len(figures) == 1:
            yield f"{label}：{figures[0][1]}"
        else:
            yield f"{label}：" + "，".join(f"{column or ''} {figure}".strip() for column, figure in figures)


def _figure(observation: Observation) -> str:
    raw = " ".join(observation.citation.raw.split()) or "（空白）"
    if observation.value is None or not observation.unit or raw.endswith(observation.unit):
        return raw
    return f"{raw}{observation.unit}"


def _bare_rows(table: Table) -> Iterator[_Draft]:
    for row in range(table.rows):
        cells = ["".join(cell.text.split()) for cell in table.row_cells(row)]
        text = " | ".join(cell for cell in cells if cell)
        if text:
            yield table.caption or "", "table_row", text, ((0, len(text)),), table.place


def _notes(table: Table, rows_with_figures: set[int | None]) -> Iterator[_Draft]:
    """Sentences printed inside a table ("本列数据的勾稽关系为：…"): prose, for no figure stands in their row."""
    for cell in table.cells:
        text = "".join(cell.text.split())
        if cell.row not in rows_with_figures and len(text) >= _SHORTEST_NOTE:
            yield table.caption or "", "prose", text, ((0, len(text)),), cell.place
