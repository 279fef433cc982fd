"""POST /v1/reports and DELETE /v1/reports/{id}: for those who have the API key."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Literal

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import TypeAdapter
from starlette.datastructures import UploadFile

from qa_service.library import Library
from qa_service.web.errors import RequestProblem
from qa_service.web.keys import KeyCheck
from qa_service.web.reports import unknown_report
from reports.problem import Problem


@dataclass(frozen=True, slots=True)
class UploadResult:
    """What became of an uploaded file. outcome: "unchanged" if this very file was stored before."""

    report: str
    agency: str
    agency_name: str
    year: int
    revision: int
    outcome: Literal["new", "revised", "unchanged"]
    figures: int
    problems: tuple[Problem, ...]


_RESULT_JSON = TypeAdapter(UploadResult)
_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


def make_router(library: Library, keys: KeyCheck) -> APIRouter:
    """The routes over one library; `keys` says who may use them."""
    router = APIRouter(tags=["admin"])

    @router.post(
        "/v1/reports",
        response_model=UploadResult,
        status_code=201,
        openapi_extra=_FORM,
        summary="Read a report file into the collection (API key)",
    )
    async def upload(request: Request) -> Response:
        # The body is taken by hand: declared as a parameter it would be read before the key is looked at.
        keys.require(request)
        async with request.form(max_files=1, max_fields=10) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise RequestProblem(
                    "invalid-request",
                    "Send the report as multipart/form-data in the field `file`.",
                    "请以 multipart/form-data 格式，在字段 file 中上传年报文件。",
                )
            result = await run_in_threadpool(_read_and_save, library, file.file, file.filename or "")
        return Response(
            _RESULT_JSON.dump_json(result),
            200 if result.outcome == "unchanged" else 201,
            {"Location": f"/v1/reports/{result.report}"},
            media_type="application/json",
        )

    @router.delete("/v1/reports/{report_id}", status_code=204, summary="Remove a report everywhere (API key)")
    def remove(request: Request, report_id: str) -> Response:
        keys.require(request)
        if not library.remove(report_id):
            raise unknown_report(report_id)
        return Response(status_code=204)

    return router


def _read_and_save(library: Library, content: BinaryIO, name: str) -> UploadResult:
    # Only an upload needs the readers; a service that only answers starts without them.
    from ingest.read_report import read_report

    with TemporaryDirectory(prefix="wenbao-upload-") as folder:
        path = Path(folder) / _plain_name(name)
        with path.open("xb") as file:
            shutil.copyfileobj(content, file)
        ingestion = read_report(path)
    saved = library.save(ingestion)
    report = ingestion.report
    return UploadResult(
        report=saved.report_id,
        agency=report.agency.id,
        agency_name=report.agency.name,
        year=report.year,
        revision=saved.revision,
        outcome=saved.outcome,
        figures=len(ingestion.observations),
        problems=report.problems,
    )


def _plain_name(name: str) -> str:
    """The file's own name without folders and control characters, short enough for any file system."""
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(character for character in last if character.isprintable()).strip(". ")
    stem, dot, suffix = printable.rpartition(".")
    # 60 characters are at most 240 bytes of UTF-8.
    return f"{stem[:50]}{dot}{suffix[:9]}" if stem else printable[:60] or "upload"
