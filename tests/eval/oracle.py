"""Answers made from what the gold expects: right by construction, so that the scoring itself can be tested."""

from dataclasses import replace

from eval.asking import Reply
from eval.question import Evidence, Expectation, ExpectedFigure
from qa_service.answering.answer import Answer, AnswerCitation, Choice, Conflict, Figure, Kind, Operand, Status


def right_answer(expect: Expectation) -> Answer:
    """An answer that holds everything that is expected, and nothing else."""
    figures = tuple(make_figure(figure) for figure in expect.figures)
    if expect.also and any(figure.operation != "lookup" for figure in expect.figures):
        operands = tuple(make_operand(figure) for figure in expect.also)
        figures = tuple(replace(figure, operands=operands) for figure in figures)
    status = Status(expect.statuses[0])
    conflicts = (Conflict("text-and-table", "", (), ()),) if expect.conflict else ()
    choices = tuple(Choice(mark, f"{mark}…") for mark in expect.choices) or (Choice("1", "1"),)
    return Answer(
        status=status,
        kind=Kind.FIGURE,
        language="zh",
        answer="，".join(expect.must_contain),
        figures=figures if status is Status.ANSWERED else (),
        citations=tuple(make_citation(number, place) for number, place in enumerate(expect.evidence, 1)),
        conflicts=conflicts,
        choices=choices if status is Status.NEEDS_CHOICE else (),
    )


def make_figure(figure: ExpectedFigure) -> Figure:
    """The figure as an answer gives it."""
    derived = figure.operation not in ("lookup", "maximum", "minimum", "rank")
    return Figure(
        value=figure.value,
        unit=figure.unit,
        missing=figure.missing,
        exactness="exact",
        origin="derived" if derived else "table",
        indicator=figure.indicators[0] if figure.indicators else None,
        label="",
        agency="some_id",
        agency_name=figure.agency,
        year=figure.year,
        applicant=figure.applicant,
    )


def make_operand(figure: ExpectedFigure) -> Operand:
    """The figure as an operand of a derived one."""
    given = make_figure(figure)
    return Operand(
        given.value,
        given.unit,
        given.missing,
        given.indicator,
        "",
        "some_id",
        given.agency_name or "",
        given.year or 0,
        given.applicant,
        (),
    )


def make_citation(number: int, place: Evidence) -> AnswerCitation:
    """A citation of exactly that place."""
    return AnswerCitation(
        id=number,
        report=f"{place.report}-00000000",
        title="",
        agency_name="",
        year=0,
        file=f"{place.report}.txt",
        page=None,
        bbox=None,
        line=None,
        section=None,
        table=None if place.quote else "t1",
        table_id=None if place.quote else "t1",
        row=place.row,
        column=place.column,
        row_index=0,
        column_index=0,
        raw=place.raw or "",
        quote=place.quote or "",
        link="",
    )


def reply(answer: Answer) -> Reply:
    """An answer as it comes back."""
    return Reply(answer, 0.001)
