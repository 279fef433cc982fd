"""Tables in plain text: Word exports (a tab before every cell), tab-separated rows, Markdown pipe rows.

A text line is (1-based number, characters). Each function takes the lines from a start index and returns the rows of
cells found there with the index behind them; a cell is (1-based line, text), text kept as printed, line breaks inside.
"""

import re
from collections.abc import Sequence

Line = tuple[int, str]
TextCell = tuple[int, str]
Row = list[TextCell]

_SEPARATOR = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_PROSE_LENGTH = 100
_SENTENCE = re.compile(r"[。；：:]\s*$")
_NUMBERED_HEADING = re.compile(r"\s*[一二三四五六七八九十]+、")
_LONGEST_WRAP = 12


def read_tabbed_rows(lines: Sequence[Line], start: int) -> tuple[list[Row], int]:
    """Rows of a Word export or of tab-separated lines that begin at `start`; no rows where the lines are paragraphs.

    Word export: each cell is a line after a tab, further lines of the cell follow without one, an empty line ends the
    row. Tab-separated: a line holds the whole row. The end index is behind the last row.
    """
    rows: list[Row] = []
    index = start
    while index < len(lines):
        row, after = _tabbed_row(lines, index)
        if not row and rows and _is_merged_line(lines, index):
            row, after = [lines[index]], index + 1
        if not row:
            break
        rows.append(row)
        index = after
        while index < len(lines) and not lines[index][1]:
            index += 1
    return (rows if _is_table(rows) else []), index


def _is_merged_line(lines: Sequence[Line], index: int) -> bool:
    """Whether a line without tabs is a merged row inside tab-separated rows (a short heading between two of them)."""
    around = [lines[other][1] for other in (index - 1, index + 1) if 0 <= other < len(lines)]
    return len(around) == 2 and len(lines[index][1]) < _PROSE_LENGTH and all("\t" in text.strip() for text in around)


def is_tabbed(text: str) -> bool:
    """Whether a line may belong to a tabbed table."""
    return "\t" in text.rstrip(" \u3000\u00a0") if text.strip() else text.startswith("\t")


def _tabbed_row(lines: Sequence[Line], start: int) -> tuple[Row, int]:
    number, text = lines[start]
    if not text.startswith("\t"):
        cells = text.split("\t")
        return ([(number, cell) for cell in cells], start + 1) if len(cells) > 1 else ([], start)
    if text.count("\t") > 1:
        # A whole row on one line: the tab at its start stands for a first cell that is blank.
        return [(number, cell) for cell in text.split("\t")], start + 1
    row: Row = []
    index = start
    while index < len(lines) and lines[index][1]:
        number, text = lines[index]
        if text.startswith("\t"):
            row.append((number, text[1:]))
        else:
            first, before = row[-1]
            row[-1] = (first, f"{before}\n{text}")
        index += 1
    return row, index


def _is_table(rows: list[Row]) -> bool:
    """Paragraphs indented with a tab are no table: a table has rows of several short cells."""
    wide = [row for row in rows if len(row) > 1]
    return any(
        not all(_is_prose(text) for _, text in row if text.strip()) for row in wide if any(t.strip() for _, t in row)
    )


def _is_prose(text: str) -> bool:
    return len(text) > _PROSE_LENGTH or bool(_SENTENCE.search(text))


def split_heading_rows(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Leading one-cell rows that are section headings or running text, and the table proper."""
    count = 0
    while count < len(rows) and len(rows[count]) == 1:
        text = rows[count][0][1]
        if not (_NUMBERED_HEADING.match(text) or _is_prose(text)):
            break
        count += 1
    return rows[:count], rows[count:]


def read_pipe_rows(lines: Sequence[Line], start: int) -> tuple[list[Row], int]:
    """Rows of a Markdown table that begins at `start`; no rows where there is none.

    Labels may wrap: a row goes on until it has as many pipes as the separator line (or the first row) tells. A row that
    has more or fewer keeps its own number of cells.
    """
    form = _row_form(lines, start)
    expected = _pipes(form)
    if not expected:
        return [], start
    outer = form.lstrip().startswith("|")
    rows: list[Row] = []
    index = start
    while index < len(lines):
        row, after = _pipe_row(lines, index, expected, outer=outer)
        if not row:
            break
        if not _SEPARATOR.fullmatch("|".join(text for _, text in row)):
            rows.append(row)
        index = after
    return (rows, index) if rows else ([], start)


def _row_form(lines: Sequence[Line], start: int) -> str:
    """A line with the pipes of each row of the table at `start`: the separator line, or the first of two rows alike; "" if
    no table begins there."""
    first = _pipes(lines[start][1])
    if not first:
        return ""
    for _, text in lines[start + 1 : start + _LONGEST_WRAP]:
        if not text.strip():
            break
        if "|" in text and _SEPARATOR.fullmatch(text):
            return text
    follower = lines[start + 1][1] if start + 1 < len(lines) else ""
    return lines[start][1] if first > 1 and _pipes(follower) == first else ""


def _pipe_row(lines: Sequence[Line], start: int, expected: int, *, outer: bool) -> tuple[Row, int]:
    taken: list[Line] = []
    pipes = 0
    for index in range(start, min(start + _LONGEST_WRAP, len(lines))):
        text = lines[index][1]
        if not text.strip():
            break
        own = _pipes(text)
        if taken and pipes and own >= expected:
            # The next line is a complete row: the one before it lacks cells and stays short.
            return _cells(taken, outer=outer), index
        taken.append(lines[index])
        pipes += own
        if pipes >= expected:
            return _cells(taken, outer=outer), index + 1
    return (_cells(taken, outer=outer), start + len(taken)) if pipes else ([], start)


def _pipes(text: str) -> int:
    return len(_PIPE.findall(text))


def _cells(lines: list[Line], *, outer: bool) -> Row:
    """The cells between the pipes; the empty strings outside the outer pipes are no cells."""
    cells: Row = []
    open_cell: TextCell | None = None
    for number, text in lines:
        parts = _PIPE.split(text)
        first, before = open_cell or (number, None)
        parts[0] = parts[0] if before is None else f"{before}\n{parts[0]}"
        cells += [(first if position == 0 else number, part) for position, part in enumerate(parts[:-1])]
        open_cell = (first if len(parts) == 1 else number, parts[-1])
    if open_cell and open_cell[1].strip():
        cells.append(open_cell)
    if cells and outer and not cells[0][1].strip():
        cells = cells[1:]
    return [(number, text.replace("\\|", "|")) for number, text in cells]
