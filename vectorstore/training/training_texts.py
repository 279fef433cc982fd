"""Everything that the embedding may learn from, held-out parts already taken out."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from vectorstore.training.corpora import (
    GlossaryRow,
    Law,
    LayQuestion,
    SentencePair,
    Term,
    alias_held_out,
    read_glossary,
    read_laws,
    read_lay_questions,
    read_sentence_pairs,
    read_terms,
)

# How often a text of each small source counts beside a law when the vocabulary is learnt.
_TRANSLATION, _QUESTION, _LABEL, _ALIAS, _GLOSSARY_ZH, _GLOSSARY_EN = 4, 4, 20, 10, 30, 5


@dataclass(frozen=True, slots=True)
class TrainingTexts:
    """The training part of each source. pairs keeps held-out places as None, so that neighbours stay neighbours."""

    laws: tuple[Law, ...]
    pairs: tuple[SentencePair | None, ...]
    questions: tuple[LayQuestion, ...]
    terms: tuple[Term, ...]
    glossary: tuple[GlossaryRow, ...]


def read_training_texts(corpora: Path, catalogue: Path) -> TrainingTexts:
    """Reads all sources and drops what validation keeps."""
    pairs = read_sentence_pairs(corpora)
    # Different Chinese sentences may have the same translation: it must not come in with the other one.
    asked = {pair.en for pair in pairs if pair.held_out}
    return TrainingTexts(
        laws=tuple(law for law in read_laws(corpora) if not law.held_out),
        pairs=tuple(None if pair.held_out or pair.en in asked else pair for pair in pairs),
        questions=tuple(question for question in read_lay_questions(corpora) if not question.held_out),
        terms=tuple(_without_held_out(term) for term in read_terms(catalogue)),
        glossary=tuple(read_glossary()),
    )


def count_texts(texts: TrainingTexts) -> tuple[Counter[str], Counter[str]]:
    """Chinese and English texts and how often each counts for the vocabulary."""
    chinese: Counter[str] = Counter()
    english: Counter[str] = Counter()
    for law in texts.laws:
        chinese.update([law.title, *dict(law.paragraphs), *(text for _, text in law.paragraphs)])
    for pair in filter(None, texts.pairs):
        chinese[pair.zh] += _TRANSLATION
        english[pair.en] += 1
    for question in texts.questions:
        chinese[question.text] += _QUESTION
        chinese.update(text for _, text in question.articles)
    for term in texts.terms:
        chinese[term.zh] += _LABEL
        english[term.en] += _GLOSSARY_EN
        for alias in term.aliases_zh:
            chinese[alias] += _ALIAS
        for alias in term.aliases_en:
            english[alias] += _GLOSSARY_EN
    for row in texts.glossary:
        for expression in row.zh:
            chinese[expression] += _GLOSSARY_ZH
        for expression in row.en:
            # counted so that each of its words has its inflections as well
            english[expression] += 2 * _GLOSSARY_EN
    return chinese, english


def _without_held_out(term: Term) -> Term:
    return Term(
        term.zh,
        term.en,
        term.unit,
        tuple(alias for alias in term.aliases_zh if not alias_held_out(alias)),
        tuple(alias for alias in term.aliases_en if not alias_held_out(alias)),
    )
