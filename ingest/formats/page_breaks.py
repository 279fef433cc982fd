"""Reads a page break: does it go through a row, does a label go on below it? By the rules of print, never by guess.

Above the break stands the foot: the cells that reach the last row. Below it stands the head: the cells of the first row.
"""

import re
from collections.abc import Sequence

from ingest.formats.joined_table import JoinedCell, same_columns
from ingest.formats.table_pieces import PieceCell, is_figure

_NUMBERED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十百]+[）)、.．,，]|[（(]?\d{1,2}[）)、.．](?!\d)|[①-⑳⑴-⒛ⅰ-ⅿⅠ-Ⅻ]|第[一二三四五六七八九十\d]+|[#*＊★])"
)
_LETTERS = re.compile("[A-Za-z\u4e00-\u9fff]{2}|[条件次个篇人万元项份起宗件]$")
_ANY_LETTER = re.compile("[A-Za-z\u4e00-\u9fff]")
_PART_OF = re.compile(r"\s*其中")

_Pair = tuple[JoinedCell, PieceCell]


def is_row_cut(foot: Sequence[JoinedCell], head: Sequence[PieceCell], rows: int, *, is_low: bool) -> bool | None:
    """Whether the page break goes through one row: its cells then complement each other. None: nobody can tell.

    is_low: the row on one side of the break is lower than whole rows are.
    """
    pairs = [(entry, cell) for entry in foot for cell in head if same_columns(entry, cell)]
    own = [(entry, cell) for entry, cell in pairs if entry.row == rows - 1 and cell.row_span == 1]
    if not own or len(pairs) != len(foot) or len(pairs) != len(head):
        return False
    if all(not entry.text for entry, _ in own):
        return True
    if all(not cell.text for _, cell in own):
        return is_low or _is_blank_rest(own, pairs)
    if any(_is_label(entry.text) and cell.text and not _is_label(cell.text) for entry, cell in pairs):
        return False  # figures below heads of columns
    labels = [(entry, cell) for entry, cell in own if _is_label(cell.text)]
    if _is_rest_of_heads(own):
        return True
    if any(entry.text and not _reads_on(entry, cell) for entry, cell in labels):
        return False
    if not labels:
        # Below the break is no label, so no row of its own.
        return any(_is_label(entry.text) for entry, _ in own)
    return _is_label_cut(own, labels)


def _is_label_cut(own: list[_Pair], labels: list[_Pair]) -> bool | None:
    """Whether a row is cut whose label, or labels, read on below the break."""
    numbered = any(_NUMBERED.match(entry.text) for entry, _ in labels)
    twice = [(entry, cell) for entry, cell in own if entry.text and cell.text and (entry, cell) not in labels]
    if not all(is_figure(entry.text) and is_figure(cell.text) and entry.last.is_full for entry, cell in twice):
        return None if numbered else False
    if any(is_figure(text) for entry, cell in own for text in (entry.text, cell.text)):
        return True if numbered else None
    # Heads of columns that read on; where value cells are blank, they may be two rows of labels.
    heads = len(labels) > 2 or all(entry.text for entry, _ in own)
    return True if numbered or heads else None


def _is_blank_rest(own: list[_Pair], pairs: list[_Pair]) -> bool:
    """Whether a blank row below the break is the rest of the row above: below heads of columns it may be a row of figures
    that were not filled in."""
    around = [(entry, cell) for entry, cell in pairs if entry.text and cell.text]
    heads_go_on = bool(around) and all(_reads_on(entry, cell) for entry, cell in around)
    has_value = any(not _is_label(entry.text) for entry, _ in own)
    return has_value or len(own) == 1 or heads_go_on


def _is_rest_of_heads(own: list[_Pair]) -> bool:
    """Whether a row below the break has text under the heads of columns only: its first cell is blank, as no row's is."""
    first, rest = min(own, key=lambda pair: pair[0].column)
    return (
        _is_label(first.text)
        and not rest.text
        and all(_is_label(entry.text) for entry, _ in own)
        and all(not cell.text or _is_label(cell.text) for _, cell in own)
    )


def _is_label(text: str) -> bool:
    return bool(_ANY_LETTER.search(text))


def _is_row_label(text: str) -> bool:
    """Whether a text names a row or its unit; a figure with its unit ("3件") does not."""
    has_digits = any(character.isdigit() for character in text)
    return bool(_LETTERS.search(text)) and (not has_digits or bool(_NUMBERED.match(text)))


def _reads_on(entry: JoinedCell, cell: PieceCell) -> bool:
    """Whether a text may be the rest of the text above the break: no new number, and the line above it is full, or the
    text above is a numbered item, after which an item without a number would be odd."""
    if is_figure(entry.text) or is_figure(cell.text) or _NUMBERED.match(cell.text) or _PART_OF.match(cell.text):
        return False
    return entry.last.is_full or bool(_NUMBERED.match(entry.text))


def label_goes_on(
    entry: JoinedCell, cell: PieceCell, head: Sequence[PieceCell], *, after_label: bool, has_figures: bool
) -> bool:
    """Whether a label that spans rows goes on below the break: it stands left of the row's own label, or among heads of
    columns (the table has no figures so far) and has no room left. Right of the row's own label (after_label) a blank cell is a figure not given."""
    if is_figure(entry.text) or (cell.text and not _is_label(cell.text)):
        return False
    followed = any(other.column > cell.column and _is_row_label(other.text) for other in head)
    if not followed or after_label:
        among_heads = not has_figures and not any(is_figure(other.text) for other in head)
        return among_heads and entry.last.is_full and _is_label(cell.text) and _reads_on(entry, cell)
    if entry.text and cell.text:
        # Two cells of one row each are two labels, unless the upper one has no room for another character.
        return _reads_on(entry, cell) and (max(entry.row_span, cell.row_span) > 1 or entry.last.is_full)
    return bool(entry.text or cell.text) or max(entry.row_span, cell.row_span) > 1
