"""Arithmetic over observations: exact in Decimal, every result with its formula and its operands.

Rounding happens only for quotients, half up to the stated number of places, and is always visible in the formula's "≈".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from indicators.observation import Observation

_PRECISION = 60
_PERCENT_PLACES = 1


@dataclass(frozen=True, slots=True)
class Derived:
    """A computed figure. rounded: whether value was rounded; formula shows the printed operands and the result."""

    value: Decimal
    unit: str | None
    formula: str
    operands: tuple[Observation, ...]
    rounded: bool = False

    @property
    def text(self) -> str:
        """The value in digits; a rounded one keeps its places ("80.0")."""
        return format(self.value, "f") if self.rounded else render_number(self.value)


def render_number(value: Decimal) -> str:
    """Plain digits without exponent and without superfluous zeros after the point ("0.10" -> "0.1", "1E+2" -> "100")."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def add(operands: Sequence[Observation]) -> Derived:
    """Sum of the operands' values. ValueError if there is none, one has no value, or their units differ."""
    values, unit = _values(operands), _common_unit(operands)
    with localcontext(Context(prec=_PRECISION)):
        total = sum(values, Decimal(0))
    terms = " + ".join(_term(value) for value in values)
    return Derived(total, unit, f"{terms} = {render_number(total)}", tuple(operands))


def subtract(first: Observation, second: Observation) -> Derived:
    """first - second, signed."""
    (left, right), unit = _values([first, second]), _common_unit([first, second])
    with localcontext(Context(prec=_PRECISION)):
        result = left - right
    return Derived(result, unit, f"{_term(left)} - {_term(right)} = {render_number(result)}", (first, second))


def growth(before: Observation, after: Observation) -> Derived | None:
    """Growth from before to after in per cent; None where the base is zero."""
    (start, end), _ = _values([before, after]), _common_unit([before, after])
    if start == 0:
        return None
    with localcontext(Context(prec=_PRECISION)):
        exact = (end - start) / abs(start) * 100
    value, rounded = _round(exact, _PERCENT_PLACES)
    sign = "≈" if rounded else "="
    return Derived(
        value,
        "%",
        f"({_term(end)} - {_term(start)}) ÷ {_term(abs(start))} {sign} {_shown(value, rounded)}%",
        (before, after),
        rounded,
    )


def ratio_percent(parts: Sequence[Observation], wholes: Sequence[Observation]) -> Derived | None:
    """Share of the parts' sum in the wholes' sum, in per cent; None where the whole is zero."""
    part_values, whole_values = _values(parts), _values(wholes)
    with localcontext(Context(prec=_PRECISION)):
        part, whole = sum(part_values, Decimal(0)), sum(whole_values, Decimal(0))
        if whole == 0:
            return None
        exact = part / whole * 100
    value, rounded = _round(exact, _PERCENT_PLACES)
    sign = "≈" if rounded else "="
    formula = f"{_bracket(part_values)} ÷ {_bracket(whole_values)} {sign} {_shown(value, rounded)}%"
    return Derived(value, "%", formula, (*parts, *wholes), rounded)


def times(first: Observation, second: Observation) -> Derived | None:
    """How many times second goes into first, to two places; None where second is zero."""
    (left, right), _ = _values([first, second]), _common_unit([first, second])
    if right == 0:
        return None
    with localcontext(Context(prec=_PRECISION)):
        exact = left / right
    value, rounded = _round(exact, 2)
    return Derived(
        value,
        None,
        f"{_term(left)} ÷ {_term(right)} {'≈' if rounded else '='} {_shown(value, rounded)}",
        (first, second),
        rounded,
    )


def average(operands: Sequence[Observation]) -> Derived:
    """Arithmetic mean, to two places. ValueError as for add."""
    values, unit = _values(operands), _common_unit(operands)
    with localcontext(Context(prec=_PRECISION)):
        exact = sum(values, Decimal(0)) / len(values)
    value, rounded = _round(exact, 2)
    formula = f"{_bracket(values)} ÷ {len(values)} {'≈' if rounded else '='} {_shown(value, rounded)}"
    return Derived(value, unit, formula, tuple(operands), rounded)


def median(operands: Sequence[Observation]) -> Derived:
    """The middle value in order of size, or the mean of the two middle ones; all operands are kept. ValueError as for add."""
    values, unit = sorted(_values(operands)), _common_unit(operands)
    middle = values[(len(values) - 1) // 2 : len(values) // 2 + 1]
    with localcontext(Context(prec=_PRECISION)):
        value = sum(middle, Decimal(0)) / len(middle)
    ordered = ", ".join(_term(number) for number in values)
    return Derived(value, unit, f"median({ordered}) = {render_number(value)}", tuple(operands))


def convert(observation: Observation, factor: Decimal, unit: str) -> Derived:
    """The same amount in another unit: value * factor, exact (万元 to 元)."""
    (value,) = _values([observation])
    with localcontext(Context(prec=_PRECISION)):
        result = value * factor
    return Derived(result, unit, f"{_term(value)} × {render_number(factor)} = {render_number(result)}", (observation,))


def _values(operands: Sequence[Observation]) -> list[Decimal]:
    values = [operand.value for operand in operands if operand.value is not None]
    if not operands or len(values) != len(operands):
        raise ValueError("arithmetic needs operands that all have a value")
    return values


def _common_unit(operands: Sequence[Observation]) -> str | None:
    units = {operand.unit for operand in operands}
    if len(units) > 1:
        raise ValueError(f"arithmetic over different units: {sorted(str(unit) for unit in units)}")
    return units.pop() if units else None


def _round(exact: Decimal, places: int) -> tuple[Decimal, bool]:
    with localcontext(Context(prec=_PRECISION)):
        value = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return value, value != exact


def _shown(value: Decimal, rounded: bool) -> str:
    return format(value, "f") if rounded else render_number(value)


def _term(value: Decimal) -> str:
    return render_number(value) if value >= 0 else f"({render_number(value)})"


def _bracket(values: Sequence[Decimal]) -> str:
    terms = " + ".join(_term(value) for value in values)
    return f"({terms})" if len(values) > 1 else terms
