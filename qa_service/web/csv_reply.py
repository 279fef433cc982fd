"""Lists as CSV: when they are wanted, how they are sent."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal, TypeVar
from urllib.parse import quote

from fastapi import Header, Query, Request
from fastapi.responses import StreamingResponse

from qa_service.web.csv_table import CsvTable

Item = TypeVar("Item")

Format = Annotated[Literal["json", "csv"] | None, Query()]
Bom = Annotated[bool, Query(description="Begin the CSV with a byte order mark, for Excel.")]
Accept = Annotated[str, Header(include_in_schema=False)]
CSV_RESPONSE: dict[int | str, dict[str, object]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}

_IN_QUERIES = "%=&+:/?,;@!$'()*~-._"


def prefers_csv(form: str | None, accept: str) -> bool:
    """Whether CSV is asked for: by ?format=csv, or by an Accept header that names it and not JSON."""
    types = [part.split(";")[0].strip().lower() for part in accept.split(",")]
    return form == "csv" or (form is None and "text/csv" in types and "application/json" not in types)


def csv_reply(table: CsvTable[Item], pages: Iterable[Sequence[Item]], request: Request, bom: bool) -> StreamingResponse:
    """The items as CSV, a page at a time; the header Link names the description of its columns."""

    def lines() -> Iterator[bytes]:
        yield ("\ufeff" if bom else "").encode() + table.head()
        for items in pages:
            yield table.rows(items)

    # Nothing in it may end the address in the header.
    query = quote(f"?{request.url.query}", safe=_IN_QUERIES) if request.url.query else ""
    headers = {
        "Content-Disposition": f'attachment; filename="{table.name}.csv"',
        "Link": f'</v1/{table.name}.csv-metadata.json{query}>; rel="describedby"; type="application/csvm+json"',
        "Vary": "Accept",
    }
    return StreamingResponse(lines(), media_type="text/csv", headers=headers)
