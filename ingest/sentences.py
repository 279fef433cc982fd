"""Where sentences and clauses of Chinese running text begin and end. Offsets are into the text as given."""

_PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "〔": "〕",
}
_SENTENCE_ENDS = frozenset("。！？；;!?\n")
_CLAUSE_ENDS = _SENTENCE_ENDS | frozenset("，,：:")

# A bracket or quotation mark without its partner this near is a slip of the pen, not a quotation.
_LONGEST_QUOTATION = 160


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of each sentence; together they cover the text without gaps.

    A sentence ends after 。！？； (or a line break) outside quotation marks, brackets and book-title marks; a full stop
    just before a closing quotation mark ends it after the mark.
    """
    return _split(text, _SENTENCE_ENDS)


def split_clauses(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
    """(start, end) of each clause of text[start:end], the punctuation that ends it included.

    Clauses end where sentences do and at ， and ：, outside quotations. A comma between digits is part of a number.
    """
    return tuple((a + start, b + start) for a, b in _split(text[start:end], _CLAUSE_ENDS))


def _split(text: str, ends: frozenset[str]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    start = position = 0
    while position < len(text):
        character = text[position]
        if character in _PAIRS:
            close = _closing(text, position)
            if close is None:
                position += 1
                continue
            position = close + 1
            if text[close - 1] in "。！？!?" and character in "“‘「『" and _starts_anew(text, position):
                spans.append((start, position))
                start = position
            continue
        position += 1
        if character in ends and not _inside_number(text, position - 1):
            while position < len(text) and text[position] in "。！？；;!?”’」』）)":
                position += 1
            spans.append((start, position))
            start = position
    if start < len(text):
        spans.append((start, len(text)))
    return tuple(spans)


def _closing(text: str, opening: int) -> int | None:
    """Index of the partner of the mark at `opening`, nested marks of the same kind respected; None if there is none."""
    left, right = text[opening], _PAIRS[text[opening]]
    if text.find(right, opening + 1, opening + _LONGEST_QUOTATION) < 0:
        return None
    depth = 0
    for index in range(opening, min(len(text), opening + _LONGEST_QUOTATION)):
        if text[index] == left:
            depth += 1
        elif text[index] == right:
            depth -= 1
            if depth == 0:
                return index
    return None


def _starts_anew(text: str, position: int) -> bool:
    """Whether a new sentence, not the rest of the quoting one, begins here."""
    rest = text[position : position + 1]
    return bool(rest) and rest not in "，,、的等和与及或”’」』）)。；;：:"


def _inside_number(text: str, position: int) -> bool:
    return (
        text[position] in ",，:："
        and text[position - 1 : position].isdigit()
        and text[position + 1 : position + 2].isdigit()
    )
