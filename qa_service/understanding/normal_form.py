"""The form of a question in which words are looked for."""

import re
import unicodedata
from functools import cache
from typing import Protocol


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _simplifier() -> _Converter:
    import opencc

    converter: _Converter = opencc.OpenCC("t2s")
    return converter


_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "「": '"', "」": '"', "『": '"', "』": '"', "—": "-", "–": "-", "−": "-"}
)


def normalise(text: str) -> str:
    """Compatibility forms folded (NFKC), traditional characters simplified, lower case, single blanks, straight quotes."""
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub(" ", text)).translate(_QUOTES)
    if any("\u4e00" <= character <= "\u9fff" for character in folded):
        folded = _simplifier().convert(folded)
    return re.sub(r"\s+", " ", folded).strip().lower()


def is_han(character: str) -> bool:
    """Whether it is a Chinese character."""
    return "\u3400" <= character <= "\u9fff"


def language_of(text: str) -> str:
    """ "zh" or "en": Chinese wherever the words around names are Chinese; names alone do not decide."""
    han = sum(is_han(character) for character in text)
    latin_words = len(re.findall(r"[A-Za-z]{2,}", text))
    return "zh" if han > latin_words * 2 or (han and not latin_words) else "en"
