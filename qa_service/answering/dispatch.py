"""One question in, one answer object out. Never raises for any text."""

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from indicators.observation import Missing
from qa_service.answering.answer import Answer, Choice, Interpretation, Kind, Status
from qa_service.answering.by_value import add_quoted, answer_by_value, answer_sign
from qa_service.answering.choosing import find_by_words, find_number, say_choices
from qa_service.answering.commitments import answer_commitments
from qa_service.answering.comparisons import answer_comparison
from qa_service.answering.corpus import Corpus, CorpusSource, CorpusView
from qa_service.answering.draft import Draft
from qa_service.answering.examples import show_examples
from qa_service.answering.figures import answer_figures
from qa_service.answering.filters import reaches_outside, read_filters, restrict, say_outside
from qa_service.answering.guard import unsupported_numbers
from qa_service.answering.passages import add_sentence, answer_passages
from qa_service.answering.sections import answer_section
from qa_service.answering.talk import (
    answer_corpus,
    answer_definition,
    answer_not_understood,
    answer_part_of_year,
    answer_per_head,
    answer_refusal,
    answer_row_meaning,
    answer_smalltalk,
    asks_for_meaning,
    names_term,
)
from qa_service.answering.uncatalogued import answer_uncatalogued
from qa_service.answering.uncomputed import say_uncomputed
from qa_service.answering.words_wanted import deals_with_problems, wants_words
from qa_service.conversation import Turn
from qa_service.understanding.normal_form import language_of, normalise
from qa_service.understanding.question import Operation
from qa_service.understanding.understand import understand
from qa_service.understanding.years import finds_part_of_year

# All of it is read; what is longer is refused, and never read in part.
_LONGEST_QUESTION = 600
_PER_HEAD = re.compile(
    r"人均|每(?:班|堂|节课)|每(?:个|一)?(?:人|位|名)(?!次)|每[万千百]人|每(?:一|个)?(?:次|场|件|项|期|个)(?:采购|培训|会议|申请|许可|处罚|决定|案件|项目)"
    r"|\bper (?:capita|head|person|inhabitant|resident|employee|citizen|project|session|training|course|class|meeting|case|decision|request"
    r"|staff member|member of staff|worker|official|applicant|company)\b"
)
# Below this share of explained words a figure is not answered: better "I don't have that" than a figure of something else.
_CONFIDENT = 0.8
_COMPARISONS = frozenset(
    (
        Operation.COMPARE,
        Operation.GROWTH,
        Operation.RANK,
        Operation.SUM,
        Operation.AVERAGE,
        Operation.SHARE,
        Operation.TREND,
        Operation.FILTER,
    )
)
_FIGURES = frozenset((Operation.LOOKUP, Operation.SECTION, *_COMPARISONS))
_TURNS_LOOKED_AT = 8
# Conversations whose offered choices are kept.
_MOST_KEPT = 2_000

_log = logging.getLogger(__name__)


class Answerer:
    """Answers questions over the library's current state. Safe to share between threads."""

    def __init__(self, library: CorpusSource) -> None:
        self._view = CorpusView(library)
        self._kept: tuple[Corpus | None, dict[bytes, tuple[Choice, ...]]] = (None, {})

    def warm(self) -> None:
        """Loads the corpus and, in the background, what rare questions need."""
        self._view.current().reader.warm_in_background()

    def corpus(self) -> Corpus:
        """The corpus as stored now."""
        return self._view.current()

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        language: str = "auto",
        agency: str | None = None,
        year: int | None = None,
    ) -> Answer:
        """The answer. language: "auto", "zh" or "en". agency, year: filters that fill in what the question leaves out and beyond which nothing is shown.

        Raises only StoreError, where the database itself fails.
        """
        corpus = self._view.current()
        turns = self._settled(corpus, history, language)
        chosen = self._chosen(corpus, question, turns, language)
        if isinstance(chosen, Answer):
            return chosen
        if chosen is not None:
            question, turns = chosen.question, ()
        return self._answer(corpus, question, turns, language, agency, year)

    def _answer(
        self, corpus: Corpus, text: str, history: Sequence[Turn], language: str, agency: str | None, year: int | None
    ) -> Answer:
        spoken = language if language in ("zh", "en") else language_of(text)
        if not normalise(text):
            return _nothing_asked(spoken)
        if len(text) > _LONGEST_QUESTION:
            return _too_long(spoken, len(text))
        understood = understand(corpus.reader, text, history, language)
        filters = read_filters(corpus, agency, year)
        within, allowed = restrict(understood, corpus, filters)
        answer = self._drafted(Draft(within, corpus), text) if allowed else None
        if answer is not None and (filters.none or not reaches_outside(answer, corpus, filters)):
            return answer
        draft = Draft(understood, corpus)
        say_outside(draft, filters)
        return draft.finish(_resolved(draft))

    def _drafted(self, draft: Draft, text: str) -> Answer:
        _respond(draft)
        return self._guarded(draft.finish(_resolved(draft)), text, draft)

    def _settled(self, corpus: Corpus, history: Sequence[Turn], language: str) -> tuple[Turn, ...]:
        """The earlier turns; one that chose something offered stands as the question that it chose."""
        turns = [
            turn
            for turn in history
            if turn.role == "user" and turn.content.strip() and len(turn.content) <= _LONGEST_QUESTION
        ][-_TURNS_LOOKED_AT:]
        settled: tuple[Turn, ...] = ()
        for turn in turns:
            chosen = self._chosen(corpus, turn.content, settled, language)
            settled = (Turn("user", chosen.question),) if isinstance(chosen, Choice) else (*settled, turn)
        return settled

    def _chosen(self, corpus: Corpus, text: str, history: tuple[Turn, ...], language: str) -> Choice | Answer | None:
        """What "2", "第二个" or its words choose, if the turn before was asked back; an answer that says so where no such
        choice was offered; else None."""
        offered = self._offered(corpus, history, language)
        if not offered:
            return None
        number = find_number(corpus.reader, text, len(offered))
        if number is None:
            return find_by_words(text, offered)
        if 1 <= number <= len(offered):
            return offered[number - 1]
        before = self._answer(corpus, history[-1].content, history[:-1], language, None, None)
        if language not in ("zh", "en"):
            language = language_of(text) if any(map(str.isalpha, text)) else before.language
        return say_choices(before, language)

    def _offered(self, corpus: Corpus, history: tuple[Turn, ...], language: str) -> tuple[Choice, ...]:
        """The choices that were offered after the last of these turns; kept, for every further turn needs them again."""
        if not history:
            return ()
        kept_for, kept = self._kept
        if kept_for is not corpus or len(kept) >= _MOST_KEPT:
            kept = {}
            self._kept = corpus, kept
        # A digest: whole conversations are not kept.
        key = sha256("\0".join((language, *(turn.content for turn in history))).encode("utf-8", "replace")).digest()
        if key not in kept:
            before = self._answer(corpus, history[-1].content, history[:-1], language, None, None)
            kept[key] = before.choices if before.status is Status.NEEDS_CHOICE else ()
        return kept[key]

    @staticmethod
    def _guarded(answer: Answer, text: str, draft: Draft) -> Answer:
        corpus = draft.corpus
        years = [str(year) for year in corpus.all_years]
        forms = [f"{edition.first_year} {edition.last_year or ''}" for edition in corpus.catalogue.editions]
        also = " ".join([*years, *forms, *draft.allowed, *(choice.label for choice in answer.choices)])
        unsupported = unsupported_numbers(answer, f"{text} {draft.question.text}", also)
        if not unsupported:
            return answer
        _log.error("answer held back: numbers without a source %s", sorted(unsupported))
        line = (
            "回答中有数字找不到出处，已收回；请查看下列引文。"
            if answer.language == "zh"
            else "The answer held a number without a source and was withdrawn; please see the citations."
        )
        return replace(answer, status=Status.NOT_FOUND, answer=line, figures=(), conflicts=())


def _respond(draft: Draft) -> None:
    """Chooses the answering function."""
    question = draft.question
    operation = question.operation
    if operation is Operation.REFUSAL:
        answer_refusal(draft)
    elif operation is Operation.SMALLTALK:
        answer_smalltalk(draft)
    elif operation is Operation.CORPUS:
        answer_corpus(draft)
    elif operation in _FIGURES and finds_part_of_year(question.text):
        answer_part_of_year(draft)
    elif operation in _FIGURES and _PER_HEAD.search(question.text):
        answer_per_head(draft)
    elif _words(draft):
        pass
    elif operation in _FIGURES and question.confidence >= _CONFIDENT:
        _figures(draft)
    elif not answer_uncatalogued(draft) and not answer_by_value(draft) and not answer_passages(draft, fallback=True):
        answer_not_understood(draft)


def _words(draft: Draft) -> bool:
    """Answers what asks for words rather than figures; False where it asks for none, or they could not be found."""
    operation = draft.question.operation
    if asks_for_meaning(draft.question):
        by_label = bool(draft.question.labels) and not names_term(draft.question)
        explain = (answer_row_meaning, answer_definition) if by_label else (answer_definition, answer_row_meaning)
        if any(answer(draft) for answer in explain):
            draft.question = replace(draft.question, operation=Operation.DEFINITION)
            return True
    if operation is Operation.DEFINITION:
        if answer_sign(draft):
            return True
        if answer_definition(draft):
            show_examples(draft)
            return True
        return answer_passages(draft, fallback=True) or answer_row_meaning(draft)
    if "BY_SUBJECT" in draft.question.cues and answer_passages(draft, fallback=True):
        return True
    if deals_with_problems(draft.question) and answer_passages(draft, fallback=True):
        return True
    if operation is Operation.COMMITMENTS or "FOLLOWED" in draft.question.cues:
        answer_commitments(draft)
        return True
    if operation is Operation.PASSAGE:
        return answer_passages(draft)
    return wants_words(draft.question) and answer_passages(draft, fallback=True)


def _figures(draft: Draft) -> None:
    if draft.question.operation in _COMPARISONS:
        answer_comparison(draft)
    elif draft.question.operation is Operation.SECTION:
        answer_section(draft)
    else:
        answer_figures(draft)
        say_uncomputed(draft)
        figures = draft.evidence.figures
        if figures and all(figure.missing == Missing.NOT_IN_FORM for figure in figures) and not draft.choices:
            add_sentence(draft)
        add_quoted(draft)


def _resolved(draft: Draft) -> str:
    """What was understood, as one complete line."""
    corpus, language = draft.corpus, draft.question.language
    names = [corpus.name(agency, language) for agency in draft.agencies if agency in corpus.agencies][:6]
    found = [corpus.catalogue.find(indicator) for indicator in draft.indicators]
    labels = [(indicator.zh if language == "zh" else indicator.en) for indicator in found if indicator is not None][:6]
    years = [str(year) for year in draft.years][:12]
    separator = "、" if language == "zh" else ", "
    return " | ".join(separator.join(part) for part in (names, years, labels) if part)


def _nothing_asked(language: str) -> Answer:
    line = (
        "请输入问题，例如：某单位2022年收到多少件政府信息公开申请？"
        if language == "zh" or not language
        else "Please ask a question, for example: how many requests did a body receive in 2022?"
    )
    return Answer(Status.NOT_FOUND, Kind.SMALLTALK, language, line, interpretation=Interpretation("none"))


def _too_long(language: str, length: int) -> Answer:
    line = (
        f"问题太长（{length}字），请缩短到{_LONGEST_QUESTION}字以内，一次问一件事。"
        if language == "zh"
        else f"The question is too long ({length} characters); please keep it below {_LONGEST_QUESTION} and ask one thing at a time."
    )
    return Answer(Status.NOT_FOUND, Kind.SMALLTALK, language, line, interpretation=Interpretation("none"))
