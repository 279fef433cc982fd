"""The collections that are measured, kept between runs."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

from eval.synthetic.corpus import SyntheticCorpus
from qa_service.library import Library
from qa_service.settings import load_settings

HUNDRED_BY_HUNDRED = SyntheticCorpus(agencies=100, years=tuple(range(2014, 2114)))
EIGHT_HUNDRED = SyntheticCorpus(agencies=800, years=tuple(range(2014, 2027)))


@dataclass(frozen=True, slots=True)
class Filling:
    """How long it took to fill a collection."""

    reports: int
    figures: int
    seconds: float


def fill(corpus: SyntheticCorpus, folder: Path) -> Filling:
    """Fills a data folder with a synthetic corpus; if it was filled before, says how long that took."""
    record = folder / "filled.json"
    if record.exists():
        return Filling(**json.loads(record.read_text(encoding="utf-8")))
    figures = 0

    def counted() -> object:
        nonlocal figures
        for ingestion in corpus.ingestions():
            figures += len(ingestion.observations)
            yield ingestion

    with open_library(folder) as library:
        started = time.perf_counter()
        library.store.save_many(counted())  # type: ignore[arg-type]
        filling = Filling(len(corpus.bodies) * len(corpus.years), figures, time.perf_counter() - started)
    fields = {"reports": filling.reports, "figures": filling.figures, "seconds": filling.seconds}
    record.write_text(json.dumps(fields), encoding="utf-8")
    return filling


def open_library(folder: Path) -> Library:
    """The library of a data folder, in the folder's own database whatever the environment says."""
    return Library.open(load_settings(folder).model_copy(update={"database": None}))
