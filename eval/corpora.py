"""The corpora that questions are asked over, each built in a folder of its own."""

import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import yaml

from eval.facts import Facts, read_fact_file, sample_facts
from eval.samples.source import sample_formats
from eval.synthetic.corpus import SyntheticCorpus
from indicators.catalogue import load_catalogue
from ingest.read_report import read_report
from qa_service.library import Library
from qa_service.settings import load_settings

SYNTHETIC = SyntheticCorpus(agencies=200, years=tuple(range(2014, 2026)))
_IN_USE_SECONDS = 3600.0
SAMPLES_FOLDER = Path(__file__).parents[1] / "samples"
SHARED_FOLDER = Path(__file__).parents[2] / "shared"


@dataclass(frozen=True)
class Corpus:
    """A corpus: fill puts its reports into a library, facts are what the reports really say."""

    name: str
    fill: Callable[[Library], None]
    make_facts: Callable[[], Facts]
    # Whether filling takes long enough to keep the result between runs.
    slow: bool = False
    # The file format of a report, by the stem of its file's name.
    format_of: Callable[[str], str] = lambda _: "text"

    @cached_property
    def facts(self) -> Facts:
        """What the reports say, computed once."""
        return self.make_facts()

    def open(self, folder: Path) -> Library:
        """A library in the folder that holds exactly this corpus; one that is already complete is used as it is."""
        full = folder / "complete"
        library = open_library(folder)
        if not full.exists():
            self.fill(library)
            full.touch()
        return library


def real_corpus(shared: Path) -> Corpus:
    """The five real text reports, if the folder has them."""

    def fill(library: Library) -> None:
        save_files(library, sorted((shared / "reports").glob("*.txt")))

    return Corpus("real", fill, lambda: read_fact_file(shared / "domain" / "facts_gold.jsonl", real_agencies(shared)))


def samples_corpus() -> Corpus:
    """The bundled samples."""
    return Corpus(
        "samples",
        lambda library: save_files(library, sorted(path for path in SAMPLES_FOLDER.iterdir() if path.is_file())),
        lambda: sample_facts(catalogue_units()),
        format_of=lambda report: sample_formats().get(report, "none"),
    )


def catalogue_units() -> dict[str, str | None]:
    """The unit of each indicator, by id."""
    return {indicator.id: indicator.unit for indicator in load_catalogue().indicators}


def synthetic_corpus(synthetic: SyntheticCorpus = SYNTHETIC) -> Corpus:
    """Fictional agencies whose names compete."""

    def fill(library: Library) -> None:
        library.store.save_many(synthetic.ingestions())

    return Corpus("synthetic", fill, synthetic.facts, slow=True, format_of=lambda _: "figures only")


def kept_folder(cache: Path) -> Path:
    """Where synthetic corpora may be kept: a folder that changes with the code that makes and stores them.

    Those made by other code are deleted, once nobody has written into them for an hour: another run may use them.
    """
    root = Path(__file__).parents[1]
    sources = (
        root / "eval" / "synthetic",
        root / "indicators",
        root / "eval" / "forms.py",
        root / "eval" / "agency_names.py",
    )
    files = sorted(file for source in sources for file in ([source] if source.is_file() else source.rglob("*.[py]*")))
    digest = sha256()
    for file in files:
        if file.suffix in (".py", ".yaml"):
            digest.update(file.read_bytes())
    folder = cache / digest.hexdigest()[:16]
    if cache.exists() and not folder.exists():
        for old in cache.iterdir():
            newest = max((file.stat().st_mtime for file in (old, *old.rglob("*")) if file.exists()), default=0.0)
            if newest < time.time() - _IN_USE_SECONDS:
                shutil.rmtree(old, ignore_errors=True)
    return folder


def real_agencies(shared: Path) -> dict[str, str]:
    """Report id -> official name of its issuer, for the text reports."""
    names = issuer_names(shared)
    return {report: name for report, name in names.items() if (shared / "reports" / f"{report}.txt").exists()}


def issuer_names(shared: Path) -> dict[str, str]:
    """Report id -> official name of its issuer, for all real reports."""
    issuers = yaml.safe_load((shared / "domain" / "issuers.yaml").read_text(encoding="utf-8"))["issuers"]
    return {report: issuer["official_zh"] for issuer in issuers for report in issuer["reports"]}


def open_library(folder: Path) -> Library:
    """The library of a data folder; never the database that the environment names, for a run fills what it asks."""
    return Library.open(load_settings(folder).model_copy(update={"database": None}))


def save_files(library: Library, files: Iterable[Path]) -> None:
    """Reads the files and stores them."""
    library.store.save_many(read_report(path) for path in files)
