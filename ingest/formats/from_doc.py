"""Old Word files (.doc, .wps) and RTF -> Document, by way of .docx."""

from dataclasses import replace

from ingest.formats.blocks import source_of
from ingest.formats.from_docx import read_docx
from ingest.formats.office import convert_to_docx
from reports.document import Document
from reports.errors import UnreadableFile

_RTF = b"{\\rtf"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_doc(data: bytes, name: str) -> Document:
    """The document of a .doc, .wps or .rtf file. Files with those endings that are really something else (a web page, a
    .docx) never come here: the format is told by the content. Raises UnreadableFile, also where LibreOffice is missing."""
    if _ENCRYPTED in data:
        raise UnreadableFile(
            f"{name}: the file is protected by a password. Save a copy without the password and add that.",
            f"{name}：文件已加密，请另存为无密码的文件后再提交。",
            code="encrypted-file",
        )
    is_rtf = data.lstrip()[:5] == _RTF
    converted = convert_to_docx(data, name, "rtf" if is_rtf else "doc")
    document = read_docx(converted, name)
    return replace(document, source=source_of(data, name, "rtf" if is_rtf else "doc"))
