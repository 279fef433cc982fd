"""Who may change the collection over the network: whoever sends the API key."""

import hashlib
import hmac

from fastapi import Request

from qa_service.web.errors import RequestProblem


class KeyCheck:
    """Compares a request's key with the one that was set up; without one, nobody may change anything."""

    def __init__(self, key: str | None) -> None:
        # Only the digest stays in memory, and two digests are equally long whatever was sent.
        self._digest = _digest(key) if key else None

    def require(self, request: Request) -> None:
        """Returns for the right key; raises RequestProblem for none or another."""
        if self._digest is None:
            raise RequestProblem(
                "keys-not-set-up",
                "No API key is set up, so reports can only be added on the machine itself with `wenbao ingest`. "
                "Set WENBAO_API_KEY and start again to allow it here.",
                "尚未设置 API 密钥，只能在本机用 wenbao ingest 添加年报。如需网络上传，请设置 WENBAO_API_KEY 后重启。",
            )
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not key.strip():
            raise RequestProblem(
                "key-required",
                "Send the API key in the header Authorization: Bearer KEY.",
                "请在请求头 Authorization: Bearer 密钥 中给出 API 密钥。",
                headers={"WWW-Authenticate": "Bearer"},
            )
        if not hmac.compare_digest(_digest(key.strip()), self._digest):
            raise RequestProblem(
                "key-rejected",
                "This API key is not valid here. Ask whoever runs the service for the right one.",
                "此 API 密钥无效，请向服务管理员索取。",
            )


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).digest()
