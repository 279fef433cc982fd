"""Whether a figure, a number or a citation of an answer is the one expected."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from eval.question import Evidence, ExpectedFigure
from indicators.catalogue import load_catalogue
from qa_service.answering.answer import AnswerCitation, Figure, Operand

_NUMBER = re.compile(r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")
_MARK = re.compile(r"\[\d+\]")
_MARKDOWN = re.compile(r"[*_`#]")
_OBSERVED = ("lookup", "maximum", "minimum", "rank")
_SIGNLESS = ("difference",)
_ROUNDED = ("growth", "share", "average", "ratio")


@dataclass(frozen=True, slots=True)
class GivenFigure:
    """A figure of an answer, whether shown as such or as an operand of a derived one."""

    value: Decimal | None
    unit: str | None
    missing: str | None
    indicator: str | None
    agency: str | None
    year: int | None
    applicant: str | None
    origin: str
    citations: tuple[int, ...]

    @property
    def derived(self) -> bool:
        """Whether it was computed from other figures."""
        return self.origin == "derived"


def given_figure(figure: Figure | Operand, names: Mapping[str, str]) -> GivenFigure:
    """A figure or operand as the matching sees it: agencies by official name, whatever the answer's language.

    names: the service's agency ids with official names. Raises ValueError for a value that is no decimal.
    """
    return GivenFigure(
        parse_decimal(figure.value),
        figure.unit,
        figure.missing,
        figure.indicator,
        names.get(figure.agency or "", figure.agency_name),
        figure.year,
        figure.applicant,
        figure.origin if isinstance(figure, Figure) else "operand",
        figure.citations,
    )


def parse_decimal(value: str | None) -> Decimal | None:
    """The decimal of the contract's value string; None stays None. Raises ValueError otherwise."""
    if value is None:
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        raise ValueError(f"figure value {value!r} is no decimal") from None


def same_figure(given: GivenFigure, expected: ExpectedFigure) -> bool:
    """Value, unit, agency, year, indicator (or its topic) and applicant type all as expected."""
    return same_slot(given, expected) and _same_value(given, expected)


def same_slot(given: GivenFigure, expected: ExpectedFigure) -> bool:
    """Whether both are figures of the same thing, whatever their values."""
    if expected.operation not in _OBSERVED and not given.derived:
        return False
    # A computed total (不予公开 as the sum of its grounds) may answer a plain question.
    if given.derived and expected.operation in _OBSERVED and expected.operation != "lookup":
        return False
    return (
        _same_dimension(given.agency, expected.agency, given)
        and _same_dimension(given.year, expected.year, given)
        and (expected.applicant or "total") == (given.applicant or "total")
        and _same_indicator(given.indicator, expected)
    )


def _same_dimension(given: str | int | None, expected: str | int | None, figure: GivenFigure) -> bool:
    """A computed figure need not repeat the dimension that its operands have."""
    return expected is None or given == expected or (given is None and figure.derived)


def _same_indicator(given: str | None, expected: ExpectedFigure) -> bool:
    # A share, count or the like may be named after its part, its whole or nothing at all.
    if not expected.indicators or given in expected.indicators or expected.operation not in _OBSERVED:
        return True
    catalogue = load_catalogue()
    found = catalogue.find(given)
    topics = {each.topic for name in expected.indicators if (each := catalogue.find(name)) and each.topic}
    return found is not None and found.topic in topics


def _same_value(given: GivenFigure, expected: ExpectedFigure) -> bool:
    if expected.value is None:
        return given.value is None and given.missing == expected.missing
    if given.value is None or (expected.unit is not None and given.unit is not None and given.unit != expected.unit):
        return False
    if expected.unit == "%" and given.unit != "%":
        return False
    return same_amount(given.value, expected)


def same_amount(value: Decimal, expected: ExpectedFigure) -> bool:
    """Whether a number is the expected value, rounded as it may be, whatever it is a number of."""
    if expected.value is None:
        return False
    wanted = Decimal(expected.value)
    if expected.operation in _SIGNLESS:
        wanted, value = abs(wanted), abs(value)
    if expected.operation not in _ROUNDED:
        return value == wanted
    decimals = min(_decimals(value), _decimals(wanted)) if _decimals(wanted) else _decimals(value)
    return abs(value - wanted) <= Decimal("0.5").scaleb(-decimals) if decimals else value == wanted


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def numbers_in(text: str) -> set[Decimal]:
    """The numbers of a text without their signs, citation marks such as [1] left out."""
    return set(ordered_numbers_in(text))


def ordered_numbers_in(text: str) -> list[Decimal]:
    """The same as they stand in the text, repetitions included."""
    # A full-width comma separates; NFKC would make it one of thousands.
    plain = _MARK.sub(" ", unicodedata.normalize("NFKC", text.replace("，", " ")))
    return [Decimal(token.replace(",", "")) for token in _NUMBER.findall(plain)]


def contains(text: str, wanted: str) -> bool:
    """Whether a text holds a word, or a number equal to the wanted one."""
    number = wanted.strip().removesuffix("件") if wanted[:1].isdigit() else wanted
    if _NUMBER.fullmatch(number):
        return Decimal(number.replace(",", "")) in numbers_in(text)
    return squeeze(wanted) in squeeze(text)


def squeeze(text: str) -> str:
    """NFKC, lower case, without white space and Markdown marks: the form in which texts are compared."""
    return "".join(_MARKDOWN.sub("", unicodedata.normalize("NFKC", text)).split()).lower()


def cites(citations: Iterable[AnswerCitation], evidence: Evidence) -> bool:
    """Whether one of the citations is the place that the evidence names."""
    return any(_is_place(citation, evidence) for citation in citations)


def _is_place(citation: AnswerCitation, evidence: Evidence) -> bool:
    if evidence.report and not (
        citation.file.rsplit(".", 1)[0] == evidence.report or citation.report.startswith(f"{evidence.report}-")
    ):
        return False
    if evidence.quote is not None:
        return _overlap(squeeze(evidence.quote), squeeze(citation.quote))
    labels = squeeze(f"{citation.row or ''} {citation.column or ''}")
    wanted = squeeze(f"{evidence.row or ''}\n{evidence.column or ''}")
    raw = evidence.raw is None or squeeze(evidence.raw) == squeeze(citation.raw)
    words = [*(evidence.row or "").split("/"), *(evidence.column or "").split(" ")]
    return raw and citation.table is not None and (not wanted or all(squeeze(word) in labels for word in words))


def _overlap(one: str, other: str) -> bool:
    """Whether most of the shorter of two quotes stands in the other."""
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    pairs = [short[at : at + 2] for at in range(max(1, len(short) - 1))]
    return sum(pair in long for pair in pairs) >= 0.7 * len(pairs)
