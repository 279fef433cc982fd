"""The catalogue of indicators: what the official forms ask for, under which labels, in which units, comparable with what.

Loaded once from `catalogue/*.yaml` and validated; everything that knows an indicator by id gets it from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml

_FILES = ("annex_table", "article20", "requests", "disputes", "narrative")


@dataclass(frozen=True, slots=True)
class FormCell:
    """How one edition of the form prints an indicator.

    label: the row label (for the disputes row: the leaf column label). column: column head, for tables with measure
    columns. column_group: head above the leaf column. heading: the row has no figure of its own in this edition.
    only_in: "ten_section" for rows that only the ten-section variant of form A has.
    """

    label: str
    column: str | None = None
    column_group: str | None = None
    note_in_label: str | None = None
    label_variants: tuple[str, ...] = ()
    only_in: str | None = None
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Comparable:
    """A link to a like indicator of another edition. level: comparable, similar, partial, not_comparable."""

    id: str
    level: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One statistical indicator.

    kind: count, money, change, ratio, group (a heading), row (its figures lie in child ids), text.
    forms: edition id -> how it is printed there; empty for indicators that only the running text gives.
    sum_of: ids whose values add up to this one where the form has no figure for it.
    stock: what there is at the end of the year, not what happened in it: the years do not add up.
    topic: indicators of different editions that answer the same everyday question share a topic.
    """

    id: str
    zh: str
    en: str
    kind: str
    unit: str | None = None
    parent: str | None = None
    dims: tuple[str, ...] = ()
    forms: Mapping[str, FormCell] = field(default_factory=dict)
    sum_of: tuple[str, ...] = ()
    stock: bool = False
    aliases_zh: tuple[str, ...] = ()
    aliases_en: tuple[str, ...] = ()
    topic: str | None = None
    comparable_with: tuple[Comparable, ...] = ()
    do_not_confuse_with: tuple[str, ...] = ()
    unit_note: str = ""
    note: str = ""

    @property
    def has_figure(self) -> bool:
        """Whether a form or a text gives a figure for the indicator itself."""
        return self.kind in ("count", "money", "change", "ratio")

    @property
    def by_applicant(self) -> bool:
        """Whether its figures are broken down by applicant type."""
        return "applicant" in self.dims

    def in_edition(self, edition: str | None) -> bool:
        """Whether that edition of the form asks for it with a figure of its own."""
        cell = self.forms.get(edition or "")
        return cell is not None and self.has_figure and not cell.heading


@dataclass(frozen=True, slots=True)
class ApplicantType:
    """A column of the request matrix; sum_of is filled for derived groups such as legal persons."""

    id: str
    zh: str
    en: str
    aliases_zh: tuple[str, ...] = ()
    aliases_en: tuple[str, ...] = ()
    sum_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the official form. last_year is None while it is in force."""

    id: str
    zh: str
    first_year: int
    last_year: int | None
    basis: str


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All indicators, editions and applicant types, in printed order; compared by identity."""

    indicators: tuple[Indicator, ...]
    editions: tuple[Edition, ...]
    applicants: tuple[ApplicantType, ...]
    derived_applicants: tuple[ApplicantType, ...]

    @cached_property
    def _by_id(self) -> dict[str, Indicator]:
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def _children(self) -> dict[str, tuple[Indicator, ...]]:
        children: dict[str, list[Indicator]] = {}
        for indicator in self.indicators:
            if indicator.parent:
                children.setdefault(indicator.parent, []).append(indicator)
        return {parent: tuple(found) for parent, found in children.items()}

    def get(self, indicator_id: str) -> Indicator:
        """The indicator of that id; KeyError if there is none."""
        return self._by_id[indicator_id]

    def find(self, indicator_id: str | None) -> Indicator | None:
        """The indicator of that id, or None."""
        return self._by_id.get(indicator_id or "")

    def children(self, indicator_id: str) -> tuple[Indicator, ...]:
        """The indicators printed directly below it, in printed order."""
        return self._children.get(indicator_id, ())

    def of_topic(self, topic: str) -> tuple[Indicator, ...]:
        """All indicators that share a topic, in catalogue order (A before B before C before narrative)."""
        return tuple(indicator for indicator in self.indicators if indicator.topic == topic)

    def applicant(self, applicant_id: str) -> ApplicantType:
        """The applicant type of that id, derived groups included; KeyError if there is none."""
        for applicant in (*self.applicants, *self.derived_applicants):
            if applicant.id == applicant_id:
                return applicant
        raise KeyError(applicant_id)


@cache
def load_catalogue() -> Catalogue:
    """The catalogue shipped with the package. Raises ValueError naming the entry if a link or a kind is wrong."""
    entries = [entry for name in _FILES for entry in _read_yaml(name)["indicators"]]
    applicants = _read_yaml("applicants")
    catalogue = Catalogue(
        indicators=tuple(_indicator(entry) for entry in entries),
        editions=tuple(
            Edition(entry["id"], entry["zh"], entry["years"][0], entry["years"][1], entry["basis"])
            for entry in _read_yaml("editions")["editions"]
        ),
        applicants=tuple(_applicant(entry) for entry in applicants["applicants"]),
        derived_applicants=tuple(_applicant(entry) for entry in applicants["derived"]),
    )
    _validate(catalogue)
    return catalogue


def _read_yaml(name: str) -> dict[str, Any]:
    text = files("indicators").joinpath("catalogue", f"{name}.yaml").read_text(encoding="utf-8")
    # The C loader reads the 90 KB in a tenth of the time; both are the safe schema.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506  (a safe loader, chosen above)
    return loaded


def _indicator(entry: dict[str, Any]) -> Indicator:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    fields["forms"] = {edition: _form_cell(cell) for edition, cell in entry.get("forms", {}).items()}
    fields["comparable_with"] = tuple(Comparable(**link) for link in entry.get("comparable_with", ()))
    return Indicator(**fields)


def _form_cell(entry: dict[str, Any]) -> FormCell:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return FormCell(**fields)


def _applicant(entry: dict[str, Any]) -> ApplicantType:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return ApplicantType(**fields)


def _validate(catalogue: Catalogue) -> None:
    ids = [indicator.id for indicator in catalogue.indicators]
    if len(ids) != len(set(ids)):
        raise ValueError(f"duplicate indicator ids: {sorted(x for x in ids if ids.count(x) > 1)}")
    known = set(ids)
    kinds = {"count", "money", "change", "ratio", "group", "row", "text"}
    for indicator in catalogue.indicators:
        links = {
            *(link.id for link in indicator.comparable_with),
            *indicator.sum_of,
            *indicator.do_not_confuse_with,
            *([indicator.parent] if indicator.parent else []),
        }
        if unknown := links - known:
            raise ValueError(f"{indicator.id} links to unknown indicators: {sorted(unknown)}")
        if indicator.kind not in kinds:
            raise ValueError(f"{indicator.id} has unknown kind {indicator.kind!r}")
