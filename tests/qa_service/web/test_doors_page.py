"""docs/doors.md: its examples run, and what it says of settings and limits is so."""

import re
from collections.abc import Iterator

import httpx
import pytest

from qa_service.settings import Settings
from qa_service.web.app import create_app
from qa_service.web.csv_tables import CSV_TABLES
from qa_service.web.limits import MAX_BODY_BYTES, MAX_QUESTION, MAX_UPLOAD_BYTES
from tests.imports import ROOT
from tests.qa_service.sample_library import sample_answerer, sample_library
from tests.qa_service.web.running import serving

_PAGE = (ROOT / "docs" / "doors.md").read_text("utf-8")
_ADDRESS = "http://127.0.0.1:8000"
_EXAMPLES = re.findall(r"```python\n(.*?)```", _PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(create_app(sample_library(), sample_answerer())) as address:
        yield address


def test_there_are_examples() -> None:
    assert len(_EXAMPLES) == 2


@pytest.mark.parametrize("example", _EXAMPLES)
def test_an_example_prints_the_figure(address: str, example: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(example.replace(_ADDRESS, address), "doors.md", "exec"), {})
    assert "27" in capsys.readouterr().out


def test_every_address_is_there(address: str) -> None:
    asked = re.findall(rf"{_ADDRESS}(/[^\s'\"]*)", _PAGE)
    assert len(asked) > 5
    for path in {path.partition("?")[0] for path in asked} - {"/v1"}:
        if "REPORT_ID" not in path:
            assert httpx.get(f"{address}{path}").status_code != 404, path


def test_settings_and_limits_are_those_of_the_code() -> None:
    named = set(re.findall(r"WENBAO_[A-Z_]+", _PAGE))
    assert {name.removeprefix("WENBAO_").lower() for name in named} <= Settings.model_fields.keys()
    settings = Settings.model_construct()
    for amount in (MAX_QUESTION, settings.rate_per_minute):
        assert f" {amount:,} " in _PAGE
    assert f" {settings.requests_at_once} " in _PAGE
    assert f" {settings.answer_seconds:.0f} s " in _PAGE
    assert f"{MAX_BODY_BYTES // 1024} KiB; {MAX_UPLOAD_BYTES // 1024 // 1024} MiB" in _PAGE
    assert set(re.findall(r"`/v1/(\w+)`", _PAGE)) >= CSV_TABLES.keys()
