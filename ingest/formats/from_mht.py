"""Web pages saved as one file (.mht, .mhtml; also Word's "single file web page", often named .doc) -> Document."""

from dataclasses import replace
from email import message_from_bytes, policy

from ingest.formats.blocks import source_of
from ingest.formats.from_html import LARGEST, read_html
from reports.document import Document
from reports.errors import UnreadableFile

_MOST_PARTS = 2000


def read_mht(data: bytes, name: str) -> Document:
    """The document of the page that the file was saved from; its other parts (pictures, styles) are not looked at.

    Raises UnreadableFile for a file without a page in it.
    """
    if len(data) > LARGEST:
        raise _no_page(name)
    message = message_from_bytes(data, policy=policy.default)
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                document = read_html(page, name, part.get_content_charset())
                return replace(document, source=source_of(data, name, "mht"))
    raise _no_page(name)


def _no_page(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: the saved page is empty or damaged. Save it again from the browser, best as a web page (HTML only).",
        f"{name}：保存的网页为空或已损坏，请在浏览器中重新保存（仅 HTML）。",
        code="damaged-file",
    )
