"""XML parts of a zipped office file, read with limits: nothing is unpacked before its size is known."""

import io
import zipfile
import zlib

from lxml import etree

from reports.errors import UnreadableFile

MOST_PARTS = 5000
LARGEST_PART = 64 * 1024 * 1024
LARGEST_TOTAL = 512 * 1024 * 1024
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Package:
    """An office file opened as a zip. Raises UnreadableFile where it is damaged, encrypted, or a bomb."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise self._damaged() from error
        entries = self._zip.infolist()
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
            raise self._too_large()
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableFile(
                f"{name}: the file is protected by a password. Save a copy without the password and add that.",
                f"{name}：文件已加密，请另存为无密码的文件后再提交。",
                code="encrypted-file",
            )
        self._entries = {entry.filename.lstrip("/").lower(): entry for entry in entries}

    def part(self, path: str) -> etree._Element | None:
        """The root of an XML part; None where there is no such part. External entities and DTDs are refused."""
        entry = self._entries.get(path.lstrip("/").lower())
        if entry is None:
            return None
        if entry.file_size > LARGEST_PART:
            raise self._too_large()
        try:
            with self._zip.open(entry) as stream:
                # A bomb may lie about its size, so the limit holds for what really comes out.
                data = stream.read(LARGEST_PART + 1)
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
            zlib.error,
        ) as error:
            raise self._damaged() from error
        if len(data) > LARGEST_PART:
            raise self._too_large()
        return self._parsed(data.replace(_STRICT, _TRANSITIONAL))

    def _parsed(self, data: bytes) -> etree._Element:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser=parser)
        except etree.XMLSyntaxError as error:
            raise self._damaged() from error
        if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
            raise UnreadableFile(
                f"{self.name}: the file declares a document type, which no Word file does. Save it again in Word.",
                f"{self.name}：文件含有异常的文档类型声明，请用 Word 重新保存。",
                code="damaged-file",
            )
        return root

    def _damaged(self) -> UnreadableFile:
        return UnreadableFile(
            f"{self.name}: the Word file is damaged or cut short. Fetch it again, or open and save it in Word.",
            f"{self.name}：Word 文件已损坏或不完整，请重新下载或用 Word 打开后另存。",
            code="damaged-file",
        )

    def _too_large(self) -> UnreadableFile:
        return UnreadableFile(
            f"{self.name}: the file unpacks to far more than any report needs. Save it again in Word without pictures.",
            f"{self.name}：文件解压后过大，疑似异常文件，请去掉图片后重新保存。",
            code="file-too-large-inside",
        )
