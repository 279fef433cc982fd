"""An answer's text in pieces, as a stream sends it."""

import re

# A sentence, with the citation marks and blanks that follow it. A point inside a number ends nothing.
_SENTENCE = re.compile(r".+?(?:[。！？；\n]|[.!?;](?=\s|\[\d))[”’）)」]*(?:\[\d+\])*\s*|.+", re.DOTALL)
# No piece without an end: a stream of a text without punctuation moves on too.
_LONGEST = 2000


def split_sentences(text: str) -> list[str]:
    """The pieces, each with the marks that belong to it; joined they are the text again."""
    return [
        sentence[start : start + _LONGEST]
        for sentence in _SENTENCE.findall(text)
        for start in range(0, len(sentence), _LONGEST)
    ]
