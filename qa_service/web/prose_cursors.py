"""The cursor of the lists of passages and commitments: whose, of which year, and the place in the report."""

import json

from qa_service.web.cursors import parse_cursor, render_next
from qa_service.web.errors import RequestProblem
from vectorstore.prose_pages import Position


def parse_position(list_name: str, cursor: str | None) -> Position | None:
    """Where the list goes on, None for its start. Raises RequestProblem unless this list gave the cursor out."""
    after = parse_cursor(list_name, cursor)
    if after is None:
        return None
    try:
        agency, year, position = json.loads(after)
    except (ValueError, TypeError):
        agency = year = position = None
    if not (
        isinstance(agency, str) and type(year) is int and type(position) is int and abs(position) < 2**31 > abs(year)
    ):
        raise RequestProblem(
            "bad-cursor",
            'Start again without a cursor, and follow the "next" address of each page.',
            "请去掉游标重新开始，并沿用每页给出的 next 地址。",
        )
    return agency, year, position


def render_next_position(path: str, list_name: str, after: Position | None, **query: object) -> str | None:
    """The address of the next page with the same filters; None at the end."""
    return render_next(path, list_name, None if after is None else json.dumps(after), **query)
