"""A service over a small collection, asked in process."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qa_service.answering.answer import Answer, Kind, Status
from qa_service.conversation import Turn
from qa_service.library import Library
from qa_service.web.app import create_app
from tests.qa_service.web.planted import planted_library

KEY = "a key for the tests"


@dataclass
class Asked:
    """What the service handed on."""

    question: str
    history: Sequence[Turn]
    language: str
    agency: str | None
    year: int | None


@dataclass
class RecordingAnswers:
    """Answers every question with itself, and remembers it; the question "fail" is a fault."""

    asked: list[Asked] = field(default_factory=list)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        language: str = "auto",
        agency: str | None = None,
        year: int | None = None,
    ) -> Answer:
        if question == "fail":
            raise RuntimeError("secret detail")
        self.asked.append(Asked(question, history, language, agency, year))
        return Answer(Status.NOT_FOUND, Kind.FIGURE, "zh", question)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with planted_library(tmp_path / "data") as library:
        yield library


@pytest.fixture
def answers() -> RecordingAnswers:
    return RecordingAnswers()


@pytest.fixture
def client(library: Library, answers: RecordingAnswers) -> Iterator[TestClient]:
    with TestClient(create_app(library, answers, KEY), raise_server_exceptions=False) as client:
        yield client
