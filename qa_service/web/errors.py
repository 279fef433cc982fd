"""Exceptions become problem documents, never a stack trace."""

import logging
from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as AnyHTTPException

from qa_service.web.headers import SECURITY_HEADERS
from qa_service.web.openai.error import render_openai_error, speaks_openai
from qa_service.web.problem import PROBLEMS, Problem, make_problem
from reports.errors import WenbaoError

log = logging.getLogger(__name__)


class RequestProblem(WenbaoError):
    """A request that cannot be answered as it is; `code` is a key of PROBLEMS."""

    def __init__(self, code: str, message: str, message_zh: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message, message_zh, code=code)
        self.headers = headers


class BodyTooLarge(HTTPException):
    """A body of more than `limit` bytes. Of all exceptions FastAPI lets only its own pass while it reads a body."""

    def __init__(self, limit: int) -> None:
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        self.limit = limit


def find_problem(error: Exception, place: str) -> Problem:
    """What to say about an exception at the address `place`; an unexpected one is logged and nothing of it told."""
    if isinstance(error, WenbaoError):
        # A code that is finer than the types of problem counts as its class's.
        code = error.code if error.code in PROBLEMS else type(error).code
        headers = error.headers if isinstance(error, RequestProblem) else None
        return make_problem(code, str(error), error.message_zh, headers=headers)
    log.error("fault at %s", place, exc_info=error)
    return make_problem(
        "internal",
        "Something went wrong on our side; it has been logged. Try again, or ask in other words.",
        "服务内部出错，已记录。请重试，或换一种问法。",
    )


def render_problem(problem: Problem, path: str) -> JSONResponse:
    """The response for one problem of a request to that path."""
    if speaks_openai(path):
        return render_openai_error(problem)
    return JSONResponse(
        asdict(problem.document),
        problem.document.status,
        {**SECURITY_HEADERS, **problem.headers},
        media_type="application/problem+json",
    )


def too_large(limit: int) -> Problem:
    """The problem of a body of more than `limit` bytes; the connection is closed after it."""
    size = f"{limit // 1024} KiB"
    return make_problem(
        "too-large",
        f"The body may have at most {size}. Send a shorter question, less of the history, or a smaller file.",
        f"请求体最多 {size}。请缩短问题、少带历史对话，或换较小的文件。",
        headers={"Connection": "close"},
    )


def add_error_handlers(app: FastAPI) -> None:
    """Makes every exception of the application answer as a problem document."""

    @app.exception_handler(RequestValidationError)
    async def on_invalid_request(request: Request, error: RequestValidationError) -> JSONResponse:
        return render_problem(_invalid_request(request, error), request.url.path)

    @app.exception_handler(AnyHTTPException)
    async def on_http_exception(request: Request, error: AnyHTTPException) -> JSONResponse:
        return render_problem(_http_problem(request, error), request.url.path)

    @app.exception_handler(WenbaoError)
    @app.exception_handler(Exception)
    async def on_error(request: Request, error: Exception) -> JSONResponse:
        path = request.url.path
        return render_problem(find_problem(error, f"{request.method} {path}"), path)


def _invalid_request(request: Request, error: RequestValidationError) -> Problem:
    first = error.errors()[0]
    where = [str(part) for part in first["loc"]]
    if first["type"] == "json_invalid":
        return make_problem(
            "invalid-json",
            f'The body is not valid JSON at character {where[-1]}. Send an object such as {{"question": "…"}}.',
            f'请求体在第 {where[-1]} 个字符处不是有效的 JSON。请发送形如 {{"question": "…"}} 的对象。',
        )
    if where == ["body"] and request.method == "POST" and not _is_json(request):
        return make_problem(
            "unsupported-media-type",
            "Send the body as JSON with the header Content-Type: application/json.",
            "请以 JSON 发送请求体，并带上请求头 Content-Type: application/json。",
        )
    field = ".".join(where[1:]) or where[0]
    return make_problem(
        "invalid-request",
        f"Correct the field {field}: {first['msg']}. /openapi.json describes every field.",
        f"请改正字段 {field}（{first['msg']}）。各字段的说明见 /openapi.json。",
    )


def _is_json(request: Request) -> bool:
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")


def _http_problem(request: Request, error: AnyHTTPException) -> Problem:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return make_problem(
            "unknown-route",
            "There is nothing at this address. /openapi.json lists every address of the service.",
            "此地址没有内容。服务的全部地址见 /openapi.json。",
        )
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow", "")
        return make_problem(
            "method-not-allowed",
            f"{request.method} is not possible here; use {allowed or 'another method'}.",
            f"此地址不支持 {request.method}；请使用 {allowed or '其他方法'}。",
            headers=error.headers,
        )
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return make_problem(
            "invalid-json",
            "The body could not be read. Send UTF-8 JSON that is not nested too deeply.",
            "请求体无法读取。请发送 UTF-8 编码、嵌套不太深的 JSON。",
        )
    if isinstance(error, BodyTooLarge):
        return too_large(error.limit)
    detail = str(error.detail)
    return make_problem("error", detail, detail, error.status_code, error.headers)
