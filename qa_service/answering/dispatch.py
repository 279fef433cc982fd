"""One question in, one answer object out. Never raises for any text."""

import logging
import re
from collections.abc import Sequence
from dataclasses import replace

from indicators.observation import Missing
from qa_service.answering.answer import Answer, Interpretation, Kind, Status
from qa_service.answering.by_value import answer_by_value, answer_sign
from qa_service.answering.commitments import answer_commitments
from qa_service.answering.comparisons import answer_comparison
from qa_service.answering.corpus import Corpus, CorpusSource, CorpusView
from qa_service.answering.draft import Draft
from qa_service.answering.examples import show_examples
from qa_service.answering.figures import answer_figures
from qa_service.answering.guard import unsupported_numbers
from qa_service.answering.passages import add_sentence, answer_passages
from qa_service.answering.sections import answer_section
from qa_service.answering.talk import (
    answer_corpus,
    answer_definition,
    answer_not_understood,
    answer_part_of_year,
    answer_refusal,
    answer_smalltalk,
)
from qa_service.answering.uncatalogued import answer_uncatalogued
from qa_service.answering.words_wanted import deals_with_problems, wants_words
from qa_service.conversation import Turn
from qa_service.understanding.asked_agencies import find_asked_agencies
from qa_service.understanding.normal_form import language_of, normalise
from qa_service.understanding.question import Asked, Operation, Question
from qa_service.understanding.understand import understand
from qa_service.understanding.years import YearKind, YearMention, finds_part_of_year

_LONGEST_QUESTION = 2_000
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
_ORDINAL = re.compile(
    r"^(?:i (?:want|mean|choose|pick)\s+|我?(?:选|要|选择|说的是|是)?\s*)?(?:the\s+)?(?:第|option\s*|number\s*|choice\s*|no\.?\s*|#)?\s*"
    r"(\d{1,2}|[一二三四五六七八九十]|first|second|third|fourth|last)\s*(?:个|项|家|条|one|option)?(?:吧|呢|谢谢|please|[,.，。!！\s])*$"
)
_ORDINALS = {
    **{c: i for i, c in enumerate("一二三四五六七八九十", start=1)},
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": -1,
}

_log = logging.getLogger(__name__)


class Answerer:
    """Answers questions over the library's current state. Safe to share between threads."""

    def __init__(self, library: CorpusSource) -> None:
        self._view = CorpusView(library)

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
        """The answer. language: "auto", "zh" or "en". agency, year: filters that stand in for what the question leaves out.

        Raises only StoreError, where the database itself fails.
        """
        corpus = self._view.current()
        chosen = self._chosen(corpus, question, history, language)
        if chosen is not None:
            question, history = chosen, ()
        return self._answer(corpus, question, history, language, agency, year)

    def _answer(
        self, corpus: Corpus, text: str, history: Sequence[Turn], language: str, agency: str | None, year: int | None
    ) -> Answer:
        spoken = language if language in ("zh", "en") else language_of(text)
        if not normalise(text):
            return _nothing_asked(spoken)
        if len(text) > _LONGEST_QUESTION:
            return _too_long(spoken, len(text))
        understood = understand(corpus.reader, text, history, language)
        understood = _filtered(understood, corpus, agency, year)
        draft = Draft(understood, corpus)
        _respond(draft)
        return self._guarded(draft.finish(_resolved(draft)), text, draft)

    def _chosen(self, corpus: Corpus, text: str, history: Sequence[Turn], language: str) -> str | None:
        """The choice meant by "2", "第二个" or its words, if the turn before was asked back; else None."""
        users = [index for index, turn in enumerate(history) if turn.role == "user"]
        plain = normalise(text)
        if not users or len(plain) > 60:
            return None
        last = users[-1]
        before = self._answer(corpus, history[last].content, history[:last], language, None, None)
        if before.status is not Status.NEEDS_CHOICE or not before.choices:
            return None
        ordinal = _ORDINAL.match(plain)
        if ordinal:
            said = ordinal.group(1)
            number = int(said) if said.isdigit() else _ORDINALS[said]
            if number == -1 or 1 <= number <= len(before.choices):
                return before.choices[number - 1 if number > 0 else -1].question
            return None
        matching = [choice for choice in before.choices if plain and plain in normalise(choice.label)]
        return matching[0].question if len(matching) == 1 else None

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
    elif _words(draft):
        pass
    elif operation in _FIGURES and question.confidence >= _CONFIDENT:
        _figures(draft)
    elif not answer_uncatalogued(draft) and not answer_by_value(draft) and not answer_passages(draft, fallback=True):
        answer_not_understood(draft)


def _words(draft: Draft) -> bool:
    """Answers what asks for words rather than figures; False where it asks for none, or they could not be found."""
    operation = draft.question.operation
    if operation is Operation.DEFINITION:
        if answer_sign(draft):
            return True
        if answer_definition(draft):
            show_examples(draft)
            return True
        return answer_passages(draft, fallback=True)
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
        figures = draft.evidence.figures
        if figures and all(figure.missing == Missing.NOT_IN_FORM for figure in figures) and not draft.choices:
            add_sentence(draft)


def _filtered(question: Question, corpus: Corpus, agency: str | None, year: int | None) -> Question:
    """The filters of the request fill in what the question leaves open; they never override what it says."""
    if agency and (question.asked.nothing or question.asked.choices):
        question = replace(question, asked=_filter_agency(corpus, agency))
    if year is not None and question.year.kind is YearKind.NONE:
        question = replace(question, year=YearMention(YearKind.LISTED, (year,)))
    return question


def _filter_agency(corpus: Corpus, agency: str) -> Asked:
    """The body a filter names, by id or by any of its names; one that is not here is said to be unknown."""
    if agency in corpus.agencies:
        return Asked(agencies=(agency,))
    asked = find_asked_agencies(corpus.reader, corpus.reader.read(agency))
    return asked if asked.agencies else Asked(unknown=agency)


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
