"""GET /v1/commitments/{id}/followed: what the report of the year after says on it. Offered as evidence, never judged."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import TypeAdapter

from indicators.stored_report import ReportItem
from qa_service.answering.commitment_evidence import find_figures_after, find_sentences_after
from qa_service.answering.prose import Prose
from qa_service.library import Library
from qa_service.web.errors import RequestProblem
from qa_service.web.figure_item import FigureItem, figure_item
from qa_service.web.prose_item import link_to_place


@dataclass(frozen=True, slots=True)
class FollowedSentence:
    """A sentence of the later report, as printed, with its place."""

    text: str
    section: str
    page: int | None
    line: int | None
    link: str


@dataclass(frozen=True, slots=True)
class Followed:
    """What the next year's report says on one problem or commitment.

    year: of that report; report: the report, null where the collection has none of that year: then there is nothing to see.
    """

    commitment: str
    year: int
    report: ReportItem | None
    sentences: tuple[FollowedSentence, ...]
    figures: tuple[FigureItem, ...]


_JSON = TypeAdapter(Followed)


def make_router(library: Library) -> APIRouter:
    """The route over one library."""
    router = APIRouter(tags=["commitments"])

    @router.get(
        "/v1/commitments/{commitment_id}/followed",
        response_model=Followed,
        summary="What the next year's report says on a problem or commitment",
    )
    def show_followed(commitment_id: str) -> Response:
        commitment = library.passages.commitments_by_id([commitment_id]).get(commitment_id)
        if commitment is None:
            raise RequestProblem(
                "unknown-commitment",
                "There is no such problem or commitment; its report may have been removed. GET /v1/commitments lists all.",
                "没有这条问题或承诺，其年报可能已被删除。全部见 /v1/commitments。",
            )
        year = commitment.year + 1
        later = library.store.reports(commitment.agency, year, limit=1)
        if not later:
            return _reply(Followed(commitment_id, year, None, (), ()))
        report = later[0]
        prose = Prose(library.passages, library.search, library.embedding)
        sentences = tuple(
            FollowedSentence(
                quote.text,
                quote.passage.section,
                quote.passage.place.page,
                quote.passage.place.line,
                link_to_place(report.id, quote.passage.place),
            )
            for quote in find_sentences_after(prose, [commitment])
            if quote.passage.report == report.id
        )
        reports = {report.id: report}
        figures = tuple(
            figure_item(each, reports)
            for each in find_figures_after(library.store, [commitment])
            if each.citation.report == report.id
        )
        return _reply(Followed(commitment_id, year, report, sentences, figures))

    return router


def _reply(followed: Followed) -> Response:
    return Response(_JSON.dump_json(followed), media_type="application/json")
