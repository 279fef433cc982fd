"""The bundled samples, stored once for all tests that only ask."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from ingest.read_report import read_report
from qa_service.answering.dispatch import Answerer
from qa_service.library import Library
from qa_service.settings import load_settings

SAMPLES = Path(__file__).parents[2] / "samples"


@cache
def sample_library() -> Library:
    """All text samples; the same library for every test of the process (nobody writes to it)."""
    library = Library.open(load_settings(Path(mkdtemp(prefix="wenbao-samples-"))))
    for file in sorted(SAMPLES.glob("*.txt")):
        library.save(read_report(file))
    return library


@cache
def sample_answerer() -> Answerer:
    """Answers over the text samples."""
    return Answerer(sample_library())
