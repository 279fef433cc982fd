"""What the models learn from: unknown words that narrow the figure or do not, clauses that are talk or are not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from eval.narrowing.frames import BODIES, Filled, Frame, fill_frame, random_values
from indicators.catalogue import load_catalogue
from qa_service.understanding.asides import clauses_of
from qa_service.understanding.asides import find_features as find_clause_features
from qa_service.understanding.narrowing import UNKNOWN, Sentence, find_features
from qa_service.understanding.normal_form import is_han, normalise
from qa_service.understanding.reading import Reader, Reading
from qa_service.understanding.remarks import SAID_ANYWHERE
from qa_service.understanding.words import Word

# Words of the vocabulary are hidden as if nobody had written them down, so that there is more to learn from; each frame is
# read this often, with a greater share hidden each time.
_HIDDEN = (0.0, 0.3, 0.5, 0.8)
_FURTHER_TURNS = ("followup", "correction", "choice")
# Kinds of frames that ask for one figure as it stands.
_PLAIN = frozenset(("lookup", "by_applicant", "harmless", "narrowing"))
_AROUND = " ,，。.;；?？()（）!！:：-"
# Words of which every speaker knows what they are; none is ever unknown.
_CLOSED = frozenset(
    (
        "a an the of by from about on concerning regarding for with to in at as like per over under against among between via "
        "through during without within and or but if then so that which who whose whom where when how many much what why is are "
        "was were be been am do does did has have had can could will would may might shall should i me my we us our you your he "
        "she it its they them their this these those there here not no nor only just than too also very all any some each every "
        "both 的 地 得 了 着 过 在 把 被 给 跟 和 与 对 向 从 由 为 关于 有关 涉及 针对 是 有 里 中 内 上 下 就 才 都 也 还 又 不 没 这 那 哪 "
        "我 你 他 它 吗 呢 吧 啊 个 件 条 次 之 其 多少 几 什么 以 因 按 用 啥 只 请 问 您 们"
    ).split()
)
_SPOKEN = frozenset(("filler", "verb", "noun"))


@dataclass(frozen=True, slots=True)
class Example:
    """A word, and whether it narrows the figure; or a clause, and whether it is an aside."""

    features: tuple[str, ...]
    label: bool


def word_examples(reader: Reader, frames: Iterable[Frame], random: Random) -> Iterator[Example]:
    """An example for each word that is unknown, or hidden as if it were."""
    for frame in frames:
        follows = frame.kind.startswith(_FURTHER_TURNS)
        for hidden in _HIDDEN:
            filled = fill_frame(frame.text, random_values(frame.language, random))
            yield from _of_question(reader.read_whole(filled.text, follows=follows), filled, hidden, random)


def clause_examples(reader: Reader, frames: Iterable[Frame], random: Random) -> Iterator[Example]:
    """An example for each clause of which it is known: one with a placeholder or a narrowing word is no aside."""
    for frame in frames:
        if frame.kind.startswith(_FURTHER_TURNS):
            continue
        values = random_values(frame.language, random)
        filled = fill_frame(frame.text, values)
        text = normalise(filled.text)
        narrowing = list(_found_again(text, filled))
        if len(narrowing) < len(filled.narrowing):
            continue
        said = [
            normalise(each)
            for each in (*values.bodies, *values.years, *values.figures, values.clause, values.applicant)
        ]
        clauses = clauses_of(text)
        for place, clause in enumerate(clauses):
            asked = any(start < clause.end and clause.start < end for start, end in narrowing)
            asked |= any(each in clause.text or clause.text.strip() in each for each in said)
            # In questions that do something with figures, such a clause may be what says so.
            if asked or frame.kind in _PLAIN or reader.read_whole(clause.text).cues - SAID_ANYWHERE:
                aside = not asked and frame.kind in _PLAIN
                yield Example(tuple(sorted(set(find_clause_features(text, clauses, place)))), aside)


def label_examples(language: str) -> Iterator[Example]:
    """An example for each clause of a printed label: none is an aside, whatever commas it has."""
    body, year = BODIES[language][0], f"2022{'年' if language == 'zh' else ''}"
    for indicator in load_catalogue().indicators:
        for label in (
            (indicator.zh, *indicator.aliases_zh) if language == "zh" else (indicator.en, *indicator.aliases_en)
        ):
            name = normalise(label)
            for text in (f"{body} {year}: {name}", f"{name}, {body}, {year}", f"{body}{year}，{name}，"):
                clauses = clauses_of(normalise(text))
                for place, clause in enumerate(clauses):
                    if clause.text.strip() in name:
                        yield Example(tuple(sorted(set(find_clause_features(text, clauses, place)))), False)


def _of_question(reading: Reading, filled: Filled, share: float, random: Random) -> Iterator[Example]:
    narrowing = list(_found_again(reading.text, filled))
    if len(narrowing) < len(filled.narrowing):
        return
    sentence = reading.sentence
    words = {word.start: word for word in reading.words}
    known = [
        index
        for index, token in enumerate(sentence.tokens)
        if token.start in words and _could_be_unknown(words[token.start])
    ]
    hidden = frozenset(index for index in known if random.random() < share)
    for index, token in enumerate(sentence.tokens):
        if token.kind == UNKNOWN or index in hidden:
            start, end = reading.units[token.start].start, reading.units[token.end - 1].end
            narrows = any(start < last and first < end for first, last in narrowing)
            yield Example(_features(sentence, index, hidden), narrows)


def _features(sentence: Sentence, index: int, hidden: frozenset[int]) -> tuple[str, ...]:
    return tuple(sorted(set(find_features(sentence, index, hidden))))


def _found_again(text: str, filled: Filled) -> Iterator[tuple[int, int]]:
    """The narrowing words in the text as it was read, which is in normal form."""
    for start, end in filled.narrowing:
        words = normalise(filled.text[start:end]).strip(_AROUND)
        place = text.find(words)
        if words and place >= 0:
            yield place, place + len(words)


def _could_be_unknown(word: Word) -> bool:
    if not word.entries or any(entry.group not in _SPOKEN for entry in word.entries):
        return False
    parts: Sequence[str] = word.text.split()
    if is_han(word.text[0]):
        return len(word.text) > 1 and word.text not in _CLOSED and any(each not in _CLOSED for each in word.text)
    return any(part not in _CLOSED for part in parts)
