"""Approximate figures ("460余", "近500", "约30") against bounds and in an order: what they decide and what stays open."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from indicators.observation import Exactness
from qa_service.answering.compared import is_exact
from qa_service.answering.datum import Datum
from qa_service.understanding.bounds import Bound

# How far the true figure may lie from the one written, as a part of it.
_LEEWAY = Decimal("0.1")


def range_of(datum: Datum) -> tuple[Decimal, Decimal]:
    """Between which values the true figure may lie; both ends are the value where it is exact. The datum has a value."""
    value = datum.value
    assert value is not None
    if is_exact(datum):
        return value, value
    words = datum.observation.exactness if datum.observation is not None and datum.derived is None else Exactness.ABOUT
    low = value if words is Exactness.MORE_THAN else value * (1 - _LEEWAY)
    high = value if words is Exactness.LESS_THAN else value * (1 + _LEEWAY)
    return low, high


def decide(bound: Bound, low: Decimal, high: Decimal) -> bool | None:
    """Whether a figure between low and high keeps the bound; None where that depends on the figure."""
    if bound.holds(low) and bound.holds(high):
        return True
    if low == high or (bound.low is not None and high < bound.low) or (bound.high is not None and low > bound.high):
        return False
    return None


def is_order_open(ordered: Sequence[Datum]) -> bool:
    """Whether approximate figures may stand in another order than the one given by the digits written."""
    for one, other in pairwise(ordered):
        (low, high), (other_low, other_high) = range_of(one), range_of(other)
        if low <= other_high and other_low <= high and not (is_exact(one) and is_exact(other)):
            return True
    return False
