"""Problems in the words of the OpenAI protocol."""

from dataclasses import asdict
from http import HTTPStatus

from fastapi.responses import JSONResponse

from qa_service.web.headers import SECURITY_HEADERS
from qa_service.web.problem import Problem

_TYPES = {
    HTTPStatus.UNAUTHORIZED: "authentication_error",
    HTTPStatus.FORBIDDEN: "permission_error",
    HTTPStatus.NOT_FOUND: "not_found_error",
    HTTPStatus.TOO_MANY_REQUESTS: "rate_limit_error",
}


def speaks_openai(path: str) -> bool:
    """Whether clients of the OpenAI protocol call this path."""
    return path == "/v1/chat/completions" or path == "/v1/models" or path.startswith("/v1/models/")


def render_openai_error(problem: Problem) -> JSONResponse:
    """The response that such a client raises its own exception for; the problem document comes with it."""
    document = problem.document
    # The protocol calls every fault of a request 400.
    status = (
        HTTPStatus.BAD_REQUEST if document.status == HTTPStatus.UNPROCESSABLE_ENTITY else HTTPStatus(document.status)
    )
    kind = "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else _TYPES.get(status, "invalid_request_error")
    error = {
        "message": document.detail,
        "type": kind,
        "param": None,
        "code": document.type.rpartition("/")[2],
        "problem": asdict(document),
    }
    return JSONResponse({"error": error}, status, {**SECURITY_HEADERS, **problem.headers})
