"""Saved pages: the page inside, in its charset."""

import pytest

from ingest.formats.from_mht import read_mht
from reports.errors import UnreadableFile

_PAGE = "<html><body><p>一、总体情况</p><table><tr><td>规章</td><td>3</td></tr></table></body></html>"


def _saved(page: bytes, charset: str) -> bytes:
    return (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"XX\"\r\n\r\n--XX\r\n"
        b"Content-Type: text/html; charset=" + charset.encode() + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + page
        + b"\r\n--XX\r\nContent-Type: image/png\r\n\r\n\r\n--XX--\r\n"
    )  # fmt: skip


@pytest.mark.parametrize(("charset", "declared"), [("utf-8", "utf-8"), ("gb18030", "gb2312")])
def test_saved_page(charset: str, declared: str) -> None:
    document = read_mht(_saved(_PAGE.encode(charset), declared), "page.mht")
    assert [cell.text for cell in document.tables[0].cells] == ["规章", "3"]
    assert document.source.format == "mht"


def test_nothing_inside() -> None:
    with pytest.raises(UnreadableFile):
        read_mht(_saved(b"", "utf-8"), "page.mht")
