"""The held-out retrieval tasks: queries, texts, and which texts answer which query."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vectorstore.training.corpora import (
    Law,
    LayQuestion,
    SentencePair,
    Term,
    alias_held_out,
    read_laws,
    read_lay_questions,
    read_sentence_pairs,
    read_terms,
    without_chapter_number,
)
from vectorstore.training.report_questions import read_report_questions
from vectorstore.training.sentences import split_sentences
from vectorstore.training.templates import VALIDATION_EN, VALIDATION_ZH

_QUERIES = 1000
_LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Query:
    """text and the indices of the texts that answer it; allowed: the texts to rank, None for all."""

    text: str
    relevant: frozenset[int]
    allowed: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class ValidationSet:
    """name, queries, and the texts that all of them rank."""

    name: str
    queries: tuple[Query, ...]
    texts: tuple[str, ...]


def build_validation_sets(corpora: Path, catalogue: Path, shared: Path) -> Iterator[ValidationSet]:
    """Every set of the model card, in its order. The reports' sets are left out where `shared` has no reports."""
    yield from _lay_question_sets(read_lay_questions(corpora))
    yield from _law_sets([law for law in read_laws(corpora) if law.held_out])
    yield from _translation_sets(read_sentence_pairs(corpora))
    yield from _catalogue_sets(read_terms(catalogue))
    if (shared / "reports").is_dir():
        yield from _report_sets(shared)


def _lay_question_sets(questions: Sequence[LayQuestion]) -> Iterator[ValidationSet]:
    texts = dict(article for question in questions for article in question.articles)
    place = {name: index for index, name in enumerate(texts)}
    trained = {place[name] for question in questions if not question.held_out for name, _ in question.articles}
    queries = tuple(
        Query(question.text, frozenset(place[name] for name, _ in question.articles))
        for question in questions
        if question.held_out
    )
    yield ValidationSet("lay questions", queries, tuple(texts.values()))
    fresh = tuple(query for query in queries if not query.relevant & trained)
    yield ValidationSet("lay questions, new articles", fresh, tuple(texts.values()))


def _law_sets(laws: Sequence[Law]) -> Iterator[ValidationSet]:
    draw = random.Random(1)
    texts: list[str] = []
    by_heading: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_law: dict[str, list[int]] = defaultdict(list)
    law_of: list[str] = []
    follows: dict[int, int] = {}
    for law in laws:
        before: tuple[str, int] | None = None
        for heading, text in law.paragraphs:
            if len(text) < 20:
                before = None
                continue
            index = len(texts)
            texts.append(text[:_LONGEST_TEXT])
            law_of.append(law.title)
            by_heading[law.title, heading].append(index)
            by_law[law.title].append(index)
            if before and before[0] == heading:
                follows[index] = before[1]
            before = (heading, index)
    yield _heading_set(by_heading, texts, draw)
    neighbours = _neighbour_queries(follows, texts, draw)
    everything = frozenset(range(len(texts)))
    yield ValidationSet(
        "law sentence to paragraph before",
        tuple(Query(sentence, frozenset({follows[own]}), everything - {own}) for own, sentence in neighbours),
        tuple(texts),
    )
    yield ValidationSet(
        "the same, within its law",
        tuple(
            Query(sentence, frozenset({follows[own]}), frozenset(by_law[law_of[own]]) - {own})
            for own, sentence in neighbours
        ),
        tuple(texts),
    )
    yield _sentence_set(texts, draw)


def _heading_set(
    by_heading: dict[tuple[str, str], list[int]], texts: Sequence[str], draw: random.Random
) -> ValidationSet:
    chapters = [
        (f"{title} {name}", frozenset(own))
        for (title, heading), own in by_heading.items()
        if (name := without_chapter_number(heading)) not in (heading, "总则", "附则")
    ]
    draw.shuffle(chapters)
    queries = tuple(Query(text, own) for text, own in chapters[:_QUERIES])
    return ValidationSet("law title and heading to paragraph", queries, tuple(texts))


def _neighbour_queries(follows: dict[int, int], texts: Sequence[str], draw: random.Random) -> list[tuple[int, str]]:
    found = []
    own = list(follows)
    draw.shuffle(own)
    for index in own:
        sentences = [sentence for sentence in split_sentences(texts[index]) if 15 <= len(sentence) <= 80]
        if sentences:
            found.append((index, draw.choice(sentences)))
        if len(found) == _QUERIES:
            break
    return found


def _sentence_set(texts: Sequence[str], draw: random.Random) -> ValidationSet:
    changed = list(texts)
    queries: list[Query] = []
    order = list(range(len(texts)))
    draw.shuffle(order)
    for index in order:
        sentences = [sentence for sentence in split_sentences(texts[index]) if len(sentence) >= 12]
        if len(sentences) < 2:
            continue
        taken = draw.randrange(len(sentences))
        rest = "".join(sentences[:taken] + sentences[taken + 1 :])
        if len(rest) < 20 or len(sentences[taken]) > 100:
            continue
        changed[index] = rest
        queries.append(Query(sentences[taken], frozenset({index})))
        if len(queries) == _QUERIES:
            break
    return ValidationSet("law sentence to rest of paragraph", tuple(queries), tuple(changed))


def _translation_sets(pairs: Sequence[SentencePair]) -> Iterator[ValidationSet]:
    asked = [pair for pair in pairs if pair.held_out and len(pair.zh) > 8]
    for name, sources, targets, all_targets in (
        ("English sentence to Chinese", [p.en for p in asked], [p.zh for p in asked], [p.zh for p in pairs]),
        ("Chinese sentence to English", [p.zh for p in asked], [p.en for p in asked], [p.en for p in pairs]),
    ):
        place = {text: index for index, text in enumerate(dict.fromkeys(all_targets))}
        queries = (Query(source, frozenset({place[target]})) for source, target in zip(sources, targets, strict=True))
        yield ValidationSet(name, tuple(queries), tuple(place))


def _catalogue_sets(terms: Sequence[Term]) -> Iterator[ValidationSet]:
    labels = tuple(term.zh for term in terms)
    same_label: dict[str, set[int]] = defaultdict(set)
    for index, term in enumerate(terms):
        same_label[term.zh].add(index)
    for name, templates, chinese in (
        ("Chinese question to indicator", VALIDATION_ZH, True),
        ("English question to indicator", VALIDATION_EN, False),
    ):
        owners: dict[str, set[int]] = defaultdict(set)
        units: dict[str, str] = {}
        for term in terms:
            for alias in term.aliases_zh if chinese else term.aliases_en:
                if alias_held_out(alias):
                    owners[alias] |= same_label[term.zh]
                    units[alias] = term.unit
        queries = (
            Query(template.format(name=alias, unit=units[alias]), frozenset(own))
            for alias, own in owners.items()
            for template in templates
        )
        yield ValidationSet(name, tuple(queries), labels)


def _report_sets(shared: Path) -> Iterator[ValidationSet]:
    texts, questions = read_report_questions(shared)
    for language, label in (("zh", "Chinese"), ("en", "English")):
        asked = [question for question in questions if question.language == language]
        yield ValidationSet(
            f"{label} question to its report",
            tuple(Query(question.without_scope, question.evidence, question.scope) for question in asked),
            texts,
        )
        yield ValidationSet(
            f"{label} question to all reports",
            tuple(Query(question.text, question.evidence) for question in asked),
            texts,
        )
