"""The official forms' own identities: sums, carry-overs, plausibility. Reports what it finds, never repairs.

Rules: `catalogue/checks.yaml` (the 勾稽关系 printed in the form, and what follows from its definitions).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

import yaml

from indicators.catalogue import Catalogue
from indicators.observation import Imbalance, Missing, Observation, Origin
from reports.report import Section

Figures = Mapping[tuple[str, str | None], Observation]


@dataclass(frozen=True, slots=True)
class Rule:
    """One identity. lhs, rhs: operands "id", "id@applicant", "id@year-1" or "{row}@applicant"; per: applicant, matrix_row."""

    id: str
    zh: str
    en: str
    editions: tuple[str, ...]
    severity: str
    lhs: tuple[str, ...]
    op: str
    rhs: tuple[str, ...]
    per: str | None = None


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of an identity: the figures found, which of them are blank, and what stands in the way."""

    figures: tuple[Observation, ...]
    asked: int
    obstacle: str | None = None

    @property
    def values(self) -> list[Decimal]:
        return [figure.value if figure.value is not None else Decimal(0) for figure in self.figures]

    @property
    def total(self) -> Decimal:
        return sum(self.values, Decimal(0))

    @property
    def blanks(self) -> int:
        return sum(1 for figure in self.figures if figure.value is None)

    @property
    def all_blank(self) -> bool:
        return bool(self.figures) and self.blanks == len(self.figures)


@cache
def load_rules() -> tuple[Rule, ...]:
    """The rules shipped with the package, in catalogue order."""
    text = files("indicators").joinpath("catalogue", "checks.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries = yaml.load(text, Loader=loader)["rules"]  # noqa: S506  (a safe loader, chosen above)
    return tuple(
        Rule(
            id=entry["id"],
            zh=entry["zh"],
            en=entry["en"],
            editions=tuple(entry["generations"]),
            severity=entry["severity"],
            lhs=tuple(entry["lhs"]),
            op=entry["op"],
            rhs=tuple(entry["rhs"]),
            per=entry.get("per"),
        )
        for entry in entries
    )


def run_checks(
    observations: Iterable[Observation],
    edition: str | None,
    catalogue: Catalogue,
    *,
    sections: Sequence[Section] = (),
    previous: Iterable[Observation] = (),
) -> list[Imbalance]:
    """The outcome of every rule of the edition, one per applicant column or matrix row where the rule runs over these.

    previous: the same agency's observations of the year before; without them the rules over two years are
    not_evaluable. cells of an outcome are exactly those whose figures were compared, in the order of the rule.
    """
    figures, before = _by_key(observations), _by_key(previous)
    outcomes: list[Imbalance] = []
    for rule in load_rules():
        if edition in rule.editions:
            if rule.op.startswith("text_"):
                outcomes.append(_text_outcome(rule, figures, sections))
            else:
                outcomes += _outcomes(rule, figures, before, catalogue, edition)
    return outcomes


def _by_key(observations: Iterable[Observation]) -> dict[tuple[str, str | None], Observation]:
    found: dict[tuple[str, str | None], Observation] = {}
    for observation in observations:
        if observation.indicator and observation.origin is Origin.TABLE:
            found.setdefault((observation.indicator, observation.applicant), observation)
    return found


def _outcomes(rule: Rule, figures: Figures, before: Figures, catalogue: Catalogue, edition: str) -> Iterator[Imbalance]:
    def find(operand: str, applicant: str | None) -> tuple[str, Observation | None]:
        name, _, at = operand.partition("@")
        source = before if at == "year-1" else figures
        key = at if at and at != "year-1" else applicant
        found = source.get((name, key)) or (source.get((name, "total")) if key is None else None)
        return name, found

    def optional(name: str) -> bool:
        indicator = catalogue.find(name)
        form = indicator.forms.get(edition) if indicator else None
        return form is None or form.only_in is not None

    for instance, substitution in _instances(rule, figures, catalogue):
        applicant = instance if rule.per == "applicant" else None
        sides = [
            _side([find(operand.replace("{row}", substitution), applicant) for operand in operands], optional)
            for operands in (rule.lhs, rule.rhs)
        ]
        yield _compared(rule, instance, *sides)


def _instances(rule: Rule, figures: Figures, catalogue: Catalogue) -> list[tuple[str | None, str]]:
    """(instance name, indicator id to put for {row}) of each evaluation of the rule."""
    if rule.per == "applicant":
        return [(applicant.id, "") for applicant in catalogue.applicants]
    if rule.per == "matrix_row":
        rows = dict.fromkeys(name for name, _ in figures if name.startswith("requests."))
        return [(row, row) for row in rows]
    return [(None, "")]


def _side(found: list[tuple[str, Observation | None]], optional: Callable[[str], bool]) -> _Side:
    present = tuple(observation for _, observation in found if observation is not None)
    missing = [name for name, observation in found if observation is None and not optional(name)]
    unreadable = [figure.indicator for figure in present if figure.missing is Missing.UNREADABLE]
    obstacle = None
    if found and not present:
        obstacle = "the form of the report has none of these rows"
    elif missing:
        obstacle = f"not in the report: {', '.join(missing)}"
    elif unreadable:
        obstacle = f"unreadable: {', '.join(filter(None, unreadable))}"
    return _Side(present, len(found), obstacle)


def _compared(rule: Rule, instance: str | None, left: _Side, right: _Side) -> Imbalance:
    cells = tuple(
        (figure.citation.table, figure.citation.row, figure.citation.column)
        for figure in (*left.figures, *right.figures)
        if figure.citation.table is not None and figure.citation.row is not None and figure.citation.column is not None
    )
    obstacle = left.obstacle or right.obstacle
    if obstacle:
        return Imbalance(rule.id, rule.severity, "not_evaluable", instance, remark=obstacle)
    right_value = max(right.values, default=Decimal(0)) if rule.op == ">=max" else right.total
    holds = _holds(rule.op, left.total, right_value)
    remark = None
    if rule.severity == "info":
        status = "hint_yes" if holds else "hint_no"
    elif holds:
        status = "holds_if_blank_is_zero" if left.blanks or right.blanks else "holds"
    elif left.all_blank or right.all_blank:
        # Some issuers leave a whole total blank; a blank is no figure that could be wrong.
        status, remark = "not_evaluable", "all figures of one side are blank"
    else:
        status = "fails"
    return Imbalance(rule.id, rule.severity, status, instance, left.total, right_value, cells, remark)


def _holds(op: str, left: Decimal, right: Decimal) -> bool:
    if op == "==":
        return left == right
    if op in (">=", ">=max"):
        return left >= right
    if op == "<=":
        return left <= right
    if op == "zero_if_zero":
        return right != 0 or left == 0
    if op == "zero_iff_zero":
        return (left == 0) == (right == 0)
    raise ValueError(f"unknown operator in checks.yaml: {op}")


def _text_outcome(rule: Rule, figures: Figures, sections: Sequence[Section]) -> Imbalance:
    """Rules on sections 五 (must not be empty) and 六 (must speak of the fee where fees were counted)."""
    if rule.op == "text_present":
        text = _section_text(sections, "五、")
        return Imbalance(rule.id, rule.severity, _text_status(text, (text or "").strip("。. ") not in ("无", "")))
    counted = [figures.get((name, at or None)) for name, _, at in (operand.partition("@") for operand in rule.lhs)]
    if any(figure is None or figure.missing is Missing.UNREADABLE for figure in counted):
        return Imbalance(rule.id, rule.severity, "not_evaluable", remark="the figure is not in the report")
    if not any(figure and figure.value for figure in counted):
        return Imbalance(rule.id, rule.severity, "holds")
    text = _section_text(sections, "六、")
    return Imbalance(rule.id, rule.severity, _text_status(text, "信息处理费" in (text or "")))


def _text_status(text: str | None, holds: bool) -> str:
    return "not_evaluable" if text is None else "holds" if holds else "fails"


def _section_text(sections: Sequence[Section], number: str) -> str | None:
    """The text under a main heading of that number, None if the report has no such heading."""
    found = [section for section in sections if section.path and section.path[0].startswith(number)]
    if not found:
        return None
    return "\n".join(
        part for section in found for part in (*section.path[1:], *(paragraph.text for paragraph in section.paragraphs))
    )
