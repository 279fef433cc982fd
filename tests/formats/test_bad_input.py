"""Files made to break readers: each is refused clearly or read in part, and nothing leaves the machine."""

import gzip
import http.server
import io
import threading
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from ingest.formats.from_doc import read_doc
from ingest.formats.from_docx import read_docx
from ingest.formats.from_html import read_html
from ingest.formats.from_pdf import read_pdf
from ingest.formats.office import convert_to_docx, find_office
from reports.errors import UnreadableFile
from tests.formats.real_reports import real_report
from tests.formats.word_parts import paragraph, table, word_file
from tests.rendering.plain_pdf import PlainPage, write_pdf


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """(address of a server on this machine, the requests that reached it)."""
    requests: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name is http.server's
            requests.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", requests
    server.shutdown()
    server.server_close()
    thread.join()


def _text_page() -> PlainPage:
    page = PlainPage()
    page.text(80, 100, 10, "一、总体情况")
    return page


def _code(data: bytes, name: str = "报告 一.pdf") -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_pdf(data, name)
    assert name in str(caught.value)
    assert caught.value.message_zh != str(caught.value)
    return caught.value.code


def test_encrypted_pdf() -> None:
    """The marks of an encrypted file are enough: no reader gets past them without the password."""
    encryption = b"<< /Filter /Standard /V 1 /R 2 /P -64 /O <" + b"ab" * 32 + b"> /U <" + b"cd" * 32 + b"> >>"
    data = write_pdf([_text_page()]).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt " + encryption + b" /ID [<00><00>]")
    assert _code(data) == "encrypted-file"


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_truncated_pdf(part: float) -> None:
    data = real_report("huaian_gov_2024.pdf")
    assert _code(data[: int(len(data) * part)]) == "damaged-file"


def test_no_pdf_at_all() -> None:
    assert _code(b"<html><body>1</body></html>") == "damaged-file"


def test_pdf_whose_inside_is_rubbish() -> None:
    assert _code(b"%PDF-1.7\n" + bytes(range(256)) * 50 + b"\n%%EOF\n") == "damaged-file"


@pytest.mark.parametrize("times", [1, 2])
def test_stream_that_unpacks_to_500_megabytes(times: int) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(500)) + packer.flush()
    filters = b"/FlateDecode"
    if times == 2:
        packed, filters = zlib.compress(packed), b"[ /FlateDecode /FlateDecode ]"
    stream = b"9 0 obj\n<< /Filter %s /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (filters, len(packed), packed)
    assert _code(write_pdf([_text_page()], extra=stream)) == "file-too-large-inside"


def test_pdf_of_ten_thousand_pages() -> None:
    assert _code(write_pdf([PlainPage() for _ in range(10_000)])) == "too-many-pages"


def test_pdf_that_names_a_character_map_elsewhere(tmp_path: Path) -> None:
    """CVE-2025-64512: a font's encoding named a file, which was unpickled."""
    marker = tmp_path / "opened"
    payload = tmp_path / "map.pickle.gz"
    payload.write_bytes(gzip.compress(b"cos\nsystem\n(S'touch %s'\ntR." % str(marker).encode()))
    page = _text_page()
    for number in range(4):
        page.line(80, 200 + 20 * number, 400, 200 + 20 * number)
        page.line(80 + 100 * number, 200, 80 + 100 * number, 260)
    name = str(payload).removesuffix(".pickle.gz").replace("/", "#2F")
    data = write_pdf([page]).replace(b"/UniGB-UCS2-H", f"/{name}".encode())
    read_pdf(data, "map.pdf")
    assert not marker.exists()


def test_form_field_is_not_blank() -> None:
    """A filled-in field is no page text: read as it stands, the cell would look blank."""
    page = PlainPage()
    for x, text in ((80, "规章"), (200, "")):
        for line in ((x, 200, x + 120, 200), (x, 230, x + 120, 230), (x, 200, x, 230), (x + 120, 200, x + 120, 230)):
            page.line(*line)
        if text:
            page.text(x + 5, 220, 10, text)
    note = (
        b"/Annots [ << /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (37) /DA (/Helv 10 Tf 0 g) /F 4 "
        b"/Rect [ 210 615 300 635 ] /AP << /N 9 0 R >> >> ] "
    )
    shown = b"BT /F0 10 Tf 2 5 Td (37) Tj ET"
    appearance = (
        b"9 0 obj\n<< /Type /XObject /Subtype /Form /BBox [ 0 0 90 20 ] /Resources << /Font << /F0 << /Type /Font /Subtype "
        b"/Type1 /BaseFont /Helvetica >> >> >> /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(shown), shown)
    )
    document = read_pdf(
        _rebuilt(write_pdf([page], extra=appearance).replace(b"/Rotate 0", note + b"/Rotate 0")), "form.pdf"
    )
    assert [cell.text for cell in document.tables[0].cells] == ["规章", "37"]


def _rebuilt(data: bytes) -> bytes:
    """The file with its cross-reference table made anew."""
    document = pypdfium2.PdfDocument(data)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


def _docx_code(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_docx(data, "报告.docx")
    assert "报告.docx" in str(caught.value)
    return caught.value.code


def test_docx_bomb() -> None:
    assert _docx_code(word_file("<w:p/>" * 15_000_000)) == "file-too-large-inside"


def test_docx_that_lies_about_its_size() -> None:
    data = bytearray(word_file(paragraph("文字") * 20_000))
    start = data.index(b"PK\x01\x02", data.index(b"word/document.xml"))
    entry = data.index(b"word/document.xml", start) - 46
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    assert _docx_code(bytes(data)) == "damaged-file"


def test_docx_cut_short() -> None:
    data = word_file(paragraph("文字") * 100)
    assert _docx_code(data[: len(data) // 2]) == "damaged-file"


def test_zip_without_a_document() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "text")
    assert _docx_code(buffer.getvalue()) == "damaged-file"


def test_docx_with_external_entity(tmp_path: Path, canary: tuple[str, list[str]]) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    address, requests = canary
    for target in (secret.as_uri(), address):
        prolog = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{target}">]>'
        data = word_file("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", prolog=prolog)
        assert _docx_code(data) == "damaged-file"
    assert not requests


def test_docx_with_entities_that_multiply() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    prolog = f'<!DOCTYPE d [<!ENTITY l0 "lol">{entities}]>'
    assert _docx_code(word_file("<w:p><w:r><w:t>&l11;</w:t></w:r></w:p>", prolog=prolog)) == "damaged-file"


def test_docx_table_of_a_million_cells() -> None:
    cells = "<w:tc><w:p/></w:tc>" * 1000
    body = paragraph("一、总体情况") + table(*[f"<w:tr>{cells}</w:tr>"] * 1000)
    document = read_docx(word_file(body), "报告.docx")
    assert [problem.code for problem in document.problems] == ["table-too-large"]
    assert [block.text for block in document.paragraphs] == ["一、总体情况"]


def _with_remote_image(address: str) -> bytes:
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        f'Target="{address}/picture.png" TargetMode="External"/></Relationships>'
    )
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    picture = (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{drawing}/wordprocessingDrawing"><wp:extent cx="900000" cy="900000"/>'
        f'<wp:docPr id="1" name="p"/><a:graphic xmlns:a="{drawing}/main"><a:graphicData uri="{drawing}/picture">'
        f'<pic:pic xmlns:pic="{drawing}/picture"><pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:link="rId9"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    return word_file(picture + paragraph("文字"), {"word/_rels/document.xml.rels": relationships})


def test_docx_with_remote_image(canary: tuple[str, list[str]]) -> None:
    address, requests = canary
    document = read_docx(_with_remote_image(address), "remote.docx")
    assert [block.text for block in document.paragraphs] == ["文字"]
    assert not requests


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_conversion_fetches_nothing(canary: tuple[str, list[str]]) -> None:
    address, requests = canary
    rtf = (
        r"{\rtf1\ansi {\field{\*\fldinst INCLUDEPICTURE \\d "
        f'"{address}/picture.png"'
        r"}{\fldrslt text}} figures 12\par}"
    )
    document = read_doc(rtf.encode("ascii"), "remote.rtf")
    assert any("12" in block.text for block in document.paragraphs)
    convert_to_docx(_with_remote_image(address), "remote.docx", "docx")
    assert not requests


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_conversion_that_takes_too_long_is_ended() -> None:
    with pytest.raises(UnreadableFile) as caught:
        convert_to_docx(b"{\\rtf1 text}", "slow.rtf", "rtf", time_limit=0.01)
    assert caught.value.code == "conversion-timeout"


def test_encrypted_word_file() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    with pytest.raises(UnreadableFile) as caught:
        read_doc(data, "geheim.docx")
    assert caught.value.code == "encrypted-file"


def test_page_with_remote_parts_and_entities(tmp_path: Path, canary: tuple[str, list[str]]) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    address, requests = canary
    page = f"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y SYSTEM "{address}/e">]>
      <html><head><base href="{address}"><link rel=stylesheet href="{address}/a.css"><script src="{address}/b.js"></script>
      </head><body><img src="{address}/c.png"><iframe src="{address}/d.html"></iframe><p>正文&x;&y;</p></body></html>"""
    text = "".join(block.text for block in read_html(page.encode(), "page.html").paragraphs)
    assert "正文" in text
    assert "geheim" not in text
    assert not requests
