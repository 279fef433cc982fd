"""Reading through slips of the pen: same-sounding Chinese characters, misspelt English words.

Chinese is mostly typed by sound, so a slip has the sound of what was meant (鄞洲 → 鄞州). Only text that nothing explains
is touched, only towards a word of the vocabulary with exactly that sound, and never when it is itself the name of a real
place: 抚州 is not a mistyped 福州.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from qa_service.understanding.common_words import common_words
from qa_service.understanding.normal_form import is_han
from qa_service.understanding.words import Unit, Vocabulary, Word, stem
from reports.divisions import is_place_name

_LONGEST = 12
_ENDS_OF_VERBS = "了过着"
_SHORTEST_LATIN = 6
# Two slips are read only in words so long that no other word is as near (pensions, persons).
_LONG_LATIN = 9


class TypoReader:
    """Corrects unexplained text towards the given vocabularies."""

    def __init__(self, vocabularies: Sequence[Vocabulary]) -> None:
        self._vocabularies = tuple(vocabularies)

    @cached_property
    def _by_sound(self) -> dict[tuple[str, ...], set[str]]:
        found: dict[tuple[str, ...], set[str]] = {}
        for phrase in self._phrases():
            if (
                2 <= len(phrase) <= _LONGEST
                # "退完房了" is no slip for 放了: what sounds like a verb's form is mostly another verb.
                and phrase[-1] not in _ENDS_OF_VERBS
                and all(is_han(c) for c in phrase)
                and self._says_something(phrase)
            ):
                found.setdefault(_sound(phrase), set()).add(phrase)
        return found

    def _says_something(self, phrase: str) -> bool:
        return any(entry.group != "filler" for v in self._vocabularies for entry in v.phrases.get(phrase, ()))

    def _is_name(self, phrase: str) -> bool:
        return any(
            e.group in ("place", "agency", "body") for v in self._vocabularies for e in v.phrases.get(phrase, ())
        )

    def _names_place(self, phrase: str) -> bool:
        return any(
            entry.group in ("place", "agency") for v in self._vocabularies for entry in v.phrases.get(phrase, ())
        )

    @cached_property
    def _latin(self) -> tuple[str, ...]:
        # Names are left out: a place spelt almost like one of the corpus is another place as likely as a slip.
        plain = [p for p in self._phrases() if p.isascii() and not self._is_name(p)]
        words = {word for phrase in plain for word in phrase.split() if len(word) >= _SHORTEST_LATIN}
        return tuple(sorted(words))

    def _phrases(self) -> Iterable[str]:
        for vocabulary in self._vocabularies:
            yield from vocabulary.phrases

    def warm(self) -> None:
        """Builds the tables now instead of at the first slip."""
        _ = self._by_sound, self._latin

    def correct(
        self,
        text: str,
        units: Sequence[Unit],
        unknown: Sequence[Word],
        fixed: Sequence[tuple[int, int]] = (),
        bodies: Collection[int] = (),
    ) -> tuple[str, tuple[str, str]] | None:
        """(corrected text, (as typed, as read)) for the first slip that can be read, or None.

        fixed: unit ranges that are explained already and must not be rewritten. bodies: units at which a body is named.
        """
        taken = {index for start, end in fixed for index in range(start, end)}
        for word in unknown:
            found = (
                self._correct_latin(units, word)
                if not is_han(word.text[0])
                else self._correct_han(units, word, taken, bodies)
            )
            if found:
                first, last, meant = found
                typed = text[units[first].start : units[last - 1].end]
                return text[: units[first].start] + meant + text[units[last - 1].end :], (typed, meant)
        return None

    def _correct_han(
        self, units: Sequence[Unit], word: Word, taken: set[int], bodies: Collection[int]
    ) -> tuple[int, int, str] | None:
        best: tuple[int, int, str] | None = None
        before_body = word.end in bodies
        for first in range(max(0, word.start - _LONGEST + 1), word.end):
            for last in range(max(first + 2, word.start + 1), min(len(units), first + _LONGEST) + 1):
                window = "".join(unit.text for unit in units[first:last])
                if (
                    not taken.isdisjoint(range(first, last))
                    or last - first != len(window)
                    or not all(is_han(c) for c in window)
                    or is_place_name(window)
                    or _is_word(window)
                ):
                    continue
                meant = {phrase for phrase in self._by_sound.get(_sound(window), ()) if _is_slip(window, phrase)}
                if before_body:
                    # What stands right before a body names its place: it may be a slip for a place, for nothing else.
                    meant = {phrase for phrase in meant if self._names_place(phrase)}
                if len(meant) == 1 and (best is None or last - first > best[1] - best[0]):
                    best = (first, last, next(iter(meant)))
        return best

    def _correct_latin(self, units: Sequence[Unit], word: Word) -> tuple[int, int, str] | None:
        for index in range(word.start, word.end):
            typed = units[index].text
            if len(typed) < _SHORTEST_LATIN or not typed.isascii() or not typed.isalpha():
                continue
            allowed = 1 if len(typed) < _LONG_LATIN else 2
            matches = process.extract(
                typed, self._latin, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=4
            )
            # "request" and "requests" are one word: only nearest words of different stems leave it open what was meant.
            matches = [match for match in matches if _is_same_word(typed, match[0])]
            nearest = {stem(word) for word, distance, _ in matches if distance == matches[0][1]}
            if len(nearest) == 1 and typed not in _roman_places():
                return index, index + 1, matches[0][0]
        return None


def _is_slip(typed: str, meant: str) -> bool:
    """Whether some characters are as typed, but not all: a word of other characters is another word (手里, 受理)."""
    same = sum(one == other for one, other in zip(typed, meant, strict=True))
    return 0 < same < len(typed)


def _is_word(typed: str) -> bool:
    """Whether it is a word of its own ("同一"), and so no slip for one that sounds the same ("同意")."""
    from pypinyin.phrases_dict import phrases_dict

    return typed in phrases_dict or typed in common_words().phrases


def _is_same_word(typed: str, meant: str) -> bool:
    """Slips spare the first letter; another first letter or a prefix makes another word ("unanswered", "election")."""
    return typed[0] == meant[0] or sorted(typed[:2]) == sorted(meant[:2])


@lru_cache(maxsize=4096)
def _syllable(character: str) -> str:
    import pypinyin

    # One character at a time: the reading must not depend on neighbours that may themselves be slips.
    return str(pypinyin.lazy_pinyin(character)[0])


def _sound(phrase: str) -> tuple[str, ...]:
    return tuple(_syllable(character) for character in phrase)


@lru_cache(maxsize=1)
def _roman_places() -> frozenset[str]:
    from reports.divisions import short_place_names

    return frozenset("".join(_sound(name)) for name in short_place_names() if all(is_han(c) for c in name))
