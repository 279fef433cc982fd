"""Pairs of texts that belong together, drawn batch by batch: what the embedding is trained on.

Every batch comes from one source, so the other pairs of a batch, its negatives, are of a kind; paragraphs come in blocks of
one law, so some of them are about the very same matter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin
from tokenizers import Tokenizer

from vectorstore.training.composed_table import TokenIds
from vectorstore.training.corpora import Law, without_chapter_number
from vectorstore.training.sentences import split_clauses
from vectorstore.training.templates import TRAINING_EN, TRAINING_ZH
from vectorstore.training.training_texts import TrainingTexts

_LONGEST_PARAGRAPH, _SHORTEST_PARAGRAPH = 600, 15
_CHUNK = 100_000
_UNKNOWN = np.zeros(1, np.int32)


@dataclass(frozen=True, slots=True)
class PairOptions:
    """block: paragraphs of one law that stay together. keep: how often a sentence stays in the paragraph it is asked for.
    dropped, dropped_small: share of tokens left out at random, in laws, and in the small sources that are seen many times.
    """

    block: int = 8
    keep: float = 0.05
    dropped: float = 0.2
    dropped_small: float = 0.4


@dataclass(frozen=True, slots=True)
class PairBatch:
    """left[i] belongs to right[i]; equal groups mark pairs that must not be taken for each other's negatives."""

    left: list[TokenIds]
    right: list[TokenIds]
    groups: NDArray[np.int64]


class PairSources:
    """All sources, tokenised once. `draw` gives a batch of one of `kinds`."""

    def __init__(
        self, texts: TrainingTexts, tokenizer: Tokenizer, options: PairOptions, random: np.random.Generator
    ) -> None:
        """random decides every draw from here on."""
        self._tokenizer = tokenizer
        self._options = options
        self._random = random
        self._texts = texts
        self._read_laws(texts.laws)
        self._pairs_zh = self._encode([pair.zh if pair else "" for pair in texts.pairs])
        self._pairs_en = self._encode([pair.en if pair else "" for pair in texts.pairs])
        self._usable = np.array([i for i, pair in enumerate(texts.pairs) if pair])
        self._pair_groups = _group_ids([pair.zh if pair else "" for pair in texts.pairs])
        self._questions = self._encode([question.text for question in texts.questions])
        articles = dict(article for question in texts.questions for article in question.articles)
        place = {name: index for index, name in enumerate(articles)}
        self._articles = self._encode(list(articles.values()))
        self._answers = [[place[name] for name, _ in question.articles] for question in texts.questions]
        self._names = [
            (name, term, chinese)
            for term in texts.terms
            for chinese, names in ((True, (term.zh, *term.aliases_zh)), (False, (term.en, *term.aliases_en)))
            for name in names
        ]
        self._glossary_zh = [self._encode(row.zh) for row in texts.glossary]
        self._glossary_en = [self._encode(row.en) for row in texts.glossary]
        places = sorted({name for law in texts.laws if (name := _place_name(law.title))})
        self._places_zh = self._encode(places)
        self._places_en = self._encode(["".join(lazy_pinyin(name)) for name in places])
        self._draws: dict[str, Callable[[int], PairBatch]] = {
            "sentence": self._sentence_pairs,
            "heading": self._heading_pairs,
            "neighbour": self._neighbour_pairs,
            "translation": self._translation_pairs,
            "next": self._next_sentence_pairs,
            "question": self._question_pairs,
            "indicator": self._indicator_pairs,
            "glossary": self._glossary_pairs,
        }

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of the sources."""
        return tuple(self._draws)

    def draw(self, kind: str, size: int) -> PairBatch:
        """About `size` pairs; fewer where the source has fewer or a drawn paragraph does not fit."""
        return self._draws[kind](size)

    def token_counts(self) -> NDArray[np.int64]:
        """How often each token occurs in laws and translations."""
        counts = np.zeros(self._tokenizer.get_vocab_size(), np.int64)
        for texts in (self._clauses, self._pairs_zh, self._pairs_en):
            counts += np.bincount(np.concatenate(texts), minlength=len(counts))
        return counts

    def _read_laws(self, laws: Sequence[Law]) -> None:
        clauses: list[str] = []
        spans: list[tuple[int, int]] = []
        headings: list[str] = []
        self._by_law: list[NDArray[np.int64]] = []
        for law in laws:
            first = len(spans)
            for heading, text in law.paragraphs:
                own = split_clauses(text[:_LONGEST_PARAGRAPH])
                if len(text) >= _SHORTEST_PARAGRAPH and own:
                    spans.append((len(clauses), len(clauses) + len(own)))
                    clauses += own
                    headings.append(_heading(law.title, heading))
            self._by_law.append(np.arange(first, len(spans)))
        self._clauses = self._encode(clauses)
        self._spans = np.array(spans)
        self._headings = self._encode(list(dict.fromkeys(headings)))
        self._heading_of = _group_ids(headings)
        self._blocks: list[NDArray[np.int64]] = []

    def _encode(self, texts: Sequence[str]) -> list[TokenIds]:
        return [
            np.array(encoding.ids, np.int32)
            for start in range(0, len(texts), _CHUNK)
            for encoding in self._tokenizer.encode_batch_fast(
                list(texts[start : start + _CHUNK]), add_special_tokens=False
            )
        ]

    def _paragraphs(self, size: int) -> list[int]:
        """The next paragraphs of an endless walk over all of them, block by block in random order."""
        found: list[int] = []
        while len(found) < size:
            if not self._blocks:
                block = self._options.block
                for own in self._by_law:
                    mixed = self._random.permutation(own)
                    self._blocks += [mixed[start : start + block] for start in range(0, len(mixed), block)]
                order = self._random.permutation(len(self._blocks))
                self._blocks = [self._blocks[index] for index in order]
            found += self._blocks.pop().tolist()
        return found[:size]

    def _sentence_pairs(self, size: int) -> PairBatch:
        """One to three clauses, and the rest of their paragraph or a window of it (inverse cloze)."""
        left, right, groups = [], [], []
        for paragraph in self._paragraphs(size):
            start, end = self._spans[paragraph].tolist()
            if end - start < 2:
                continue
            length = self._whole(1, min(3, end - start - 1))
            first = start + self._whole(0, end - start - length)
            rest = self._clauses[start:first] + self._clauses[first + length : end]
            if self._random.random() < self._options.keep:
                rest = self._clauses[start:end]
            if len(rest) > 12 and self._random.random() < 0.5:
                window = self._whole(0, len(rest) - 9)
                rest = rest[window : window + self._whole(4, 11)]
            left.append(self._thinned(self._clauses[first : first + length]))
            right.append(self._thinned(rest))
            groups.append(paragraph)
        return PairBatch(left, right, np.array(groups))

    def _heading_pairs(self, size: int) -> PairBatch:
        """Title and heading, and a paragraph below them."""
        paragraphs = self._paragraphs(size)
        groups = self._heading_of[paragraphs]
        left = [self._thinned([self._headings[group]]) for group in groups]
        return PairBatch(left, [self._thinned(self._paragraph(index)) for index in paragraphs], groups)

    def _neighbour_pairs(self, size: int) -> PairBatch:
        """One to four clauses of a paragraph, and the paragraph behind it below the same heading."""
        last = len(self._spans) - 1
        paragraphs = [
            index
            for index in self._paragraphs(size)
            if index < last and self._heading_of[index] == self._heading_of[index + 1]
        ]
        left = []
        for index in paragraphs:
            clauses = self._paragraph(index)
            length = min(len(clauses), self._whole(1, 4))
            first = self._whole(0, len(clauses) - length)
            left.append(_joined(clauses[first : first + length]))
        return PairBatch(left, [_joined(self._paragraph(index + 1)) for index in paragraphs], np.array(paragraphs))

    def _translation_pairs(self, size: int) -> PairBatch:
        """A Chinese sentence and its translation."""
        drawn = self._random.choice(self._usable, min(size, len(self._usable)), replace=False)
        left = [self._thinned([self._pairs_zh[index]], small=True) for index in drawn]
        return PairBatch(
            left, [self._thinned([self._pairs_en[index]], small=True) for index in drawn], self._pair_groups[drawn]
        )

    def _next_sentence_pairs(self, size: int) -> PairBatch:
        """A sentence of a government work report and the next one, each in either language."""
        drawn = self._random.choice(self._usable, min(size, len(self._usable)), replace=False)
        texts = self._texts.pairs
        drawn = np.array([index for index in drawn if index + 1 < len(texts) and texts[index + 1]], np.int64)
        sides = [
            [(self._pairs_zh if self._random.random() < 0.7 else self._pairs_en)[index + step] for index in drawn]
            for step in (0, 1)
        ]
        left, right = ([self._thinned([ids], small=True) for ids in side] for side in sides)
        return PairBatch(left, right, self._pair_groups[drawn])

    def _question_pairs(self, size: int) -> PairBatch:
        """A lay question and one of the articles that answer it."""
        drawn = self._random.permutation(len(self._questions))[:size]
        answers = np.array([self._answers[index][self._whole(0, len(self._answers[index]) - 1)] for index in drawn])
        left = [self._thinned([self._questions[index]], small=True) for index in drawn]
        return PairBatch(left, [self._thinned([self._articles[answer]], small=True) for answer in answers], answers)

    def _indicator_pairs(self, size: int) -> PairBatch:
        """A name of an indicator, mostly within a question, and its official label."""
        drawn = [self._names[index] for index in self._random.permutation(len(self._names))[:size]]
        asked = []
        for name, term, chinese in drawn:
            templates = TRAINING_ZH if chinese else TRAINING_EN
            asked.append(templates[self._whole(0, len(templates) - 1)].format(name=name, unit=term.unit))
        labels = [term.zh for _, term, _ in drawn]
        left, right = (list(map(_not_empty, self._encode(side))) for side in (asked, labels))
        return PairBatch(left, right, _group_ids(labels))

    def _glossary_pairs(self, size: int) -> PairBatch:
        """One to three glossary rows, one alternative of each, in two languages or in one; now and then with a place."""
        left, right, groups = [], [], []
        for _ in range(size):
            rows = self._random.choice(len(self._glossary_zh), int(self._random.choice([1, 1, 2, 3])), replace=False)
            kind = self._random.random()
            sides = [self._glossary_en if kind >= 0.85 else self._glossary_zh]
            sides.append(self._glossary_zh if 0.7 <= kind < 0.85 else self._glossary_en)
            texts = [[self._alternative(side[row]) for row in self._random.permutation(rows)] for side in sides]
            if self._random.random() < 0.25:
                place = self._whole(0, len(self._places_zh) - 1)
                for text, side in zip(texts, sides, strict=True):
                    text.insert(0, (self._places_en if side is self._glossary_en else self._places_zh)[place])
                rows = np.append(rows, -1 - place)
            left.append(_joined(texts[0]))
            right.append(_joined(texts[1]))
            groups.append(tuple(sorted(rows.tolist())))
        return PairBatch(left, right, _group_ids(groups))

    def _paragraph(self, index: int) -> list[TokenIds]:
        start, end = self._spans[index]
        return self._clauses[start:end]

    def _alternative(self, expressions: Sequence[TokenIds]) -> TokenIds:
        return expressions[self._whole(0, len(expressions) - 1)]

    def _thinned(self, parts: Sequence[TokenIds], *, small: bool = False) -> TokenIds:
        """The parts joined, less a random share of their tokens."""
        ids = _joined(parts)
        if len(ids) < 4:
            return ids
        dropped = self._options.dropped_small if small else self._options.dropped
        kept = ids[self._random.random(len(ids)) >= dropped]
        return kept if len(kept) else ids

    def _whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return int(self._random.integers(low, high + 1))


def _joined(parts: Sequence[TokenIds]) -> TokenIds:
    return _not_empty(np.concatenate(parts) if parts else _UNKNOWN)


def _not_empty(ids: TokenIds) -> TokenIds:
    return ids if len(ids) else _UNKNOWN


def _group_ids(keys: Sequence[object]) -> NDArray[np.int64]:
    """Equal keys, equal numbers, counted up in order of first sight."""
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys])


def _heading(title: str, heading: str) -> str:
    return title if heading == title else f"{title} {without_chapter_number(heading)}"


def _place_name(title: str) -> str:
    """The place that a local law's title begins with, less its kind: 宁波市… -> 宁波; "" for a national one."""
    for end in ("自治区", "自治州", "自治县", "省", "市", "县", "区"):
        name, mark, _ = title.partition(end)
        if mark and 2 <= len(name) <= 4:
            return name
    return ""
