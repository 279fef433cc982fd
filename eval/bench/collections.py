"""The collections that are measured, kept between runs."""

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.corpora import open_library
from eval.synthetic.corpus import SyntheticCorpus
from ingest.ingestion import Ingestion

HUNDRED_BY_HUNDRED = SyntheticCorpus(agencies=100, years=tuple(range(2014, 2114)))
EIGHT_HUNDRED = SyntheticCorpus(agencies=800, years=tuple(range(2014, 2027)))


@dataclass(frozen=True, slots=True)
class Filling:
    """What a collection holds, and the seconds it took to make its reports and to store them."""

    reports: int
    figures: int
    making: float
    storing: float


def fill(corpus: SyntheticCorpus, folder: Path) -> Filling:
    """Fills a data folder with a synthetic corpus; if it was filled before, says how long that took."""
    record = folder / "filled.json"
    if record.exists():
        return Filling(**json.loads(record.read_text(encoding="utf-8")))
    # What an interrupted run left would be found again and not stored: the rate would be too good.
    shutil.rmtree(folder, ignore_errors=True)
    making = _Making(corpus)
    with open_library(folder) as library:
        started = time.perf_counter()
        library.store.save_many(making)
        seconds = time.perf_counter() - started
    filling = Filling(making.reports, making.figures, making.seconds, seconds - making.seconds)
    record.write_text(json.dumps(asdict(filling)), encoding="utf-8")
    return filling


class _Making:
    """The reports of a corpus one by one; counts them and the time it takes to make them."""

    def __init__(self, corpus: SyntheticCorpus) -> None:
        self._corpus = corpus
        self.reports = self.figures = 0
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Ingestion]:
        source = self._corpus.ingestions()
        while True:
            started = time.perf_counter()
            ingestion = next(source, None)
            self.seconds += time.perf_counter() - started
            if ingestion is None:
                return
            self.reports += 1
            self.figures += len(ingestion.observations)
            yield ingestion
