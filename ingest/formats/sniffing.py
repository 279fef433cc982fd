"""What a file really is, by its first bytes; the extension decides only between kinds of plain text."""

import io
import re
import zipfile

from reports.errors import UnreadableFile

_HTML = re.compile(rb"<!doctype\s+html|<html|<head\b|<body\b|<table\b|<meta\b|<div\b|<p[\s>]", re.IGNORECASE)
_MAIL_HEADER = re.compile(
    rb"(?:mime-version|from|content-type|subject|date|snapshot-content-location)\s*:", re.IGNORECASE
)
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_WEB_NAMES = (".html", ".htm", ".xhtml", ".shtml")
_TEXT_NAMES = (".txt", ".md", ".tsv")
_HEAD = 4096


def sniff_format(data: bytes, name: str) -> str:
    """The format of the bytes: pdf, docx, doc, html, mht, zip, image or txt. Raises UnreadableFile for an empty file."""
    head = data[:_HEAD]
    if not head.strip() and not data.strip():
        raise UnreadableFile("the file is empty", "文件是空的", code="empty")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx" if _is_word(data) else "zip"
    if head.startswith((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")):
        return "doc"
    if head.startswith(_IMAGES) or (head.startswith(b"BM") and head[6:10] == bytes(4)):
        return "image"
    # UTF-16 without its zero bytes reads as Latin letters, which is all that is looked for.
    return _kind_of_text(head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n"), name.lower())


def _kind_of_text(head: bytes, name: str) -> str:
    if name.endswith((".mht", ".mhtml")) or (_MAIL_HEADER.match(head) and b"multipart/related" in head.lower()):
        return "mht"
    looks_like_page = _HTML.search(head) is not None
    if looks_like_page and (head.startswith(b"<") or not name.endswith(_TEXT_NAMES)):
        return "html"
    return "html" if name.endswith(_WEB_NAMES) else "txt"


def _is_word(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return any(part.startswith("word/") for part in package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        # A damaged package: the Word reader says what is wrong with it.
        return b"word/" in data[:200_000]
