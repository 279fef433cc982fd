"""The opaque cursor of the lists: where the next page starts."""

import base64
import binascii
from urllib.parse import urlencode

from qa_service.web.errors import RequestProblem


def render_cursor(list_name: str, after: str) -> str:
    """The cursor that stands for `after` in that list."""
    return base64.urlsafe_b64encode(f"{list_name}:{after}".encode()).decode().rstrip("=")


def parse_cursor(list_name: str, cursor: str | None) -> str | None:
    """The `after` of a cursor, None for none. Raises RequestProblem unless this list gave it out."""
    if cursor is None:
        return None
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        name, colon, after = base64.b64decode(padded, altchars=b"-_", validate=True).decode().partition(":")
    except (UnicodeError, binascii.Error):
        name, colon, after = "", "", ""
    if name != list_name or not colon or not after:
        raise RequestProblem(
            "bad-cursor",
            'Start again without a cursor, and follow the "next" address of each page.',
            "请去掉游标重新开始，并沿用每页给出的 next 地址。",
        )
    return after


def render_next(path: str, list_name: str, after: str | None, **query: object) -> str | None:
    """The address of the next page with the same filters; None where there is none."""
    if after is None:
        return None
    pairs = [
        (name, str(item))
        for name, value in query.items()
        for item in (value if isinstance(value, list | tuple) else [value])
        if item is not None
    ]
    return f"{path}?{urlencode([*pairs, ('cursor', render_cursor(list_name, after))])}"
