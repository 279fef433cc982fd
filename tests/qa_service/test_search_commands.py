"""`wenbao reindex`, `wenbao doctor` and /readyz over a collection with its search indexes."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from qa_service.answering.dispatch import Answerer
from qa_service.cli import app
from qa_service.library import Library
from qa_service.settings import Settings
from qa_service.web.app import create_app
from tests.vectorstore.told_reports import BUREAU, OFFICE, SECRECY, told


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


def run(command: str, settings: Settings) -> str:
    done = CliRunner().invoke(app, [command, "--data", str(settings.data)])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_indexes_are_built_damaged_named_and_repaired(settings: Settings) -> None:
    with Library.open(settings) as library:
        library.store.save_many([told(OFFICE, 2017), told(BUREAU, 2018)])
    assert "hold 10 passages" in run("reindex", settings)
    assert "Repaired" not in run("doctor", settings)
    vectors = next(settings.data.glob("vectors/*/vectors.f32"))
    vectors.write_bytes(vectors.read_bytes()[:-100])
    with Library.open(settings) as library:
        client = TestClient(create_app(library, Answerer(library)))
        library.warm()
        library.vectors.wait()
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
        assert "wenbao doctor" in ready.json()["reasons"][0]
        assert library.search.search("保密审查")[0].passage.text == SECRECY
        assert library.store.observations(agencies=[OFFICE.id])
    assert "Repaired: the vector index is damaged" in run("doctor", settings)
    assert "Repaired" not in run("doctor", settings)


def test_a_model_that_is_not_there_costs_no_figure(settings: Settings) -> None:
    away = settings.model_copy(update={"embedding": "no-such/model"})
    with Library.open(away) as library:
        library.save(told())
        client = TestClient(create_app(library, Answerer(library)))
        assert library.search.search("怎么做保密审查")[0].passage.text == SECRECY
        ready = client.get("/readyz").json()
        assert (ready["status"], ready["embedding"]) == ("degraded", "failed")
        assert "no-such/model" in ready["reasons"][0]
        assert library.store.observations()
