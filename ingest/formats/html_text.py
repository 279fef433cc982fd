"""Text of web page elements as a browser would show it: hidden parts left out, white space collapsed, <br> kept."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead "
    "tr ul".split()
)
_NEVER_SHOWN = frozenset(
    "script style noscript template head title meta link iframe object embed svg math canvas audio video map area "
    "button datalist option del".split()
)
_NOT_TYPED = frozenset("hidden button submit reset image checkbox radio file password".split())
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"line-through", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\f\r]+")
_AROUND_BREAK = re.compile(r"[ \t\f\r]*\n[ \t\f\r]*")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f]")
LINE_BREAK = "\n"
# A raised digit is a footnote mark: as a plain digit it would become part of the figure beside it.
RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def is_hidden(element: HtmlElement) -> bool:
    """Whether a browser shows nothing of an element (as far as its own attributes tell)."""
    if not isinstance(element.tag, str):
        return True
    tag = element.tag.lower()
    if tag in _NEVER_SHOWN or (tag == "input" and element.get("type", "text").lower() in _NOT_TYPED):
        return True
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style", "")))


def shown_text(element: HtmlElement, leave_out: frozenset[HtmlElement] = frozenset()) -> str:
    """The text of an element; <br> and block borders are line breaks. `leave_out`: parts shown elsewhere."""
    return "".join(_pieces(element, leave_out)).strip()


def has_struck_digits(element: HtmlElement) -> bool:
    """Whether digits in an element are shown struck through."""
    struck = [
        part for part in element.iter() if part.tag in ("s", "strike") or _STRUCK_STYLE.search(part.get("style", ""))
    ]
    return any(character.isdigit() for part in struck if not is_hidden(part) for character in shown_text(part))


def collapsed(text: str | None) -> str:
    """White space of the source as one space, none where the source only wraps Chinese text over lines."""
    if not text:
        return ""

    def replacement(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        wraps = "\n" in match.group() and _WIDE.match(before or " ") and _WIDE.match(after or " ")
        return "" if wraps else " "

    return _SPACES.sub(replacement, text)


def typed_text(element: HtmlElement) -> str:
    """The value shown in a form field."""
    if element.tag == "input":
        return str(element.get("value", ""))
    chosen = element.xpath(".//option[@selected]")
    return str(chosen[0].text_content()) if chosen else ""


def _pieces(element: HtmlElement, leave_out: frozenset[HtmlElement]) -> Iterator[str]:
    """The text in order; iterative because pages nest unclosed tags thousands deep."""
    raw: list[str] = []
    stack: list[tuple[HtmlElement, bool]] = [(element, True)]
    while stack:
        node, opening = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if opening:
            if node is not element and (is_hidden(node) or node in leave_out):
                raw.append(collapsed(node.tail))
                continue
            if tag == "sup" and node is not element:
                raw.append(collapsed("".join(node.itertext())).translate(RAISED_DIGITS))
                raw.append(collapsed(node.tail))
                continue
            if tag == "br" or (tag in BLOCKS and node is not element):
                raw.append(LINE_BREAK)
            raw.append(node.text or "" if tag in ("pre", "textarea") else collapsed(node.text))
            if tag in ("input", "select"):
                raw.append(typed_text(node))
            stack.append((node, False))
            if tag != "select":
                stack.extend((child, True) for child in reversed(node))
        elif node is not element:
            if tag in BLOCKS:
                raw.append(LINE_BREAK)
            raw.append(collapsed(node.tail))
    text = re.sub(" {2,}", " ", "".join(raw))
    yield re.sub("\n{2,}", "\n", _AROUND_BREAK.sub("\n", text))
