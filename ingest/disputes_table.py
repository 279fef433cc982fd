"""The row on administrative reviews and lawsuits (section 四 of forms B and C): one data row under heads of three levels."""

from indicators.catalogue import Indicator
from ingest.form_blocks import Block, is_blank, is_number, is_readable
from ingest.form_words import DISPUTE_GROUPS, LITIGATION, OUTCOME_HEADS, FormWords
from ingest.labels import shown_label
from ingest.printed_figure import BAD_HEADS, MERGED, NO_COLUMN, TOO_FEW, PrintedFigure, joined_path


def read_disputes(block: Block, vocabulary: FormWords) -> list[PrintedFigure]:
    """The figures of a block. Several data rows (by office, by year) are kept under their labels, none is chosen."""
    outcomes = {column: _outcome(keys, vocabulary) for column, keys in enumerate(block.path_keys) if keys}
    first = min((column for column, outcome in outcomes.items() if outcome), default=0)
    rows = [
        row
        for row in block.rows
        if any(is_number(cell) or _is_mark(block, row, first) for cell in block.table.grid[row])
    ]
    rows = rows or list(block.rows[:1])
    refused = BAD_HEADS if block.has_damaged_head or _is_shifted(block) else None
    alone = len(rows) == 1
    return [figure for row in rows for figure in _row_figures(block, row, outcomes, first, refused, alone=alone)]


def _is_shifted(block: Block) -> bool:
    """Whether the heads contradict each other, as they do when one of them is missing and the others have moved."""
    known: list[tuple[str, ...]] = []
    for column, keys in enumerate(block.path_keys):
        if block.is_spare(column):
            continue
        leaves = [key for key in keys if key in OUTCOME_HEADS or key in ("总计", "合计")]
        groups = [key for key in keys if key in DISPUTE_GROUPS or key == LITIGATION]
        if len(leaves) > 1 or (groups and (not leaves or keys[-1] != leaves[0])):
            return True
        if leaves:
            known.append((*groups, *leaves))
    return len(known) != len(set(known))


def _is_mark(block: Block, row: int, first: int) -> bool:
    cells = block.table.grid[row][first:]
    return all(is_readable(cell) for cell in cells) and any(not is_blank(cell) for cell in cells)


def _outcome(keys: tuple[str, ...], vocabulary: FormWords) -> Indicator | None:
    groups = [DISPUTE_GROUPS[key] for key in keys[:-1] if key in DISPUTE_GROUPS]
    if not groups or (LITIGATION in keys and groups == ["disputes.review"]):
        return None
    leaf = "总计" if keys[-1] == "合计" else keys[-1]
    return vocabulary.outcomes.get((groups[-1], leaf))


def _row_figures(
    block: Block, row: int, outcomes: dict[int, Indicator | None], first: int, refused: str | None, *, alone: bool
) -> list[PrintedFigure]:
    grid_row = block.table.grid[row]
    label = tuple(
        shown_label(cell.text) for cell in dict.fromkeys(grid_row[:first]) if cell is not None and not is_blank(cell)
    )
    if any(grid_row[column] is None for column in outcomes):
        refused = TOO_FEW
    stray = any(
        column not in outcomes and not is_blank(cell) for column, cell in enumerate(grid_row[first:], start=first)
    )
    if stray or block.overflows(row):
        refused = NO_COLUMN
    figures: list[PrintedFigure] = []
    for column, outcome in outcomes.items():
        cell = grid_row[column]
        indicator = outcome if alone else None
        if cell is None or column < first or (indicator is None and not is_number(cell)):
            continue
        merged = sum(1 for other in outcomes if grid_row[other] is cell) > 1 or cell.row != row
        path = block.paths[column]
        figures.append(
            PrintedFigure(
                table=block.table,
                cell=cell,
                row=row,
                indicator=indicator,
                label=joined_path(path[-2:]) if indicator else joined_path(label, path),
                row_path=label,
                column_path=path,
                refused=refused or (MERGED if merged else None),
            )
        )
    return figures
