"""Settings from the environment: what counts, and what is said about a wrong one."""

import os
from pathlib import Path

import pytest

from qa_service.settings import Settings, load_settings
from reports.errors import SettingsError


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("WENBAO_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting() -> None:
    settings = load_settings()
    assert (settings.data, settings.host, settings.port, settings.workers) == (Path("data"), "127.0.0.1", 8000, 1)
    assert settings.api_key is None
    assert settings.database_url.database == str(Path("data", "wenbao.sqlite3"))


def test_variables_count_more_than_the_file_and_arguments_more_than_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("WENBAO_PORT=8001\nWENBAO_DATA=/from/file\nWENBAO_HOST=::1\nOTHER=x\n", "utf-8")
    monkeypatch.setenv("WENBAO_PORT", "8002")
    monkeypatch.setenv("WENBAO_HOST", "")
    assert load_settings().port == 8002
    assert load_settings().host == "::1"
    assert load_settings().data == Path("/from/file")
    assert load_settings(tmp_path).data == tmp_path


def test_a_database_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENBAO_DATABASE", "postgresql+psycopg://user:geheim@host/wenbao")
    assert load_settings().database_url.host == "host"
    assert "geheim" not in repr(load_settings())


def test_the_key_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENBAO_API_KEY", "geheim")
    assert load_settings().api_key == "geheim"
    assert "geheim" not in repr(load_settings())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WENBAO_PORT", "x"),
        ("WENBAO_PORT", "0"),
        ("WENBAO_PORT", "65536"),
        ("WENBAO_WORKERS", "0"),
        ("WENBAO_DATABASE", "data/wenbao.sqlite3"),
        ("WENBAO_DATABASE", "mysql://user:geheim@host/x"),
        ("WENBAO_CHROMA_URL", "localhost:8001"),
        ("WENBAO_PUBLIC_URL", "wenbao.example"),
        ("WENBAO_RATE_PER_MINUTE", "0"),
        ("WENBAO_REQUESTS_AT_ONCE", "many"),
        ("WENBAO_ANSWER_SECONDS", "0"),
        ("WENBAO_DATA", __file__),
        ("WENBAO_DATABSE", "sqlite:///x"),
    ],
)
def test_a_wrong_setting_is_told_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as error:
        load_settings()
    assert "geheim" not in str(error.value)


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
