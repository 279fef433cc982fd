"""Exceptions become RFC 9457 problem documents: a stable type, a sentence that says what to do next, no stack trace."""

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as AnyHTTPException

from qa_service.web.headers import SECURITY_HEADERS
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


@dataclass(frozen=True, slots=True)
class ProblemType:
    """What `/problems/{code}` stands for: its HTTP status and its title in both languages."""

    code: str
    status: int
    title: str
    title_zh: str


@dataclass(frozen=True, slots=True)
class ProblemDocument:
    """The body of every error: RFC 9457 members, and the same two sentences in Chinese."""

    type: str
    title: str
    title_zh: str
    status: int
    detail: str
    detail_zh: str


PROBLEMS = {
    problem.code: problem
    for problem in (
        ProblemType("invalid-json", 400, "The body is not JSON", "请求体不是 JSON"),
        ProblemType("invalid-request", 422, "A field is missing or has the wrong type", "缺少字段或字段类型不对"),
        ProblemType("unsupported-media-type", 415, "The body is not sent as JSON", "请求体的类型不是 JSON"),
        ProblemType("bad-cursor", 400, "The cursor is not one this list gave out", "游标不是本列表给出的"),
        ProblemType("unknown-cursor", 400, "The list changed; its cursor is gone", "列表已变化，游标已失效"),
        ProblemType("too-large", 413, "The body is too large", "请求体过大"),
        ProblemType("unknown-route", 404, "There is nothing at this address", "此地址没有内容"),
        ProblemType("unknown-report", 404, "There is no such report", "没有这份年报"),
        ProblemType("method-not-allowed", 405, "This address does not take that method", "此地址不接受该方法"),
        ProblemType("key-required", 401, "An API key is needed", "需要 API 密钥"),
        ProblemType("key-rejected", 403, "The API key is not valid", "API 密钥无效"),
        ProblemType("keys-not-set-up", 403, "This service takes no changes over the network", "本服务不接受网络修改"),
        ProblemType("unreadable-file", 422, "The file cannot be read", "文件无法读取"),
        ProblemType("not-a-report", 422, "The file is not an annual report", "文件不是年度报告"),
        ProblemType("store", 503, "The store is not available", "数据库不可用"),
        ProblemType("settings", 500, "The service is set up wrongly", "服务设置有误"),
        ProblemType("error", 400, "The request cannot be carried out", "请求无法执行"),
        ProblemType("internal", 500, "The service made a mistake", "服务出错"),
    )
}


def render_problem(
    code: str, detail: str, detail_zh: str, status: int | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The response for one problem. An unknown code is shown as "error", never as a fault of its own."""
    problem = PROBLEMS.get(code, PROBLEMS["error"])
    status = status or problem.status
    document = ProblemDocument(f"/problems/{problem.code}", problem.title, problem.title_zh, status, detail, detail_zh)
    return JSONResponse(
        asdict(document), status, {**SECURITY_HEADERS, **(headers or {})}, media_type="application/problem+json"
    )


def render_too_large(limit: int) -> JSONResponse:
    """The response to a body of more than `limit` bytes; the connection is closed after it."""
    size = f"{limit // 1024} KiB"
    return render_problem(
        "too-large",
        f"The body may have at most {size}. Send a shorter question, less of the history, or a smaller file.",
        f"请求体最多 {size}。请缩短问题、少带历史对话，或换较小的文件。",
        headers={"Connection": "close"},
    )


def add_error_handlers(app: FastAPI) -> None:
    """Makes every exception of the application answer as a problem document."""

    @app.exception_handler(WenbaoError)
    async def on_wenbao_error(_: Request, error: WenbaoError) -> JSONResponse:
        # A code that is finer than the types of problem counts as its class's.
        code = error.code if error.code in PROBLEMS else type(error).code
        headers = error.headers if isinstance(error, RequestProblem) else None
        return render_problem(code, str(error), error.message_zh, headers=headers)

    @app.exception_handler(RequestValidationError)
    async def on_invalid_request(request: Request, error: RequestValidationError) -> JSONResponse:
        return _render_invalid_request(request, error)

    @app.exception_handler(AnyHTTPException)
    async def on_http_exception(request: Request, error: AnyHTTPException) -> JSONResponse:
        return _render_http_exception(request, error)

    @app.exception_handler(Exception)
    async def on_fault(request: Request, error: Exception) -> JSONResponse:
        log.error("fault at %s %s", request.method, request.url.path, exc_info=error)
        return render_problem(
            "internal",
            "Something went wrong on our side; it has been logged. Try again, or ask in other words.",
            "服务内部出错，已记录。请重试，或换一种问法。",
        )


def _render_invalid_request(request: Request, error: RequestValidationError) -> JSONResponse:
    first = error.errors()[0]
    where = [str(part) for part in first["loc"]]
    if first["type"] == "json_invalid":
        return render_problem(
            "invalid-json",
            f'The body is not valid JSON at character {where[-1]}. Send an object such as {{"question": "…"}}.',
            f'请求体在第 {where[-1]} 个字符处不是有效的 JSON。请发送形如 {{"question": "…"}} 的对象。',
        )
    if where == ["body"] and request.method == "POST" and not _is_json(request):
        return render_problem(
            "unsupported-media-type",
            "Send the body as JSON with the header Content-Type: application/json.",
            "请以 JSON 发送请求体，并带上请求头 Content-Type: application/json。",
        )
    field = ".".join(where[1:]) or where[0]
    return render_problem(
        "invalid-request",
        f"Correct the field {field}: {first['msg']}. /openapi.json describes every field.",
        f"请改正字段 {field}（{first['msg']}）。各字段的说明见 /openapi.json。",
    )


def _is_json(request: Request) -> bool:
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")


def _render_http_exception(request: Request, error: AnyHTTPException) -> JSONResponse:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return render_problem(
            "unknown-route",
            "There is nothing at this address. /openapi.json lists every address of the service.",
            "此地址没有内容。服务的全部地址见 /openapi.json。",
        )
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow", "")
        return render_problem(
            "method-not-allowed",
            f"{request.method} is not possible here; use {allowed or 'another method'}.",
            f"此地址不支持 {request.method}；请使用 {allowed or '其他方法'}。",
            headers=error.headers,
        )
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return render_problem(
            "invalid-json",
            "The body could not be read. Send UTF-8 JSON that is not nested too deeply.",
            "请求体无法读取。请发送 UTF-8 编码、嵌套不太深的 JSON。",
        )
    if isinstance(error, BodyTooLarge):
        return render_too_large(error.limit)
    detail = str(error.detail)
    return render_problem("error", detail, detail, error.status_code, error.headers)
