"""The text of a Word paragraph as it is printed: deleted and hidden text left out, fields by their result."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.formats.docx_styles import WORD, Styles, child

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SKIPPED = frozenset(
    WORD + name
    for name in "del moveFrom pPr rPr sectPr instrText delText delInstrText rt fldData tblPr tblGrid sdtPr sdtEndPr".split()
)
_FIXED = {
    f"{WORD}tab": "\t",
    f"{WORD}cr": "\n",
    f"{WORD}noBreakHyphen": "-",
    f"{WORD}ptab": "\t",
}
TEXT_BOX = f"{WORD}txbxContent"
# A raised digit is a footnote mark: as a plain digit it would become part of the figure beside it.
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass
class PrintedText:
    """The text of one paragraph and what hangs on it: boxes of text, notes, and whether a digit is struck through."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    struck: bool = False

    @property
    def text(self) -> str:
        """The text with tabs and printed line breaks."""
        return "".join(self.pieces)


def printed_text(paragraph: etree._Element, styles: Styles | None = None) -> PrintedText:
    """The text of a w:p; with `styles` its automatic number stands first."""
    printed = PrintedText()
    for element in _printed(paragraph):
        _add(element, printed)
    if styles is not None and (number := styles.number(paragraph)) and (printed.text.strip() or printed.boxes):
        printed.pieces.insert(0, number)
    return printed


def is_joined_with_next(paragraph: etree._Element) -> bool:
    """Whether the paragraph's end mark was deleted as a tracked change, so that the next paragraph goes on in it."""
    return child(paragraph, "pPr/rPr/del") is not None


def chosen(alternatives: etree._Element) -> etree._Element | None:
    """The one of mc:AlternateContent that is read: the first choice, which every Word since 2010 shows."""
    choice = alternatives.find(f"{_COMPATIBILITY}Choice")
    return choice if choice is not None else alternatives.find(f"{_COMPATIBILITY}Fallback")


def is_placeholder(content_control: etree._Element) -> bool:
    """Whether a w:sdt shows only its prompt ("click here to enter text"), which is no content."""
    return child(content_control, "sdtPr/showingPlcHdr") is not None


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as w:vanish is there and not turned off."""
    if element is None:
        return False
    return element.get(f"{WORD}val") not in ("0", "false", "off")


def _printed(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The elements below a paragraph that print something, in order; not the insides of text boxes."""
    stack = [paragraph]
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag in _SKIPPED:
            continue
        if tag == f"{WORD}r" and is_on(child(element, "rPr/vanish")):
            continue
        if tag == f"{WORD}sdt" and is_placeholder(element):
            continue
        if tag == f"{_COMPATIBILITY}AlternateContent":
            choice = chosen(element)
            stack.extend(reversed(choice if choice is not None else ()))
            continue
        yield element
        if tag != TEXT_BOX:
            stack.extend(reversed(element))


def _add(element: etree._Element, printed: PrintedText) -> None:
    tag = str(element.tag)
    if tag in (f"{WORD}t", f"{_MATH}t"):
        text = element.text or ""
        run = element.getparent()
        raised = child(run, "rPr/vertAlign")
        if raised is not None and raised.get(f"{WORD}val") == "superscript":
            text = text.translate(_RAISED_DIGITS)
        printed.pieces.append(text)
        if any(character.isdigit() for character in text) and (
            is_on(child(run, "rPr/strike")) or is_on(child(run, "rPr/dstrike"))
        ):
            printed.struck = True
    elif tag in _FIXED:
        printed.pieces.append(_FIXED[tag])
    elif tag == f"{WORD}br":
        if element.get(f"{WORD}type", "textWrapping") == "textWrapping":
            printed.pieces.append("\n")
    elif tag == f"{WORD}sym":
        printed.pieces.append(_symbol(element))
    elif tag == TEXT_BOX:
        printed.boxes.append(element)
    elif tag in (f"{WORD}footnoteReference", f"{WORD}endnoteReference"):
        kind = "footnote" if "footnote" in tag else "endnote"
        printed.notes.append((kind, element.get(f"{WORD}id", "")))


def _symbol(element: etree._Element) -> str:
    """A w:sym: a glyph of a symbol font by number. Symbol fonts sit in the private area; their plain part is ASCII."""
    try:
        code = int(element.get(f"{WORD}char", ""), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
