"""The sets that can be asked where the tests run, and why others cannot."""

import pytest

from eval.corpora import SHARED_FOLDER, Corpus, samples_corpus, synthetic_corpus
from eval.generated.generator import Generator
from eval.question import GoldQuestion
from eval.sets import QuestionSet, question_sets
from eval.synthetic.corpus import SyntheticCorpus

SMALL = SyntheticCorpus(agencies=60, years=tuple(range(2017, 2024)), seed=5)


def find_set(name: str) -> QuestionSet:
    """The set of that name; skips the test where the reports it needs are not at hand."""
    found = next(each for each in question_sets(SHARED_FOLDER) if each.name == name)
    if found.missing is not None:
        pytest.skip(f"the set {name} needs ../shared/{found.missing.name}, which is not here")
    return found


def small_synthetic() -> Corpus:
    """A synthetic corpus that is quickly made."""
    return synthetic_corpus(SMALL)


def tiny_synthetic() -> Corpus:
    """A synthetic corpus that is quickly stored."""
    return synthetic_corpus(SyntheticCorpus(agencies=8, years=(2018, 2019, 2020, 2021), seed=5))


def generated_questions(corpus: Corpus, per_type: int = 2) -> tuple[GoldQuestion, ...]:
    """Questions generated over a corpus."""
    return tuple(Generator(corpus.facts, corpus.name).questions(per_type))


__all__ = ["SMALL", "find_set", "generated_questions", "samples_corpus", "small_synthetic", "tiny_synthetic"]
