"""Which figures of one report contain each other: a total and its parts, two sides of an identity of the form."""

from collections.abc import Sequence
from functools import cache

from indicators.catalogue import Catalogue, Indicator
from indicators.checks import load_rules
from qa_service.answering.datum import Datum

# The rows right below these headings follow the same requests from receipt to outcome.
_STAGES = ("legacy.requests", "requests")
# Why figures that `repeats_stocks` finds are not added up, in Chinese and English.
STOCKS = (
    "这是各年年末的存量，跨年相加会重复计算，因此不作合计，只列出各年数字。",
    "These are what there was at the end of each year; adding the years would count the same things again, so the figures are "
    "listed without a total.",
)


def find_overlap(catalogue: Catalogue, data: Sequence[Datum]) -> tuple[Datum, Datum] | None:
    """The first (whole, part) among data of one report that must not be added up; None where nothing is counted twice."""
    for whole in data:
        for part in data:
            if whole is not part and _contains(catalogue, whole, part):
                return whole, part
    return None


def _contains(catalogue: Catalogue, whole: Datum, part: Datum) -> bool:
    if (whole.agency, whole.year) != (part.agency, part.year):
        return False
    wider_applicant = _has_applicant(catalogue, whole.applicant, part.applicant)
    same_applicant = _plain(whole.applicant) == _plain(part.applicant)
    return any(
        (wider_applicant and not same_applicant)
        if one.id == other.id
        else (wider_applicant or same_applicant)
        and (
            is_whole_of(catalogue, one, other)
            or _breaks_down(catalogue, one, other)
            or _counts_the_same(catalogue, one, other)
        )
        for one in _indicators(catalogue, whole)
        for other in _indicators(catalogue, part)
    )


def spans_stages(catalogue: Catalogue, data: Sequence[Datum]) -> bool:
    """Whether figures of one report stand at several stages of the same requests ("received" and "carried over"): such a
    sum holds what the report of the year before or after counts too."""
    found = [indicator for datum in data for indicator in _indicators(catalogue, datum)]
    stages = [{_stage(catalogue, indicator, section) for indicator in found} - {None} for section in _STAGES]
    return any(len(names) > 1 for names in stages)


def repeats_stocks(catalogue: Catalogue, data: Sequence[Datum]) -> bool:
    """Whether what one body has at the end of several years is among the figures: what is there twice would count twice."""
    held = [datum.agency for datum in data if any(indicator.stock for indicator in _indicators(catalogue, datum))]
    return len(set(held)) < len(held)


def _indicators(catalogue: Catalogue, datum: Datum) -> list[Indicator]:
    """The indicator of a figure; of a sum over several rows that of each row."""
    if datum.indicator is not None:
        return [datum.indicator]
    operands = datum.derived.operands if datum.derived is not None else ()
    return [indicator for operand in operands if (indicator := catalogue.find(operand.indicator)) is not None]


def is_whole_of(catalogue: Catalogue, whole: Indicator, part: Indicator) -> bool:
    """Whether the whole's figure includes the part's: a heading above it, or the total row of a heading above it."""
    above = whole.id.removesuffix(".total") if whole.id.endswith(".total") else whole.id
    parent = catalogue.find(part.parent)
    while parent is not None:
        if parent.id == above:
            return True
        parent = catalogue.find(parent.parent)
    return part.id in whole.sum_of


def _breaks_down(catalogue: Catalogue, whole: Indicator, part: Indicator) -> bool:
    """Whether the part belongs to a heading beside the whole that counts the whole's items over again by another order:
    the catalogue warns of confusing such a heading with the row ("主动公开政府信息数" and the channels)."""
    heading: Indicator | None = part
    while heading is not None:
        if heading.sum_of and heading.parent == whole.parent and heading.id in whole.do_not_confuse_with:
            return True
        heading = catalogue.find(heading.parent)
    return False


def _plain(applicant: str | None) -> str:
    return applicant or "total"


def _has_applicant(catalogue: Catalogue, whole: str | None, part: str | None) -> bool:
    """Whether the first applicant type includes the second: all include each, legal persons include companies."""
    wide, narrow = _plain(whole), _plain(part)
    return wide == "total" or narrow in catalogue.applicant(wide).sum_of


def _counts_the_same(catalogue: Catalogue, one: Indicator, other: Indicator) -> bool:
    """Whether both count the same requests at two stages of their way ("received", "closed"), by the form's identities."""
    for section in _STAGES:
        stages = [_stage(catalogue, indicator, section) for indicator in (one, other)]
        if None not in stages and stages[0] != stages[1]:
            return not any({*stages} <= side for side in _sides())
    return False


def _stage(catalogue: Catalogue, indicator: Indicator, section: str) -> str | None:
    """The row right below the section that the indicator belongs to, by its total row; None outside the section."""
    below: Indicator | None = indicator
    while below is not None and below.parent != section:
        below = catalogue.find(below.parent)
    if below is None:
        return None
    total = catalogue.find(f"{below.id}.total")
    return total.id if total is not None else below.id


@cache
def _sides() -> tuple[frozenset[str], ...]:
    """The sums that the forms' identities name: what stands on one side may be added ("received + carried over")."""
    return tuple(
        frozenset(side)
        for rule in load_rules()
        if rule.op == "==" and rule.severity == "hard"
        for side in (rule.lhs, rule.rhs)
        if len(side) > 1 and not any("@" in operand for operand in side)
    )
