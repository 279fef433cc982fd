"""The tokens of keyword search: pairs of Chinese characters, words and numbers.

One tokenizer for everything that matches by words: SQLite FTS5 (`unicode61`), PostgreSQL (`simple`) and the BM25 that the
measures compare with. A token holds letters and digits only, so that none of them splits it again.
"""

import re
import unicodedata

# Han, with extensions A to H and the compatibility block; 〇 is a digit that stands in names and years.
_HAN = "〇々㐀-䶿一-鿿豈-﫿\U00020000-\U000323af"
_TOKEN = re.compile(rf"[{_HAN}]+|\d+(?:[.,]\d+)*|[^\W\d_{_HAN}]+")
_HAN_RUN = re.compile(rf"[{_HAN}]+\Z")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")


def normalise(text: str) -> str:
    """The text with full-width and compatibility forms folded (NFKC), in lower case. Simplified and traditional stay."""
    return unicodedata.normalize("NFKC", text).casefold()


def lexical_tokens(text: str) -> list[str]:
    """Tokens in the order of the text, repeated as often as they occur.

    "2017年收到1,234件" gives 2017 年收 收到 1234 件: a run of Chinese characters becomes its overlapping pairs (a
    single character stays itself), a number loses its thousands commas, its decimal point becomes "d" (26.815 -> 26d815),
    a word of another script is folded to lower case without accents. Punctuation gives nothing.
    """
    tokens: list[str] = []
    for run in _TOKEN.findall(normalise(text)):
        if _HAN_RUN.match(run):
            tokens.extend([run] if len(run) == 1 else (run[i : i + 2] for i in range(len(run) - 1)))
        elif run[0].isdigit():
            tokens.extend(_number_tokens(run))
        else:
            tokens.append(_without_accents(run))
    return tokens


def fts_text(text: str) -> str:
    """The tokens joined by blanks: what goes into a full-text column, whatever tokenizer reads it."""
    return " ".join(lexical_tokens(text))


def _number_tokens(run: str) -> list[str]:
    if _THOUSANDS.match(run):
        run = run.replace(",", "")
    # "1,2,3" is an enumeration and "3.1.2" a numbering: their parts are tokens of their own.
    if "," in run or run.count(".") > 1:
        return re.split("[.,]", run)
    return [run.replace(".", "d")]


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)) or word
