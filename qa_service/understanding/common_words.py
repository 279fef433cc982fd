"""Words that say nothing of which figure is meant: courtesy, asking and searching, whom one talks to, what one needs it for.

Source: common_words.tsv (group, tab, phrase in normal form). `empty` words never narrow a figure; a `verb` or `noun` may, where
it is tied to the figure's words ("老师提交的申请", "requests by neighbours"), and counts as unknown there.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from qa_service.understanding.words import Entry, Vocabulary, Word

_CONTENT = ("meaning", "label", "part", "applicant")
_OF = frozenset(("的", "之", "嘅", "个"))
_BY = frozenset(("of", "by", "from", "about", "on", "concerning", "regarding", "关于", "有关", "由", "被", "对", "向"))
_HOW_MANY = frozenset(
    ("多少", "几", "几个", "几位", "几名", "多少个", "多少名", "多少位", "how many", "which", "number of", "number")
)


@cache
def common_words() -> Vocabulary:
    """The vocabulary; entries of the groups "filler" (empty words), "verb" and "noun". Loaded once."""
    vocabulary = Vocabulary()
    text = files("qa_service.understanding").joinpath("common_words.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        group, phrase = line.split("\t")
        vocabulary.add(phrase, Entry("filler" if group == "empty" else group, ""))
    return vocabulary


def find_tied(words: Sequence[Word]) -> frozenset[Word]:
    """The common verbs and nouns that are tied to words of a figure, and so may say which one is meant."""
    found = set()
    for index, word in enumerate(words):
        if not word.entries or any(entry.group not in ("verb", "noun") for entry in word.entries):
            continue
        if _is_tied(words, index, needs_of=not word.has("noun")):
            found.add(word)
    return frozenset(found)


def _is_tied(words: Sequence[Word], index: int, *, needs_of: bool) -> bool:
    after = _next_to(words, index, +1)
    if after is not None and after.text in _OF:
        after, needs_of = _next_to(words, index + 1, +1), False
    if after is not None and not needs_of and _is_content(after):
        return True
    before = _next_to(words, index, -1)
    if before is not None and before.text in _HOW_MANY:
        return True
    if before is None or before.text not in _BY:
        return False
    first = _next_to(words, index - 1, -1)
    return first is not None and _is_content(first)


def _next_to(words: Sequence[Word], index: int, step: int) -> Word | None:
    """The neighbour, None where a mark, a body or a year stands between."""
    other = index + step
    if not 0 <= other < len(words):
        return None
    one, two = (words[index], words[other]) if step > 0 else (words[other], words[index])
    return words[other] if one.end == two.start else None


def _is_content(word: Word) -> bool:
    return any(word.has(group) for group in _CONTENT) and not word.has("filler") and not word.has("cue")
