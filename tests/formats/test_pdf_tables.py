"""Tables in PDF files: however they are drawn and wherever pages break them, the grid is the same."""

import itertools
from collections.abc import Iterator

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from ingest.formats.from_pdf import read_pdf
from reports.table import Table
from tests.rendering.drawn_table import Style, draw_table
from tests.rendering.official_form import MATRIX_WIDTHS, request_matrix
from tests.rendering.plain_pdf import write_pdf

_FIGURES = ("0", "1288", "3,119", "", "７", "96171.6", "12", "/", "-6")


def _figures(seed: int = 0) -> Iterator[str]:
    return itertools.islice(itertools.cycle(_FIGURES), seed, None)


def _signature(table: Table) -> list[tuple[int, int, int, int, str]]:
    return sorted(
        (cell.row, cell.column, cell.row_span, cell.column_span, "".join(cell.text.split())) for cell in table.cells
    )


def _read_back(table: Table, breaks: list[int], style: Style) -> Table:
    document = read_pdf(write_pdf(draw_table(table, MATRIX_WIDTHS, breaks, style)), "drawn.pdf")
    assert not document.problems
    [found] = document.tables
    return found


@settings(deadline=None, max_examples=25, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    breaks=st.lists(st.integers(3, 27), max_size=4),
    seed=st.integers(0, 8),
    style=st.builds(
        Style,
        borders=st.sampled_from(["lines", "areas", "dashes", "cells"]),
        shift=st.sampled_from([0.0, 1.5, -2.0]),
        repeat=st.sampled_from([0, 3]),
        middle=st.booleans(),
    ),
)
@example(breaks=[4, 5, 14, 18], seed=7, style=Style(borders="cells"))
def test_breaks_at_any_rows_change_nothing(breaks: list[int], seed: int, style: Style) -> None:
    table = request_matrix(_figures(seed))
    assert _signature(_read_back(table, breaks, style)) == _signature(table)


def test_sides_of_the_frame_may_be_missing() -> None:
    table = request_matrix(_figures())
    assert _signature(_read_back(table, [12], Style(outer=False))) == _signature(table)


def test_blank_figures_below_heads_at_the_foot_of_a_page_stay_blank() -> None:
    """Found by drawing: the blank first figure of the next page was taken for the rest of the head above it."""
    table = request_matrix(iter(["", "/", *["0"] * 200]))
    found = _read_back(table, [3], Style())
    [cell] = [cell for cell in found.cells if (cell.row, cell.column) == (3, 3)]
    assert (cell.text, cell.row_span, cell.place.page) == ("", 1, 2)
