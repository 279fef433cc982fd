"""What the embedding adds to words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from qa_service.answering.meaning import Meaning
from qa_service.answering.prose_query import make_query
from qa_service.answering.sentences import rank_sentences
from reports.passage import Passage
from tests.vectorstore.stand_in import Given
from vectorstore.embedding import Embedding, load_embedding
from vectorstore.query_terms import Term


@dataclass(frozen=True)
class Shipped:
    """Implements `vectorstore.search.EmbeddingSource`."""

    embedding: Embedding

    def get(self) -> Embedding:
        """The embedding."""
        return self.embedding


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    return Meaning(Shipped(load_embedding()))


def passage(*sentences: str) -> Passage:
    spans, at = [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence)
    return Passage("r-0", "r", "a", 2020, "一、概况", "prose", "".join(sentences), 0, tuple(spans))


TWO = passage("全年没有发生行政诉讼。", "报纸刊发稿件两篇。")


def test_another_word_for_the_same_is_near(meaning: Meaning) -> None:
    likeness = meaning.likeness([Term(("打官司",)), Term(("大熊猫",))], [TWO])
    assert likeness is not None
    assert likeness.shape == (2, 2)
    assert likeness[0, 0] > 0.5 > likeness[0, 1]
    assert likeness[1].max() < 0.45


def test_a_question_in_other_words_is_covered_by_its_sentence(meaning: Meaning) -> None:
    query = make_query("打官司")
    plain = {quote.text: quote.certainty for quote in rank_sentences(query, [TWO])}
    known = {quote.text: quote.certainty for quote in rank_sentences(query, [TWO], meaning)}
    assert known["全年没有发生行政诉讼。"] > plain["报纸刊发稿件两篇。"]
    assert rank_sentences(query, [TWO], meaning)[0].text == "全年没有发生行政诉讼。"


def test_nothing_is_added_where_there_is_no_embedding_or_none_that_knows_words() -> None:
    for source in (Given(None), Given()):
        assert Meaning(source).likeness([Term(("诉讼",))], [TWO]) is None
    assert Meaning(Given(None)).cosines("诉讼", [TWO]) is None
    cosines = Meaning(Given()).cosines("行政诉讼", [TWO])
    assert cosines is not None
    assert cosines.shape == (2,)
    assert int(np.argmax(cosines)) == 0


class Undecided:
    """Implements `qa_service.answering.sentences.Nearness` as models do for which everything is alike."""

    def cosines(self, text: str, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """0.7 for every sentence."""
        return np.full(sum(len(passage.sentences) for passage in passages), 0.7, np.float32)

    def likeness(self, terms: Sequence[Term], passages: Sequence[Passage]) -> None:
        """It knows no words."""


def test_a_model_that_finds_everything_alike_makes_nothing_certain() -> None:
    quotes = rank_sentences(make_query("大熊猫怎么保护"), [TWO], Undecided())
    assert max(quote.certainty for quote in quotes) < 0.1
