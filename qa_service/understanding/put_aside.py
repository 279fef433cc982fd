"""What a question names only to say that it is not meant: "不是申请，是微博", "not WeChat but Weibo", "Weibo rather than WeChat"."""

import re
from collections.abc import Sequence

from qa_service.understanding.reading import Reading
from qa_service.understanding.words import Word

_PUT_ASIDE = re.compile(
    r"(?:并)?不是[^，,。；;？?是]{1,14}?[，,]?\s*(?:而是|是(?!多少|几|否|不是))"
    r"|[，,（(]?(?:而不是|而非|不要)[^，,。；;？?]{1,12}(?=[，,）)。]|$)"
    r"|除(?:了|去)?[^，,。；;？?]{1,16}?(?:以外|之外|外)的?[，,]?(?=其他|其它|别的|还)"
    r"|\bnot\s+(?:on |by |in |via |from |through |for )?(?:the )?[^,.;?]{1,40}?,?\s+but\b"
    r"|\b(?:rather than|instead of)\s+[^,.;?]{1,40}(?=[,.;?]|$|\s+(?:did|was|were|in)\b)"
)


def find_put_aside(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Character ranges of what is put aside, with the words that do so; () where nothing else is named beside it."""
    spans = [match.span() for match in _PUT_ASIDE.finditer(reading.text)]
    # Without anything else it is no contrast, but a negation of what is asked.
    named = [word for word in reading.words if is_content(word)]
    return tuple(spans) if any(not is_inside(reading, word, spans) for word in named) else ()


def is_content(word: Word) -> bool:
    """Whether the word says what the question is about, by a meaning or a label."""
    said = word.has("meaning") or word.has("label") or word.has("part")
    return said and not word.has("filler") and not word.has("cue")


def is_inside(reading: Reading, word: Word, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the word lies within one of the character ranges."""
    start, end = reading.units[word.start].start, reading.units[word.end - 1].end
    return any(first <= start and end <= last for first, last in spans)
