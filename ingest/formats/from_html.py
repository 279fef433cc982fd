"""Web pages -> Document: the article's paragraphs, headings and tables with their true spans."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ingest.formats.blocks import assemble_document, source_of
from ingest.formats.charset import decode_html
from ingest.formats.html_page import find_article, find_title, is_furniture_line
from ingest.formats.html_tables import is_layout, is_too_large, own_cells, read_table
from ingest.formats.html_text import BLOCKS, LINE_BREAK, collapsed, is_hidden, typed_text
from ingest.formats.span_grid import TableTooLarge
from reports.document import Document, Paragraph
from reports.errors import UnreadableFile
from reports.place import Place
from reports.problem import Problem, Severity
from reports.table import Table

LARGEST = 64 * 1024 * 1024
_HEADING = re.compile(r"h([1-6])")
_SPACES = re.compile(" {2,}")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TITLE_SEARCHED = 8
# Editors leave unclosed tags by the thousand; without them the page reads the same.
_INLINE_TAGS = re.compile(r"</?(?:font|span|b|strong|i|em|u|big|small|o:p)\b[^>]*>", re.IGNORECASE)
_WRAPPING_TAGS = re.compile(r"</?(?:div|center|section|article|form|a)\b[^>]*>", re.IGNORECASE)


def read_html(data: bytes, name: str, declared_charset: str | None = None) -> Document:
    """The article of a web page; places are lines of the page's source (1-based).

    Nothing is fetched. Navigation, tools and the page's foot are left out; tables that only lay out the page are read as
    the text they hold. declared_charset: what came with the page, if it was saved with one. Raises UnreadableFile for
    what is empty, not text, or absurdly large.
    """
    if len(data) > LARGEST:
        raise UnreadableFile(
            f"{name}: the page has {len(data) // 1024 // 1024} MB; a report has a few. Save the article alone.",
            f"{name}：网页过大（{len(data) // 1024 // 1024} MB），请只保存报告正文。",
            code="too-large",
        )
    decoded = decode_html(data, declared_charset)
    page = parse_html(decoded.text, name)
    body = page.find("body") if page.tag == "html" else page
    if body is None:
        body = page
    title = find_title(page)
    problems = list(_remove_huge_tables(page, name))
    article = find_article(body)
    blocks = list(_blocks(article, name, problems))
    blocks = _with_title(blocks, title)
    problems += _pictures(article, blocks, name)
    if decoded.damaged:
        problems.append(_damaged(name, decoded.damaged))
    return assemble_document(source_of(data, name, "html"), blocks, problems)


def parse_html(text: str, name: str) -> HtmlElement:
    """The tree of a page. No external entity is resolved and nothing is loaded."""
    source = _XML_DECLARATION.sub("", text).replace("\x00", "")
    for flatten in (None, _INLINE_TAGS, _WRAPPING_TAGS):
        source = flatten.sub("", source) if flatten else source
        page, complete = _parsed(source, name)
        if complete:
            return page
    raise UnreadableFile(
        f"{name}: the page's elements are nested thousands deep. Save the article alone.",
        f"{name}：网页元素嵌套过深，请只保存报告正文。",
        code="nested-too-deep",
    )


def _parsed(source: str, name: str) -> tuple[HtmlElement, bool]:
    """(the tree, whether all of the page is in it): the parser gives up where elements are nested too deep."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        page = document_fromstring(source.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableFile(
            f"{name}: the page has no content. Save it again from the browser.",
            f"{name}：网页没有内容，请重新保存。",
            code="empty",
        ) from error
    return page, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _blocks(article: HtmlElement, name: str, problems: list[Problem]) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables in the order in which a browser shows them."""
    text = _Text()
    stack: list[tuple[HtmlElement, bool]] = [(article, True)]
    while stack:
        element, opening = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if not opening:
            if tag in BLOCKS:
                yield from text.paragraphs()
            if element is not article:
                text.add(collapsed(element.tail), element)
            continue
        if is_hidden(element) and element is not article:
            text.add(collapsed(element.tail), element)
            continue
        if tag in BLOCKS:
            yield from text.paragraphs()
        if tag == "table" and not is_layout(element):
            yield from _table(element, name, problems)
            if element is not article:
                text.add(collapsed(element.tail), element)
            continue
        stack.append((element, False))
        if heading := _HEADING.fullmatch(tag):
            text.level = int(heading.group(1))
        if tag == "br":
            yield from text.paragraphs()
        text.add(typed_text(element) if tag in ("input", "select") else collapsed(element.text), element)
        children = list(own_cells(element)) if tag == "table" else [] if tag == "select" else list(element)
        stack.extend((child, True) for child in reversed(children))
    yield from text.paragraphs()


class _Text:
    """Text gathered since the last block border."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.line: int | None = None
        self.level: int | None = None

    def add(self, piece: str, element: HtmlElement) -> None:
        if piece.strip() and self.line is None:
            self.line = element.sourceline
        self.pieces.append(piece)

    def paragraphs(self) -> Iterator[Paragraph]:
        lines = _SPACES.sub(" ", "".join(self.pieces)).split(LINE_BREAK)
        for text in (line.strip() for line in lines):
            if text and not is_furniture_line(text):
                yield Paragraph(text, Place(line=self.line), self.level)
        self.pieces, self.line, self.level = [], None, None


def _table(element: HtmlElement, name: str, problems: list[Problem]) -> Iterator[Table]:
    try:
        yield read_table(element)
    except TableTooLarge:
        problems.append(_too_large(element, name))


def _remove_huge_tables(page: HtmlElement, name: str) -> Iterator[Problem]:
    """Takes tables out that no report has, before anything looks at their cells."""
    for table in list(page.iter("table")):
        if is_too_large(table):
            yield _too_large(table, name)
            table.drop_tree()


def _too_large(table: HtmlElement, name: str) -> Problem:
    line = table.sourceline
    return Problem(
        "table-too-large",
        f"{name}: the table at line {line} has more cells than any report's table; it was left out.",
        f"{name}：第 {line} 行的表格过大，未读取。",
        Severity.ERROR,
        Place(line=line),
    )


def _with_title(blocks: list[Paragraph | Table], title: str | None) -> list[Paragraph | Table]:
    """The blocks, with the page's title before them where the article does not begin with it."""
    if not title:
        return blocks
    wanted = "".join(title.split())
    for block in blocks[:_TITLE_SEARCHED]:
        if isinstance(block, Paragraph) and wanted in "".join(block.text.split()):
            return blocks
    start = "".join("".join(block.text.split()) for block in blocks[:_TITLE_SEARCHED] if isinstance(block, Paragraph))
    return blocks if wanted in start else [Paragraph(title, heading_level=1), *blocks]


def _pictures(article: HtmlElement, blocks: list[Paragraph | Table], name: str) -> Iterator[Problem]:
    pictures = [picture for picture in article.iter("img") if not is_hidden(picture)]
    if pictures and not any(isinstance(block, Table) for block in blocks):
        yield Problem(
            "picture-on-page",
            f"{name}: the page has {len(pictures)} picture(s) and no table. Figures in pictures are not read; save the "
            "pictures and add them, or look at the page.",
            f"{name}：网页含 {len(pictures)} 张图片而没有表格，图片中的数字未读取，请人工核对。",
            Severity.WARNING,
        )


def _damaged(name: str, count: int) -> Problem:
    return Problem(
        "damaged-characters",
        f"{name}: {count} characters of the page could not be read. Save the page again.",
        f"{name}：网页中有 {count} 个字符无法识别，请重新保存。",
        Severity.WARNING,
    )
