"""However a table is printed, its figures stay the same; where a row is damaged, they are unreadable and never wrong."""

import random
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.numerals import parse_figure
from indicators.observation import Missing
from ingest.form_blocks import is_number, is_readable
from ingest.formats.from_text import read_text
from ingest.ragged import restore_grid
from reports.document import Document, Paragraph
from reports.table import Cell, Table
from tests.ingest.real_reports import SAMPLES
from tests.ingest.table_variants import (
    Found,
    Key,
    catalogued,
    change_texts,
    double_cell,
    drop_cell,
    figures_of,
    insert_column,
    insert_row,
    split_rows,
    wrapped,
)

# One sample per edition and way of printing: pipe rows (A), Word export (A, B, C).
NAMES = ("yunxi_office_2016", "hrss_2017", "linhu_hrss_2020", "hrss_2022")
BETWEEN = Paragraph("以下为统计情况")
samples = st.sampled_from(NAMES)
seeds = st.integers(0, 2**32)


@cache
def document(name: str) -> Document:
    path = SAMPLES / f"{name}.txt"
    return read_text(path.read_bytes(), path.name)


@cache
def grids(name: str) -> tuple[Table, ...]:
    return tuple(restore_grid(table) for table in document(name).tables)


@cache
def expected(name: str) -> dict[Key, Found]:
    return catalogued(figures_of(document(name).blocks, year(name)).observations)


def year(name: str) -> int:
    return int(name[-4:])


def read(tables: list[Table], name: str) -> dict[Key, Found]:
    apart = [block for table in tables for block in (table, BETWEEN)]
    return catalogued(figures_of(apart, year(name)).observations)


@pytest.mark.parametrize(
    ("name", "count"), [("yunxi_office_2016", 65), ("hrss_2017", 58), ("linhu_hrss_2020", 198), ("hrss_2022", 200)]
)
def test_samples_hold_every_cell_of_their_form(name: str, count: int) -> None:
    assert len(expected(name)) == count


@settings(max_examples=60, deadline=None)
@given(samples, seeds, st.booleans())
def test_labels_may_wrap_anywhere(name: str, seed: int, ragged: bool) -> None:
    where = random.Random(seed)
    tables = document(name).tables if ragged else grids(name)
    changed = [change_texts(t, lambda c: c.text if is_number(c) else wrapped(c.text, where)) for t in tables]
    assert read(changed, name) == expected(name)


@settings(max_examples=60, deadline=None)
@given(samples, seeds)
def test_blank_rows_and_columns_change_nothing(name: str, seed: int) -> None:
    where = random.Random(seed)
    changed = []
    for table in grids(name):
        for _ in range(where.randrange(1, 4)):
            table = insert_row(table, where.randrange(table.rows + 1))
            table = insert_column(table, where.randrange(table.columns + 1))
        changed.append(table)
    assert read(changed, name) == expected(name)


@settings(max_examples=20, deadline=None)
@given(samples, st.randoms(use_true_random=False))
def test_the_order_of_tables_does_not_matter(name: str, where: random.Random) -> None:
    tables = list(grids(name))
    where.shuffle(tables)
    assert read(tables, name) == expected(name)


@settings(max_examples=100, deadline=None)
@given(samples, seeds, st.booleans(), st.booleans())
def test_a_page_break_at_any_row_changes_nothing(name: str, seed: int, ragged: bool, page_number: bool) -> None:
    where = random.Random(seed)
    blocks: list[Paragraph | Table] = []
    for table in document(name).tables if ragged else grids(name):
        upper, lower = split_rows(table, where.randrange(1, table.rows))
        blocks += [upper, Paragraph("- 4 -"), lower, BETWEEN] if page_number else [upper, lower, BETWEEN]
    assert catalogued(figures_of(blocks, year(name)).observations) == expected(name)


@settings(max_examples=60, deadline=None)
@given(samples, seeds)
def test_a_head_repeated_after_a_page_break_changes_nothing(name: str, seed: int) -> None:
    where = random.Random(seed)
    blocks: list[Paragraph | Table] = []
    for table in grids(name):
        heads = _head_rows(table)
        if table.rows <= heads + 1 or table.columns == 4:  # a single data row, or a table with several heads
            blocks += [table, BETWEEN]
            continue
        upper, lower = split_rows(table, where.randrange(heads + 1, table.rows))
        head_cells = [cell for cell in table.cells if cell.row < heads]
        moved = [replace(cell, row=cell.row + heads) for cell in lower.cells]
        blocks += [upper, replace(lower, cells=(*head_cells, *moved)), BETWEEN]
    assert catalogued(figures_of(blocks, year(name)).observations) == expected(name)


def _head_rows(table: Table) -> int:
    """Rows before the first with a number; the annex has one head row, then a heading row without numbers."""
    return 1 if table.columns == 3 else next(row for row in range(table.rows) if any(map(is_number, table.grid[row])))


@settings(max_examples=60, deadline=None)
@given(samples, seeds)
def test_digits_may_be_full_width_or_grouped(name: str, seed: int) -> None:
    where = random.Random(seed)

    def restyled(cell: Cell) -> str:
        if not is_number(cell) or parse_figure(cell.text).unit:
            return cell.text
        value = parse_figure(cell.text).value
        plain = f"{value:,}" if where.random() < 0.5 else str(value)
        return plain.translate(str.maketrans("0123456789", "０１２３４５６７８９")) if where.random() < 0.5 else plain

    assert read([change_texts(table, restyled) for table in grids(name)], name) == expected(name)


@settings(max_examples=300, deadline=None)
@given(samples, seeds, st.booleans(), st.booleans())
def test_a_damaged_row_gives_no_wrong_figure(name: str, seed: int, ragged: bool, doubled: bool) -> None:
    where = random.Random(seed)
    tables = list(document(name).tables if ragged else grids(name))
    at = where.randrange(len(tables))
    index = where.randrange(len(tables[at].cells))
    tables[at] = (double_cell if doubled else drop_cell)(tables[at], index)
    before = expected(name)
    for key, (value, missing, _) in read(tables, name).items():
        if missing is Missing.UNREADABLE:
            continue
        assert (value, missing) == before[key][:2], key


@settings(max_examples=100, deadline=None)
@given(samples, seeds, st.booleans(), st.sampled_from(["", "某项"]))
def test_a_lost_or_unknown_label_gives_no_wrong_figure(name: str, seed: int, ragged: bool, label: str) -> None:
    where = random.Random(seed)
    tables = list(document(name).tables if ragged else grids(name))
    at = where.randrange(len(tables))
    lost = where.choice([cell for cell in tables[at].cells if not is_readable(cell)])
    tables[at] = change_texts(tables[at], lambda cell: label if cell is lost else cell.text)
    before = expected(name)
    for key, (value, missing, _) in read(tables, name).items():
        assert missing is Missing.UNREADABLE or (value, missing) == before[key][:2], key
