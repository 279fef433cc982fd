"""From a conversation to one understood question.

Every turn is read by itself; what the last turn leaves out (the body, the year, the indicator, the operation) is taken
from the turn before, never from anywhere else, and is marked as inherited.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa_service.conversation import Turn
from qa_service.understanding.asked_agencies import find_asked_agencies
from qa_service.understanding.asked_amounts import find_limit, find_place, find_unit
from qa_service.understanding.asked_concepts import AskedConcepts, find_asked_concepts
from qa_service.understanding.context import asks_of_all, in_context, last_figure
from qa_service.understanding.crossed import find_crossed
from qa_service.understanding.normal_form import is_han, normalise
from qa_service.understanding.operations import choose_operation
from qa_service.understanding.question import Asked, Operation, Question
from qa_service.understanding.reading import Reader, Reading
from qa_service.understanding.relative_bodies import find_relative_body
from qa_service.understanding.relative_years import with_years_said
from qa_service.understanding.words import Entry, Word

_TURNS_LOOKED_AT = 8
_RECEIVED = ("requests_received", "requests_received_word")
_OF_THEM = re.compile(
    r"\b(?:of|among|from) (?:them|those|these|that number|that total)\b|(?:它们|他们|这些|那些|其)(?:当)?中"
)
_WAYS_TO_APPLY = frozenset(("LETTER", "IN_PERSON", "FAX"))
_COMPUTED = frozenset(("SUM", "DIFF", "TIMES", "MINUS", "AVERAGE", "MORE", "SHARE", "GROWTH"))
# "没结案的呢" after lawsuits: lawsuits, no requests.
_DISPUTES = frozenset(("LAWSUIT", "REVIEW", "DIRECT", "AFTER_REVIEW"))
_REQUEST = "REQUEST"
_WEBSITE = Entry("meaning", "WEBSITE")
_PEOPLE = "natural_person"
# Words that can only mean the applicant type, where 群众 and "people" may be people at large.
_INDIVIDUALS = re.compile(r"自然人|个人(?!信息|隐私|所得)|\b(?:individuals|natural persons?|private persons?)\b")

_MINE = re.compile(
    r"(?:我们?|咱们?|俺们?|我的|我们的|本|贵|作为|身为|我是|我们是|本人是|据某?|受某?|某|\b(?:my|our|your|his|her|their|a))$"
)
_ASKS = re.compile(
    r"(?:们|课题组|的?老师|的?同事|的?朋友|代表|这边|这里)*(?:都|常|也|又)?"
    r"(?:想|要|需要|来|让我?|叫我?|托我?|请我?|说|问|讲|称|反映|打听|要求|建议|认为|觉得)(?!公开|申请|提交|提出|求公开)"
    r"|\s*\b(?:asks?|wants?|needs?|would like|is asking|told|tells|says?|said)\b"
)
_SENTENCE_ENDS = re.compile(r"[.。!！?？;；](?:\s|$|(?=[\u4e00-\u9fff]))")
_I = re.compile(r"\b(?:i|i'm|we|we're|my|our)\b|我|本人|俺|咱|在下")
# Who the speaker is, works for or comes from; whatever else a speaker says of an applicant type says whom the figure is wanted for.
_BELONGS = re.compile(
    r"(?:工作|上班|实习|打工|就职|任职|当(?:差|律师|老师)|做(?:律师|行政|法务))|开(?:了|着|一家|个)|代表|来自"
    r"|是.{0,12}(?:员工|职工|人员|律师|老师|的人|代表|负责人|老板|成员|志愿者)"
    r"|我们(?:公司|企业|律所|机构|单位|事务所|研究院)|(?:公司|企业|律所|事务所|机构)(?:的|里)?(?:小|老板|前台|同事|人|要|想|让|叫|派)"
    r"|\b(?:work(?:s|ing|ed)?|volunteer(?:s|ing)?|intern(?:s|ing)?|employed|job|boss) (?:\w+ )?(?:for|at|with|in|of)\b"
    r"|\b(?:run|own|manage|head|chair|represent|founded|started)s?\b|\b(?:i'm|i am|we're|we are|this is) (?:(?!\w+ing )\w+ ){0,3}(?:from|at|with|of|an?)\b"
    r"|\b(?:on behalf of|member of|clerk|lawyer|intern|owner|founder|pays? me|paid by)\b"
)
_ASKED_FOR = re.compile(r"\b(?:which|what|the name of the|name of the|the|an?|one)$")


def understand(reader: Reader, text: str, history: Sequence[Turn] = (), language: str = "auto") -> Question:
    """The question in the context of the earlier user turns; language "auto" is the question's own."""
    earlier: list[Question] = []
    for turn in [turn for turn in history if turn.role == "user"][-_TURNS_LOOKED_AT:]:
        if turn.content.strip():
            earlier.append(_understood(reader, turn.content, earlier))
    question = _understood(reader, text, earlier)
    if language in ("zh", "en"):
        question = replace(question, language=language)
    return question


def _understood(reader: Reader, text: str, earlier: Sequence[Question]) -> Question:
    body: Asked | None = None
    said = text
    if earlier:
        said, body = _said_by_the_last(reader, normalise(text), last_figure(earlier))
    reading = reader.read(said, follows=bool(earlier))
    question = _by_itself(reader, _online_requests(reading, earlier), earlier)
    if body is not None and (question.asked.nothing or question.asked.everything):
        question = replace(question, asked=body)
        question = replace(question, operation=choose_operation(question))
    question = _with_applicant_before(reader, in_context(question, earlier), earlier)
    if earlier and not any(map(str.isalpha, text)):
        # A number alone is of no language.
        question = replace(question, language=earlier[-1].language)
    return question


def _with_applicant_before(reader: Reader, question: Question, earlier: Sequence[Question]) -> Question:
    """ "企业申请几件", "其中予以公开的呢": another row of the same requests, still those of the companies."""
    last = last_figure(earlier) if earlier else None
    goes_on = {"agencies", "years"} <= question.inherited and question.operation in (Operation.LOOKUP, Operation.SHARE)
    if last is None or not goes_on or question.applicants or not last.applicants or asks_of_all(question.text):
        return question
    if not question.concepts or not all(_is_split(reader, concept) for concept in question.concepts):
        return question
    return replace(question, applicants=last.applicants)


def _said_by_the_last(reader: Reader, text: str, last: Question) -> tuple[str, Asked | None]:
    """(the text with years said by the last one as numbers and without a body said so, that body)."""
    text = with_years_said(text, last.year.years[0] if len(last.year.years) == 1 else None)
    found = find_relative_body(text, last.asked, reader.agencies)
    if found is None:
        return text, None
    asked, (start, end) = found
    return f"{text[:start]} {text[end:]}", asked


def _online_requests(reading: Reading, earlier: Sequence[Question]) -> Reading:
    """ "信函、网络、当面": beside other ways to apply, or after a question on requests, 网络 is one of them and no website."""
    said = frozenset().union(*(word.values("meaning") for word in reading.words))
    after = bool(earlier) and any(concept.startswith("request") for concept in earlier[-1].concepts)
    if not (said & _WAYS_TO_APPLY or after):
        return reading
    words = tuple(
        replace(word, entries=word.entries - {_WEBSITE}) if {"ONLINE", "WEBSITE"} <= word.values("meaning") else word
        for word in reading.words
    )
    return replace(reading, words=words)


def _by_itself(reader: Reader, reading: Reading, earlier: Sequence[Question]) -> Question:
    asked = find_asked_agencies(reader, reading)
    context = _context_words(reader, earlier)
    found = _without_those(find_asked_concepts(reader, reading, context), reading)
    crossed = find_crossed(reader, reading, found.concepts)
    if crossed and reading.cues & _COMPUTED:
        found = replace(found, unexplained=(*found.unexplained, crossed), confidence=0.0, doubted=True)
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
        pairs=found.pairs,
        cues=reading.cues,
        unit=find_unit(reading.text),
        limit=find_limit(reading.text),
        place=find_place(reading.text),
        threshold=reading.threshold,
        unexplained=found.unexplained,
        confidence=found.confidence,
        doubted=found.doubted,
        corrections=reading.corrections,
        alternating=reading.alternating,
        corrects=reading.corrects,
    )
    return replace(question, operation=choose_operation(question))


def _without_those(found: AskedConcepts, reading: Reading) -> AskedConcepts:
    """ "The partial disclosures …; how many of them were filed by companies?": filed names no second figure."""
    kept = tuple(concept for concept in found.concepts if concept not in _RECEIVED)
    if not kept or found.concepts[0] in _RECEIVED or not _OF_THEM.search(reading.text):
        return found
    return replace(found, concepts=kept, pairs=tuple(pair for pair in found.pairs if pair[0] in kept))


def _context_words(reader: Reader, earlier: Sequence[Question]) -> tuple[Word, ...]:
    """The words of the turn before, and what the figures it was about need ("信函的呢" after requests: requests)."""
    if not earlier or not earlier[-1].concepts:
        return ()
    before = [reader.names.by_id[concept] for concept in earlier[-1].concepts]
    needed = {meaning for concept in before for need in concept.needs for meaning in need}
    if any(_REQUEST in concept.meanings and not _DISPUTES & frozenset().union(*concept.needs) for concept in before):
        needed.add(_REQUEST)
    meant = frozenset(Entry("meaning", meaning) for meaning in needed)
    return (*reader.read(earlier[-1].text).words, Word(0, 0, "", 0.0, meant))


def _applicants(reader: Reader, reading: Reading, concepts: Sequence[str], follows: bool) -> tuple[str, ...]:
    found: list[str] = []
    taken = (
        frozenset().union(*(need for c in concepts for need in reader.names.by_id[c].needs))
        if concepts
        else frozenset()
    )
    for word in reading.words:
        # "其他处理中的其他": a word that the figure itself needs names no applicant.
        if not word.values("meaning") & taken and not _speaks(reading, word):
            found.extend(sorted(word.values("applicant")))
    if not found or (not concepts and not follows):
        return ()
    if concepts and not any(_is_split(reader, concept) for concept in concepts):
        # "群众关注的热点": people at large; no form tells this figure by applicant.
        found = [applicant for applicant in found if applicant != _PEOPLE or _INDIVIDUALS.search(reading.text)]
    return tuple(dict.fromkeys(found))


def _speaks(reading: Reading, word: Word) -> bool:
    """ "我们公司", "my lawyer asks", "Which organisation leads": who asks, or which body is asked for, is no applicant."""
    before = reading.text[: reading.units[word.start].start].rstrip()
    after = reading.text[reading.units[word.end - 1].end :].lstrip()
    if _ASKED_FOR.search(before) and word.values("applicant") == {"legal_entities"}:
        return True
    following = next((other for other in reading.words if other.start == word.end), None)
    if following is not None and not following.entries and following.weight == 1 and is_han(word.text[0]):
        # "律师函": a longer word that only begins like an applicant.
        return True
    return bool(_MINE.search(before) or _ASKS.match(after)) or _in_aside(reading, word)


def _in_aside(reading: Reading, word: Word) -> bool:
    """ "I work for a small NGO.": a sentence on the speaker, beside the one that names a body or a year."""
    start, end = reading.units[word.start].start, reading.units[word.end - 1].end
    first = max((match.end() for match in _SENTENCE_ENDS.finditer(reading.text) if match.end() <= start), default=0)
    last = min((match.start() for match in _SENTENCE_ENDS.finditer(reading.text) if match.start() >= end), default=-1)
    if first == 0 and last == -1:
        return False
    sentence = reading.text[first:] if last == -1 else reading.text[first:last]
    stop = first + len(sentence)
    if not _BELONGS.search(sentence):
        return False
    named = [reading.units[mention.start].start for mention in reading.mentions if mention.start < mention.end]
    named += [begin for begin, _ in reading.year.spans]
    return bool(_I.search(sentence)) and bool(named) and not any(first <= place < stop for place in named)


def _is_split(reader: Reader, concept_id: str) -> bool:
    """Whether any form tells the concept's figures by applicant."""
    names = reader.names
    found = [names.catalogue.find(member) for member in names.by_id[concept_id].members]
    return any(indicator is not None and "applicant" in indicator.dims for indicator in found)
