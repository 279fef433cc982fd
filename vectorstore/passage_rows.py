"""Passages and commitments to rows and back: what is read equals what was written."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, select

from reports.passage import Commitment, Passage
from reports.place import Place
from vectorstore import schema

# A row on its way into SQL, and one read: the only untyped shapes, and they stay in this folder.
Values = dict[str, Any]
AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]

_p, _c, _r = schema.passages.c, schema.commitments.c, schema.reports.c
_NOWHERE = Place()


def passage_values(report_key: int, passages: Sequence[Passage]) -> list[Values]:
    """Rows of one report's passages."""
    return [
        {
            "report_key": report_key,
            "position": each.position,
            "suffix": each.id.removeprefix(each.report),
            "section": each.section,
            "kind": each.kind,
            "text": each.text,
            "sentences": each.sentences,
            "place": _place_json(each.place),
        }
        for each in passages
    ]


def commitment_values(report_key: int, commitments: Sequence[Commitment]) -> list[Values]:
    """Rows of one report's problems and commitments."""
    return [
        {
            "report_key": report_key,
            "position": each.position,
            "suffix": each.id.removeprefix(each.report),
            "kind": each.kind,
            "quote": each.quote,
            "section": each.section,
            "themes": each.themes,
            "cue": each.cue,
            "target_year": each.target_year,
            "answers": [answered.removeprefix(each.report) for answered in each.answers],
            "place": _place_json(each.place),
        }
        for each in commitments
    ]


def select_passages() -> AnySelect:
    """A select of what `parse_passage` takes, from current reports only; the key is its first column."""
    return (
        select(
            _p.key, _r.id, _r.agency_id, _r.year, _p.suffix, _p.section, _p.kind, _p.text, _p.position, _p.sentences,
            _p.place,
        )
        .select_from(schema.passages)
        .join(schema.reports, _r.key == _p.report_key)
        .where(_r.is_current)
    )  # fmt: skip


def parse_passage(row: AnyRow) -> Passage:
    """The passage of one row of `select_passages`; columns after those are left alone."""
    _, report, agency, year, suffix, section, kind, text, position, sentences, place = row[:11]
    spans = tuple((start, end) for start, end in sentences)
    return Passage(report + suffix, report, agency, year, section, kind, text, position, spans, _place(place))


def select_commitments() -> AnySelect:
    """A select of what `parse_commitment` takes, from current reports only."""
    return (
        select(
            _r.id, _r.agency_id, _r.year, _c.suffix, _c.kind, _c.quote, _c.section, _c.themes, _c.cue, _c.target_year,
            _c.answers, _c.position, _c.place,
        )
        .select_from(schema.commitments)
        .join(schema.reports, _r.key == _c.report_key)
        .where(_r.is_current)
    )  # fmt: skip


def parse_commitment(row: AnyRow) -> Commitment:
    """The problem or commitment of one row of `select_commitments`."""
    report, agency, year, suffix, kind, quote, section, themes, cue, target, answers, position, place = row
    answered = tuple(report + each for each in answers)
    return Commitment(
        report + suffix, report, agency, year, kind, quote, section, tuple(themes), cue, target, answered, position,
        _place(place),
    )  # fmt: skip


def _place_json(place: Place) -> list[Any] | None:
    return None if place == _NOWHERE else [place.page, place.bbox, place.line, place.block]


def _place(value: list[Any] | None) -> Place:
    if value is None:
        return _NOWHERE
    page, bbox, line, block = value
    return Place(page, None if bbox is None else tuple(bbox), line, block)
