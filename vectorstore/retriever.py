"""The passage search as a LangChain retriever: `PassageRetriever(search=library.search, agencies=["…"], k=5)`.

Only whoever imports this module loads LangChain.
"""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from vectorstore.search import Hit, PassageSearch


class PassageRetriever(BaseRetriever):
    """Finds passages and gives them as documents: the text as printed, and in the metadata whose it is and from where.

    agencies, years, sections, kinds: as `PassageSearch.search` takes them; `invoke(query, agencies=[…], k=…)` overrides.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: PassageSearch = Field(exclude=True)
    agencies: list[str] | None = None
    years: list[int] | None = None
    sections: list[str] | None = None
    kinds: list[str] | None = None
    k: int = Field(default=5, ge=1, le=100)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
        **kwargs: Any,
    ) -> list[Document]:
        hits = self.search.search(
            query,
            agencies=kwargs.get("agencies", self.agencies),
            years=kwargs.get("years", self.years),
            sections=kwargs.get("sections", self.sections),
            kinds=kwargs.get("kinds", self.kinds),
            k=kwargs.get("k", self.k),
        )
        return [_document(hit) for hit in hits]


def _document(hit: Hit) -> Document:
    passage = hit.passage
    metadata = {
        "report": passage.report,
        "agency": passage.agency,
        "year": passage.year,
        "section": passage.section,
        "kind": passage.kind,
        "page": passage.place.page,
        "line": passage.place.line,
        "score": hit.score,
    }
    return Document(id=passage.id, page_content=passage.text, metadata=metadata)
