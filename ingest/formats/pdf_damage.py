"""Looks at the bytes of a PDF before any reader opens it: is it whole, and how large is it when unpacked?"""

import re
import zlib

from reports.errors import UnreadableFile

# A page of text unpacks to some hundred kilobytes; a picture of a scanned page to some thirty megabytes.
_LARGEST_STREAM = 48 * 1024 * 1024
_LARGEST_PICTURE = 256 * 1024 * 1024
_STREAM = re.compile(rb"stream\r?\n")
_LINEARIZED = re.compile(rb"/Linearized\b[^>]{0,400}?/L\s+(\d+)")
_STEP = 64 * 1024
_NESTING = 3


def check_pdf_bytes(data: bytes, name: str) -> None:
    """Raises UnreadableFile for a file without a PDF's beginning or end and for streams that unpack to a bomb."""
    if b"%PDF-" not in data[:1024]:
        raise _unreadable(
            name, "this is no PDF file", "不是 PDF 文件", "Check what it is and give it its proper ending."
        )
    linearized = _LINEARIZED.search(data, 0, 2048)
    if b"%%EOF" not in data or (linearized and int(linearized.group(1)) > len(data)):
        raise _unreadable(name, "the PDF is cut short", "PDF 不完整", "Fetch it again from where it was published.")
    for start in _STREAM.finditer(data):
        head = data[max(0, start.start() - 1000) : start.start()]
        head = head[head.rfind(b" obj") + 1 :]
        limit = _LARGEST_PICTURE if b"/Image" in head else _LARGEST_STREAM
        if _unpacks_beyond(memoryview(data)[start.end() :], limit):
            megabytes = limit // 1024 // 1024
            raise UnreadableFile(
                f"{name}: a part of the PDF unpacks to more than {megabytes} MB; no report needs that. "
                "Print it to a new PDF and add that.",
                f"{name}：PDF 内部数据解压后超过 {megabytes} MB，疑似异常文件，请重新导出后提交。",
                code="file-too-large-inside",
            )


def _unreadable(name: str, what: str, what_zh: str, advice: str) -> UnreadableFile:
    return UnreadableFile(f"{name}: {what}. {advice}", f"{name}：{what_zh}，请检查或重新下载。", code="damaged-file")


def _unpacks_beyond(packed: memoryview, limit: int, nesting: int = _NESTING) -> bool:
    """Whether a zlib stream unpacks to more than `limit` bytes, also when it is packed several times over."""
    unpacker = zlib.decompressobj()
    inner: zlib._Decompress | None = None
    total = inner_total = 0
    try:
        for position in range(0, len(packed), _STEP):
            piece = bytes(packed[position : position + _STEP])
            while piece:
                plain = unpacker.decompress(piece, _STEP * 16)
                piece = unpacker.unconsumed_tail
                if total == 0 and nesting and plain[:1] == b"x":
                    inner = zlib.decompressobj()
                total += len(plain)
                if inner is not None:
                    inner, inner_total = _count_inner(inner, plain, inner_total, limit)
                if total > limit or inner_total > limit:
                    return True
            if unpacker.eof:
                break
    except zlib.error:
        return False
    return False


def _count_inner(
    inner: "zlib._Decompress", plain: bytes, total: int, limit: int
) -> tuple["zlib._Decompress | None", int]:
    try:
        while plain and total <= limit:
            total += len(inner.decompress(plain, _STEP * 16))
            plain = inner.unconsumed_tail
    except zlib.error:
        return None, total
    return inner, total
