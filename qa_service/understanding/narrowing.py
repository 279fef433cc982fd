"""Whether a word that nothing explains narrows the figure that is asked for ("requests by beekeepers") or is talk beside
it ("my train leaves soon").

No list holds either kind. A linear model tells them apart by the form of the word and by what stands around it; its
weights (narrowing.tsv: feature, tab, weight) are learned by `python -m eval.narrowing.train` from questions of both
kinds (decision 15). It only ever decides whether a figure that was found may be shown.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa_service.understanding.linear_model import load_model
from qa_service.understanding.normal_form import is_han
from qa_service.understanding.words import Unit, Word

MODEL = "narrowing"
BODY, YEAR, FIGURE, UNKNOWN = "BODY", "YEAR", "FIGURE", "UNKNOWN"
_START, _END, _HERE = "^", "$", "@"
_MARKS = frozenset(",.;:!?、。，；：！？-/%+&")
_SPEAKER = re.compile(r"\b(?:i|i'm|i've|i'd|we|we're|my|our|me|us|you|your)\b|我|本人|俺|咱|你|您")
# Words that tie what follows, or in Chinese what stands before, to what is said next.
_TIES = frozenset(
    (
        "of by from about on concerning regarding for with to in at as like per over under against among between via through "
        "during without within around involving relating related mentioning that which who whose where only just not no except "
        "的 关于 有关 由 被 对 向 给 为 因 因为 涉及 针对 在 用 以 按 从 跟 和 与 里 中 方面 只 不 没 非 属于 限"
    ).split()
)
_FARTHEST = 5


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a question. kind: what it is to the model, a filler its own text; start, end: unit indexes."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A question as the model sees it. clauses: for each token the indexes of the first of its clause and after its last."""

    text: str
    units: Sequence[Unit]
    tokens: tuple[Token, ...]
    clauses: tuple[tuple[int, int], ...]


def sentence_of(
    text: str,
    units: Sequence[Unit],
    words: Sequence[Word],
    bodies: Sequence[tuple[int, int]],
    years: Sequence[tuple[int, int]],
) -> Sentence:
    """bodies, years: the unit ranges that name them."""
    names = {start: (BODY, end) for start, end in bodies} | {start: (YEAR, end) for start, end in years}
    by_start = {word.start: word for word in words}
    tokens: list[Token] = []
    index = 0
    while index < len(units):
        if index in names:
            kind, end = names[index]
        elif index in by_start:
            kind, end = _kind(by_start[index]), by_start[index].end
        else:
            kind, end = units[index].text, index + 1
        tokens.append(Token(kind, index, end))
        index = max(end, index + 1)
    return Sentence(text, units, tuple(tokens), tuple(_clauses(tokens)))


def _kind(word: Word) -> str:
    if not word.entries or word.has("unknown"):
        return UNKNOWN
    if not word.has("filler"):
        for group, kind in _KINDS.items():
            if word.has(group):
                return kind
    return "CUE" if word.has("cue") else word.text


_KINDS = {
    **dict.fromkeys(("label", "meaning", "part"), FIGURE),
    "applicant": "APPLICANT",
    "foreign": "PLACE",
    "other_body": "OTHER_BODY",
}


def _clauses(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    first = 0
    for index, token in enumerate(tokens):
        last = index == len(tokens) - 1
        if token.kind in _MARKS or last:
            end = index if token.kind in _MARKS else index + 1
            yield from ((first, end) for _ in range(first, index + 1))
            first = index + 1


def find_features(sentence: Sentence, index: int, hidden: frozenset[int] = frozenset()) -> list[str]:
    """What the model sees of one token; hidden: indexes of tokens that count as unknown as well (in training)."""
    tokens = sentence.tokens
    kinds = [UNKNOWN if each in hidden else token.kind for each, token in enumerate(tokens)]
    first, end = sentence.clauses[index]
    word = _text(sentence, index, index + 1)
    language = language_of_word(word)
    found = [*_neighbours(kinds, index), *_of_clause(sentence, kinds, index), *_paths(kinds, index, first, end)]
    found += _sequences(kinds, index, first, end, language)
    found += _form(word, language)
    return found


def language_of_word(word: str) -> str:
    """The model that judges it."""
    return "zh" if is_han(word[0]) else "en"


def _neighbours(kinds: Sequence[str], index: int) -> Iterator[str]:
    def at(place: int) -> str:
        return _START if place < 0 else _END if place >= len(kinds) else kinds[place]

    left, left2, right, right2 = (at(index + step) for step in (-1, -2, 1, 2))
    yield from (f"L={left}", f"LL={left2}", f"R={right}", f"RR={right2}")
    yield from (f"L-R={left}|{right}", f"LL-L={left2}|{left}", f"R-RR={right}|{right2}")
    general = [_general(at(index + step)) for step in (-2, -1, 1, 2)]
    yield from (f"l-r={general[1:3]}", f"ll-r={general[:3]}", f"l-rr={general[1:]}")


def _general(kind: str) -> str:
    return kind if kind.isupper() or kind in _MARKS or kind in (_START, _END) else "word"


def _of_clause(sentence: Sentence, kinds: Sequence[str], index: int) -> Iterator[str]:
    first, end = sentence.clauses[index]
    inside, outside = kinds[first:end], [*kinds[:first], *kinds[end:]]
    speaks = bool(_SPEAKER.search(_text(sentence, first, end)))
    sign = "".join(str(int(kind in inside)) for kind in (FIGURE, BODY, YEAR, "CUE")) + str(int(speaks))
    beside = "".join(str(int(kind in outside)) for kind in (FIGURE, BODY, YEAR))
    yield from (f"clause={sign}", f"beside={beside}", f"both={sign}|{beside[:2]}")
    yield from (f"first={first == 0}", f"last={end >= len(kinds) - 1}", f"length={min(6, end - first)}")
    yield f"unknown={min(4, inside.count(UNKNOWN))}"


def _paths(kinds: Sequence[str], index: int, first: int, end: int) -> Iterator[str]:
    """How far from the words of figures, and from bodies and years, and over which words."""
    before, after = range(index - 1, first - 1, -1), range(index + 1, end)
    order = ""
    for name, wanted in (("figure", (FIGURE,)), ("name", (BODY, YEAR))):
        left = next((place for place in before if kinds[place] in wanted), None)
        right = next((place for place in after if kinds[place] in wanted), None)
        yield f"{name}<={'none' if left is None else min(_FARTHEST, index - left)}"
        yield f"{name}>={'none' if right is None else min(_FARTHEST, right - index)}"
        order += f"{name[0]}{int(left is not None)}{int(right is not None)}"
        if name == "figure":
            if left is not None:
                yield "from=" + " ".join(_tie_or_general(kind) for kind in kinds[left + 1 : index])[:40]
            if right is not None:
                yield "to=" + " ".join(_tie_or_general(kind) for kind in kinds[index + 1 : right])[:40]
    yield f"order={order}"
    for place in before[:_FARTHEST]:
        if _ties(kinds[place]):
            yield from (f"tie={kinds[place]}@{min(3, index - place)}", f"tie={kinds[place]}")
            break
        if kinds[place] in (FIGURE, BODY, YEAR):
            break


def _ties(kind: str) -> bool:
    return kind.split()[-1] in _TIES or kind[-1] in _TIES


def _tie_or_general(kind: str) -> str:
    return kind if kind in _TIES else _general(kind)


_LETTERS = {
    BODY: "Ⓑ",
    YEAR: "Ⓨ",
    FIGURE: "Ⓕ",
    UNKNOWN: "Ⓤ",
    "CUE": "Ⓒ",
    "APPLICANT": "Ⓐ",
    "PLACE": "Ⓟ",
    "OTHER_BODY": "Ⓞ",
}


def _sequences(kinds: Sequence[str], index: int, first: int, end: int, language: str) -> Iterator[str]:
    """Runs of up to three words of the clause, in Chinese also of up to three characters."""
    row = [_START, *kinds[first:end], _END]
    row[1 + index - first] = _HERE
    for length in (1, 2, 3):
        for place in range(len(row) - length + 1):
            yield f"run={' '.join(row[place : place + length])}"
    if language == "zh":
        text = _START + "".join(_LETTERS.get(kind, kind) for kind in kinds[first:end]) + _END
        for length in (2, 3):
            for place in range(len(text) - length + 1):
                yield f"characters={text[place : place + length]}"


def _form(word: str, language: str) -> Iterator[str]:
    if language == "en":
        parts = word.split()
        yield from (
            f"ends={parts[-1][-3:]}",
            f"ends={parts[-1][-2:]}",
            f"begins={word[:3]}",
            f"words={min(4, len(parts))}",
        )
        yield from (f"word={part}" for part in parts)
    else:
        yield from (f"ends={word[-1]}", f"begins={word[0]}", f"letters={min(6, len(word))}")
        yield from (f"has={character}" for character in sorted(set(word)))
        yield from (f"has={word[place : place + 2]}" for place in range(len(word) - 1))


def _text(sentence: Sentence, first: int, end: int) -> str:
    units = sentence.units
    return sentence.text[units[sentence.tokens[first].start].start : units[sentence.tokens[end - 1].end - 1].end]


def find_narrowing(sentence: Sentence, words: Sequence[Word]) -> Mapping[Word, float]:
    """For each of these words how likely it narrows the figure, from 0 to 1."""
    model = load_model(MODEL)
    places = {token.start: index for index, token in enumerate(sentence.tokens)}
    return {
        word: model.likelihood(find_features(sentence, places[word.start]), language_of_word(word.text))
        for word in words
    }
