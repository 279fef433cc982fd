"""From a conversation to one understood question.

Every turn is read by itself; what the last turn leaves out (the body, the year, the indicator, the operation) is taken
from the turn before, never from anywhere else, and is marked as inherited.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa_service.conversation import Turn
from qa_service.understanding.agencies import AgencyMention, says_group
from qa_service.understanding.indicator_names import Match
from qa_service.understanding.normal_form import is_han
from qa_service.understanding.operations import choose_operation
from qa_service.understanding.question import Asked, Operation, Question
from qa_service.understanding.reading import Reader, Reading
from qa_service.understanding.words import Word
from qa_service.understanding.years import YearKind

_TURNS_LOOKED_AT = 8
_MOST_CONCEPTS = 6
_SHORTEST_PLACE = 2
# Only a question that lists or goes on asks for several figures; elsewhere a word left over is a word not understood.
_LISTS = re.compile(r"[、,;，；]|[？?](?=.)|和|与|及|跟|还有|分别|各|\band\b|\bor\b|\bboth\b")
_FIGURE_OPERATIONS = frozenset(
    (
        Operation.LOOKUP,
        Operation.COMPARE,
        Operation.GROWTH,
        Operation.RANK,
        Operation.SUM,
        Operation.AVERAGE,
        Operation.SHARE,
        Operation.TREND,
        Operation.FILTER,
        Operation.SECTION,
    )
)


def understand(reader: Reader, text: str, history: Sequence[Turn] = (), language: str = "auto") -> Question:
    """The question in the context of the earlier user turns; language "auto" is the question's own."""
    earlier: list[Question] = []
    for turn in [turn for turn in history if turn.role == "user"][-_TURNS_LOOKED_AT:]:
        if turn.content.strip():
            earlier.append(_in_context(reader, reader.read(turn.content), earlier))
    question = _in_context(reader, reader.read(text), earlier)
    if language in ("zh", "en"):
        question = replace(question, language=language)
    return question


def _in_context(reader: Reader, reading: Reading, earlier: Sequence[Question]) -> Question:
    question = _by_itself(reader, reading, earlier)
    return _inherit(question, earlier[-1], earlier) if earlier else question


def _by_itself(reader: Reader, reading: Reading, earlier: Sequence[Question]) -> Question:
    asked = _asked(reader, reading)
    context = _context_words(reader, earlier)
    concepts, unexplained, confidence = _concepts(reader, reading, context)
    question = Question(
        text=reading.text,
        language=reading.language,
        operation=Operation.NONE,
        asked=asked,
        year=reading.year,
        concepts=concepts,
        labels=tuple(sorted(frozenset().union(*(word.values("label") for word in reading.words))))
        if reading.words
        else (),
        applicants=_applicants(reading, concepts, bool(earlier)),
        cues=reading.cues,
        unit=reading.unit,
        limit=reading.limit,
        threshold=reading.threshold,
        unexplained=unexplained,
        confidence=confidence,
        corrections=reading.corrections,
        alternating=_alternating(reading),
    )
    return replace(question, operation=choose_operation(question))


def _asked(reader: Reader, reading: Reading) -> Asked:
    agencies: list[str] = []
    choices: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    group = bool(reading.cues & {"ALL", "WHICH", "COUNT", "MOST", "LEAST", "RANK"}) or says_group(reading.text)
    unknown = _unknown_agency(reading)
    said = " ".join(_text_of(reading, mention) for mention in reading.mentions)
    for mention in reading.mentions:
        if not mention.candidates and mention.place:
            # Both place and body are known, but no such body is in the corpus.
            near = near or tuple(reader.agencies.in_place(mention.place))
            unknown = unknown or _text_of(reading, mention)
        elif len(mention.candidates) == 1 and not mention.inside and (mention.place or mention.exact):
            agencies.append(mention.candidates[0])
        elif mention.candidates and group:
            agencies.extend(mention.candidates)
        elif mention.place and mention.body and mention.inside:
            near, unknown = mention.candidates, unknown or _text_of(reading, mention)
        elif mention.candidates:
            choices = mention.candidates
    if unknown:
        return Asked(unknown=unknown, near=near, agencies=tuple(dict.fromkeys(agencies)), said=said)
    if agencies and choices:
        # One body is certain, another vague one beside it ("鄞州和人社局"): only the vague one must be asked back.
        agencies = [agency for agency in agencies if agency not in choices] if len(reading.mentions) > 1 else agencies
    everything = not reading.mentions and group
    return Asked(tuple(dict.fromkeys(agencies)), choices if not agencies else (), "", near, group, everything, said)


def _alternating(reading: Reading) -> bool:
    """Whether bodies and years take turns in the text ("威海2016年与鄞州2017年")."""
    mentions = [mention for mention in reading.mentions if mention.candidates]
    marks = [(reading.units[mention.start].start, "body") for mention in mentions] + [
        (start, "year") for start, _ in reading.year.spans
    ]
    kinds = [kind for _, kind in sorted(marks)]
    return len(mentions) == len(reading.year.spans) >= 2 and all(
        kinds[index] != kinds[index + 1] for index in range(len(kinds) - 1)
    )


def _text_of(reading: Reading, mention: AgencyMention) -> str:
    if mention.start >= mention.end:
        return ""
    return reading.text[reading.units[mention.start].start : reading.units[mention.end - 1].end]


def _unknown_agency(reading: Reading) -> str:
    """A body or place that is named but not in the corpus: a real place elsewhere, or unknown text right before a body."""
    for word in reading.foreign:
        after = next((mention for mention in reading.mentions if mention.start in (word.end, word.end + 1)), None)
        full = word.text[-1] in "省市区县旗州盟"
        if after and not after.place:
            return word.text + _text_of(reading, after)
        if full or not any(mention.candidates for mention in reading.mentions):
            return word.text
    for word in reading.unknown:
        if len(word.text) < _SHORTEST_PLACE:
            continue
        after = next(
            (
                mention
                for mention in reading.mentions
                if mention.start == word.end and not mention.place and mention.body
            ),
            None,
        )
        if after:
            return (word.text + ("" if is_han(word.text[-1]) else " ") + _text_of(reading, after)).strip()
    return ""


def _context_words(reader: Reader, earlier: Sequence[Question]) -> tuple[Word, ...]:
    if not earlier or not earlier[-1].concepts:
        return ()
    return reader.read(earlier[-1].text).words


def _concepts(
    reader: Reader, reading: Reading, context: Sequence[Word]
) -> tuple[tuple[str, ...], tuple[str, ...], float]:
    """(concept ids, unexplained words, share of the content words that is explained).

    The best concept is taken first; another one is added for every content word it leaves over.
    """
    content = [word for word in reading.words if word.has("meaning") or word.has("label")]
    matches = reader.names.match(reading.words, context)
    chosen: list[str] = []
    left = [word for word in content if not word.has("filler") and not word.has("cue")]
    strong = sum(word.weight for word in left)
    best = _best(matches, reading.unit, reader)
    if best and (best.covered > 0 or best.score > 0):
        chosen.append(best.concept.id)
        left = [word for word in left if not reader.names.covers(best.concept, word)]
    several = _LISTS.search(reading.text) or "SHARE" in reading.cues
    while several and left and chosen and len(chosen) < _MOST_CONCEPTS:
        further = [
            m
            for m in reader.names.match(left, reading.words)
            if any(reader.names.covers(m.concept, word) for word in left)
        ]
        further = [
            m for m in further if m.concept.id not in chosen and m.score > 0 and m.concept.needs and not m.concept.alone
        ]
        if not further:
            break
        chosen.append(further[0].concept.id)
        left = [word for word in left if not reader.names.covers(further[0].concept, word)]
    chosen = _with_whole(reader, chosen, matches)
    unknown = [word.text for word in reading.unknown]
    unexplained = tuple(dict.fromkeys([*unknown, *(word.text for word in left)]))
    missing = sum(word.weight for word in reading.unknown) + sum(word.weight for word in left)
    confidence = strong / (strong + missing) if strong + missing else (1.0 if chosen else 0.0)
    return tuple(chosen), unexplained, round(confidence, 3)


def _with_whole(reader: Reader, chosen: list[str], matches: Sequence[Match]) -> list[str]:
    """ "How many staff, full-time and part-time?": the whole is asked for too where its parts are named beside it."""
    if len(chosen) < 2:
        return chosen
    catalogue = reader.names.catalogue
    parents = [{catalogue.get(member).parent for member in reader.names.by_id[concept].members} for concept in chosen]
    shared = set.intersection(*parents) - {None}
    wholes = [
        m.concept.id
        for m in matches
        if m.concept.id not in chosen and any(member in shared for member in m.concept.members)
    ]
    return [*wholes[:1], *chosen]


def _best(matches: Sequence[Match], unit: str, reader: Reader) -> Match | None:
    fitting = [match for match in matches if unit_fits(reader, match.concept.id, unit)]
    return next(iter(fitting or matches), None)


_UNIT_FAMILIES = (
    frozenset("件份起个宗封例批次种人位"),
    frozenset(("条", "个", "次", "篇")),
    frozenset(("次", "场", "个", "期", "部")),
    frozenset(("篇", "件", "个", "条", "份")),
    frozenset(("项", "个", "种", "件")),
    frozenset(("人", "名", "位", "个")),
    frozenset(("人次", "人", "名", "位")),
    frozenset(("万元", "元", "钱")),
    frozenset(("场", "次")),
    frozenset(("期",)),
    frozenset(("家", "名", "个")),
    frozenset(("轮", "次")),
)
_FAMILY_OF = {
    "件": 0,
    "条": 1,
    "次": 2,
    "篇": 3,
    "项": 4,
    "人": 5,
    "人次": 6,
    "万元": 7,
    "元": 7,
    "场": 8,
    "期": 9,
    "个": 2,
}


def unit_fits(reader: Reader, concept_id: str, unit: str) -> bool:
    """Whether the measure word said can count what the concept counts; no measure word fits all."""
    if not unit or unit == "家":
        return True
    concept = reader.names.by_id[concept_id]
    members = [
        *concept.members,
        *(m for other in (*concept.choose, *concept.sum) for m in reader.names.by_id[other].members),
    ]
    units = {
        indicator.unit for member in members if (indicator := reader.names.catalogue.find(member)) and indicator.unit
    }
    families = [_UNIT_FAMILIES[_FAMILY_OF[known]] for known in units if known in _FAMILY_OF]
    return not families or any(unit in family for family in families)


def _applicants(reading: Reading, concepts: Sequence[str], follows: bool) -> tuple[str, ...]:
    found: list[str] = []
    for word in reading.words:
        found.extend(sorted(word.values("applicant")))
    if not found or (not concepts and not follows):
        return ()
    return tuple(dict.fromkeys(found))


def _inherit(question: Question, last: Question, earlier: Sequence[Question]) -> Question:
    """The question completed from the turn before where it leaves something out."""
    # "企业提出的几件" after another figure: 提出 alone names no new figure.
    if question.applicants and last.concepts and question.concepts == ("requests_received_word",):
        question = replace(question, concepts=())
    own_figure = bool(question.concepts)
    elliptic = not own_figure or question.asked.nothing or question.year.kind is YearKind.NONE
    talks_of_figures = question.operation in _FIGURE_OPERATIONS or question.operation is Operation.NONE
    if not elliptic or not talks_of_figures or (question.unexplained and not own_figure and not question.applicants):
        return replace(question, earlier=tuple(earlier))
    inherited: set[str] = set()
    changes: dict[str, object] = {}
    if question.asked.nothing and not last.asked.nothing:
        changes["asked"] = _inherited_asked(question, last, earlier)
        inherited.add("agencies")
    elif question.asked.choices and not last.asked.nothing:
        # "人社局呢" after a place: the place of the turn before narrows the choice.
        narrowed = tuple(a for a in question.asked.choices if a in last.asked.agencies)
        if narrowed:
            changes["asked"] = replace(question.asked, agencies=narrowed, choices=())
            inherited.add("agencies")
    if question.year.kind is YearKind.NONE and last.year.kind is not YearKind.NONE:
        changes["year"] = last.year
        inherited.add("years")
    if not own_figure and last.concepts:
        changes["concepts"], changes["labels"] = last.concepts, last.labels
        changes["confidence"] = last.confidence
        inherited.add("indicators")
        if not question.applicants and last.applicants:
            changes["applicants"] = last.applicants
    merged = replace(question, **changes)  # type: ignore[arg-type]
    operation = choose_operation(merged)
    repeats = last.operation in (Operation.RANK, Operation.FILTER, Operation.AVERAGE, Operation.TREND, Operation.SHARE)
    if (
        operation is Operation.LOOKUP
        and repeats
        and "agencies" in inherited
        and not (question.cues - {"HOW"})
        and not question.applicants
        and question.year.kind is YearKind.NONE
    ):
        operation = last.operation
        merged = replace(merged, cues=last.cues, limit=last.limit, threshold=last.threshold)
    return replace(merged, operation=operation, inherited=frozenset(inherited), earlier=tuple(earlier))


def _inherited_asked(question: Question, last: Question, earlier: Sequence[Question]) -> Asked:
    """The bodies of the turn before; "两个加起来", "差多少" mean those of the last turns together."""
    together = question.cues & {"SUM", "TOTAL", "DIFF", "MORE", "ALL", "AVERAGE", "TIMES"}
    if together and len(last.asked.agencies) < 2 and not last.asked.group and not question.concepts:
        agencies: list[str] = []
        for turn in [*earlier]:
            if turn.concepts and turn.concepts == last.concepts:
                agencies.extend(turn.asked.agencies)
        return replace(last.asked, agencies=tuple(dict.fromkeys(agencies)) or last.asked.agencies)
    return last.asked
