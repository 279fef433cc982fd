"""The bundled samples, stored once for all tests that only ask."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from ingest.read_report import read_report
from qa_service.answering.dispatch import Answerer
from qa_service.library import Library
from qa_service.settings import load_settings

SAMPLES = Path(__file__).parents[2] / "samples"


def stored(files: list[Path], folder: Path) -> Library:
    """The given report files, read and stored under a folder, figures and prose."""
    library = Library.open(load_settings(folder).model_copy(update={"database": None}))
    for file in files:
        library.save(read_report(file))
    return library


@cache
def sample_library() -> Library:
    """All text samples; the same store for every test of the process (nobody writes to it)."""
    return stored(sorted(SAMPLES.glob("*.txt")), Path(mkdtemp(prefix="wenbao-samples-")))


@cache
def sample_answerer() -> Answerer:
    """Answers over the text samples."""
    return Answerer(sample_library())
