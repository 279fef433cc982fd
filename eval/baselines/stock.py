"""The pipelines of the usual tutorials, as they come, over the questions that passages answer."""

import math
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from eval.baselines.bigrams import BigramIndex
from eval.baselines.passages import RetrievalSet, Search, make_set
from eval.baselines.pipelines import Chunk, Ranker, TutorialPipeline, split_reports
from eval.question import GoldQuestion
from reports.errors import SettingsError
from reports.passage import Passage
from vectorstore.embedding import Embedding, load_embedding

# The model that LangChain's and Chroma's pages use; measured where it is on this machine.
TUTORIAL_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
_DEPTH = 10


class WordPipeline:
    """LangChain's BM25Retriever: a text is split at blanks, so that a Chinese sentence is one word."""

    def __init__(self, chunks: Sequence[Chunk], tokens: Callable[[str], list[str]] = str.split) -> None:
        self._chunks = chunks
        self._index = BigramIndex([chunk.text for chunk in chunks], tokens)

    def top(self, question: str, k: int) -> Sequence[Chunk]:
        """The best k of those that share a word with the question."""
        scores = self._index.scores(question)
        best = sorted(range(len(self._chunks)), key=lambda at: -scores[at])[:k]
        return [self._chunks[at] for at in best if scores[at] > 0 and math.isfinite(scores[at])]


def stock_set(questions: Iterable[GoldQuestion], files: Sequence[Path]) -> tuple[RetrievalSet, tuple[Chunk, ...]]:
    """The reports in pieces of 500 characters, and the questions with the pieces that hold their answer."""
    chunks = split_reports(files)
    pieces = (
        (chunk.report, Passage(_id(at), chunk.report, "", 0, "", "prose", chunk.text, at))
        for at, chunk in enumerate(chunks)
    )
    return make_set(questions, pieces), chunks


def stock_searches(chunks: Sequence[Chunk]) -> dict[str, Search]:
    """The pipelines by name; the one with the tutorials' own model only where that model is on this machine."""
    places: dict[Chunk, str] = {}
    for at, chunk in enumerate(chunks):
        places.setdefault(chunk, _id(at))
    rankers: dict[str, Ranker] = {
        "LangChain BM25 (words between blanks)": WordPipeline(chunks),
        "LangChain tutorial (shipped embedding)": TutorialPipeline(chunks, load_embedding()),
    }
    if (model := _tutorial_model()) is not None:
        rankers["LangChain tutorial (all-MiniLM-L6-v2)"] = TutorialPipeline(chunks, model)
    return {name: _search(ranker, places) for name, ranker in rankers.items()}


def _search(ranker: Ranker, places: dict[Chunk, str]) -> Search:
    return lambda question: list(dict.fromkeys(places[chunk] for chunk in ranker.top(question, _DEPTH)))


def _tutorial_model() -> Embedding | None:
    try:
        model = load_embedding(TUTORIAL_MODEL)
        model.encode(["."])
    except SettingsError:
        return None
    return model


def _id(at: int) -> str:
    return f"chunk-{at}"
