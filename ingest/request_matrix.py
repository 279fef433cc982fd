"""The request matrix of forms B and C: outcomes in rows, applicant types in columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.catalogue import Indicator
from ingest.form_blocks import Block, is_blank, is_number
from ingest.form_rows import FormRow, PrintedRow, match_rows
from ingest.form_words import FormWords
from ingest.labels import label_key, outline_level, shown_label
from ingest.printed_figure import BAD_HEADS, MERGED, NO_COLUMN, TOO_FEW, PrintedFigure, joined_path
from reports.table import Cell, Table


@dataclass(frozen=True)
class MatrixColumns:
    """Where the figures stand: for each grid column counted from the right edge, its applicant (None if unknown) and
    its head path. Counted from the right because a continued table may have lost label columns. refused: why the heads
    cannot be trusted."""

    by_distance: dict[int, tuple[str | None, tuple[str, ...]]]
    refused: str | None = None


def matrix_columns(block: Block, vocabulary: FormWords) -> MatrixColumns | None:
    """The columns that the block's own heads tell; None if they are no heads of the matrix."""
    has_group = any(key in vocabulary.group_heads for keys in block.path_keys for key in keys)
    known = {
        column: _applicant(keys, vocabulary, has_group=has_group) for column, keys in enumerate(block.path_keys) if keys
    }
    first = min((column for column, applicant in known.items() if applicant), default=None)
    if first is None or sum(1 for applicant in known.values() if applicant) < 2:
        return None
    width = block.table.columns
    return MatrixColumns(
        {width - column: (applicant, block.paths[column]) for column, applicant in known.items() if column >= first},
        BAD_HEADS if block.has_damaged_head or _is_shifted(block, first, vocabulary) else None,
    )


def _is_shifted(block: Block, first: int, vocabulary: FormWords) -> bool:
    """Whether the heads contradict each other, as they do when one of them is missing and the others have moved."""
    names: list[str] = []
    has_group = any(key in vocabulary.group_heads for keys in block.path_keys for key in keys)
    for column, keys in enumerate(block.path_keys):
        if column < first or block.is_spare(column):
            continue
        found = {vocabulary.applicants[key] for key in keys if key in vocabulary.applicants}
        in_group = any(key in vocabulary.group_heads for key in keys)
        if len(found) > 1 or (in_group and not found):
            return True
        names += found
        if has_group and found and in_group == bool(found & {"natural_person", "total"}):
            return True
    return len(names) != len(set(names))


def _applicant(keys: Sequence[str], vocabulary: FormWords, *, has_group: bool) -> str | None:
    applicant = vocabulary.applicants.get(keys[-1])
    if applicant == "other_org" and has_group and not any(key in vocabulary.group_heads for key in keys):
        return None
    return applicant


def read_matrix(
    block: Block, columns: MatrixColumns, vocabulary: FormWords, before: FormRow | None
) -> tuple[list[PrintedFigure], FormRow | None]:
    """The figures of a block and the last form row matched in it. `before`: the last row of the table before."""
    width = block.table.columns
    heads = {width - distance: head for distance, head in columns.by_distance.items() if distance <= width}
    first = min(heads, default=width)
    labels = [_label(block.table, row, first) for row in block.rows]
    paths = _carried(labels)
    printed = [
        PrintedRow(
            label_key(path[-1]) if path else "",
            tuple(map(label_key, path[:-1])),
            outline_level(path[-1]) if path else None,
        )
        for path in paths
    ]
    matches = match_rows(vocabulary.matrix, printed, before)
    figures: list[PrintedFigure] = []
    for row, path, match in zip(block.rows, paths, matches, strict=True):
        figures += _row_figures(block, row, path, match, heads, first, columns.refused)
    return figures, next((match for match in reversed(matches) if match), before)


def _form_label(indicator: Indicator) -> str:
    return next(indicator.forms[edition].label for edition in ("C", "B") if edition in indicator.forms)


def _label(table: Table, row: int, first: int) -> list[tuple[int, str]]:
    """(column, text) of the cells left of the figures that are printed in this row or merged into it from above."""
    found: list[tuple[int, str]] = []
    seen: list[Cell] = []
    for column in range(first):
        cell = table.grid[row][column]
        if cell is not None and cell not in seen and not is_blank(cell) and cell.column + cell.column_span <= first:
            seen.append(cell)
            text = shown_label(cell.text)
            if not found or found[-1][1] != text:
                found.append((column, text))
    return found


def _carried(labels: list[list[tuple[int, str]]]) -> list[tuple[str, ...]]:
    """The heading path of each row: a blank label cell below a filled one continues it when a label follows on its right."""
    above: dict[int, str] = {}
    paths: list[tuple[str, ...]] = []
    for label in labels:
        if not label:
            paths.append(())
            continue
        first = label[0][0]
        carried = [(column, text) for column, text in sorted(above.items()) if column < first]
        path = [*carried, *label]
        above = dict(path)
        paths.append(tuple(text for _, text in path))
    return paths


def _row_figures(
    block: Block,
    row: int,
    path: tuple[str, ...],
    match: FormRow | None,
    heads: dict[int, tuple[str | None, tuple[str, ...]]],
    first: int,
    refused: str | None,
) -> list[PrintedFigure]:
    grid_row = block.table.grid[row]
    if any(grid_row[column] is None for column in heads):
        refused = TOO_FEW
    stray = any(column not in heads and not is_blank(grid_row[column]) for column in range(first, block.table.columns))
    if stray or block.overflows(row):
        refused = NO_COLUMN
    indicator = match.indicator if match and match.indicator.has_figure else None
    figures: list[PrintedFigure] = []
    for column, (applicant, head) in sorted(heads.items()):
        cell = grid_row[column]
        if cell is None or (cell.column < first and column != first):
            continue
        merged = cell.column_span > 1 and sum(1 for other in heads if grid_row[other] is cell) > 1
        known = indicator if applicant else None
        if known is None and not is_number(cell):
            continue
        figures.append(
            PrintedFigure(
                table=block.table,
                cell=cell,
                row=row,
                indicator=known,
                label=_form_label(known) if known else joined_path(path, head),
                row_path=path,
                column_path=head,
                applicant=applicant,
                refused=refused or (MERGED if merged or cell.row_span > 1 or cell.column < first else None),
            )
        )
    return figures
