"""GET /v1/{list}.csv-metadata.json: what the columns of a list's CSV hold, in the words of CSV on the Web."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse

from qa_service.web.csv_tables import CSV_TABLES
from qa_service.web.errors import RequestProblem

router = APIRouter(tags=["open data"])


@router.get(
    "/v1/{list}.csv-metadata.json",
    response_model=dict[str, Any],
    summary="The columns of a list's CSV (CSVW metadata)",
    description="Takes the parameters of the list, and describes the CSV that the list gives for them.",
)
async def show_metadata(request: Request, name: Annotated[str, Path(alias="list")]) -> JSONResponse:
    """The description of one CSV."""
    if name not in CSV_TABLES:
        raise RequestProblem(
            "unknown-route",
            f"No such list has a CSV. There are: {', '.join(CSV_TABLES)}.",
            f"没有这个列表的 CSV。现有：{'、'.join(CSV_TABLES)}。",
        )
    url = f"/v1/{name}?{request.url.query or 'format=csv'}"
    return JSONResponse(CSV_TABLES[name].metadata(url), media_type="application/csvm+json")
