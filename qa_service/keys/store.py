"""The API keys in the database: their SHA-256, never the keys themselves."""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, select, update

from qa_service.keys.key import ApiKey, KeyScope
from qa_service.keys.schema import api_keys
from reports.errors import WenbaoError

_BYTES = 32  # 256 bits: nobody guesses one, so a plain hash of it is as good as a slow one
_PREFIX = "wb_"  # lets programs that look for leaked secrets know one
_LONGEST_NAME = 100
_k = api_keys.c

Transaction = Callable[[], AbstractContextManager[Connection]]


class UnfitName(WenbaoError):
    """A key cannot have this name; the message says why."""


class KeyStore:
    """The keys of one database. Every process sees a change at once. Methods raise StoreError where the database fails."""

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        self._reading = reading
        self._writing = writing

    def add(self, name: str, scopes: Iterable[KeyScope]) -> str:
        """Makes a key and returns it: this once. Raises UnfitName for an empty or long name, or one that is taken."""
        if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
            raise UnfitName(
                f"Give the key a name of 1 to {_LONGEST_NAME} printable characters.",
                f"密钥名称须为 1 到 {_LONGEST_NAME} 个可显示的字符。",
            )
        secret = _PREFIX + secrets.token_urlsafe(_BYTES)
        row = {
            "name": name,
            "sha256": digest(secret),
            "scopes": sorted(scopes),
            "created": _now(),
        }
        with self._writing() as connection:
            if connection.execute(select(_k.id).where(_k.name == name, _k.revoked.is_(None))).first() is not None:
                raise UnfitName(
                    f"There is a valid key {name!r} already: choose another name, or revoke that one first.",
                    f"已有名为“{name}”的有效密钥，请换一个名称，或先撤销它。",
                )
            connection.execute(api_keys.insert().values(row))
        return secret

    def listed(self) -> tuple[ApiKey, ...]:
        """All keys, oldest first, the revoked ones too."""
        with self._reading() as connection:
            return tuple(_key(row) for row in connection.execute(select(api_keys).order_by(_k.id)))

    def find(self, secret: str) -> ApiKey | None:
        """What is known of a key, valid or revoked; None for one that was never given out."""
        with self._reading() as connection:
            row = connection.execute(select(api_keys).where(_k.sha256 == digest(secret))).first()
        return None if row is None else _key(row)

    def has_valid(self) -> bool:
        """Whether anybody holds a valid key."""
        with self._reading() as connection:
            return connection.execute(select(_k.id).where(_k.revoked.is_(None)).limit(1)).first() is not None

    def revoke(self, name: str) -> bool:
        """Makes the key of that name invalid from now on; False if no valid key has it."""
        with self._writing() as connection:
            done = connection.execute(
                update(api_keys).where(_k.name == name, _k.revoked.is_(None)).values(revoked=_now())
            )
            return done.rowcount > 0


def digest(secret: str) -> str:
    """The SHA-256 of a key, in hex."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def _now() -> datetime:
    # Without a zone, as the column is: SQLite keeps none.
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _key(row: Row[tuple[object, ...]]) -> ApiKey:
    known = {scope.value for scope in KeyScope}
    scopes = frozenset(KeyScope(each) for each in row.scopes if each in known)
    revoked = None if row.revoked is None else row.revoked.replace(tzinfo=UTC)
    return ApiKey(row.name, scopes, row.created.replace(tzinfo=UTC), revoked)
