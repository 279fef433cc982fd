"""What the embedding adds to words: how near the sentences are to a question, and which words mean nearly the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from qa_service.answering.sentences import split_passage
from reports.passage import Passage
from vectorstore.embedding import Embedding, WordVectors
from vectorstore.query_terms import Term
from vectorstore.search import EmbeddingSource

# Passages kept embedded: some tens of megabytes.
_KEPT_PASSAGES = 8_000


@dataclass(frozen=True, slots=True)
class _Embedded:
    """The sentences of a passage: [sentences, dimensions], and by sentence the ids of its words."""

    vectors: NDArray[np.float32]
    words: tuple[NDArray[np.int32], ...]


class Meaning:
    """Implements `qa_service.answering.sentences.Nearness`. Safe to share between threads."""

    def __init__(self, embedding: EmbeddingSource) -> None:
        self._embedding = embedding
        self._kept: dict[str, _Embedded] = {}
        self._lock = Lock()

    def cosines(self, text: str, passages: Sequence[Passage]) -> NDArray[np.float32] | None:
        """[sentences]: of the text and each sentence, in the order of `split_passage`; None without an embedding."""
        embedding = self._embedding.get()
        if embedding is None:
            return None
        parts = [each.vectors for each in self._embedded(embedding, passages)]
        return np.asarray(np.concatenate(parts) @ embedding.encode([text])[0], np.float32)

    def likeness(self, terms: Sequence[Term], passages: Sequence[Passage]) -> NDArray[np.float32] | None:
        """[terms, sentences]: how near the nearest word of a sentence is to a term, by cosine, at least 0; None where
        the embedding does not know single words."""
        embedding = self._embedding.get()
        known = _word_vectors(embedding)
        if embedding is None or known is None or not terms:
            return None
        words = [each for passage in self._embedded(embedding, passages) for each in passage.words]
        ids = np.unique(np.concatenate(words)) if words else np.zeros(0, np.int32)
        result = np.zeros((len(terms), len(words)), np.float32)
        if len(ids):
            cosines = known.word_likeness(embedding.encode([term.forms[0] for term in terms]), ids)
            for column, own in enumerate(words):
                if len(own):
                    result[:, column] = cosines[:, np.searchsorted(ids, own)].max(axis=1)
        return np.maximum(result, 0.0)

    def _embedded(self, embedding: Embedding, passages: Sequence[Passage]) -> list[_Embedded]:
        with self._lock:
            known = {passage.id: self._kept[passage.id] for passage in passages if passage.id in self._kept}
        missing = [passage for passage in passages if passage.id not in known]
        if missing:
            sentences = [[sentence.text for sentence in split_passage(passage)] for passage in missing]
            flat = [text for texts in sentences for text in texts]
            vectors = embedding.encode(flat)
            words = _word_ids(embedding, flat)
            at = 0
            for passage, texts in zip(missing, sentences, strict=True):
                known[passage.id] = _Embedded(vectors[at : at + len(texts)], tuple(words[at : at + len(texts)]))
                at += len(texts)
            with self._lock:
                if len(self._kept) > _KEPT_PASSAGES:
                    self._kept.clear()
                self._kept |= {passage.id: known[passage.id] for passage in missing}
        return [known[passage.id] for passage in passages]


def _word_vectors(embedding: object) -> WordVectors | None:
    return embedding if isinstance(embedding, WordVectors) else None


def _word_ids(embedding: object, texts: Sequence[str]) -> list[NDArray[np.int32]]:
    known = _word_vectors(embedding)
    return [np.zeros(0, np.int32) for _ in texts] if known is None else known.word_ids(texts)
