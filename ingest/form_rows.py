"""Matches the row labels of a printed table to the rows of an official form.

A label alone is not enough: 其他情形数 stands three times in form A. The heading above decides, and across a page break
only the place right behind the last row counts. A misprinted label is recognised only in the gap between two rows that
are certain, so that 同意公开 is never taken for 不同意公开.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from indicators.catalogue import Catalogue, FormCell, Indicator
from ingest.labels import label_key

_SIMILAR = 80.0
_MARGIN = 10.0
_MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of an official form: where it stands in printed order and which labels mean it."""

    indicator: Indicator
    keys: frozenset[str]
    order: int
    optional: bool
    heading: bool


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of a printed table: key of its own label, keys of the headings printed beside it, outline level."""

    key: str
    headings: tuple[str, ...] = ()
    level: int | None = None


@dataclass(frozen=True)
class FormRows:
    """All rows of a form that carry a label of their own, in printed order."""

    rows: tuple[FormRow, ...]
    _by_key: dict[str, tuple[FormRow, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, catalogue: Catalogue, prefix: str, editions: Sequence[str]) -> "FormRows":
        """The rows of the indicators whose ids begin with the prefix, in any of the editions."""
        found: list[FormRow] = []
        for indicator in catalogue.indicators:
            forms = [indicator.forms[edition] for edition in editions if edition in indicator.forms]
            if indicator.id.startswith(prefix) and forms:
                keys = frozenset(key for form in forms for key in _keys(form))
                optional = len(forms) < len(editions) or all(form.only_in for form in forms)
                heading = not indicator.has_figure
                found.append(FormRow(indicator, keys, len(found), optional, heading))
        by_key: dict[str, tuple[FormRow, ...]] = {}
        for row in found:
            for key in row.keys:
                by_key[key] = (*by_key.get(key, ()), row)
        return cls(tuple(found), by_key)

    def named(self, key: str) -> tuple[FormRow, ...]:
        """The rows of exactly that label key."""
        return self._by_key.get(key, ())

    def count_known(self, keys: Iterable[str]) -> int:
        """How many of the keys are row labels of this form."""
        return sum(1 for key in keys if key in self._by_key)


def _keys(form: FormCell) -> Iterable[str]:
    labels = [form.label, *form.label_variants]
    if form.label == "总计":
        labels.append("合计")
    return {label_key(label) for label in labels}


def match_rows(form: FormRows, printed: Sequence[PrintedRow], before: FormRow | None = None) -> list[FormRow | None]:
    """For each printed row the form's row, or None. `before` is the last row matched in the table before this one."""
    found = _match_exactly(form, printed, {}, before)
    guesses = _match_misprints(form, printed, found)
    return _match_exactly(form, printed, guesses, before) if guesses else found


def _match_exactly(
    form: FormRows, printed: Sequence[PrintedRow], misprints: dict[int, FormRow], before: FormRow | None
) -> list[FormRow | None]:
    found: list[FormRow | None] = []
    used: set[int] = set()
    last, same_table = before, False
    for index, row in enumerate(printed):
        match = misprints.get(index) or _choose(form, row, last, used, same_table=same_table)
        found.append(match)
        if match is not None:
            used.add(match.order)
            last, same_table = match, True
        elif row.level == 1:
            # An unknown main heading: what follows belongs to it, not to the block before.
            last, same_table = None, True
    return found


def _choose(
    form: FormRows, row: PrintedRow, last: FormRow | None, used: set[int], *, same_table: bool
) -> FormRow | None:
    candidates = [found for found in form.named(row.key) if not _contradicts(form, row, found)]
    if len(candidates) == 1 and len(row.key) > 2:
        return candidates[0]
    named = [found for found in candidates if _named_in_headings(form, row, found)]
    if len(named) == 1:
        return named[0]
    if last is None:
        return candidates[0] if len(candidates) == 1 and candidates[0].indicator.parent is None else None
    fitting = [
        found
        for found in candidates
        if found.order not in used and found.order > last.order and _follows(form, last, found, same_table=same_table)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _contradicts(form: FormRows, row: PrintedRow, found: FormRow) -> bool:
    """Whether a heading printed beside the row is a heading of the form that does not enclose the found row."""
    ancestors = _ancestors(form, found)
    return any(
        known and all(heading.indicator.id not in ancestors for heading in known)
        for known in (form.named(key) for key in row.headings)
    )


def _named_in_headings(form: FormRows, row: PrintedRow, found: FormRow) -> bool:
    return any(heading.indicator.id == found.indicator.parent for key in row.headings for heading in form.named(key))


def _ancestors(form: FormRows, row: FormRow) -> set[str]:
    by_id = {other.indicator.id: other for other in form.rows}
    ids: set[str] = set()
    parent = row.indicator.parent
    while parent and parent not in ids:
        ids.add(parent)
        parent = by_id[parent].indicator.parent if parent in by_id else None
    return ids


def _follows(form: FormRows, last: FormRow, found: FormRow, *, same_table: bool) -> bool:
    """Whether the row belongs to the block that is open after the last row."""
    if same_table:
        parent = found.indicator.parent
        return parent in (last.indicator.id, last.indicator.parent) or parent in _ancestors(form, last)
    between = form.rows[last.order + 1 : found.order]
    return all(row.optional for row in between)


def _match_misprints(
    form: FormRows, printed: Sequence[PrintedRow], found: Sequence[FormRow | None]
) -> dict[int, FormRow]:
    unknown = [row for match, row in zip(found, printed, strict=True) if match is None and row.key]
    if not unknown or len(printed) > _MOST_ROWS:
        return {}
    from rapidfuzz.fuzz import ratio  # imported where needed: clean tables never are

    guesses: dict[int, FormRow] = {}
    for index, row in enumerate(printed):
        if found[index] is not None or len(row.key) < 4 or form.named(row.key):
            continue
        low = max((match.order for match in found[:index] if match), default=-1)
        high = min((match.order for match in found[index + 1 :] if match), default=len(form.rows))
        scored = sorted(
            ((max(ratio(row.key, key) for key in other.keys), other.order, other) for other in form.rows), reverse=True
        )
        best, second = scored[0], scored[1]
        inside = low < best[1] < high and not _contradicts(form, row, best[2])
        if inside and best[0] >= _SIMILAR and best[0] - second[0] >= _MARGIN:
            guesses[index] = best[2]
    taken = [row.order for row in guesses.values()]
    return {index: row for index, row in guesses.items() if taken.count(row.order) == 1}
