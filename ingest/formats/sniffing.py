"""What a file really is, by its first bytes; the extension decides only between kinds of plain text."""

import re

from reports.errors import UnreadableFile

_HTML = re.compile(rb"<!doctype\s+html|<html|<head\b|<body\b|<table\b|<meta\b|<div\b|<p[\s>]", re.IGNORECASE)
_MHT = re.compile(
    rb"^(?:mime-version|from|content-type|subject|date|snapshot-content-location)\s*:", re.IGNORECASE | re.MULTILINE
)
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")
_HEAD = 4096


def sniff_format(data: bytes, name: str) -> str:
    """The format of the bytes: pdf, docx, doc, html, mht, zip, image or txt. Raises UnreadableFile for an empty file."""
    if not data.strip():
        raise UnreadableFile("the file is empty", "文件是空的", code="empty")
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in data[:200_000] or name.lower().endswith((".docx", ".docm")) else "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "doc"
    if head.startswith(b"{\\rtf"):
        return "doc"
    if head.startswith(_IMAGES):
        return "image"
    text = head.replace(b"\x00", b"")
    if name.lower().endswith((".mht", ".mhtml")) or (
        _MHT.match(text.lstrip()) and b"multipart/related" in data[: _HEAD * 4].lower()
    ):
        return "mht"
    if _HTML.search(text) or name.lower().endswith((".html", ".htm", ".xhtml", ".shtml")):
        return "html"
    return "txt"
