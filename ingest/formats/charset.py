"""The charset of a web page: byte order mark, then what the page declares, then UTF-8, GB18030, Big5."""

import codecs
import re

from ingest.formats.text_encoding import DecodedText, decode_text

_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Pages that declare GB2312 or GBK use characters that only GB18030 has.
_CHINESE_FAMILY = {"gb2312", "gbk", "cp936", "ms936", "gb_2312-80", "x-gbk", "hz-gb-2312", "gb18030", "gb2312-80"}
_SEARCHED = 4096


def decode_html(data: bytes, declared: str | None = None) -> DecodedText:
    """The text of a page. `declared`: the charset that came with it (a saved page's MIME header), if any.

    A declaration is believed only as far as the bytes obey it; bytes that are valid UTF-8 with Chinese in it are UTF-8
    whatever the page says, because GB18030 accepts almost any bytes. Raises UnreadableFile for what is not text.
    """
    if data.startswith(_BOMS):
        return decode_text(data)
    charset = _charset_name(declared) or declared_charset(data)
    if charset is None or charset == "utf-8" or _is_chinese_utf8(data):
        return decode_text(data)
    try:
        text = data.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return decode_text(data)
    return DecodedText(text, charset) if "\x00" not in text else decode_text(data)


def declared_charset(data: bytes) -> str | None:
    """The charset that a page's first lines declare, as a Python codec name; None where none is declared or known."""
    found = _META.search(data, 0, _SEARCHED) or _XML.search(data, 0, _SEARCHED)
    return _charset_name(found.group(1).decode("ascii")) if found else None


def _charset_name(declared: str | None) -> str | None:
    name = (declared or "").strip().strip("\"'").lower()
    if name in _CHINESE_FAMILY:
        return "gb18030"
    if name in ("big5", "big5-hkscs", "x-x-big5"):
        return "big5hkscs"
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None


def _is_chinese_utf8(data: bytes) -> bool:
    try:
        return bool(_CHINESE.search(data.decode("utf-8")))
    except UnicodeDecodeError:
        return False
