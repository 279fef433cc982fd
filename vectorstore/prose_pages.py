"""Long lists of passages and commitments, a page at a time: where a page ends, the next one goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Text, cast, false, or_, tuple_

from reports.passage import Commitment, Passage
from vectorstore import schema
from vectorstore.passage_rows import AnySelect, parse_commitment, parse_passage, select_commitments, select_passages
from vectorstore.store import PassageStore, Scope

Item = TypeVar("Item")
# Whose, of which data year, and the place in the report: current reports have one of each.
Position = tuple[str, int, int]

_p, _c, _r = schema.passages.c, schema.commitments.c, schema.reports.c


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items of a longer list. next: give it as `after` to get the following ones; None at the end."""

    items: tuple[Item, ...]
    next: Position | None


@dataclass(frozen=True, slots=True)
class CommitmentFilter:
    """Which problems and commitments are wanted. None is no condition, an empty sequence fits nothing.

    kinds: "problem", "commitment". themes: at least one of them. words: all of them stand in the quotation.
    or_words: where themes are given too, one of these words in the quotation is as good as a theme.
    """

    agencies: Sequence[str] | None = None
    years: Sequence[int] | None = None
    kinds: Sequence[str] | None = None
    themes: Sequence[str] | None = None
    words: Sequence[str] = ()
    or_words: Sequence[str] = ()


def read_passage_page(store: PassageStore, scope: Scope, after: Position | None, limit: int) -> Page[Passage]:
    """At most `limit` passages of a scope, by agency, year and place in the report."""
    query = scope.narrow(select_passages())
    if scope.kinds is not None:
        query = query.where(_p.kind.in_(scope.kinds))
    if scope.sections is not None:
        query = query.where(or_(*(_p.section.contains(words, autoescape=True) for words in scope.sections)))
    query = _from(query, _p.position, after, limit)
    with store.reading() as connection:
        found = [parse_passage(row) for row in connection.execute(query)]
    return _page(found, limit)


def read_commitment_page(
    store: PassageStore, wanted: CommitmentFilter, after: Position | None, limit: int
) -> Page[Commitment]:
    """At most `limit` problems and commitments, by agency, year and place in the report."""
    query = Scope(wanted.agencies, wanted.years).narrow(select_commitments())
    if wanted.kinds is not None:
        query = query.where(_c.kind.in_(wanted.kinds))
    if wanted.themes is not None or wanted.or_words:
        # Themes are a JSON list of ids; an id in quotation marks stands in its text only where it is one of them.
        themes = (cast(_c.themes, Text).contains(f'"{theme}"', autoescape=True) for theme in wanted.themes or ())
        words = (_c.quote.contains(word, autoescape=True) for word in wanted.or_words)
        query = query.where(or_(false(), *themes, *words))
    for word in wanted.words:
        query = query.where(_c.quote.contains(word, autoescape=True))
    query = _from(query, _c.position, after, limit)
    with store.reading() as connection:
        found = [parse_commitment(row) for row in connection.execute(query)]
    return _page(found, limit)


def _from(query: AnySelect, place: ColumnElement[int], after: Position | None, limit: int) -> AnySelect:
    order = (_r.agency_id, _r.year, place)
    query = query if after is None else query.where(tuple_(*order) > tuple_(*after))
    return query.order_by(*order).limit(limit + 1)


def _page(found: Sequence[Item], limit: int) -> Page[Item]:
    last = found[limit - 1] if len(found) > limit else None
    return Page(tuple(found[:limit]), None if last is None else (last.agency, last.year, last.position))  # type: ignore[attr-defined]
