"""Text exports print a cell that is merged downwards as blank cells below it; here the merge is made again."""

from dataclasses import replace

from ingest.formats.table_pieces import is_figure
from ingest.ragged import restore_grid
from reports.document import Document, Paragraph
from reports.table import Cell, Table


def with_true_spans(document: Document) -> Document:
    """The document of a text export with its tables as they were before the export."""
    blocks = tuple(block if isinstance(block, Paragraph) else _merged(restore_grid(block)) for block in document.blocks)
    return replace(document, blocks=blocks)


def _merged(table: Table) -> Table:
    """Blank cells below a label or a head are that label or head going on; blank value cells stay blank."""
    cells: list[Cell] = []
    for cell in sorted(table.cells, key=lambda item: (item.row, item.column)):
        above = next(
            (
                number
                for number, other in enumerate(cells)
                if other.row + other.row_span == cell.row
                and (other.column, other.column_span) == (cell.column, cell.column_span)
            ),
            None,
        )
        if above is not None and not cell.text.strip() and _goes_on(table, cells[above], cell):
            cells[above] = replace(cells[above], row_span=cells[above].row_span + cell.row_span)
        else:
            cells.append(cell)
    return replace(table, cells=tuple(cells))


def _goes_on(table: Table, above: Cell, blank: Cell) -> bool:
    if is_figure(above.text) or not above.text.strip() or len(table.grid[0]) < 5:
        return False  # the annex form has no merged labels, and blank cells there are figures not given
    right = [cell for cell in table.row_cells(blank.row) if cell.column > blank.column]
    is_label = any(cell.text.strip() and not is_figure(cell.text) for cell in right)
    is_head = not any(is_figure(cell.text) for cell in table.row_cells(blank.row))
    return is_label or is_head
