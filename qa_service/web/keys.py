"""Who may change the collection over the network: whoever sends a key that allows it."""

import hmac

from fastapi import Request

from qa_service.keys.key import KeyScope
from qa_service.keys.store import KeyStore, digest
from qa_service.web.errors import RequestProblem


class KeyCheck:
    """Compares a request's key with those that were made by `wenbao key add`, and with the one that the settings name.

    The latter allows everything. Without any key nobody may change anything.
    """

    def __init__(self, keys: KeyStore, key: str | None) -> None:
        self._keys = keys
        # Only the digest stays in memory, and two digests are equally long whatever was sent.
        self._digest = digest(key) if key else None

    def require(self, request: Request, scope: KeyScope) -> None:
        """Returns for a valid key with that scope; raises RequestProblem for none or another. Reads the database."""
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        key = key.strip()
        if scheme.lower() != "bearer" or not key:
            raise self._without_key()
        if self._digest is not None and hmac.compare_digest(digest(key), self._digest):
            return
        known = self._keys.find(key)
        if known is None:
            raise self._wrong_key()
        if known.revoked is not None:
            raise RequestProblem(
                "key-rejected",
                "This API key was revoked. Ask whoever runs the service for a new one.",
                "此 API 密钥已被撤销，请向服务管理员索取新的密钥。",
            )
        if scope not in known.scopes:
            raise RequestProblem(
                "key-scope",
                f"This API key does not allow {scope}. Ask whoever runs the service for one that does.",
                f"此 API 密钥没有“{scope}”权限，请向服务管理员索取有此权限的密钥。",
            )

    def _without_key(self) -> RequestProblem:
        if not self._are_there_any():
            return _no_keys()
        return RequestProblem(
            "key-required",
            "Send the API key in the header Authorization: Bearer KEY.",
            "请在请求头 Authorization: Bearer 密钥 中给出 API 密钥。",
            headers={"WWW-Authenticate": "Bearer"},
        )

    def _wrong_key(self) -> RequestProblem:
        if not self._are_there_any():
            return _no_keys()
        return RequestProblem(
            "key-rejected",
            "This API key is not valid here. Ask whoever runs the service for the right one.",
            "此 API 密钥无效，请向服务管理员索取。",
        )

    def _are_there_any(self) -> bool:
        return self._digest is not None or self._keys.has_valid()


def _no_keys() -> RequestProblem:
    return RequestProblem(
        "keys-not-set-up",
        "No API key is set up, so reports can only be added on the machine itself with `wenbao ingest`. "
        "Make one there with `wenbao key add NAME` to allow it here.",
        "尚未设置 API 密钥，只能在本机用 wenbao ingest 添加年报。如需网络上传，请在本机用 wenbao key add 名称 生成密钥。",
    )
