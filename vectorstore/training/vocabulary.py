"""The tokenizer: which pieces a text is cut into.

Chinese pieces are words rather than what compresses best: an unigram model left alone prefers pieces across word borders
(的政府信息, 机构提出), and the same word then hides in many pieces. A candidate must therefore cohere: it occurs far more often than
its two halves would meet by chance, wherever it is cut. Probabilities come from a few rounds of hard expectation-maximisation.
English pieces are the words met, their inflections, and short fragments and pinyin syllables for everything else.
All of it is counting and sorting: the same texts give the same tokenizer.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from pypinyin import lazy_pinyin
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "<unk>"
_HAN_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_WORD = re.compile("[a-z]+")
_RUNS = Regex("[\u3400-\u4dbf\u4e00-\u9fff]+|[a-z]+|[0-9]+")
_CHUNK = 50_000


@dataclass(frozen=True, slots=True)
class VocabularyOptions:
    """han_pieces: at most so many Chinese pieces, the characters included. min_count, min_cohesion: what a candidate of two
    characters, and of three or more, must reach; cohesion is the least pointwise mutual information (natural logarithm)
    over its cuts.
    """

    han_pieces: int = 38_000
    longest: int = 5
    min_count: tuple[int, int] = (12, 25)
    min_cohesion: tuple[float, float] = (1.2, 4.0)
    rounds: int = 4
    english_words: int = 9_000
    inflect_from: int = 8
    fragments: int = 1_000


def learn_tokenizer(chinese: Counter[str], english: Counter[str], options: VocabularyOptions) -> Tokenizer:
    """A tokenizer of the unigram kind from texts and how often each counts; token 0 is the unknown one."""
    runs = count_runs(chinese, _HAN_RUN)
    logs = _refine(_candidates(runs, options), runs, options)
    words = count_runs(english, _WORD)
    characters = {character for run in runs for character in run}
    logs.update(_english_pieces(words, characters, options))
    logs.update(dict.fromkeys("0123456789", -5.0))
    logs.update({str(year): -6.0 for year in range(2000, 2031)})
    return _tokenizer(logs)


def count_runs(texts: Counter[str], pattern: re.Pattern[str]) -> Counter[str]:
    """How often each run of the pattern occurs in the texts."""
    runs: Counter[str] = Counter()
    for text, weight in texts.items():
        for run in pattern.findall(unicodedata.normalize("NFKC", text).lower()):
            runs[run] += weight
    return runs


def _candidates(runs: Counter[str], options: VocabularyOptions) -> Counter[str]:
    counts: list[Counter[str]] = [Counter() for _ in range(options.longest + 1)]
    for run, weight in runs.items():
        for length in range(1, options.longest + 1):
            own = counts[length]
            for start in range(len(run) - length + 1):
                own[run[start : start + length]] += weight
    total = counts[1].total()

    def cohesion(piece: str) -> float:
        length, count = len(piece), counts[len(piece)][piece]
        cuts = (counts[cut][piece[:cut]] * counts[length - cut][piece[cut:]] for cut in range(1, length))
        return min(math.log(count * total / product) for product in cuts)

    kept = Counter(counts[1])
    for length in range(2, options.longest + 1):
        kind = min(length, 3) - 2
        for piece, count in counts[length].items():
            if count >= options.min_count[kind] and cohesion(piece) >= options.min_cohesion[kind]:
                kept[piece] = count
    return kept


def _refine(candidates: Counter[str], runs: Counter[str], options: VocabularyOptions) -> dict[str, float]:
    """Log probabilities after rounds of: cut all runs the likeliest way, count the pieces, drop the least used."""
    logs = _log_shares({piece: count * len(piece) for piece, count in candidates.items()})
    ordered = sorted(runs)
    for _ in range(options.rounds):
        pieces = sorted(logs)
        tokenizer = Tokenizer(models.Unigram([(UNKNOWN, -30.0), *((piece, logs[piece]) for piece in pieces)], 0, False))
        used = np.zeros(len(pieces) + 1, np.int64)
        for start in range(0, len(ordered), _CHUNK):
            chunk = ordered[start : start + _CHUNK]
            for run, encoding in zip(chunk, tokenizer.encode_batch_fast(chunk, add_special_tokens=False), strict=True):
                for token in encoding.ids:
                    used[token] += runs[run]
        counts = dict(zip(pieces, used[1:].tolist(), strict=True))
        single = [piece for piece in pieces if len(piece) == 1]
        longer = sorted((piece for piece in pieces if len(piece) > 1), key=lambda piece: (-counts[piece], piece))
        kept = single + [piece for piece in longer if counts[piece] >= 3][: options.han_pieces - len(single)]
        logs = _log_shares({piece: counts[piece] + 0.1 for piece in kept})
    return logs


def _english_pieces(words: Counter[str], characters: Iterable[str], options: VocabularyOptions) -> dict[str, float]:
    pieces: dict[str, float] = {}
    for word, count in _most_common(words, options.english_words):
        pieces[word] = float(count)
        if count >= options.inflect_from:
            for form in _inflections(word):
                pieces.setdefault(form, 0.3)
    for syllable in sorted({lazy_pinyin(character)[0] for character in characters}):
        if len(syllable) > 1 and _WORD.fullmatch(syllable):
            pieces.setdefault(syllable, 0.05)
    fragments: Counter[str] = Counter()
    for word in words:
        for length in (2, 3, 4):
            fragments.update(word[start : start + length] for start in range(len(word) - length + 1))
    for fragment, _ in _most_common(fragments, options.fragments):
        pieces.setdefault(fragment, 0.01)
    for letter in "abcdefghijklmnopqrstuvwxyz":
        pieces.setdefault(letter, 0.0001)
    return _log_shares(pieces)


def _inflections(word: str) -> list[str]:
    """Regular forms of an English word, both ways; forms that no one writes do no harm."""
    if len(word) < 4:
        return []
    forms: list[str] = []
    for suffix in ("ing", "ed"):
        if word.endswith(suffix):
            stem = word.removesuffix(suffix)
            forms += [stem, stem + "e", stem + "s", stem + "es", stem + "ed", stem + "ing"]
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    elif word.endswith("s") and not word.endswith("ss"):
        forms.append(word[:-1])
    if word.endswith("e"):
        forms += [word + "s", word + "d", word[:-1] + "ing"]
    elif word.endswith("y") and word[-2] not in "aeiou":
        forms += [word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
    else:
        forms += [word + "s", word + "ed", word + "ing"]
    return forms


def _tokenizer(logs: dict[str, float]) -> Tokenizer:
    ordered = sorted(((piece, round(log, 3)) for piece, log in logs.items()), key=lambda item: (-item[1], item[0]))
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, -30.0), *ordered], 0, False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(_RUNS, behavior="removed", invert=True)
    return tokenizer


def _log_shares(counts: dict[str, float]) -> dict[str, float]:
    total = sum(counts.values())
    return {piece: math.log(count / total) for piece, count in counts.items()}


def _most_common(counts: Counter[str], number: int) -> Sequence[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:number]
