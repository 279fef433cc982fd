"""The files that paths stand for: folders are searched, archives opened, every file told as it is reached."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from ingest.formats.archive import read_archive
from ingest.formats.sniffing import sniff_format
from reports.errors import UnreadableFile

# In a folder or an archive other files (notes, pictures, spreadsheets) lie beside reports; a file named by itself is
# always tried.
REPORT_SUFFIXES = frozenset(
    ".txt .md .pdf .docx .doc .rtf .wps .html .htm .xhtml .shtml .mht .mhtml .zip".split()
)  # fmt: skip
LARGEST_FILE = 256 * 1024 * 1024


@dataclass(frozen=True)
class ReportFile:
    """The bytes of one file. name: as the report will name it, without folders, but "archive.zip/member" inside an
    archive; path: where it lies, for people."""

    path: str
    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class UnopenedFile:
    """A file whose bytes cannot be had, and why."""

    path: str
    error: UnreadableFile


def find_report_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read, folders searched to the bottom, each file once and in a stable order.

    Raises FileNotFoundError naming the first path that does not exist.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(sorted(each for each in path.rglob("*") if _looks_like_report(each))))
        elif path.exists():
            found[path] = None
        else:
            raise FileNotFoundError(path)
    return list(found)


def open_report_file(path: Path) -> Iterator[ReportFile | UnopenedFile]:
    """The file itself, or the report files in it if it is an archive. Never raises for what is wrong with a file."""
    try:
        data = read_file_bytes(path)
    except UnreadableFile as error:
        yield UnopenedFile(str(path), error)
        return
    yield from open_report_bytes(data, str(path), path.name)


def open_report_bytes(data: bytes, path: str, name: str) -> Iterator[ReportFile | UnopenedFile]:
    """As `open_report_file`, for bytes that are here already."""
    if not _is_archive(data, name):
        yield ReportFile(path, name, data)
        return
    found = False
    try:
        for member, content in read_archive(data, name):
            if not _is_report_name(PurePosixPath(member)):
                continue
            found = True
            where = f"{path}/{member}"
            if _is_archive(content, member):
                yield UnopenedFile(where, _inner_archive(f"{name}/{member}"))
            else:
                yield ReportFile(where, f"{name}/{member}", content)
    except UnreadableFile as error:
        found = True
        yield UnopenedFile(path, error)
    if not found:
        yield UnopenedFile(path, _no_report_inside(name))


def read_file_bytes(path: Path) -> bytes:
    """All bytes of a file. Raises UnreadableFile if it cannot be opened or is larger than LARGEST_FILE."""
    try:
        if path.exists() and not path.is_file():
            # A pipe or a device may never end.
            raise UnreadableFile(
                "this is no file; name a report file", "这不是文件，请指定年报文件", code="cannot-open"
            )
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UnreadableFile(
                f"the file has {size:,} bytes, more than the {LARGEST_FILE:,} a report may have; split it",
                f"文件有{size:,}字节，超过报告的上限{LARGEST_FILE:,}字节；请拆分",
                code="too-large",
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"the file cannot be opened ({error.strerror}); check its path and permissions",
            f"无法打开文件（{error.strerror}）；请检查路径和权限",
            code="cannot-open",
        ) from error


def _looks_like_report(path: Path) -> bool:
    return _is_report_name(path) and path.is_file()


def _is_report_name(path: Path | PurePosixPath) -> bool:
    return path.suffix.lower() in REPORT_SUFFIXES and not path.name.startswith((".", "~$"))


def _is_archive(data: bytes, name: str) -> bool:
    # An archive without files begins with the mark of its directory.
    return data.startswith(b"PK\x05\x06") or (data.startswith(b"PK\x03\x04") and sniff_format(data, name) == "zip")


def _inner_archive(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: an archive inside an archive is not opened. Unpack it and add the files.",
        f"{name}：压缩包内的压缩包不会被打开，请解压后再提交。",
        code="archive-in-archive",
    )


def _no_report_inside(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: there is no report in the archive. Reports end in {', '.join(sorted(REPORT_SUFFIXES - {'.zip'}))}.",
        f"{name}：压缩包中没有年度报告文件。",
        code="empty-archive",
    )
