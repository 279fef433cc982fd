"""One question read by itself: its words, mentions of bodies and years, and cues."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from threading import Thread

from indicators.catalogue import Catalogue
from qa_service.understanding import asides, narrowing
from qa_service.understanding.agencies import AgencyIndex, AgencyMention
from qa_service.understanding.asides import adds, clauses_of, restricts, without_asides
from qa_service.understanding.bounds import Bound, find_bound
from qa_service.understanding.common_words import common_words, find_tied
from qa_service.understanding.indicator_names import IndicatorNames, load_indicator_names
from qa_service.understanding.linear_model import load_model
from qa_service.understanding.narrowing import BODY, FIGURE, YEAR, Sentence, find_narrowing, sentence_of
from qa_service.understanding.normal_form import is_han, language_of, normalise
from qa_service.understanding.patterns import (
    CORRECT,
    TURN,
    PatternWords,
    operation_patterns,
    turn_patterns,
    without_cues,
)
from qa_service.understanding.remarks import OPERATIONS, SAID_ANYWHERE, find_purposes, find_remarks
from qa_service.understanding.typos import TypoReader
from qa_service.understanding.words import Entry, PhraseSource, Unit, Vocabulary, Word, segment, units_of
from qa_service.understanding.years import YearMention, find_years, part_of_year_spans
from reports.agency import Agency
from reports.divisions import division_names, short_place_names

_CORRECTIONS = 4
_LONGEST_READ = 600
_MOST_KEPT = 1_000
_ZERO = re.compile(r"(?<![\d.])0(?![\d.])")
_PERCENT_CHANGE = re.compile(r"% (?:change|growth|increase|decrease|rise|fall)")
# "甲局+乙局+丙局"
_PLUS = re.compile(r"[^\W\d_]\s*\+\s*[^\W\d_]")
# "甲局-乙局=？"
_EQUALS = re.compile(r"[^\W_]\s*-\s*[^\W_][^-]*=\s*(?:[?？]|多少|几|$)")
# From here on a word counts as one that may say which figure is meant, and as one that says another than is in the tables.
MAY_NARROW, NARROWS = 0.2, 0.3
# What keeps a clause from being taken for talk.
_SURELY_NARROWS = 0.7
# One to be cut and one that stays.
_FEWEST_CLAUSES = 2
_WHICHEVER = re.compile(r"\b(?:which|what) (?:government |public |local )?$")
# The stem of "the bodies" is that of "the body".
_ONE_BODY = re.compile(r"the (?:body|agency|bureau|office|authority|department|unit|organi[sz]ation)")
_BEFORE_WHO = frozenset("and or but so then know knows tell say see ask wonder guess about of is was me us out".split())
_AFTER_WHICH = frozenset("the its it this they that was were is are".split())
_BEFORE_BODY = frozenset(("the", ":", "："))
_WORDS_ASKED = re.compile(
    r"什么|啥|哪些|哪里|谁|怎么|怎样|如何|为何|吗|\b(?:why|who|whom|where|how (?:did|does|do|is|was|were|are)|what (?:did|does|do))\b"
)
_AMOUNT = re.compile(
    r"多少|几|数(?!据)|量|金额|合计|总|百分|比例|占比|率|差|%|\bhow (?:many|much|high|large|big|often)\b"
    r"|\b(?:numbers?|figures?|counts?|totals?|amounts?|per ?cent)\b"
)
_SPAN = re.compile(r"period|timespan|interval|(?:over|across|throughout|through) the years|[分按历]年")
_BETWEEN = re.compile(r"between (?:them|the (?:two|three|four)(?: of them)?)")
# "How many requests did it decline": a body declines requests, a number declines by itself.
_DECLINES = re.compile(
    r"\bhow many\b[^?.]*\b(?:did|does|were|was|has|have|had|been|got)\b[^?.]*\bdeclined?\b(?! (?:by how|by what|in the number|from|between|since))"
)
_DENIED = frozenset((Entry("meaning", "DENIED"),))
_REPEAT = Entry("meaning", "REPEAT")
_NOTHING = frozenset((Entry("filler", ""),))
_CORRECTION = re.compile(r"^(?:small |slight |quick |minor )?(?:correction|erratum|amendment)\s*[:,.!-]\s*")


@dataclass(frozen=True)
class Reading:
    """What one text says, nothing inherited."""

    text: str
    language: str
    units: tuple[Unit, ...]
    words: tuple[Word, ...]
    mentions: tuple[AgencyMention, ...]
    foreign: tuple[Word, ...]
    year: YearMention
    corrections: tuple[tuple[str, str], ...]
    remarks: tuple[tuple[int, int], ...] = ()
    tied: frozenset[Word] = frozenset()

    @cached_property
    def cues(self) -> frozenset[str]:
        """Ids of the cues said."""
        said = frozenset(
            value
            for word in self.words
            for value in word.values("cue")
            if not (value == "ALL" and (_ONE_BODY.fullmatch(word.text) or self._heads_body(word)))
            and not (value == "WHICH" and self._is_relative(word))
        )
        # "for how many was it 0": the digit says what 为零 says.
        if _PERCENT_CHANGE.search(self.text):
            said |= {"GROWTH"}
        if _ZERO.search(self.text):
            said |= {"ZERO"}
        if _EQUALS.search(self.text):
            said |= {"MINUS"}
        if _PLUS.search(self.text):
            said |= {"SUM"}
        if "DIFF" in said and all(_BETWEEN.fullmatch(word.text) for word in self.words if "SUM" in word.values("cue")):
            # "The difference between the two of them" adds nothing.
            said -= {"SUM"}
        if said & {"SUM", "AVERAGE"} and all(
            _SPAN.search(word.text) for word in self.words if "TREND" in word.values("cue")
        ):
            # "In total over the period": the years together, not one by one.
            said -= {"TREND"}
        return said

    def _heads_body(self, word: Word) -> bool:
        """ "agency the HRSS Bureau", "单位：人社局": what one body is, not all of them."""
        places = {mention.start for mention in self.mentions}
        after = self.units[word.end : word.end + 1]
        return word.end in places or (bool(after) and after[0].text in _BEFORE_BODY and word.end + 1 in places)

    def _is_relative(self, word: Word) -> bool:
        """ "A client who is fussy", "the number which the Bureau gave": no question for a body."""
        before = self.units[word.start - 1].text if word.start else ""
        if word.text not in ("who", "which") or not before.isalpha() or before in _BEFORE_WHO:
            return False
        after = self.units[word.end].text if word.end < len(self.units) else ""
        named = {mention.start for mention in self.mentions}
        return word.text == "who" or after in _AFTER_WHICH or word.end in named

    @cached_property
    def unknown(self) -> tuple[Word, ...]:
        """Words that nothing explains; remarks, numbers and single Latin letters are not counted."""
        return tuple(word for word in self.words if self._says_something(word) and not self.is_remark(word))

    def _says_something(self, word: Word) -> bool:
        return (
            (not word.entries or word in self.tied or word.has("unknown") or self._names_thing_in_addition(word))
            and not word.text.replace(".", "").replace(" ", "").isdigit()
            and len(word.text) + is_han(word.text[0]) > 1
        )

    @cached_property
    def sentence(self) -> Sentence:
        """The text as the model of narrowing words sees it."""
        bodies = [(mention.start, mention.end) for mention in self.mentions]
        years = [span for span in (_unit_range(self.units, start, end) for start, end in self.year.spans) if span]
        return sentence_of(self.text, self.units, self.words, bodies, years)

    @cached_property
    def narrowing(self) -> Mapping[Word, float]:
        """The words that nothing explains, also those of remarks, with how likely each narrows the figure (0 to 1)."""
        words = [word for word in self.words if self._says_something(word) and not word.has("unknown")]
        kinds = {token.kind for token in self.sentence.tokens}
        if FIGURE not in kinds or not kinds & {BODY, YEAR} or _asks_for_words(self.text):
            # Nothing to narrow: such a word may be the very thing that is asked for.
            return dict.fromkeys(words, MAY_NARROW)
        likely = find_narrowing(self.sentence, words)
        return {word: 1.0 if self._in_addition(word) else value for word, value in likely.items()}

    @cached_property
    def _additions(self) -> tuple[tuple[int, int], ...]:
        """Character ranges of clauses that can only restrict the question, and say it in words of no figure."""
        units = self.units
        said = [word for word in self.words if not word.has("filler") and (_says_figure(word) or word.has("applicant"))]
        figures = [(units[word.start].start, units[word.end - 1].end) for word in said]
        named = [(units[mention.start].start, units[mention.end - 1].end) for mention in self.mentions]
        named += [*self.year.spans, *figures]
        return tuple(
            (clause.start, clause.end)
            for clause in clauses_of(self.text)
            if (restricts(clause.text) or adds(self.text, clause, figures))
            and not any(start < clause.end and clause.start < end for start, end in named)
        )

    def _names_thing_in_addition(self, word: Word) -> bool:
        return all(
            entry.group in ("noun", "verb", "foreign", "other_body") for entry in word.entries
        ) and self._in_addition(word)

    def _in_addition(self, word: Word) -> bool:
        start = self.units[word.start].start
        return any(first <= start < end for first, end in self._additions)

    @cached_property
    def not_understood(self) -> tuple[Word, ...]:
        """The words that may say which figure is meant, though nothing tells what they mean."""
        return tuple(word for word in self.words if self._may_narrow(word))

    def _may_narrow(self, word: Word) -> bool:
        if word.has("unknown"):
            return not self.is_remark(word)
        likely = self.narrowing.get(word, 0.0)
        return likely >= NARROWS or (likely >= MAY_NARROW and not self.is_remark(word))

    @property
    def narrowed(self) -> bool:
        """Whether a word narrows the figure to something that no table tells."""
        told = any(word.has("unknown") and (not self.is_remark(word) or self._in_addition(word)) for word in self.words)
        return told or any(likely >= NARROWS for likely in self.narrowing.values())

    def is_remark(self, word: Word) -> bool:
        """Whether the word stands in a clause that is no part of the question."""
        return any(start <= word.start < end for start, end in self.remarks)

    @property
    def corrects(self) -> bool:
        """Whether the speaker takes something back ("年份错了", "I meant"); only a further turn can."""
        return any(CORRECT in word.values(TURN) for word in self.words)

    @property
    def alternating(self) -> bool:
        """Whether bodies and years take turns in the text ("威海2016年与鄞州2017年")."""
        bodies = [(self.units[mention.start].start, "body") for mention in self.mentions if mention.candidates]
        years = [(start, "year") for start, _ in self.year.spans]
        kinds = [kind for _, kind in sorted(bodies + years)]
        return len(bodies) == len(years) >= 2 and all(one != other for one, other in pairwise(kinds))

    @property
    def threshold(self) -> Bound | None:
        """The bound of "more than N", None if none was said."""
        return find_bound(self.text, self.year.spans)


class Reader:
    """Reads questions over one corpus. Built once per state of the corpus; immutable, safe to share between threads."""

    def __init__(self, catalogue: Catalogue, agencies: Sequence[Agency], newest: int | None) -> None:
        self.names: IndicatorNames = load_indicator_names(catalogue)
        self.agencies = AgencyIndex(agencies)
        self.newest = newest
        self._cues = _cue_vocabulary(catalogue)
        self._places = _PlaceNames()
        # A conversation brings its earlier turns along again and again.
        self._reading = lru_cache(maxsize=_MOST_KEPT)(self._read_through)
        self._typos = TypoReader([self.names.vocabulary, self._cues, self.agencies.vocabulary])

    def warm_in_background(self) -> None:
        """Loads what only slips of the pen need, off the path of the first question."""
        Thread(target=self._warm, name="rare-questions", daemon=True).start()

    def _warm(self) -> None:
        self.agencies.warm()
        common_words()
        turn_patterns()
        for model in (narrowing.MODEL, asides.MODEL):
            load_model(model)
        self._typos.warm()

    def read(self, text: str, *, follows: bool = False) -> Reading:
        """The reading of a text; slips of the pen are corrected where that explains more of it.

        follows: the text is a further turn of a conversation, in which words of conversation count as explained.
        """
        return self._reading(text[:_LONGEST_READ], follows)

    def read_whole(self, text: str, *, follows: bool = False) -> Reading:
        """As `read`, with clauses that are talk beside the question; not kept."""
        return self._read_through(text, follows, whole=True)

    def _read_through(self, text: str, follows: bool, *, whole: bool = False) -> Reading:
        language = language_of(text)
        plain = normalise(text)[:_LONGEST_READ]
        if follows:
            # "Correction: 2015.": nothing was corrected by a court.
            plain = _CORRECTION.sub("sorry, ", plain)
        reading = self._read(plain, language, (), follows)
        if not whole and (asked := _without_asides(reading, follows=follows)) != plain:
            plain, reading = asked, self._read(asked, language, (), follows)
        common = False
        if reading.unknown:
            # Common words are looked at only where the words of figures do not explain all.
            wider = self._read(plain, language, (), follows, common=True)
            if _weight(wider.unknown) < _weight(reading.unknown):
                reading, common = wider, True
        for _ in range(_CORRECTIONS):
            if not reading.unknown:
                break
            fixed = [(mention.start, mention.end) for mention in reading.mentions if mention.place]
            bodies = {mention.start for mention in reading.mentions if mention.body and not mention.place}
            slips = [word for word in reading.unknown if not word.has("unknown")]
            corrected = self._typos.correct(reading.text, reading.units, slips, fixed, bodies)
            if corrected is None:
                break
            better = self._read(corrected[0], language, (*reading.corrections, corrected[1]), follows, common=common)
            if _weight(better.unknown) >= _weight(reading.unknown):
                break
            reading = better
        return reading

    def _read(
        self,
        text: str,
        language: str,
        corrections: tuple[tuple[str, str], ...],
        follows: bool,
        *,
        common: bool = False,
    ) -> Reading:
        units = units_of(text)
        year = find_years(text, newest=self.newest)
        mentions = self.agencies.find(units)
        fixed = [(mention.start, mention.end) for mention in mentions]
        fixed += [span for span in (_unit_range(units, start, end) for start, end in year.spans) if span]
        patterns = [*operation_patterns(), *(turn_patterns() if follows else ())]
        sources: list[PhraseSource] = [self.names.vocabulary, self._cues, self._places, PatternWords(text, patterns)]
        if common:
            sources.append(common_words())
        words = segment(units, text, sources, fixed)
        words, mentions = self._drop_false_mentions(words, mentions, units, text, fixed, sources)
        words = _without_halves(_with_declined_requests(words, text))
        purposes = find_purposes(units, words, text, fixed)
        words = tuple(replace(word, entries=_NOTHING) if word in purposes else without_cues(word) for word in words)
        foreign = tuple(
            word for word in words if all(entry.group == "foreign" for entry in word.entries) and word.entries
        )
        remarks = find_remarks(units, words, text, fixed)
        tied = find_tied(words)
        return Reading(text, language, units, words, tuple(mentions), foreign, year, corrections, remarks, tied)

    def _drop_false_mentions(
        self,
        words: tuple[Word, ...],
        mentions: list[AgencyMention],
        units: Sequence[Unit],
        text: str,
        fixed: list[tuple[int, int]],
        sources: Sequence[PhraseSource],
    ) -> tuple[tuple[Word, ...], list[AgencyMention]]:
        """A bare body word inside a longer known phrase is no body ("政府网站", "规范性文件…政府"), nor is one before 信息公开."""
        false = []
        for mention in mentions:
            if not mention.place and not mention.exact and _WHICHEVER.search(text[: units[mention.start].start]):
                # "Which government office stood highest": any body.
                false.append(mention)
                continue
            if mention.place or mention.exact or mention.body not in ("gov", "police", "sports", "data"):
                continue
            longer = [
                end
                for vocabulary in (self.names.vocabulary, self._cues)
                for start in range(max(0, mention.start - 4), mention.start + 1)
                for end, _ in vocabulary.matches(units, start)
                if end > mention.end
            ]
            if longer or not self._is_said_as_body(mention, units):
                false.append(mention)
        if not false:
            return words, mentions
        kept = [mention for mention in mentions if mention not in false]
        spans = [span for span in fixed if span not in [(mention.start, mention.end) for mention in false]]
        return segment(units, text, sources, spans), kept

    @staticmethod
    def _is_said_as_body(mention: AgencyMention, units: Sequence[Unit]) -> bool:
        after = units[mention.end].text if mention.end < len(units) else ""
        before = units[mention.start - 1].text if mention.start else ""
        # "the city government", "市政府": a level or an article makes it a body; "政府信息", "government information" do not.
        return units[mention.start].text in ("市", "区", "县", "省", "镇", "乡") or (
            before in ("city", "county", "district", "municipal") and after != "information"
        )


def _without_asides(reading: Reading, *, follows: bool) -> str:
    units = reading.units

    def spans(found: Iterable[AgencyMention | Word]) -> list[tuple[int, int]]:
        return [(units[each.start].start, units[each.end - 1].end) for each in found]

    if len(clauses_of(reading.text)) < _FEWEST_CLAUSES:
        return reading.text
    asked = [word for word in reading.words if not word.has("filler")]
    return without_asides(
        reading.text,
        [*spans(reading.mentions), *reading.year.spans, *part_of_year_spans(reading.text)],
        spans(
            word
            for word in reading.words
            if word.values("cue") - SAID_ANYWHERE or (word in asked and _says_figure(word))
        ),
        spans(word for word in reading.words if word.has("applicant") or word.values("cue") & OPERATIONS),
        lambda: spans(word for word, likely in reading.narrowing.items() if likely >= _SURELY_NARROWS),
        follows=follows,
    )


def _without_halves(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """ "输入", "告示": a single character that means something is half of another word where its neighbour is not understood."""
    kept = []
    for index, word in enumerate(words):
        around = [*words[max(0, index - 1) : index], *words[index + 1 : index + 2]]
        strange = any(
            not other.entries
            and len(other.text) == 1
            and is_han(other.text)
            and (other.end == word.start or other.start == word.end)
            for other in around
        )
        half = len(word.text) == 1 and is_han(word.text) and word.has("meaning") and strange
        kept.append(replace(word, entries=frozenset()) if half else word)
    return tuple(kept)


def _with_declined_requests(words: tuple[Word, ...], text: str) -> tuple[Word, ...]:
    """ "Did requests double between …" asks for growth, no repeated requests; declined requests are no decline."""
    if _DECLINES.search(text):
        words = tuple(replace(word, entries=_DENIED) if word.text.startswith("declin") else word for word in words)
    return tuple(
        replace(word, entries=word.entries - {_REPEAT})
        if "GROWTH" in word.values("cue") and _REPEAT in word.entries
        else word
        for word in words
    )


def _asks_for_words(text: str) -> bool:
    """ "What was published while schools were closed?": asks for no amount, so that any word may matter."""
    return bool(_WORDS_ASKED.search(text)) and not _AMOUNT.search(text)


def _says_figure(word: Word) -> bool:
    return word.has("meaning") or word.has("label")


def _weight(words: Sequence[Word]) -> float:
    return sum(word.weight for word in words)


def _unit_range(units: Sequence[Unit], start: int, end: int) -> tuple[int, int] | None:
    inside = [index for index, unit in enumerate(units) if unit.start >= start and unit.end <= end]
    return (inside[0], inside[-1] + 1) if inside else None


def _cue_vocabulary(catalogue: Catalogue) -> Vocabulary:
    from qa_service.understanding.indicator_names import read_lexicon

    vocabulary = Vocabulary()
    for body in _OTHER_BODIES:
        vocabulary.add(body, Entry("other_body", body))
    for cue, phrases in read_lexicon()["cues"].items():
        for phrase in (*phrases["zh"], *phrases["en"]):
            vocabulary.add(normalise(str(phrase)), Entry("cue", cue))
    for applicant in (*catalogue.applicants, *catalogue.derived_applicants):
        if applicant.id == "total":
            continue
        for name in (applicant.zh, applicant.en, *applicant.aliases_zh, *applicant.aliases_en):
            for spelling in (name, name.replace(" and ", " or ")):
                vocabulary.add(normalise(spelling), Entry("applicant", applicant.id))
    return vocabulary


# What follows a place's name in names of bodies that publish no such report, or of bodies below the one that does.
_OTHER_BODIES = (
    "大学 学院 中学 小学 学校 医院 人大 人大常委会 市委 区委 县委 党委 省委 政协 法院 人民法院 检察院 人民检察院 监委 纪委 "
    "开发区 经济开发区 高新区 高新技术开发区 保税区 工业园区 园区 新城 街道 市直机关 区直机关 直属机关 下属单位 下属 所属 "
    "各区县 各县区 各街道 各乡镇 各镇街 各部门 公立医院 图书馆 档案馆 银行 税务局"
).split()


class _PlaceNames:
    """All divisions of the country by full and short name; looked up rather than built into a trie, for a quick start."""

    def __init__(self) -> None:
        self._names = frozenset(name for name in division_names() | short_place_names() if len(name) >= 2)
        self._longest = max(map(len, self._names))

    def matches(self, units: Sequence[Unit], start: int) -> list[tuple[int, frozenset[Entry]]]:
        """All place names that begin at that unit."""
        found: list[tuple[int, frozenset[Entry]]] = []
        name = ""
        for index in range(start, min(len(units), start + self._longest)):
            if not is_han(units[index].text[0]):
                break
            name += units[index].text
            if name in self._names:
                found.append((index + 1, frozenset((Entry("foreign", name),))))
        return found
