"""From a conversation to one understood question.

Every turn is read by itself; what the last turn leaves out (the body, the year, the indicator, the operation) is taken
from the turn before, never from anywhere else, and is marked as inherited.
"""

from collections.abc import Sequence
from dataclasses import replace

from qa_service.conversation import Turn
from qa_service.understanding.asked_agencies import find_asked_agencies
from qa_service.understanding.asked_concepts import find_asked_concepts
from qa_service.understanding.operations import choose_operation
from qa_service.understanding.question import Asked, Operation, Question
from qa_service.understanding.reading import Reader, Reading
from qa_service.understanding.words import Word
from qa_service.understanding.years import YearKind

_TURNS_LOOKED_AT = 8
_PEOPLE = "natural_person"
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
    asked = find_asked_agencies(reader, reading)
    context = _context_words(reader, earlier)
    found = find_asked_concepts(reader, reading, context)
    question = Question(
        text=reading.text,
        language=reading.language,
        operation=Operation.NONE,
        asked=asked,
        year=reading.year,
        concepts=found.concepts,
        labels=tuple(sorted(frozenset().union(*(word.values("label") for word in reading.words))))
        if reading.words
        else (),
        applicants=_applicants(reader, reading, found.concepts, bool(earlier)),
        cues=reading.cues,
        unit=reading.unit,
        limit=reading.limit,
        threshold=reading.threshold,
        unexplained=found.unexplained,
        confidence=found.confidence,
        corrections=reading.corrections,
        alternating=reading.alternating,
    )
    return replace(question, operation=choose_operation(question))


def _context_words(reader: Reader, earlier: Sequence[Question]) -> tuple[Word, ...]:
    if not earlier or not earlier[-1].concepts:
        return ()
    return reader.read(earlier[-1].text).words


def _applicants(reader: Reader, reading: Reading, concepts: Sequence[str], follows: bool) -> tuple[str, ...]:
    found: list[str] = []
    taken = (
        frozenset().union(*(need for c in concepts for need in reader.names.by_id[c].needs))
        if concepts
        else frozenset()
    )
    for word in reading.words:
        # "其他处理中的其他": a word that the figure itself needs names no applicant.
        if not word.values("meaning") & taken:
            found.extend(sorted(word.values("applicant")))
    if not found or (not concepts and not follows):
        return ()
    if concepts and not any(_is_split(reader, concept) for concept in concepts):
        # "群众关注的热点": people at large; no form tells this figure by applicant.
        found = [applicant for applicant in found if applicant != _PEOPLE]
    return tuple(dict.fromkeys(found))


def _is_split(reader: Reader, concept_id: str) -> bool:
    """Whether any form tells the concept's figures by applicant."""
    names = reader.names
    found = [names.catalogue.find(member) for member in names.by_id[concept_id].members]
    return any(indicator is not None and "applicant" in indicator.dims for indicator in found)


def _inherit(question: Question, last: Question, earlier: Sequence[Question]) -> Question:
    """The question completed from the turn before where it leaves something out."""
    # "企业提出的几件" after another figure: 提出 alone names no new figure.
    if question.applicants and last.concepts and question.concepts == ("requests_received_word",):
        question = replace(question, concepts=())
    if "PAIR" in question.cues and question.asked.everything and len(_named_for(last, earlier)) >= 2:
        # "那两家" after two bodies: those two, not the whole corpus.
        question = replace(question, asked=Asked())
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
        return replace(last.asked, agencies=_named_for(last, earlier) or last.asked.agencies)
    return last.asked


def _named_for(last: Question, earlier: Sequence[Question]) -> tuple[str, ...]:
    """The bodies of all turns that asked for the same figure as the last one."""
    turns = [turn for turn in earlier if turn.concepts and turn.concepts == last.concepts]
    return tuple(dict.fromkeys(agency for turn in turns for agency in turn.asked.agencies))
