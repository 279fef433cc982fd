"""Whether a report's text and its tables state the same figures. Nothing is corrected: both stand, with their places.

Verdicts: agree; disagree (two different figures for one item); text_only (the form has no such figure, or its cell has
none). An approximate figure agrees with every exact one it can stand for: 5500余 with 5523, not with 5621.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from indicators.catalogue import Catalogue
from indicators.observation import Exactness, Missing, Observation, Origin

_YUAN = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


class Verdict(StrEnum):
    """How a figure told in the text stands to the table."""

    AGREE = "agree"
    DISAGREE = "disagree"
    TEXT_ONLY = "text_only"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure of the text beside the table's.

    table: the cells that state the same item, one for most, several where the item is their sum (行政诉讼 = two totals);
    () for text_only. table_value: their value, a blank cell counted as 0 only beside others. same_value: for a
    disagreement, cells of sibling items that state the text's figure (526 is the website row), a likely explanation.
    """

    verdict: Verdict
    indicator: str
    text: Observation
    table: tuple[Observation, ...] = ()
    table_value: Decimal | None = None
    same_value: tuple[Observation, ...] = ()


def compare_text_with_tables(observations: Iterable[Observation], catalogue: Catalogue) -> tuple[Comparison, ...]:
    """One comparison for each figure of origin "text" among one report's observations, in their order."""
    listed = tuple(observations)
    tables = [one for one in listed if one.origin is Origin.TABLE and one.indicator]
    return tuple(_compare(one, tables, catalogue) for one in listed if one.origin is Origin.TEXT and one.indicator)


def find_text_table_conflicts(observations: Iterable[Observation], catalogue: Catalogue) -> tuple[Comparison, ...]:
    """The figures on which one report's text and tables disagree."""
    compared = compare_text_with_tables(observations, catalogue)
    return tuple(one for one in compared if one.verdict is Verdict.DISAGREE)


def _compare(text: Observation, tables: Sequence[Observation], catalogue: Catalogue) -> Comparison:
    indicator = text.indicator or ""
    cells = _cells_of(text, tables, catalogue)
    values = [_in_unit(cell, text.unit) for cell in cells if cell.value is not None]
    whole = len(values) == len(cells) or (values and all(cell.missing in (None, Missing.BLANK) for cell in cells))
    if not values or not whole or text.value is None or None in values:
        return Comparison(Verdict.TEXT_ONLY, indicator, text)
    total = sum((value for value in values if value is not None), Decimal(0))
    if _can_stand_for(text, total):
        return Comparison(Verdict.AGREE, indicator, text, cells, total)
    return Comparison(Verdict.DISAGREE, indicator, text, cells, total, _with_same_value(text, tables, catalogue))


def _cells_of(text: Observation, tables: Sequence[Observation], catalogue: Catalogue) -> tuple[Observation, ...]:
    """The table's cells for the text's item: its own, else the parts it is the sum of; () if a part has no cell."""
    columns = (text.applicant, None, "total")
    own = tuple(one for one in tables if one.indicator == text.indicator and one.applicant in columns)
    known = catalogue.find(text.indicator)
    if own or known is None or not known.sum_of:
        return own[:1]
    parts = [next((o for o in tables if o.indicator == part and o.applicant in columns), None) for part in known.sum_of]
    return tuple(part for part in parts if part is not None) if None not in parts else ()


def _with_same_value(text: Observation, tables: Sequence[Observation], catalogue: Catalogue) -> tuple[Observation, ...]:
    """Cells of the same part of the form (below the same heading) that state the text's figure."""
    known = catalogue.find(text.indicator)
    part = f"{known.parent}." if known and known.parent else ""
    return tuple(
        one
        for one in tables
        if part
        and one.value == text.value
        and one.value != 0
        and one.indicator != text.indicator
        and (one.indicator or "").startswith(part)
    )


def _in_unit(cell: Observation, unit: str | None) -> Decimal | None:
    """The cell's value in the text's unit of money; other units are measure words that count the same things."""
    if cell.value is None or cell.unit == unit or unit not in _YUAN:
        return cell.value
    return cell.value * _YUAN[cell.unit] / _YUAN[unit] if cell.unit in _YUAN else None


def _can_stand_for(text: Observation, exact: Decimal) -> bool:
    value = text.value
    assert value is not None
    if text.exactness is Exactness.MORE_THAN:
        return value <= exact < value + _last_step(value)
    if text.exactness is Exactness.LESS_THAN:
        return value - _last_step(value) < exact < value
    if text.exactness is Exactness.ABOUT:
        return abs(exact - value) * 10 <= value
    return exact == value


def _last_step(value: Decimal) -> Decimal:
    """The step of the last digit that is not 0: 100 for 5500, 10 for 30."""
    whole = int(value)
    step = 1
    while whole and whole % (step * 10) == 0:
        step *= 10
    return Decimal(step)
