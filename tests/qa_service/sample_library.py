"""The bundled samples, stored once for all tests that only ask."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from indicators.catalogue import Catalogue, load_catalogue
from indicators.store import IndicatorStore
from ingest.read_report import read_report
from qa_service.answering.dispatch import Answerer

SAMPLES = Path(__file__).parents[2] / "samples"


class StoredReports:
    """A store with its catalogue, as answering needs it."""

    def __init__(self, store: IndicatorStore) -> None:
        self.store = store
        self.catalogue: Catalogue = load_catalogue()


def stored(files: list[Path], folder: Path) -> StoredReports:
    """The given report files, read and stored under a folder."""
    store = IndicatorStore.open(f"sqlite:///{folder / 'wenbao.sqlite3'}")
    for file in files:
        store.save(read_report(file))
    return StoredReports(store)


@cache
def sample_library() -> StoredReports:
    """All text samples; the same store for every test of the process (nobody writes to it)."""
    return stored(sorted(SAMPLES.glob("*.txt")), Path(mkdtemp(prefix="wenbao-samples-")))


@cache
def sample_answerer() -> Answerer:
    """Answers over the text samples."""
    return Answerer(sample_library())
