"""Which everyday concepts one question asks for, and how much of the question they explain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.understanding.indicator_names import Match
from qa_service.understanding.reading import Reader, Reading
from qa_service.understanding.words import Word

_MOST_CONCEPTS = 6
# Only a question that lists or goes on asks for several figures; elsewhere a word left over is a word not understood.
_LISTS = re.compile(r"[、,;，；]|[？?](?=.)|和|与|及|跟|还有(?![几多])|分别|各|\band\b|\bor\b|\bboth\b")
_CLAUSE_ENDS = frozenset("?？;；。!！")
# A negation that no phrase of the vocabulary explains turns the question round: what it asks for is not what its words name.
_NEGATED = 0.7
_OUTSIDE = re.compile(
    r"(?:以外|之外)的?(?!的?(?:其他|其它|别的|还))|除外|\bother than\b|\bexcept(?:ing)?\b|\bexcluding\b|\bapart from\b"
)
# A word nothing explains may be the very thing that is asked about ("求职申请"): it counts more than a known one. A single
# character is mostly what a cut leaves over of a function word.
_UNKNOWN = 1.5
_SHORTEST_WORD = 2.0
_COUNTS_BODIES = frozenset(("WHICH", "COUNT"))


@dataclass(frozen=True, slots=True)
class AskedConcepts:
    """concepts: ids, best first. unexplained: words nothing explains. confidence: explained share of the content words."""

    concepts: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()
    confidence: float = 0.0


def find_asked_concepts(reader: Reader, reading: Reading, context: Sequence[Word]) -> AskedConcepts:
    """The concepts asked for, clause by clause; words of an earlier question (context) may complete a clause."""
    chosen: list[str] = []
    left: list[Word] = []
    strong = 0.0
    several = _lists(reading) or "SHARE" in reading.cues
    for clause in _clauses(reading):
        content = [word for word in clause if _is_content(word)]
        strong += sum(word.weight for word in content)
        found, unexplained = _of_clause(reader, reading, clause, context, several=several)
        chosen += [concept for concept in found if concept not in chosen]
        left += unexplained
        context = [*context, *clause]
    missing = sum(word.weight * (_UNKNOWN if word.weight >= _SHORTEST_WORD else 1.0) for word in reading.unknown)
    missing += sum(word.weight for word in left)
    confidence = strong / (strong + missing) if strong + missing else (1.0 if chosen else 0.0)
    texts = [word.text for word in (*reading.unknown, *left)]
    if negated := _negated(reading):
        confidence *= _NEGATED
        texts.append(negated)
    return AskedConcepts(tuple(chosen), tuple(dict.fromkeys(texts)), round(confidence, 3))


def _lists(reading: Reading) -> bool:
    """Whether something that lists stands between two content words; "Body 2022, requests" lists nothing."""
    places = [reading.units[word.start].start for word in reading.words if _is_content(word)]
    return any(places[0] < match.start() < places[-1] for match in _LISTS.finditer(reading.text)) if places else False


def _negated(reading: Reading) -> str:
    """The first negation with the word it negates, "" if none: not one that opens a clause (a correction) or ends it."""
    if reading.cues & _COUNTS_BODIES:
        return ""
    if outside := _OUTSIDE.search(reading.text):
        return outside.group()
    following = {word.start: word for word in reading.words}
    for word in reading.words:
        opens = word.start == 0 or reading.units[word.start - 1].weight == 0
        after = following.get(word.end)
        if "NOT" in word.values("cue") and not opens and after is not None:
            return reading.text[reading.units[word.start].start : reading.units[after.end - 1].end]
    return ""


def _is_content(word: Word) -> bool:
    said = word.has("meaning") or word.has("label") or word.has("part")
    return said and not word.has("filler") and not word.has("cue")


def _clauses(reading: Reading) -> list[list[Word]]:
    """The words between sentence ends; a clause without content stays with the one before."""
    clauses: list[list[Word]] = [[]]
    for word in reading.words:
        before = clauses[-1][-1].end if clauses[-1] else word.start
        if any(unit.text in _CLAUSE_ENDS for unit in reading.units[before : word.start]):
            clauses.append([])
        clauses[-1].append(word)
    return clauses


def _of_clause(
    reader: Reader, reading: Reading, clause: Sequence[Word], context: Sequence[Word], *, several: bool
) -> tuple[list[str], list[Word]]:
    """(concepts, content words left over). The best concept first; another for what it leaves over, where several are asked."""
    names = reader.names
    left = [word for word in clause if _is_content(word)]
    matches = names.match(clause, context)
    best = _best(matches, reading.unit, reader)
    if best is None or not (best.covered > 0 or best.score > 0):
        return [], left
    chosen = [best.concept.id]
    left = [word for word in left if not names.covers(best.concept, word)]
    while several and left and len(chosen) < _MOST_CONCEPTS:
        further = [m for m in names.match(left, clause) if any(names.covers(m.concept, word) for word in left)]
        further = [
            m for m in further if m.concept.id not in chosen and m.score > 0 and m.concept.needs and not m.concept.alone
        ]
        if not further:
            break
        chosen.append(further[0].concept.id)
        left = [word for word in left if not names.covers(further[0].concept, word)]
    return _with_whole(reader, chosen, matches), left


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
    # What no indicator counts (people of penalties, money of requests) is not answered with a count of something else.
    return next(iter(fitting or ([] if unit in _STRICT_UNITS else matches)), None)


_STRICT_UNITS = frozenset("人名位元") | {"万元"}
_PEOPLE_UNITS = frozenset("人名位")
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
    if unit in _PEOPLE_UNITS and all(member.startswith("art20_") for member in members):
        # Article 20 tables count documents, decisions and money, never heads.
        return False
    families = [_UNIT_FAMILIES[_FAMILY_OF[known]] for known in units if known in _FAMILY_OF]
    return not families or any(unit in family for family in families)
