"""Files made to exhaust who reads them; each is small on disk and made in a moment."""

import io
import zipfile
import zlib
from collections.abc import Callable

_MEGABYTE = 1024 * 1024


def zip_bomb() -> bytes:
    """An archive whose one text unpacks to 64 MB."""
    return _zip({"2022/report.txt": bytes(64 * _MEGABYTE)})


def docx_bomb() -> bytes:
    """A Word file whose text unpacks to 100 MB."""
    opening = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    return _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": opening + b" " * 100 * _MEGABYTE})


def pdf_with_large_stream() -> bytes:
    """A PDF of one page whose content unpacks to 500 MB of spaces."""
    packer = zlib.compressobj(9)
    head = packer.compress(b" " * _MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush the same megabyte packs to the same bytes again.
    again = packer.compress(b" " * _MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    return _pdf(head + again * 499 + packer.flush(), kids=1)


def pdf_of_many_pages() -> bytes:
    """A PDF of 10,000 pages, which are all the same object."""
    return _pdf(zlib.compress(b" "), kids=10_000)


def pdf_of_many_lines() -> bytes:
    """A PDF of 600 pages with 6,000 boxes each: small, sound, and many times longer to read than any test waits."""
    boxes = b"".join(b"%d %d 9 9 re S\n" % (10 * (box % 50), 7 * (box // 50)) for box in range(6000))
    return _pdf(zlib.compress(boxes), kids=600)


def html_of_many_cells() -> bytes:
    """A page with a table of a million cells."""
    row = b"<tr>" + b"<td>1" * 1000
    return "<meta charset=utf-8><p>示例市教育局2022年政府信息公开工作年度报告</p><table>".encode() + row * 1000


def html_of_wide_cells() -> bytes:
    """A page with a table whose cells each claim a thousand million columns and rows."""
    row = b'<tr><td colspan=1000000000 rowspan=1000000000>1<td colspan="1000000000;">2'
    return "<meta charset=utf-8><p>示例市教育局2022年政府信息公开工作年度报告</p><table>".encode() + row * 50


def docx_of_many_cells() -> bytes:
    """A Word file with a table of a million cells."""
    row = b"<w:tr>" + b"<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>" * 1000 + b"</w:tr>"
    opening = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:tbl>'
    body = opening + row * 1000 + b"</w:tbl></w:body></w:document>"
    return _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": body})


BOMBS: dict[str, Callable[[], bytes]] = {
    "zip_bomb.zip": zip_bomb,
    "docx_bomb.docx": docx_bomb,
    "large_stream.pdf": pdf_with_large_stream,
    "many_pages.pdf": pdf_of_many_pages,
    "many_cells.html": html_of_many_cells,
    "wide_cells.html": html_of_wide_cells,
    "many_cells.docx": docx_of_many_cells,
}


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _pdf(content: bytes, kids: int) -> bytes:
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [ %s ] /Count %d >>" % (b"3 0 R " * kids, kids),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    )
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + table + b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)
