"""Lines of a page -> paragraphs of the report, without page numbers, running heads and running feet."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.formats.glyphs import Line
from ingest.formats.pdf_frames import PageFrame
from reports.document import Paragraph
from reports.place import BBox, Place

# The part of a page at its head and foot in which running heads and page numbers stand.
_MARGIN = 0.12
_PAGE_NUMBER = re.compile(
    r"[-–—―─－·•.\s~～]*(?:第\s*)?(?:page\s*)?([0-9]{1,4}|[ivxlc]{1,6}|[一二三四五六七八九十]{1,3})(?:\s*页)?"
    r"(?:\s*(?:/|共|of|，|,)\s*(?:共\s*)?[0-9]{1,4}(?:\s*页)?)?[-–—―─－·•.\s~～]*",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|[（(]\d+[）)]|\d{1,2}[.、．](?!\d)|第[一二三四五六七八九十]+[章节条部]|附件|附表|附：)"
)
_FEW_LINES = 5
_HEADING_LENGTH = 40
_LONG_LINE = 16
_CLOSING = "，。、；：！？,.;:!?）)》〉”’』」】〕]%％"
_OPENING = "（(《〈“‘『「【〔["
_WORD = re.compile(r"[0-9A-Za-z.,]")
Margins = tuple[float, float, float]
_ENDS = "。！？!?；;：:"


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of running text with its page."""

    page: int
    line: Line

    @property
    def text(self) -> str:
        """The line's text as printed."""
        return self.line.text

    @property
    def bbox(self) -> BBox:
        """Its box on the upright page."""
        return self.line.bbox


def without_furniture(
    pages: Mapping[int, Sequence[Line]], frames: Mapping[int, PageFrame]
) -> dict[int, tuple[Line, ...]]:
    """The lines of each page without page numbers and lines that return on most pages at the same height.

    Only lines in the outer part of the page are looked at; a page number must be the first or the last line.
    """
    numbered = _numbered_pages(pages, frames)
    returning = _returning(pages, frames)
    kept = {}
    for number, lines in pages.items():
        edge = [line for line in lines if _in_margin(line, frames[number])]
        drop = {id(line) for line in edge if _furniture_key(line, frames[number]) in returning}
        rest = [line for line in lines if id(line) not in drop]
        if numbered or len(pages) == 1:
            drop |= {id(line) for line in (*rest[:1], *rest[-1:]) if _is_page_number(line, frames[number])}
        kept[number] = tuple(line for line in lines if id(line) not in drop)
    return kept


def page_margins(pages: Mapping[int, Sequence[Line]]) -> dict[int, Margins]:
    """(left edge, right edge, line pitch) of the text on each page; pages with few lines have those of the whole document."""
    usual = _margins([line for lines in pages.values() for line in lines])
    return {number: _margins(lines) if len(lines) > _FEW_LINES else usual for number, lines in pages.items()}


def _margins(lines: Sequence[Line]) -> Margins:
    """Where lines begin, leaving out single ones further left; how far the longest tenth of them reaches; from line to
    line as set most closely."""
    if not lines:
        return (0.0, 0.0, 0.0)
    starts = Counter(round(line.bbox[0] / 3) for line in lines)
    usual = [start for start, count in starts.items() if count >= max(2, len(lines) // 10)]
    ends = sorted((line.bbox[2] for line in lines), reverse=True)
    steps = sorted(
        below.bbox[3] - above.bbox[3]
        for above, below in pairwise(lines)
        if 0.9 * above.size < below.bbox[3] - above.bbox[3] < 4 * above.size
    )
    pitch = steps[len(steps) // 4] if steps else 2 * lines[0].size
    return (min(usual or starts) * 3.0, ends[min(len(ends) - 1, len(ends) // 10)], pitch)


def paragraphs_of(
    lines: Sequence[PageLine], margins: Mapping[int, Margins], frames: Mapping[int, PageFrame], ocr: bool = False
) -> list[Paragraph]:
    """Paragraphs put together from consecutive lines, which may lie on several pages."""
    paragraphs: list[list[PageLine]] = []
    for item in lines:
        if paragraphs and _goes_on(paragraphs[-1][-1], item, margins):
            paragraphs[-1].append(item)
        else:
            paragraphs.append([item])
    return [_paragraph(group, frames, ocr) for group in paragraphs]


def _paragraph(group: list[PageLine], frames: Mapping[int, PageFrame], ocr: bool) -> Paragraph:
    first = group[0].page
    boxes = [item.bbox for item in group if item.page == first]
    box = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    x0, top, x1, bottom = frames[first].shown(box)
    text = group[0].text
    for item in group[1:]:
        joint = " " if text[-1].isascii() and item.text[0].isascii() and text[-1].isalpha() else ""
        text += joint + item.text
    place = Place(page=first, bbox=(round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)))
    return Paragraph(text=text, place=place, ocr=ocr)


def _goes_on(above: PageLine, below: PageLine, margins: Mapping[int, Margins]) -> bool:
    """Whether a line continues the one above: the next word had no room there, and this one starts at the margin."""
    left, right, pitch = margins[below.page][0], margins[above.page][1], margins[above.page][2]
    size = above.line.size
    ends = above.text[-1] in _ENDS
    same_page = above.page == below.page
    step = below.bbox[3] - above.bbox[3]
    if abs(below.line.size - size) > 0.25 * size or below.page - above.page not in (0, 1):
        return False
    if same_page and (step > 1.3 * pitch or below.bbox[1] - above.bbox[3] > 1.6 * size):
        return False
    if below.bbox[0] - left > 0.9 * size and below.bbox[0] - above.bbox[0] > 0.9 * size:
        return False
    if _ITEM.match(below.text) and (ends or (_ITEM.match(above.text) and len(above.text) < _HEADING_LENGTH)):
        return False
    # Words that must not be parted leave up to some characters of room; after the end of a sentence that is not likely.
    room = right - above.bbox[2] - _first_word_width(below.line)
    return room <= (0.3 if ends else 4.0 if len(above.text) >= _LONG_LINE else 1.0) * size


def _first_word_width(line: Line) -> float:
    """The width of what cannot be parted from the line's first character: a number, a word, closing marks after it."""
    glyphs = line.glyphs
    end = 1
    while end < len(glyphs) and (
        glyphs[end].text in _CLOSING
        or glyphs[end - 1].text in _OPENING
        or (_WORD.match(glyphs[end].text) and _WORD.match(glyphs[end - 1].text))
    ):
        end += 1
    return glyphs[end - 1].x1 - glyphs[0].x0


def _in_margin(line: Line, frame: PageFrame) -> bool:
    middle = (line.bbox[1] + line.bbox[3]) / 2
    return middle < _MARGIN * frame.height or middle > (1 - _MARGIN) * frame.height


def _is_page_number(line: Line, frame: PageFrame) -> bool:
    text = unicodedata.normalize("NFKC", line.text).strip()
    return _in_margin(line, frame) and bool(_PAGE_NUMBER.fullmatch(text)) and len(text) <= 16


def _numbered_pages(pages: Mapping[int, Sequence[Line]], frames: Mapping[int, PageFrame]) -> bool:
    """Whether at least two pages carry a page number at their edge."""
    count = sum(
        any(_is_page_number(line, frames[number]) for line in (*lines[:1], *lines[-1:]))
        for number, lines in pages.items()
    )
    return count >= 2


def _returning(pages: Mapping[int, Sequence[Line]], frames: Mapping[int, PageFrame]) -> set[tuple[str, int]]:
    """Keys of lines that stand in the margin of at least three pages, or of both pages of two, and of half of all."""
    seen: Counter[tuple[str, int]] = Counter()
    for number, lines in pages.items():
        seen.update({_furniture_key(line, frames[number]) for line in lines if _in_margin(line, frames[number])})
    # Odd and even pages may carry different heads.
    enough = max(3, len(pages) // 3)
    return {key for key, count in seen.items() if count >= enough and key[0]}


def _furniture_key(line: Line, frame: PageFrame) -> tuple[str, int]:
    """A line's text without digits, and its height on the page in steps of ten points, from the nearer edge."""
    text = "".join(character for character in line.text if not character.isdigit() and not character.isspace())
    top = line.bbox[1]
    height = top if top < frame.height / 2 else top - frame.height
    return (text, round(height / 10))
