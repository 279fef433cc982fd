"""Bytes to text: which charset a file is in, and whether it is text at all."""

import codecs
import re
from dataclasses import dataclass

from reports.errors import UnreadableFile

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_RARE = re.compile("[\ue000-\uf8ff\U0001f000-\U0010ffff]")
UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class DecodedText:
    """text; charset it was decoded with; damaged: number of characters that could not be read (they are U+FFFD)."""

    text: str
    charset: str
    damaged: int = 0


def decode_text(data: bytes) -> DecodedText:
    """Decode by BOM, else UTF-8, else GB18030, else Big5.

    A file that is UTF-8 but for a few bytes stays UTF-8 with those characters marked unknown: read as GB18030 it would
    turn into other characters. Raises UnreadableFile for what is not text.
    """
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return _checked(data.decode(charset, errors="replace"), charset)
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        damaged_utf8 = data.decode("utf-8", errors="replace")
    if len(_CHINESE.findall(damaged_utf8)) > 2 * damaged_utf8.count(UNKNOWN):
        return _checked(damaged_utf8, "utf-8")
    for charset in ("gb18030", "big5"):
        text = data.decode(charset, errors="replace")
        if len(_CHINESE.findall(text)) > 10 * (text.count(UNKNOWN) + len(_RARE.findall(text))):
            return _checked(text, charset)
    raise UnreadableFile(
        "the file is not text in UTF-8, GB18030 or Big5; save it as UTF-8 text and read it again",
        "文件不是UTF-8、GB18030或Big5编码的文本；请另存为UTF-8文本后重新读取",
        code="unknown-charset",
    )


def _checked(text: str, charset: str) -> DecodedText:
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > 20 + len(text) // 100:
        raise UnreadableFile(
            "the file is binary, not text; give it its true file extension (.pdf, .docx, .html) and read it again",
            "文件是二进制数据而不是文本；请改用正确的扩展名（.pdf、.docx、.html）后重新读取",
            code="binary",
        )
    return DecodedText(text, charset, text.count(UNKNOWN))


def control_characters(text: str) -> int:
    """How many control characters (besides tab and line ends) the text holds."""
    return len(_CONTROL.findall(text))
