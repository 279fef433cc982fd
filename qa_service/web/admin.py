"""POST /v1/reports and DELETE /v1/reports/{id}: for those who have the API key."""

import logging
import re
from asyncio import Semaphore
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, Literal

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import TypeAdapter
from starlette.datastructures import UploadFile

from qa_service.keys.key import KeyScope
from qa_service.library import Library
from qa_service.web.errors import RequestProblem
from qa_service.web.keys import KeyCheck
from qa_service.web.reports import unknown_report
from reports.errors import NotAReport, UnreadableFile
from reports.problem import Problem

if TYPE_CHECKING:
    from ingest.bulk import FileResult


@dataclass(frozen=True, slots=True)
class UploadResult:
    """What became of an uploaded file. outcome: "unchanged" if this very file was stored before."""

    file: str
    report: str
    agency: str
    agency_name: str
    year: int
    revision: int
    outcome: Literal["new", "revised", "unchanged"]
    figures: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RefusedMember:
    """A file in an archive that was not read, and why."""

    file: str
    code: str
    detail: str
    detail_zh: str


@dataclass(frozen=True, slots=True)
class ArchiveResult:
    """What became of the files in an uploaded archive."""

    reports: tuple[UploadResult, ...]
    refused: tuple[RefusedMember, ...]


log = logging.getLogger(__name__)

# Uploads that are read at the same moment: each takes a process and its memory. The others wait without a thread, of
# which the questions need theirs.
_AT_ONCE = 2
_RESULT_JSON: TypeAdapter[UploadResult | ArchiveResult] = TypeAdapter(UploadResult | ArchiveResult)
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
    reading = Semaphore(_AT_ONCE)

    @router.post(
        "/v1/reports",
        response_model=UploadResult | ArchiveResult,
        status_code=201,
        openapi_extra=_FORM,
        summary="Read a report file, or an archive (.zip) of them, into the collection (API key)",
    )
    async def upload(request: Request) -> Response:
        # The body is taken by hand: declared as a parameter it would be read before the key is looked at.
        await run_in_threadpool(keys.require, request, KeyScope.UPLOAD)
        async with request.form(max_files=1, max_fields=10) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise RequestProblem(
                    "invalid-request",
                    "Send the report as multipart/form-data in the field `file`.",
                    "请以 multipart/form-data 格式，在字段 file 中上传年报文件。",
                )
            async with reading:
                result = await run_in_threadpool(_read_and_save, library, file.file, file.filename or "")
        return _reply(result)

    @router.delete("/v1/reports/{report_id}", status_code=204, summary="Remove a report everywhere (API key)")
    def remove(request: Request, report_id: str) -> Response:
        keys.require(request, KeyScope.DELETE)
        if not library.remove(report_id):
            raise unknown_report(report_id)
        return Response(status_code=204)

    return router


def _reply(result: UploadResult | ArchiveResult) -> Response:
    """201 where something new is stored; one report's place is named in the header Location."""
    done = (result,) if isinstance(result, UploadResult) else result.reports
    new = any(each.outcome != "unchanged" for each in done)
    place = {"Location": f"/v1/reports/{result.report}"} if isinstance(result, UploadResult) else {}
    return Response(_RESULT_JSON.dump_json(result), 201 if new else 200, place, media_type="application/json")


def _read_and_save(library: Library, content: BinaryIO, name: str) -> UploadResult | ArchiveResult:
    # Only an upload needs the readers; a service that only answers starts without them.
    from ingest.bulk import read_files
    from ingest.report_files import open_report_bytes

    plain = _plain_name(name)
    files = open_report_bytes(content.read(), plain, plain)
    with closing(read_files(files, library.store.find_report)) as results:
        first = next(results)
        if first.path == plain:
            return _keep(library, first)
        return _keep_members(library, chain([first], results))


def _keep_members(library: Library, results: "Iterable[FileResult]") -> ArchiveResult:
    kept: list[UploadResult] = []
    refused: list[RefusedMember] = []
    for result in results:
        try:
            kept.append(_keep(library, result))
        except (UnreadableFile, NotAReport) as error:
            refused.append(RefusedMember(result.path, error.code, str(error), error.message_zh))
    return ArchiveResult(tuple(kept), tuple(refused))


def _keep(library: Library, result: "FileResult") -> UploadResult:
    """Saves what was read. Raises the reason where nothing was."""
    if result.error is not None:
        if result.error.code == "internal":
            log.error("fault in %s\n%s", result.path, getattr(result.error, "trace", ""))
        raise result.error
    if result.ingestion is None:
        assert result.known is not None
        stored = library.store.report(result.known)
        if stored is None:
            raise unknown_report(result.known)
        if result.content is not None:
            library.keep_original(result.known, result.content)
        item = stored.item
        return UploadResult(
            item.file,
            item.id,
            item.agency,
            item.agency_name,
            item.year,
            item.revision,
            "unchanged",
            item.figures,
            stored.problems,
        )
    saved = library.save(result.ingestion, result.content)
    report = result.ingestion.report
    return UploadResult(
        file=result.path,
        report=saved.report_id,
        agency=report.agency.id,
        agency_name=report.agency.name,
        year=report.year,
        revision=saved.revision,
        outcome=saved.outcome,
        figures=len(result.ingestion.observations),
        problems=report.problems,
    )


def _plain_name(name: str) -> str:
    """The file's own name without folders and control characters, short enough for any file system."""
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(character for character in last if character.isprintable()).strip(". ")
    stem, dot, suffix = printable.rpartition(".")
    # 60 characters are at most 240 bytes of UTF-8.
    return f"{stem[:50]}{dot}{suffix[:9]}" if stem else printable[:60] or "upload"
