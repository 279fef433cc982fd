"""Word files (.docx) -> Document, by walking the XML: body, text boxes, notes, tables in tables, tracked changes."""

from collections.abc import Iterable, Iterator

from lxml import etree

from ingest.formats.blocks import assemble_document, source_of
from ingest.formats.docx_styles import WORD, Styles, read_styles
from ingest.formats.docx_tables import grid_rows, is_too_large, read_cells
from ingest.formats.docx_text import chosen, is_joined_with_next, is_placeholder, printed_text
from ingest.formats.packed_xml import Package
from ingest.formats.span_grid import TableTooLarge
from reports.document import Document, Paragraph
from reports.errors import UnreadableFile
from reports.problem import Problem, Severity
from reports.table import Table

_P, _TBL, _TC = f"{WORD}p", f"{WORD}tbl", f"{WORD}tc"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_WRAPPERS = frozenset(WORD + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "body"))
# A picture of 8 by 4 centimetres may hold a table (914400 units an inch).
_PICTURE_WIDTH, _PICTURE_HEIGHT = 2_880_000, 1_440_000
_STRUCK = "a digit in this cell is struck through, so the figure that holds is not certain"


def read_docx(data: bytes, name: str) -> Document:
    """The document of a .docx file; the file has no pages until it is printed, so places carry the block alone.

    Deleted and hidden text is left out, automatic numbers are printed, footnotes and endnotes follow the text. Nothing is
    fetched. Raises UnreadableFile for a damaged or encrypted file and for one that unpacks to a bomb.
    """
    package = Package(data, name)
    root = package.part(_main_part(package))
    body = None if root is None else root.find(f"{WORD}body")
    if body is None:
        raise UnreadableFile(
            f"{name}: this is a zip file, but no Word document is in it. Check what it is and give it its proper ending.",
            f"{name}：文件中没有 Word 文档内容，请检查文件类型。",
            code="damaged-file",
        )
    reader = _Reader(name, read_styles(package.part("word/styles.xml"), package.part("word/numbering.xml")))
    blocks = list(reader.blocks(body))
    for kind in ("footnote", "endnote"):
        notes = package.part(f"word/{kind}s.xml")
        if notes is not None:
            blocks += reader.notes(notes, kind)
    return assemble_document(source_of(data, name, "docx"), blocks, [*reader.problems, *_not_read(body, name)])


def _main_part(package: Package) -> str:
    """The path of the main document, which some programs do not call word/document.xml."""
    relationships = package.part("_rels/.rels")
    for relationship in () if relationships is None else relationships.iter(_RELATIONSHIP):
        if relationship.get("Type", "").endswith("/officeDocument") and relationship.get("TargetMode") != "External":
            return relationship.get("Target", "word/document.xml")
    return "word/document.xml"


class _Reader:
    """Walks block elements; remembers which notes are referred to and what could not be read."""

    def __init__(self, name: str, styles: Styles) -> None:
        self.name = name
        self.styles = styles
        self.problems: list[Problem] = []
        self.referred: set[tuple[str, str]] = set()

    def blocks(self, parent: etree._Element) -> Iterator[Paragraph | Table]:
        """Paragraphs and tables below an element in reading order; a text box follows the paragraph it hangs on."""
        joined = ""
        for element in _block_elements(parent):
            if element.tag == _TBL:
                yield from self.table(element)
                continue
            printed = printed_text(element, self.styles)
            self.referred.update(printed.notes)
            text = joined + printed.text
            if is_joined_with_next(element):
                joined = text
            else:
                joined = ""
                level = self.styles.heading_level(element)
                yield from (Paragraph(line, heading_level=level) for line in text.split("\n") if line.strip())
            for box in printed.boxes:
                yield from self.blocks(box)
        if joined.strip():
            yield Paragraph(joined)

    def table(self, element: etree._Element) -> Iterator[Table | Paragraph]:
        """The table, and tables inside its cells after it; a table that only lays out text is read as that text."""
        if is_too_large(element):
            self.problems.append(_too_large(self.name))
            return
        rows = list(grid_rows(element))
        inner = [table for table in element.iterdescendants(_TBL) if _outer_table(table) is element]
        if max(map(len, rows), default=0) < 2 or (inner and _text_size(inner) * 2 >= _text_size([element])):
            for row in rows:
                for cell in row:
                    if not cell.goes_on:
                        yield from self.blocks(cell.element)
            return
        try:
            yield Table(id="", cells=read_cells(element, self.cell_text))
        except TableTooLarge:
            self.problems.append(_too_large(self.name))
        for table in inner:
            yield from self.table(table)

    def cell_text(self, cell: etree._Element) -> tuple[str, str | None]:
        """(text of a cell with a line break between its paragraphs, why it is unreadable or None)."""
        lines: list[str] = []
        struck = False
        todo = list(_block_elements(cell))
        while todo:
            element = todo.pop(0)
            if element.tag == _TBL:
                continue
            printed = printed_text(element, self.styles)
            self.referred.update(printed.notes)
            struck = struck or printed.struck
            lines.append(printed.text.strip())
            for box in printed.boxes:
                todo = [*_block_elements(box), *todo]
        text = "\n".join(line for line in lines if line)
        return text, _STRUCK if struck else None

    def notes(self, root: etree._Element, kind: str) -> Iterator[Paragraph | Table]:
        """The notes that the text refers to."""
        for note in root.iter(f"{WORD}{kind}"):
            if (kind, note.get(f"{WORD}id", "")) in self.referred:
                yield from self.blocks(note)


def _block_elements(parent: etree._Element) -> Iterator[etree._Element]:
    """The w:p and w:tbl below an element that are not inside one another, tracked deletions left out."""
    stack = list(reversed(parent))
    while stack:
        element = stack.pop()
        if element.tag in (_P, _TBL):
            yield element
        elif element.tag == _ALTERNATIVES:
            choice = chosen(element)
            stack.extend(reversed(choice if choice is not None else ()))
        elif element.tag in _WRAPPERS and not (element.tag == f"{WORD}sdt" and is_placeholder(element)):
            stack.extend(reversed(element))


def _outer_table(table: etree._Element) -> etree._Element | None:
    return next(table.iterancestors(_TBL), None)


def _text_size(tables: Iterable[etree._Element]) -> int:
    return sum(len(text.text or "") for table in tables for text in table.iter(f"{WORD}t"))


def _too_large(name: str) -> Problem:
    return Problem(
        "table-too-large",
        f"{name}: a table has more cells than any report's table; it was left out.",
        f"{name}：有一张表格过大，未读取。",
        Severity.ERROR,
    )


def _not_read(body: etree._Element, name: str) -> Iterator[Problem]:
    """Problems about content that is no text: embedded worksheets, other files, pictures large enough for a table."""
    if any("excel" in item.get("ProgID", "").lower() for item in body.iter(_OLE)):
        yield Problem(
            "embedded-object",
            f"{name}: a table is an embedded Excel sheet, which is not read. Paste it as a Word table.",
            f"{name}：有表格以 Excel 对象形式嵌入，未读取，请改为 Word 表格。",
            Severity.ERROR,
        )
    if next(body.iter(f"{WORD}altChunk"), None) is not None:
        yield Problem(
            "embedded-object",
            f"{name}: a part of the text is another file inside this one, which is not read. Open and save it in Word.",
            f"{name}：部分内容以外部文件形式嵌入，未读取，请用 Word 打开后另存。",
            Severity.ERROR,
        )
    large = [
        extent
        for extent in body.iter(_DRAWING)
        if int(extent.get("cx", "0")) > _PICTURE_WIDTH and int(extent.get("cy", "0")) > _PICTURE_HEIGHT
        and (holder := extent.getparent()) is not None and next(holder.iter(_BLIP), None) is not None
    ]  # fmt: skip
    if large:
        yield Problem(
            "picture-on-page",
            f"{name}: {len(large)} large picture(s). Figures inside them are not read; look at the file.",
            f"{name}：含有 {len(large)} 张较大图片，图片中的数字未读取，请人工核对。",
            Severity.WARNING,
        )
