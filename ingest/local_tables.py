"""Tables that are none of the official forms: every number is kept under its printed row and column heads."""

from ingest.form_blocks import Block, is_blank, is_number
from ingest.form_words import UNITS
from ingest.labels import folded, shown_label
from ingest.printed_figure import PrintedFigure, joined_path


def read_local(block: Block) -> list[PrintedFigure]:
    """The numbers of a block that is no part of an official form; text cells are labels."""
    heads, rows = _heads_and_rows(block)
    figures: list[PrintedFigure] = []
    for row in rows:
        grid_row = block.table.grid[row]
        first = next(
            (column for column, cell in enumerate(grid_row) if is_number(cell) and _has_label(grid_row, column)), None
        )
        if first is None:
            continue
        labels = dict.fromkeys(cell for cell in grid_row[:first] if cell is not None and not is_blank(cell))
        unit = next((text for cell in labels if (text := folded(cell.text)) in UNITS), None)
        path = tuple(shown_label(cell.text) for cell in labels if folded(cell.text) not in UNITS)
        for column in range(first, len(grid_row)):
            cell = grid_row[column]
            if cell is None or not is_number(cell) or (column > 0 and cell is grid_row[column - 1]):
                continue
            head = tuple(
                shown_label(text.text)
                for text in dict.fromkeys(block.table.grid[other][column] for other in heads)
                if text is not None and not is_blank(text)
            )
            figures.append(
                PrintedFigure(
                    table=block.table,
                    cell=cell,
                    row=row,
                    indicator=None,
                    label=joined_path(block.titles, path, head),
                    row_path=(*block.titles, *path),
                    column_path=head,
                    unit=unit,
                )
            )
    return figures


def _has_label(grid_row: tuple[object, ...], column: int) -> bool:
    return any(cell is not None for cell in grid_row[:column])


def _heads_and_rows(block: Block) -> tuple[list[int], list[int]]:
    """Rows before the first one with a number are heads."""
    rows = [*block.heads, *block.rows]
    first = next(
        (index for index, row in enumerate(rows) if any(is_number(cell) for cell in block.table.grid[row])), len(rows)
    )
    return rows[:first], rows[first:]
