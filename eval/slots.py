"""Whether a question was understood: its agencies, years, indicators, applicant types and operation."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain

from eval.question import Expectation, ExpectedFigure
from indicators.catalogue import load_catalogue
from qa_service.answering.answer import Interpretation

SLOTS = ("agency", "year", "indicator", "applicant", "operation")
# What the service calls an operation, by what the gold calls it.
_OPERATIONS: Mapping[str, frozenset[str]] = {
    "lookup": frozenset({"lookup", "compare", "trend", "growth", "rank"}),
    "difference": frozenset({"compare", "growth", "trend"}),
    "growth": frozenset({"growth", "compare"}),
    "ratio": frozenset({"compare", "share"}),
    "sum": frozenset({"sum"}),
    "average": frozenset({"average"}),
    "share": frozenset({"share"}),
    "rank": frozenset({"rank", "compare"}),
    "count": frozenset({"filter"}),
    "maximum": frozenset({"rank", "compare"}),
    "minimum": frozenset({"rank", "compare"}),
}
# Asked over every body of the corpus: which ones the answer is about is its result, not its question.
_OVER_ALL = frozenset({"rank", "count", "maximum", "minimum"})


def match_slots(read: Interpretation | None, expect: Expectation, names: Mapping[str, str]) -> dict[str, bool]:
    """By slot, whether it was read as the expected figures say; {} where no figure is expected.

    read: None for no answer, where every slot is wrong. names: the service's agency ids with official names.
    """
    if not expect.figures or "answered" not in expect.statuses[:1]:
        return {}
    derived = any(figure.operation != "lookup" for figure in expect.figures)
    wanted = (*expect.figures, *expect.also) if derived else expect.figures
    checks: dict[str, Callable[[Interpretation], bool] | None] = {
        "agency": _agencies(wanted, expect, names),
        "year": _years(wanted),
        "indicator": _indicators(wanted),
        "applicant": lambda given: _applicants(wanted) <= {each or "total" for each in given.applicants or ("total",)},
        "operation": lambda given: any(given.operation in _OPERATIONS[each.operation] for each in expect.figures),
    }
    return {slot: read is not None and check(read) for slot, check in checks.items() if check is not None}


def _agencies(
    wanted: Iterable[ExpectedFigure], expect: Expectation, names: Mapping[str, str]
) -> Callable[[Interpretation], bool] | None:
    agencies = {figure.agency for figure in wanted if figure.agency}
    if not agencies or expect.ordered or any(figure.operation in _OVER_ALL for figure in expect.figures):
        return None
    return lambda given: {names.get(each, each) for each in given.agencies} == agencies


def _years(wanted: Iterable[ExpectedFigure]) -> Callable[[Interpretation], bool] | None:
    years = {figure.year for figure in wanted if figure.year}
    if not years:
        return None
    # Of a span the service may name the ends, or every year.
    span = set(range(min(years), max(years) + 1))
    return lambda given: {min(years), max(years)} <= set(given.years) <= span


def _indicators(wanted: Iterable[ExpectedFigure]) -> Callable[[Interpretation], bool] | None:
    groups = [_with_topic(figure.indicators) for figure in wanted if figure.indicators]
    if not groups:
        return None
    return lambda given: any(group & _with_topic(given.indicators) for group in groups)


def _with_topic(indicators: Iterable[str]) -> set[str]:
    """The ids and their everyday topics: editions of the form name the same thing differently."""
    catalogue = load_catalogue()
    known = [catalogue.find(name) for name in indicators]
    return set(chain(indicators, (f"topic {each.topic}" for each in known if each and each.topic)))


def _applicants(wanted: Iterable[ExpectedFigure]) -> set[str]:
    return {figure.applicant or "total" for figure in wanted}
