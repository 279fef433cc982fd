"""A paragraph as the rules for figures see it: no white space, half-width digits, quotations masked, clauses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.sentences import split_sentences
from reports.document import Paragraph

QUOTED = re.compile(r"“[^”]{0,120}”|《[^》]{0,120}》|「[^」]{0,120}」|〔[^〕]{0,12}〕|\[bookmark[:：][^\]]*\]")
_BOUNDARIES = "，；。！？：（）\n"
_NORMAL = str.maketrans("０１２３４５６７８９％．,;:!?()", "0123456789%.，；：！？（）")
_LONGEST_QUOTE = 100
_LONGEST_PARAGRAPH = 6000


@dataclass(frozen=True, slots=True)
class NarrativeText:
    """A paragraph as the rules see it: no white space, half-width digits, quotations masked; `origin` maps back."""

    masked: str
    plain: str
    origin: tuple[int, ...]
    paragraph: Paragraph

    def raw(self, start: int, end: int) -> str:
        """The exact characters of the paragraph behind plain[start:end]."""
        return self.paragraph.text[self.origin[start] : self.origin[end - 1] + 1]


def in_pieces(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The paragraph, cut at sentence ends if it is longer than any a clerk writes: rules look back over all of it."""
    if len(paragraph.text) <= _LONGEST_PARAGRAPH:
        yield paragraph
        return
    start = 0
    for _, end in split_sentences(paragraph.text):
        if end - start > _LONGEST_PARAGRAPH // 2:
            yield replace(paragraph, text=paragraph.text[start:end][:_LONGEST_PARAGRAPH])
            start = end
    yield replace(paragraph, text=paragraph.text[start:][:_LONGEST_PARAGRAPH])


def prepare_text(paragraph: Paragraph) -> NarrativeText:
    """The paragraph ready to be matched; offsets in `masked` and `plain` are the same."""
    kept = [
        index
        for index, character in enumerate(paragraph.text)
        if not character.isspace() or _between_digits(paragraph.text, index)
    ]
    plain = "".join(paragraph.text[index] for index in kept).translate(_NORMAL)
    # A comma between digits is part of the number; the translation above made it a clause's end.
    plain = re.sub(r"(?<=\d)，(?=\d{3}(?!\d))", ",", plain)
    plain = re.sub(r"(?<=\d)：(?=\d)", ":", plain)
    return NarrativeText(QUOTED.sub(_mask, plain), plain, tuple(kept), paragraph)


def _between_digits(text: str, index: int) -> bool:
    return index > 0 and text[index - 1].isdigit() and text[index + 1 : index + 2].isdigit()


def _mask(match: re.Match[str]) -> str:
    """Quotations keep their words but neither digits nor punctuation: 《2016年…办法》 says nothing about a year."""
    inner = match[0][1:-1]
    return match[0][0] + re.sub(r"[\d，；。！？：（）]", "·", inner) + match[0][-1]


def clause_start(text: str, position: int) -> int:
    """Offset just behind the clause boundary before `position`."""
    return max(text.rfind(mark, 0, position) for mark in _BOUNDARIES) + 1


def clause_end(text: str, position: int) -> int:
    """Offset of the clause boundary at or behind `position`."""
    ends = [found for mark in _BOUNDARIES if (found := text.find(mark, position)) >= 0]
    return min(ends, default=len(text))


def clause_quote(text: NarrativeText, span: tuple[int, int], clause: tuple[int, int]) -> str:
    """The clause as printed, cut around the figure if it is long."""
    start, end = clause
    if end - start > _LONGEST_QUOTE and end - span[0] <= _LONGEST_QUOTE:
        start = max(start, end - _LONGEST_QUOTE)
    elif end - start > _LONGEST_QUOTE:
        start, end = max(start, span[0] - _LONGEST_QUOTE // 2), min(end, max(span[1], span[0] + _LONGEST_QUOTE // 2))
    return text.raw(start, end).strip()
