"""The baselines: chunks of the reports' text, ranked by keywords, or as the LangChain tutorial does it by vectors."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import InMemoryVectorStore
from langchain_text_splitters import RecursiveCharacterTextSplitter

from eval.baselines.bigrams import BigramIndex
from ingest.read_report import read_document
from reports.document import Paragraph
from reports.table import Table
from vectorstore.embedding import Embedding

CHUNK, OVERLAP = 500, 50


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the text of a report. report: the stem of its file's name."""

    report: str
    text: str


class Ranker(Protocol):
    """Something that finds chunks for a question."""

    def top(self, question: str, k: int) -> Sequence[Chunk]:
        """The best k, the best first."""
        ...


def split_reports(files: Sequence[Path]) -> tuple[Chunk, ...]:
    """All reports in pieces of 500 characters with 50 shared, as the tutorial cuts them."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    return tuple(Chunk(path.stem, piece) for path in files for piece in splitter.split_text(plain_text(path)))


def plain_text(path: Path) -> str:
    """The text of a file: a text file as it is, others paragraph by paragraph and row by row."""
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8", errors="replace")
    blocks = read_document(path).blocks
    return "\n".join(block.text if isinstance(block, Paragraph) else _rows(block) for block in blocks)


def _rows(table: Table) -> str:
    return "\n".join(" | ".join(cell.text for cell in table.row_cells(row)) for row in range(table.rows))


class BigramPipeline:
    """Character-bigram BM25 over the chunks."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self._chunks = chunks
        self._index = BigramIndex([chunk.text for chunk in chunks])

    def top(self, question: str, k: int) -> Sequence[Chunk]:
        order = np.argsort(-self._index.scores(question), kind="stable")[:k]
        return [self._chunks[at] for at in order]


class TutorialPipeline:
    """LangChain's tutorial: splitter, embeddings, vector store, similarity search; the language model is left out."""

    def __init__(self, chunks: Sequence[Chunk], embedding: Embedding) -> None:
        self._store = InMemoryVectorStore(_Adapter(embedding))
        self._store.add_documents([LangChainDocument(each.text, metadata={"report": each.report}) for each in chunks])

    def top(self, question: str, k: int) -> Sequence[Chunk]:
        found = self._store.similarity_search(question, k=k)
        return [Chunk(each.metadata["report"], each.page_content) for each in found]


class _Adapter(Embeddings):
    """The shipped embedding as LangChain wants it."""

    def __init__(self, embedding: Embedding) -> None:
        self._embedding = embedding

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in vector] for vector in self._embedding.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]
