"""Zip files of reports: names, limits, damage."""

import io
import zipfile

import pytest

from ingest.formats.archive import member_name, read_archive
from reports.errors import UnreadableFile


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_members_in_order_without_clutter() -> None:
    data = _zip({"2022/报告.txt": b"a", "__MACOSX/2022/._x": b"b", "Thumbs.db": b"c", "空格 名.html": b"d"})
    assert list(read_archive(data, "reports.zip")) == [("2022/报告.txt", b"a"), ("空格 名.html", b"d")]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\a\\..\\b.txt", "a/b.txt"),
        ("./a//b.txt", "a/b.txt"),
        ("..", "unnamed"),
    ],
)
def test_no_name_leads_out_of_a_folder(stored: str, shown: str) -> None:
    assert member_name(zipfile.ZipInfo(stored)) == shown


def test_chinese_name_of_an_old_archiver() -> None:
    info = zipfile.ZipInfo("报告.txt".encode("gbk").decode("cp437"))
    info.flag_bits = 0
    assert member_name(info) == "报告.txt"


def test_bomb() -> None:
    with pytest.raises(UnreadableFile) as caught:
        list(read_archive(_zip({"bomb.txt": bytes(64 * 1024 * 1024)}), "bomb.zip"))
    assert caught.value.code == "file-too-large-inside"


def test_too_many_members() -> None:
    with pytest.raises(UnreadableFile) as caught:
        list(read_archive(_zip({f"{number}.txt": b"" for number in range(5001)}), "many.zip"))
    assert caught.value.code == "file-too-large-inside"


@pytest.mark.parametrize("keep", [0, 10, 60])
def test_cut_short(keep: int) -> None:
    data = _zip({"a.txt": b"text" * 100})
    with pytest.raises(UnreadableFile) as caught:
        list(read_archive(data[: len(data) - 22 - keep], "cut.zip"))
    assert caught.value.code == "damaged-file"


def test_archive_inside_is_not_opened() -> None:
    inner = _zip({"a.txt": b"text"})
    assert list(read_archive(_zip({"inner.zip": inner}), "outer.zip")) == [("inner.zip", inner)]
