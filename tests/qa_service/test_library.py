"""The library: the stores of one data folder, and what it remembers of them."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa_service.library import Library
from qa_service.settings import Settings
from reports.errors import StoreError
from tests.imports import ROOT
from tests.indicators.readings import make_agency, make_reading


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


def test_a_data_folder_that_is_not_there_is_made(settings: Settings) -> None:
    with Library.open(settings) as library:
        assert library.coverage() == ()
        assert library.catalogue.indicators
    assert (settings.data / "wenbao.sqlite3").is_file()


def test_what_is_saved_is_found_in_the_next_library(settings: Settings) -> None:
    with Library.open(settings) as library:
        saved = library.save(make_reading())
        assert saved.outcome == "new"
    with Library.open(settings) as library:
        assert [each.report_id for each in library.coverage()] == [saved.report_id]
        assert library.store.observations() == make_reading().observations
        assert library.remove(saved.report_id)
        assert not library.remove(saved.report_id)
        assert library.coverage() == ()


def test_the_corpus_is_kept_until_anybody_changes_it(settings: Settings) -> None:
    with Library.open(settings) as library, Library.open(settings) as other:
        library.save(make_reading())
        corpus = library.corpus()
        assert library.corpus() is corpus
        assert corpus.agencies == (make_agency(),)
        other.save(make_reading(year=2018))
        assert [each.year for each in library.coverage()] == [2017, 2018]
        other.save(make_reading(year=2018))
        assert library.corpus() is library.corpus()


def test_many_threads_see_one_corpus_after_a_save(settings: Settings) -> None:
    with Library.open(settings) as library, ThreadPoolExecutor(8) as pool:
        for year in range(2010, 2020):
            library.save(make_reading(year=year))
            seen = list(pool.map(lambda _: library.corpus(), range(24)))
            assert all(corpus is seen[0] for corpus in seen)
            assert seen[0].coverage[-1].year == year


def test_a_damaged_store_is_told(settings: Settings) -> None:
    settings.data.mkdir()
    (settings.data / "wenbao.sqlite3").write_text("no database" * 100)
    with pytest.raises(StoreError, match="restore a backup"):
        Library.open(settings)


def test_importing_the_library_loads_no_model_and_no_vectors() -> None:
    code = "import sys, qa_service.library; print(*{'torch', 'chromadb', 'ingest', 'alembic'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.split() == []
