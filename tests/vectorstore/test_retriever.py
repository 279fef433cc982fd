"""The retriever keeps LangChain's own promises."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from langchain_tests.integration_tests import RetrieversIntegrationTests

from indicators.store import IndicatorStore
from tests.vectorstore.stand_in import Given
from tests.vectorstore.told_reports import BUREAU, OFFICE, told
from vectorstore.passage_writer import PassageWriter
from vectorstore.retriever import PassageRetriever
from vectorstore.search import PassageSearch
from vectorstore.store import PassageStore


@pytest.fixture(scope="module", autouse=True)
def search() -> Iterator[PassageSearch]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "wenbao.sqlite3"
        with IndicatorStore.open(f"sqlite:///{path}", (PassageWriter(),)) as store:
            store.save_many([told(OFFICE, 2017), told(BUREAU, 2018)])
            TestPassageRetriever.search = PassageSearch(PassageStore(store.reading), Given())
            yield TestPassageRetriever.search


class TestPassageRetriever(RetrieversIntegrationTests):
    search: PassageSearch

    @property
    def retriever_constructor(self) -> type[PassageRetriever]:
        return PassageRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"search": self.search}

    @property
    def retriever_query_example(self) -> str:
        return "保密审查 微博 培训 申请"


def test_documents_say_whose_they_are(search: PassageSearch) -> None:
    found = PassageRetriever(search=search, years=[2018], k=2).invoke("怎么做保密审查")
    assert {(each.metadata["agency"], each.metadata["year"]) for each in found} == {(BUREAU.id, 2018)}
    assert found[0].id
    assert "保密审查" in found[0].page_content
    other = PassageRetriever(search=search, years=[2018]).invoke("怎么做保密审查", years=[2017])
    assert {each.metadata["year"] for each in other} == {2017}
