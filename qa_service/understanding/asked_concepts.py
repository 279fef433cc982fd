"""Which everyday concepts one question asks for, and how much of the question they explain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa_service.understanding.applicant_pairs import find_applicant_pairs
from qa_service.understanding.asked_agencies import find_left_out
from qa_service.understanding.asked_amounts import find_unit
from qa_service.understanding.exclusions import find_exclusion
from qa_service.understanding.indicator_names import Match
from qa_service.understanding.normal_form import is_han
from qa_service.understanding.operations import names_kind
from qa_service.understanding.put_aside import find_put_aside, is_content, is_inside
from qa_service.understanding.reading import Reader, Reading
from qa_service.understanding.side_by_side import find_overlooked, in_order
from qa_service.understanding.words import Word
from qa_service.understanding.years import YearKind

_MOST_CONCEPTS = 6
# Only a question that lists or goes on asks for several figures; elsewhere a word left over is a word not understood.
_LISTS = re.compile(
    r"[、,;，；]|[？?](?=.)|和|与|及|跟|还有(?![几多])|分别|各|\band\b|\bor\b|\bboth\b"
    r"|比(?![例重率较去上前])|减(?!少|轻|免|幅)|加上?(?!起来|在一起|幅)|是(?=[^，,]{1,20}(?:几倍|多少倍|倍数))"
    r"|\bplus\b|\bminus\b|\bthan\b|\bversus\b|\bvs\b|\+"
)
_CLAUSE_ENDS = frozenset("?？;；。!！")
_PARTS = re.compile(r"[，,]\s*(?:and\s+)?|\band (?=how|what|of (?:those|these|which|them))")
_COUNTED = re.compile(r"多少|几(?=[件条次项篇份起宗个名人家期场位封元])|\bhow (?:many|much)\b")
# A negation that no phrase of the vocabulary explains turns the question round: what it asks for is not what its words name.
_NEGATED = 0.7
_NEGATION_REACHES = 3
# What a word narrows to something else is not in the tables, however much else of the question is understood.
_NARROWED = 0.7
_OUTSIDE = re.compile(
    r"(?<!除此)(?<!这个)(?:以外|之外)(?![界部面地])的?(?!的?(?:其他|其它|别的|还))|除外|(?<![废解清删消免排开拆扫扣剔])除(?:了|去|开)(?!此)"
    r"|(?<![废解清删消免排开拆扫扣剔])除(?!以外界|以[^外])[^，,。；;？?此]{1,14}?外(?!的?[，,]?(?:其他|其它|别的|还))|不(?:算|包括|包含|含|计)(?!.*吗)"
    r"|\b(?:other|else) than\b|\bexcept(?:ing)?\b|\bexcluding\b|\bapart from\b|\bnot (?:counting|including)\b|\bleaving out\b"
)
# A word nothing explains may be the very thing that is asked about ("求职申请"): it counts more than a known one. A single
# character is mostly what a cut leaves over of a function word.
_BESIDES = re.compile(
    r"\bbesides\b|\bwho (?:other than|except|apart from)\b|除了[^，,。]{1,8}[，,]?(?:还|另)有(?:谁|哪些|什么人)"
)
_UNKNOWN = 1.5
_SHORTEST_WORD = 2.0
_NO_PART_OF_WORDS = frozenset("的是了有吗呢吧和与跟及在个件条次里中占多少几我你您")
_COUNTS_BODIES = frozenset(("WHICH", "COUNT"))
# "扣除微博后公开多少条": what is taken off is named, what it is taken off from is not.
_OPERANDS = 2
_TAKEN_BACK = re.compile(
    r"(?:说|打|写|问|搞|弄)错|[，,。；;]不对[，,]|\b(?:scratch that|sorry,? i meant?|correction|no,? wait)\b"
)
_INCLUDES = re.compile(
    r"(?<!不)(?:包括|包含|连同|算上)(?!的|哪|什么|了?吗)|\b(?:including|inclusive of|together with)\b(?! which| what)"
)
# What is done with several figures as they are named: the total above them is not meant as well.
_COMBINES = frozenset(
    ("SUM", "TOTAL", "MINUS", "DIFF", "TIMES", "MORE", "MOST", "LEAST", "RANK", "AVERAGE", "MEDIAN", "DEFINE")
)
# Words for the rows and columns that are set against each other in "哪个渠道最多": they name no figure of their own.
_KIND_WORDS = frozenset(("CHANNEL_WORD", "APPLICANT_WORD"))


@dataclass(frozen=True, slots=True)
class AskedConcepts:
    """concepts: ids, in the order of the question. pairs: (concept, applicant) where each figure is asked of an applicant type
    of its own. unexplained: words nothing explains. confidence: explained share of the content words. doubted: a word turns
    the question round, takes something off or narrows it.
    """

    concepts: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    unexplained: tuple[str, ...] = ()
    confidence: float = 0.0
    doubted: bool = False


def find_asked_concepts(reader: Reader, reading: Reading, context: Sequence[Word]) -> AskedConcepts:
    """The concepts asked for, clause by clause; words of an earlier question (context) may complete a clause."""
    chosen: list[str] = []
    left: list[Word] = []
    strong = 0.0
    several = _lists(reading) or "SHARE" in reading.cues
    aside = find_put_aside(reading)
    said = list(context)
    clauses = _clauses(reading, aside)
    telling = [clause for clause in clauses if any(map(is_content, clause))]
    for clause in telling or clauses:
        content = [word for word in clause if is_content(word)]
        strong += sum(word.weight for word in content)
        found, unexplained = _of_clause(reader, reading, clause, said, several=several)
        chosen += [concept for concept in found if concept not in chosen]
        left += unexplained
        said = [*said, *clause]
    other = bool(reading.mentions) or reading.year.kind is not YearKind.NONE
    if context and not any(_names_something(word, other) for word in reading.words):
        # "如果是乙局，会是多少": a turn of little words changes what was asked before, it names no new figure.
        chosen = []
    if not chosen and not context and not left:
        chosen += _default(reading)
    unknown = [word for word in reading.not_understood if not is_inside(reading, word, aside)]
    missing = sum(word.weight * (_UNKNOWN if word.weight >= _SHORTEST_WORD else 1.0) for word in unknown)
    missing += sum(word.weight for word in left)
    confidence = strong / (strong + missing) if strong + missing else (1.0 if chosen else 0.0)
    texts = [*(_whole(reading, word) for word in unknown), *(word.text for word in left)]
    negated = (
        ""
        if aside
        else (_negated(reading) or find_exclusion(reading) or _corrected(reading) or _taken_off(reading, chosen))
    )
    if negated:
        confidence *= _NEGATED
        texts.append(negated)
    elif reading.narrowed:
        confidence *= _NARROWED
    pairs = find_applicant_pairs(reader, reading, chosen)
    chosen += [concept for concept in dict.fromkeys(concept for concept, _ in pairs) if concept not in chosen]
    doubted = bool(negated) or reading.narrowed
    return AskedConcepts(tuple(chosen), pairs, tuple(dict.fromkeys(texts)), round(confidence, 3), doubted)


def _names_something(word: Word, other: bool) -> bool:
    """Whether it says what a figure is of, and is no little word ("会", "applicant") that may say nothing at all.

    other: whether the turn names a body or a year, so that a little word need not be what it is about.
    """
    return is_content(word) or (not other and len(word.text) > 1 and bool(word.values("meaning") - {"APPLICANT_WORD"}))


def _whole(reading: Reading, word: Word) -> str:
    """An unknown word with the single characters after it that the cut took for words of their own ("访" of 访问量)."""
    end = word.end
    for after in reading.words:
        if after.start == end and is_han(word.text[-1]) and after.weight == 1 and after.text not in _NO_PART_OF_WORDS:
            end = after.end
    return reading.text[reading.units[word.start].start : reading.units[end - 1].end]


def _default(reading: Reading) -> list[str]:
    """ "申请人里哪一类最多", "which channel was used most": the rows or columns asked for say which figures are meant."""
    named = frozenset().union(*(word.values("meaning") for word in reading.words))
    extreme = bool(reading.cues & {"MOST", "LEAST", "RANK"})
    if ("APPLICANT_WORD" in named and extreme) or "BY_APPLICANT" in reading.cues:
        return ["requests_received"]
    together = bool(reading.cues & {"SUM", "AVERAGE", "MEDIAN"})
    if "CHANNEL_WORD" in named and (together or (extreme and names_kind(reading.text))):
        return ["all_channels"]
    return []


def _corrected(reading: Reading) -> str:
    """ "…，说错了，我问的是乙局": with two bodies or years, which one is meant is not for us to choose; "" if nothing is corrected."""
    match = _TAKEN_BACK.search(reading.text)
    several = len(reading.mentions) >= _OPERANDS or (
        len(reading.year.spans) >= _OPERANDS and len(reading.year.years) >= _OPERANDS
    )
    return match.group() if match and match.start() > 0 and several else ""


def _taken_off(reading: Reading, chosen: Sequence[str]) -> str:
    """The word of a subtraction or an addition of which one side alone is named, "" if none."""
    beside = len([mention for mention in reading.mentions if mention.candidates]) >= _OPERANDS
    if len(chosen) >= _OPERANDS or beside or len(reading.year.years) >= _OPERANDS or find_left_out(reading):
        return ""
    if together := _INCLUDES.search(reading.text):
        return together.group()
    return next((word.text for word in reading.words if "MINUS" in word.values("cue")), "")


def _lists(reading: Reading) -> bool:
    """Whether something that lists stands between two content words; "Body 2022, requests" lists nothing."""
    places = [reading.units[word.start].start for word in reading.words if is_content(word)]
    listed = any(places[0] < match.start() < places[-1] for match in _LISTS.finditer(reading.text)) if places else False
    return listed or "times as" in reading.text


def _negated(reading: Reading) -> str:
    """The first negation with the word it negates, "" if none: not one that opens a clause (a correction) or ends it."""
    if any(word.has("applicant") for word in reading.words) and (besides := _BESIDES.search(reading.text)):
        return besides.group()
    if reading.cues & _COUNTS_BODIES:
        return ""
    spans = [(reading.units[word.start].start, reading.units[word.end - 1].end) for word in reading.words]
    content = [span for span, word in zip(spans, reading.words, strict=True) if is_content(word)]
    # "不算政府信息" is the name of a figure itself.
    outside = [
        m for m in _OUTSIDE.finditer(reading.text) if not any(a <= m.start() and m.end() <= b for a, b in content)
    ]
    if outside and not find_left_out(reading):
        return outside[0].group()
    for place, word in enumerate(reading.words):
        if "NOT" in word.values("cue") and not reading.is_remark(word):
            negated = _next_said(reading, place)
            if negated is not None:
                return reading.text[reading.units[word.start].start : reading.units[negated.end - 1].end]
    return ""


def _next_said(reading: Reading, place: int) -> Word | None:
    """The word that a negation at that place turns round: the next one that says anything of the question ("没听清" has none)."""
    end = reading.words[place].end
    for word in reading.words[place + 1 : place + 1 + _NEGATION_REACHES]:
        if word.start != end:
            return None
        if is_content(word) or word.has("applicant") or word in reading.not_understood:
            return word
        end = word.end
    return None


def _clauses(reading: Reading, aside: Sequence[tuple[int, int]] = ()) -> list[list[Word]]:
    """The words between sentence ends, without what is put aside; a clause without content stays with the one before."""
    clauses: list[list[Word]] = [[]]
    cuts = _cuts(reading.text)
    for word in reading.words:
        if is_inside(reading, word, aside):
            continue
        before = clauses[-1][-1].end if clauses[-1] else word.start
        start, end = reading.units[before - 1].end if before else 0, reading.units[word.start].start
        if clauses[-1] and any(start <= cut <= end for cut in cuts):
            clauses.append([])
        clauses[-1].append(word)
    return clauses


def _cuts(text: str) -> list[int]:
    """Where a clause ends: at the end of a sentence, and at a comma or "and" with something counted on both sides."""
    cuts = [position for position, character in enumerate(text) if character in _CLAUSE_ENDS]
    parts = [(match.start(), match.end()) for match in _PARTS.finditer(text)]
    edges = [0, *(end for _, end in parts), len(text)]
    counted = [bool(_COUNTED.search(text[start:end])) for start, end in pairwise(edges)]
    cuts += [start for index, (start, _) in enumerate(parts) if counted[index] and counted[index + 1]]
    return cuts


def _of_clause(
    reader: Reader, reading: Reading, clause: Sequence[Word], context: Sequence[Word], *, several: bool
) -> tuple[list[str], list[Word]]:
    """(concepts, content words left over). The best concept first; another for what it leaves over, where several are asked."""
    names = reader.names
    clause = [word for word in clause if not _is_kind(reading, word)]
    left = [word for word in clause if is_content(word)]
    if several and len(left) > 1 and all(word.has("label") for word in left):
        # Printed labels side by side: each stands for itself.
        named = [names.match([word])[0].concept.id for word in left]
        return list(dict.fromkeys(named)), []
    matches = names.match(clause, context)
    best = _best(matches, find_unit(reading.text), reader)
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
    if several and (left or reading.cues & _COMBINES):
        chosen += find_overlooked(reader, reading, clause, chosen)
        left = [word for word in left if not any(names.covers(names.by_id[concept], word) for concept in chosen)]
    chosen = in_order(reader, clause, chosen)
    return (chosen if reading.cues & _COMBINES else _with_whole(reader, chosen, matches)), left


def _is_kind(reading: Reading, word: Word) -> bool:
    """ "哪个渠道公开的最多", "the average per channel": 渠道 says over what, not which figure."""
    over = names_kind(reading.text) or "AVERAGE" in reading.cues
    meanings = word.values("meaning")
    return over and bool(meanings) and meanings <= _KIND_WORDS and not word.has("label") and not word.has("part")


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
