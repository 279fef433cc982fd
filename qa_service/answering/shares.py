"""Shares of a whole. The base is always named; where parts overlap the whole, the share is of the parts' own sum."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.arithmetic import add, ratio_percent, render_number
from indicators.catalogue import Indicator
from indicators.observation import Observation
from qa_service.answering.answer import Kind
from qa_service.answering.applicant_base import has_applicant_base
from qa_service.answering.asking import (
    ask_for_indicator,
    find_settled_scope,
    say_missing_reports,
)
from qa_service.answering.combined import say_times
from qa_service.answering.compared import is_exact
from qa_service.answering.datum import Datum
from qa_service.answering.draft import Draft
from qa_service.answering.evidence import marks
from qa_service.answering.figures import add_conflicts, answer_figures, data_of
from qa_service.answering.lookup import Lookup
from qa_service.answering.wording import sentence_of
from qa_service.understanding.indicator_names import Concept, Match

_SHARE_WORDS = re.compile(r"占比|比例|比重|share|percentage|proportion")
_TWO = 2
_RATIO_OF_TWO = re.compile(
    r"(?:和|与|跟)(?!.*占).{1,24}(?:之比|的比值|的?比例|的比率)|\bratio (?:of|between)\b.{1,80}?\b(?:to|and|versus)\b"
)
_EACH = ("分别", "各占", "各自", "respectively", "each")
# "A占B的比例": the base that the question itself names. "占比" names none.
_SAID_BASE = re.compile(
    r"占(?!(?:了|到)?(?:[比多几]|百分))(?:了|到)?(?P<zh>[^占，,。；;？?]+?)的?(?=多少|几成|几分之|百分|比例|比重|比率|多大|多高|份额|$|[？?])"
    r"|\bas (?:an? )?(?:share|percentage|proportion|fraction|percent) of (?P<en>[^?.,;]+)"
    # Rows that have rows of their own ("what share of the unavailable cases was not held").
    r"|\b(?:share|percentage|proportion|fraction|per ?cent) of (?:the |all )?(?P<row>(?:unavailable|not[- ]processed|refused|denied|unprocessed)"
    r" (?:cases|requests|ones))"
)
_RECEIVED = re.compile(r"收|\bnew\b|received|\bfiled\b|submitted")
# Words for "the whole" that name no base of their own.
_THE_WHOLE = re.compile(
    r"总数|总量|全部|所有|整体|总体|总计|合计|当年|全年|总|的|其|中|\b(?:the|all|of|its|their|overall|whole|total)\b|\s+"
)
_REQUESTS = "requests_received"
# The form counts an item once here however many channels carried it; a channel's share of it is only a share if the
# channels add up to it (guide: rows 主动公开政府信息数 and 通过不同渠道和方式).
_COUNTED_ONCE = "legacy.proactive.info_total"


def answer_share(draft: Draft) -> None:
    """The share of what was asked in its whole, per body and year."""
    scope = find_settled_scope(draft)
    if scope is None:
        return
    concepts = [draft.corpus.reader.names.by_id[concept] for concept in draft.question.concepts]
    if any(draft.corpus.catalogue.get(member).kind == "ratio" for concept in concepts for member in concept.members):
        answer_figures(draft)
        return
    lookup = Lookup(draft.corpus)
    lookup.fetch(scope.points, concepts)
    draft.kind = Kind.SHARE
    for agency, year in scope.points:
        parts = [datum for concept in concepts for datum in data_of(draft, lookup, [(agency, year)], concept)]
        vague = [datum for datum in parts if datum.choices]
        if vague:
            ask_for_indicator(draft, vague)
            return
        kept = _without_wholes(draft, parts)
        if _asks_for_ratio(draft, kept) and not _asks_for_each(draft):
            draft.kind = Kind.COMPARISON
            for part in kept:
                draft.sentences.append(sentence_of(part, draft.wording, draft.evidence))
            say_times(draft, kept)
            continue
        for group in [[part] for part in kept] if _asks_for_each(draft) else [kept]:
            _word_share(draft, agency, year, group)
    if scope.missing:
        say_missing_reports(draft, scope, beside=True)


def _asks_for_ratio(draft: Draft, parts: Sequence[Datum]) -> bool:
    """ "网络申请和信函申请的比例", "the ratio of partial to full disclosure": two figures, none of which holds the other."""
    exact = len(parts) == _TWO and all(part.value is not None and is_exact(part) for part in parts)
    alike = len({part.unit for part in parts}) == len({part.applicant for part in parts}) == 1
    return exact and alike and bool(_RATIO_OF_TWO.search(draft.question.text))


def _asks_for_each(draft: Draft) -> bool:
    """ "网站占比和微信占比", "各占多少": one share for each part, not one for all together."""
    return len(_SHARE_WORDS.findall(draft.question.text)) >= 2 or any(word in draft.question.text for word in _EACH)


def _without_wholes(draft: Draft, parts: Sequence[Datum]) -> list[Datum]:
    """Drops what was named only as the base ("A占B的比例"): anything that is an ancestor or the total of another part."""
    bases = {
        base.id
        for datum in parts
        if datum.indicator
        for base in _bases(draft, datum.indicator, datum.agency, datum.year)
    }
    kept = [
        datum for datum in parts if not (datum.indicator and datum.indicator.id in bases and datum.applicant is None)
    ]
    return kept or list(parts)


def _bases(draft: Draft, indicator: Indicator, agency: str, year: int) -> list[Indicator]:
    """Candidates for the whole, nearest first: a total row beside it, else the headings above it."""
    catalogue, edition = draft.corpus.catalogue, draft.corpus.edition(agency, year)
    found: list[Indicator] = []
    parent = catalogue.find(indicator.parent)
    while parent is not None:
        total = catalogue.find(f"{parent.id}.total")
        if total is not None and total.in_edition(edition) and total.id != indicator.id:
            found.append(total)
        elif parent.in_edition(edition) or (
            parent.sum_of
            and parent.id
            not in ("requests.results.denied", "requests.results.unavailable", "requests.results.not_processed")
        ):
            found.append(parent)
        parent = catalogue.find(parent.parent)
    return found


def _word_share(draft: Draft, agency: str, year: int, parts: Sequence[Datum]) -> None:
    without = [datum for datum in parts if datum.value is None or not is_exact(datum)]
    if without or not parts:
        _say_no_share(draft, parts, "因此不能算占比。", "So no share can be computed.")
        return
    wholes, base, caveat = _whole(draft, agency, year, parts)
    said = _said_base(draft)
    if said is not None and not _is_base(said, wholes):
        parts = [datum for datum in parts if not _cells_of(said, datum)] or list(parts)
        wholes, base, caveat = _whole_of(draft, agency, year, said)
    elif any(_whole(draft, agency, year, [part])[1] != base for part in parts):
        # Parts of different wholes have no common share.
        _word_each(draft, agency, year, parts)
        return
    if _is_impossible(draft, parts, wholes, base, said):
        return
    operands = [observation for datum in parts for observation in _cells(datum)]
    if len(parts) > 1 and add(operands).value == add(wholes).value:
        # "法人和自然人的比例": together they are the whole, so each is meant.
        _word_each(draft, agency, year, parts)
        return
    _say_share(draft, parts, wholes, base)
    if caveat:
        draft.sentences.append(caveat)
    _add_conflicts(draft, parts, wholes)


def _word_each(draft: Draft, agency: str, year: int, parts: Sequence[Datum]) -> None:
    for part in parts:
        _word_share(draft, agency, year, [part])


def _say_no_share(draft: Draft, parts: Sequence[Datum], zh: str, en: str) -> None:
    """The figures asked about, and why no share of them is told."""
    for datum in parts:
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
    draft.say(zh, en)


def _is_impossible(
    draft: Draft, parts: Sequence[Datum], wholes: Sequence[Observation], base: str, said: "_SaidBase | None"
) -> bool:
    """Whether no share can be computed; the reason is said."""
    operands = [observation for datum in parts for observation in _cells(datum)]
    blank = [observation for observation in wholes if observation.value is None]
    if not wholes and said is not None:
        _say_no_share(
            draft,
            parts,
            f"报告的表格里没有能作基数的“{said.words}”，不能算占比。",
            f"The tables hold no “{said.words}” to compute a share of.",
        )
    elif not wholes:
        _say_no_share(
            draft, parts, "报告没有可作基数的合计，不能算占比。", "The report has no whole to compute a share of."
        )
    elif blank:
        for observation in blank:
            where, reason = marks(draft.evidence.add(observation).citations), draft.wording.reason(observation)
            draft.say(
                f"作为基数的“{observation.label}”{reason}，不能算占比。{where}",
                f"The base, {observation.label}, is {reason}; no share can be computed. {where}",
            )
    elif {observation.citation for observation in operands} == {observation.citation for observation in wholes}:
        _say_no_share(
            draft, parts, "没有看出要算哪个数字的占比。", "It is not clear which figure the share is asked of."
        )
    elif len({observation.unit for observation in (*operands, *wholes)}) > 1:
        _say_no_share(
            draft, parts, f"与基数“{base}”的单位不同，不能算占比。", f"The base, {base}, has another unit, so no share."
        )
    elif add(wholes).value == 0:
        zero = marks(draft.evidence.add(wholes[0]).citations) if len(wholes) == 1 else ""
        _say_no_share(
            draft,
            parts,
            f"基数“{base}”为0，不能算占比。{zero}",
            f"The base, {base}, is 0, so there is no share. {zero}",
        )
    elif add(operands).value > add(wholes).value:
        _say_larger(draft, parts, wholes, base)
    else:
        return False
    return True


def _say_share(draft: Draft, parts: Sequence[Datum], wholes: Sequence[Observation], base: str) -> None:
    derived = ratio_percent([observation for datum in parts for observation in _cells(datum)], wholes)
    assert derived is not None
    names = draft.wording.say("与", " and ").join(draft.wording.name(datum) for datum in parts)
    first = parts[0]
    figure = draft.evidence.add_derived(
        derived,
        draft.wording.say(f"{names}占{base}的比例", f"{names} as a share of {base}"),
        indicator=first.indicator.id if first.indicator else None,
        agency=first.agency,
        year=first.year,
        applicant=first.applicant,
    )
    title = draft.wording.title(first.agency, first.year)
    draft.say(
        f"{title}，{names}占“{base}”的{derived.text}%（{derived.formula}）。{marks(figure.citations)}",
        f"{title}: {names} make up {derived.text}% of {base} ({derived.formula}). {marks(figure.citations)}",
    )


def _add_conflicts(draft: Draft, parts: Sequence[Datum], wholes: Sequence[Observation]) -> None:
    for datum in parts:
        add_conflicts(draft, datum)
    for observation in wholes:
        whole = draft.corpus.catalogue.find(observation.indicator)
        if whole is not None and observation.applicant in (None, "total"):
            add_conflicts(draft, _datum(draft, observation.agency, observation.year, whole))


def _say_larger(draft: Draft, parts: Sequence[Datum], wholes: Sequence[Observation], base: str) -> None:
    """More than the whole: the two figures are no part and whole, whatever the question calls them."""
    for datum in parts:
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
    shown = [marks(draft.evidence.add(observation).citations) for observation in wholes]
    draft.say(
        f"作为基数的“{base}”是{render_number(add(wholes).value)}，比它小，因此不算占比。{''.join(shown)}",
        f"The base, {base}, is {render_number(add(wholes).value)}, which is less, so no share is computed. {''.join(shown)}",
    )


@dataclass(frozen=True)
class _SaidBase:
    """words: the base as the question says it. concept: what it names, None if nothing the tables hold."""

    words: str
    concept: Concept | None


def _find_said_base(draft: Draft) -> re.Match[str] | None:
    """Where the base is said: in the question, or in the one before that it only carries on ("2020年呢")."""
    reader, question = draft.corpus.reader, draft.question
    texts = [
        question.text,
        *(turn.text for turn in reversed(question.earlier[-_TWO:]) if "indicators" in question.inherited),
    ]
    found = (_SAID_BASE.search(reader.read(text).text) for text in texts)
    return next((match for match in found if match is not None), None)


def _said_base(draft: Draft) -> _SaidBase | None:
    """The base the question names itself, None where it names none or only "the whole"."""
    reader = draft.corpus.reader
    match = _find_said_base(draft)
    if match is None:
        return None
    words = (match["zh"] or match["en"] or match["row"]).strip()
    if not _THE_WHOLE.sub("", words):
        return None
    reading = reader.read(words)
    matches = reader.names.match(reading.words)
    if any(word.values("applicant") for word in reading.words):
        return None if _is_bare(matches) else _SaidBase(words, None)
    return _SaidBase(
        words, matches[0].concept if matches and not any(word.weight > 1 for word in reading.unknown) else None
    )


def _is_base(said: _SaidBase, wholes: Sequence[Observation]) -> bool:
    """Whether the base said is the one the form gives; a bare "申请" is whatever whole of requests the form has."""
    if said.concept is None or not wholes:
        return False
    members = set(said.concept.members)
    bare = said.concept.id == _REQUESTS and not _RECEIVED.search(said.words)
    return bare or any(observation.indicator in members for observation in wholes)


def _cells_of(said: _SaidBase, datum: Datum) -> bool:
    return said.concept is not None and datum.indicator is not None and datum.indicator.id in said.concept.members


def _whole_of(draft: Draft, agency: str, year: int, said: _SaidBase) -> tuple[list[Observation], str, str]:
    """The base said, looked up: (operands, name, no caveat); no operands where the tables do not hold it."""
    if said.concept is None:
        return [], "", ""
    lookup = Lookup(draft.corpus)
    lookup.fetch([(agency, year)], [said.concept])
    datum = lookup.datum(agency, year, said.concept)
    if datum.choices or datum.indicator is None:
        return [], "", ""
    return _cells(datum), datum.indicator.zh if draft.wording.zh else datum.indicator.en, ""


def _cells(datum: Datum) -> list[Observation]:
    if datum.derived is not None:
        return list(datum.derived.operands)
    return [datum.observation] if datum.observation else []


def _whole(draft: Draft, agency: str, year: int, parts: Sequence[Datum]) -> tuple[list[Observation], str, str]:
    """(operands of the base, its name, a caveat)."""
    first = parts[0]
    indicator = first.indicator
    if indicator is None:
        return [], "", ""
    within = first.applicant if first.applicant != "total" and _is_within_type(draft) else None
    if first.applicant and first.applicant != "total" and not (within and _bases(draft, indicator, agency, year)):
        return (
            _cells(_datum(draft, agency, year, indicator)),
            draft.wording.say(f"{indicator.zh}（总计）", f"{indicator.en}, total"),
            "",
        )
    for base in _bases(draft, indicator, agency, year):
        datum = _datum(draft, agency, year, base, within)
        cells = _cells(datum)
        if not cells:
            continue
        if within:
            return cells, draft.wording.name(datum), ""
        if base.sum_of and indicator.id in base.sum_of and base.id == "legacy.proactive.channels":
            return _channel_base(draft, agency, year, base, cells)
        return cells, base.zh if draft.wording.zh else base.en, ""
    return [], "", ""


def _channel_base(
    draft: Draft, agency: str, year: int, base: Indicator, cells: list[Observation]
) -> tuple[list[Observation], str, str]:
    once = draft.corpus.catalogue.get(_COUNTED_ONCE)
    total = _datum(draft, agency, year, once).observation
    filled = [cell for cell in cells if cell.value is not None]
    summed = add(filled).value if filled else None
    if total is not None and total.value is not None and total.value == summed:
        return [total], once.zh if draft.wording.zh else once.en, ""
    name = draft.wording.say("各渠道之和（同一信息可重复计）", "the sum of all channels (repeats included)")
    if total is None or total.value is None:
        return filled, name, ""
    number = draft.evidence.add(total).citations
    draft.evidence.add_derived(add(filled), name, indicator=base.id, agency=agency, year=year)
    all_channels, once_only = render_number(summed or total.value), render_number(total.value)
    caveat = draft.wording.say(
        f"注意：各渠道之和{all_channels}与去重的“{once.zh}”{once_only}不等，后者不能作基数。{marks(number)}",
        f"Note: the channels add up to {all_channels}, not to the de-duplicated total of {once_only}, so that total is no "
        f"valid base. {marks(number)}",
    )
    return filled, name, caveat


def _is_within_type(draft: Draft) -> bool:
    """Whether the share is one of the requests of an applicant type: its own column holds the base."""
    reader = draft.corpus.reader
    said = _find_said_base(draft)
    if said is not None:
        words = reader.read((said["zh"] or said["en"] or said["row"]).strip()).words
        if any(word.values("applicant") for word in words):
            return _is_bare(reader.names.match(words))
    return has_applicant_base(reader, draft.question)


def _is_bare(matches: Sequence[Match]) -> bool:
    """Whether only requests are named, no row of theirs."""
    return not matches or matches[0].concept.id == _REQUESTS


def _datum(draft: Draft, agency: str, year: int, indicator: Indicator, applicant: str | None = None) -> Datum:
    concept = Concept(indicator.id, (indicator.id,), (), frozenset())
    lookup = Lookup(draft.corpus)
    lookup.fetch([(agency, year)], [concept])
    return lookup.datum(agency, year, concept, applicant)
