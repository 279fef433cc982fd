"""What every error of the service looks like."""

from httpx2 import Response

from qa_service.web.headers import SECURITY_HEADERS


def assert_problem(reply: Response, status: int, code: str) -> None:
    """The reply is a problem document of that type, in both languages, with the security headers."""
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json"), reply.text
    body = reply.json()
    assert body["type"] == f"/problems/{code}", body
    assert body["status"] == status
    assert body["title"].strip()
    assert body["detail"].strip()
    assert any("\u4e00" <= character <= "\u9fff" for character in body["title_zh"] + body["detail_zh"])
    assert SECURITY_HEADERS.items() <= {name: reply.headers.get(name) for name in SECURITY_HEADERS}.items()
