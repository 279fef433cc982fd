"""The tables after Art. 20 of the Regulations (section 二 of forms B and C): kinds of matter in rows, measures in columns."""

from collections.abc import Collection

from ingest.form_blocks import Block, is_blank, is_number, row_pieces
from ingest.form_words import ARTICLE_HEAD, UNITS, FormWords
from ingest.labels import label_key, shown_label, unit_in_note
from ingest.printed_figure import BAD_HEADS, MERGED, NO_COLUMN, TOO_FEW, PrintedFigure, joined_path
from reports.table import Cell

_SIMILAR = 85.0
_MARGIN = 15.0


def read_article20(block: Block, vocabulary: FormWords) -> list[PrintedFigure]:
    """The figures of a block; its head row names the measures, each further cell of a data row stands under one."""
    heads = _heads(block)
    return [figure for row in block.rows for figure in _row_figures(block, row, heads, vocabulary)]


def _heads(block: Block) -> list[Cell]:
    """The head cells of the measures: those of the last head row right of 信息内容."""
    if not block.heads:
        return []
    pieces = row_pieces(block.table, block.heads[-1])
    first = next((index for index, cell in enumerate(pieces) if label_key(cell.text) == ARTICLE_HEAD), 0)
    return [cell for cell in pieces[first + 1 :] if not is_blank(cell)]


def _row_figures(block: Block, row: int, heads: list[Cell], vocabulary: FormWords) -> list[PrintedFigure]:
    first = min((cell.column for cell in heads), default=1)
    pieces = row_pieces(block.table, row)
    labels = [cell for cell in pieces if cell.column < first and not is_blank(cell)]
    values = [cell for cell in pieces if cell.column >= first]
    path = (*block.titles, *(shown_label(cell.text) for cell in labels))
    if not labels:
        return []
    kind = _similar(label_key(labels[-1].text), vocabulary.article_rows)
    pairs, refused = _paired(values, heads)
    refused = NO_COLUMN if block.overflows(row) else BAD_HEADS if block.has_damaged_head else refused
    figures: list[PrintedFigure] = []
    for cell, head in pairs:
        key = label_key(head.text) if head else ""
        measures = {
            column: i
            for (parent, column), i in vocabulary.article_cells.items()
            if kind and parent == vocabulary.article_rows[kind]
        }
        name = _similar(key, measures) if kind else None
        indicator = measures[name] if name else None
        if indicator is None and (is_blank(cell) if kind else not is_number(cell)):
            continue
        column = (shown_label(head.text),) if head else ()
        figures.append(
            PrintedFigure(
                table=block.table,
                cell=cell,
                row=row,
                indicator=indicator,
                label=joined_path(path[-1:], column) if indicator else joined_path(path, column),
                row_path=path,
                column_path=column,
                unit=unit_in_note(head.text, UNITS) if head else None,
                refused=refused or (MERGED if cell.row_span > 1 else None),
            )
        )
    return figures


def _paired(values: list[Cell], heads: list[Cell]) -> tuple[list[tuple[Cell, Cell | None]], str | None]:
    """Each value cell with the head it stands under, and why the row is refused if that cannot be told."""
    values = [cell for cell in values if not is_blank(cell) or any(_overlap(cell, head) for head in heads)]
    overlaps = [[head for head in heads if _overlap(cell, head)] for cell in values]
    if all(len(found) == 1 for found in overlaps) and len({id(found[0]) for found in overlaps}) == len(values) == len(
        heads
    ):
        return [(cell, found[0]) for cell, found in zip(values, overlaps, strict=True)], None
    filled = [cell for cell in values if not is_blank(cell)]
    for cells in (values, filled):
        # Sloppy spans: as many cells as heads, each at least touching its own, are read in order.
        if len(cells) == len(heads) and all(_overlap(cell, head) for cell, head in zip(cells, heads, strict=True)):
            return list(zip(cells, heads, strict=True)), None
    first = [(cell, found[0] if found else None) for cell, found in zip(values, overlaps, strict=True)]
    return first, TOO_FEW if len(filled) <= len(heads) else NO_COLUMN


def _overlap(cell: Cell, head: Cell) -> bool:
    return cell.column < head.column + head.column_span and head.column < cell.column + cell.column_span


def _similar(key: str, known: Collection[str]) -> str | None:
    """The known key meant: the same one, or the only one that differs by a slip of the pen."""
    if key in known or not key or not known:
        return key if key in known else None
    from rapidfuzz.fuzz import ratio  # imported where needed: clean tables never are

    scored = sorted(((ratio(key, other), other) for other in known), reverse=True)
    second = scored[1][0] if len(scored) > 1 else 0.0
    return scored[0][1] if scored[0][0] >= _SIMILAR and scored[0][0] - second >= _MARGIN else None
