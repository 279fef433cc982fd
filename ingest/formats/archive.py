"""Zip files of reports: their members one by one, with limits on number, size and ratio."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from reports.errors import UnreadableFile

MOST_MEMBERS = 5000
LARGEST_MEMBER = 256 * 1024 * 1024
LARGEST_TOTAL = 2 * 1024 * 1024 * 1024
_HIGHEST_RATIO = 400
_SMALL = 1024 * 1024
_UTF8_NAME = 0x800
_STEP = 1024 * 1024
# What archivers and systems add beside the files that somebody put in.
_NOT_REPORTS = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def read_archive(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """(member's name, its bytes) for each file in a zip; archives inside it are given as they are, not opened.

    Names are for people alone: folders are kept ("2022/报告.pdf") but nothing like ".." or a drive, so no name leads out of
    a folder. Chinese names of old archivers are read as GBK. Raises UnreadableFile for a damaged or encrypted archive and
    for a bomb, at the latest when the bad member is reached.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _damaged(name) from error
    with archive:
        members = [
            member for member in archive.infolist() if not member.is_dir() and not _is_clutter(member_name(member))
        ]
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_TOTAL:
            raise _bomb(name, "too many files, or files too large")
        total = 0
        for member in members:
            content = _read_member(archive, member, name)
            total += len(content)
            if total > LARGEST_TOTAL:
                raise _bomb(name, "its files are too large")
            yield member_name(member), content


def member_name(member: zipfile.ZipInfo) -> str:
    """A member's name with "/" between folders, decoded, without parts that lead out of a folder."""
    text = member.filename
    if not member.flag_bits & _UTF8_NAME:
        # zipfile decodes names without the UTF-8 flag as cp437; Chinese archivers wrote GBK, some newer ones UTF-8.
        raw = text.encode("cp437", errors="replace")
        for charset in ("utf-8", "gb18030"):
            try:
                text = raw.decode(charset)
                break
            except UnicodeDecodeError:
                continue
    parts = text.replace("\\", "/").split("/")
    safe = ["".join(character for character in part if character.isprintable()).strip() for part in parts]
    return "/".join(part for part in safe if part not in ("", ".", "..") and not part.endswith(":")) or "unnamed"


def _is_clutter(name: str) -> bool:
    lowered = name.lower()
    return lowered.startswith(_NOT_REPORTS[0]) or lowered.rsplit("/", 1)[-1] in _NOT_REPORTS or "/._" in f"/{lowered}"


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    shown = member_name(member)
    if member.flag_bits & 1:
        raise UnreadableFile(
            f"{name}: {shown} in the archive is protected by a password. Unpack it and add the files.",
            f"{name}：压缩包中的 {shown} 已加密，请解压后再提交。",
            code="encrypted-file",
        )
    ratio = member.file_size / max(1, member.compress_size)
    if member.file_size > LARGEST_MEMBER or (member.file_size > _SMALL and ratio > _HIGHEST_RATIO):
        raise _bomb(name, f"{shown} unpacks to {member.file_size // _SMALL} MB")
    content = bytearray()
    try:
        with archive.open(member) as stream:
            while piece := stream.read(_STEP):
                content += piece
                # The directory of a bomb may lie about sizes.
                if len(content) > LARGEST_MEMBER or len(content) > member.file_size + _STEP:
                    raise _bomb(name, f"{shown} is larger than the archive says")
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise _damaged(name) from error
    return bytes(content)


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: the archive is damaged or cut short. Fetch it again, or unpack it and add the files.",
        f"{name}：压缩包已损坏或不完整，请重新下载，或解压后提交文件。",
        code="damaged-file",
    )


def _bomb(name: str, why: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: {why}; no archive of reports is like that. Unpack it and add the files.",
        f"{name}：压缩包内容异常（{why}），请解压后提交文件。",
        code="file-too-large-inside",
    )
