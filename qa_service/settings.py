"""What can be set from outside: WENBAO_* variables, or the same names in a file .env. Only entry points read it."""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from reports.errors import SettingsError

_PREFIX = "WENBAO_"
_DATABASE_FILE = "wenbao.sqlite3"


class Settings(BaseSettings):
    """The settings, checked. An empty variable counts as not set."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        validate_default=True,
    )

    data: Path = Field(default=Path("data"), description="Folder of everything that is stored; made if need be.")
    database: str | None = Field(
        default=None,
        repr=False,
        description="Where reports and figures are stored: postgresql+psycopg://… or sqlite:///…; "
        f"without it {_DATABASE_FILE} in the data folder.",
    )
    host: str = Field(default="127.0.0.1", min_length=1, description="Address to listen on; 0.0.0.0 for all.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(default=8000, description="Port to listen on.")
    workers: Annotated[int, Field(ge=1, le=64)] = Field(default=1, description="Processes that answer.")
    api_key: str | None = Field(
        default=None,
        repr=False,
        description="A key for adding and removing reports over the network, besides those of `wenbao key add`.",
    )
    rate_per_minute: Annotated[int, Field(ge=1)] = Field(
        default=60_000, description="Questions that one client may send in a minute; each process counts for itself."
    )
    requests_at_once: Annotated[int, Field(ge=1)] = Field(
        default=256, description="Questions that one process answers at the same moment; more are told to come again."
    )
    answer_seconds: Annotated[float, Field(gt=0)] = Field(
        default=30.0, description="After so long a client is told that its answer takes too long."
    )
    public_url: str | None = Field(
        default=None,
        description="Address that people reach the service at, https://host; without it the one a request names.",
    )
    embedding: str | None = Field(
        default=None, description="A sentence-transformers model by name or local path; without it the one shipped."
    )
    chroma_url: str | None = Field(
        default=None, description="Address of a Chroma server; without it the vectors are kept in the data folder."
    )

    @field_validator("data")
    @classmethod
    def _check_data(cls, value: Path) -> Path:
        folder = value.expanduser()
        if folder.exists() and not folder.is_dir():
            raise ValueError(f"{folder} is a file; name a folder")
        return folder

    @field_validator("database")
    @classmethod
    def _check_database(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            backend = make_url(value).get_backend_name()
        except (ArgumentError, NoSuchModuleError, ValueError):
            # The value is not repeated: it may hold a password.
            raise ValueError("is no database address; write sqlite:///folder/file or postgresql+psycopg://…") from None
        if backend not in ("sqlite", "postgresql"):
            raise ValueError(f"names {backend}; only sqlite and postgresql are supported")
        return value

    @field_validator("chroma_url", "public_url")
    @classmethod
    def _check_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return None if value is None else value.rstrip("/")

    @property
    def database_url(self) -> URL:
        """The database to open: the one that is set, or the SQLite file in the data folder."""
        if self.database is not None:
            return make_url(self.database)
        return URL.create("sqlite", database=str(self.data / _DATABASE_FILE))


def load_settings(data: Path | None = None) -> Settings:
    """The settings of this process. data: overrides WENBAO_DATA.

    Raises SettingsError that names the variable at fault, also for a WENBAO_ variable that is a slip of the pen.
    """
    given: dict[str, Any] = {} if data is None else {"data": data}
    try:
        settings = Settings(**given)
    except ValidationError as error:
        said = "; ".join(_said(each) for each in error.errors())
        raise SettingsError(said, f"设置有误：{said}") from None
    _check_spelling()
    return settings


def _said(error: ErrorDetails) -> str:
    name = "".join(f"{_PREFIX}{str(part).upper()}: " for part in error["loc"][:1])
    return f"{name}{error['msg'].removeprefix('Value error, ')}"


def _check_spelling() -> None:
    known = [_PREFIX + name.upper() for name in Settings.model_fields]
    for name in sorted(os.environ):
        if name.upper().startswith(_PREFIX) and name.upper() not in known:
            meant = get_close_matches(name.upper(), known, n=1, cutoff=0.85)
            if meant:
                raise SettingsError(
                    f"{name} is no setting; did you mean {meant[0]}?", f"没有 {name} 这个设置，是否应为 {meant[0]}？"
                )
