"""An API key: what is known of it once it has been handed out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class KeyScope(StrEnum):
    """What a key allows."""

    UPLOAD = "upload"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret, which nobody keeps. created, revoked: in UTC; revoked is None while the key is valid."""

    name: str
    scopes: frozenset[KeyScope]
    created: datetime
    revoked: datetime | None = None
