"""Answers about the planted report, one for each thing the page must show."""

from collections.abc import Sequence
from dataclasses import replace

from indicators.store import IndicatorStore
from qa_service.answering.answer import Answer, AnswerCitation, Choice, Conflict, Figure, Kind, Status
from qa_service.conversation import Turn
from qa_service.web.figure_item import FigureItem, figure_item
from tests.qa_service.web.planted import HOSTILE


class PlantedAnswers:
    """Answers "one", "blank", "text", "many", "choice", "hostile"; anything else is not found."""

    def __init__(self, store: IndicatorStore) -> None:
        observations = store.observations(agencies=["demo_bureau"], years=[2022])
        reports = store.report_items({each.citation.report for each in observations})
        self._items = [figure_item(each, reports) for each in observations]

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        language: str = "auto",
        agency: str | None = None,
        year: int | None = None,
    ) -> Answer:
        match question:
            case "one":
                suggestions = ("blank",)
                return self._answered(Kind.FIGURE, "共16件。[1]", [2], suggestions=suggestions)
            case "blank":
                return self._answered(Kind.FIGURE, "该单元格空白。[1]", [1])
            case "text":
                return self._answered(Kind.FIGURE, "正文写作16件。[1]", [9])
            case "many":
                answer = self._answered(Kind.TREND, "各项如下。[1][2][3]", [0, 1, 2])
                conflict = Conflict("text-and-table", "表与正文不同。[1][2]", answer.figures[:2], (1, 2))
                return replace(answer, conflicts=(conflict,))
            case "choice":
                choices = (Choice("示例市示例局", "one"), Choice("样例县人民政府办公室", "other"))
                return Answer(Status.NEEDS_CHOICE, Kind.FIGURE, "zh", "是哪一个？", choices=choices)
            case "hostile":
                answer = self._answered(Kind.FIGURE, HOSTILE, [6], suggestions=(HOSTILE,))
                citation = replace(answer.citations[0], title=HOSTILE, row=HOSTILE, link="javascript:alert(1)")
                return replace(answer, citations=(citation,), choices=(Choice(HOSTILE, HOSTILE),))
            case _:
                return Answer(Status.NOT_FOUND, Kind.FIGURE, "zh", f"没有找到：{question}")

    def _answered(self, kind: Kind, text: str, numbers: Sequence[int], suggestions: tuple[str, ...] = ()) -> Answer:
        pairs = [self._figure(self._items[number], place) for place, number in enumerate(numbers, 1)]
        figures, citations = tuple(figure for figure, _ in pairs), tuple(citation for _, citation in pairs)
        return Answer(Status.ANSWERED, kind, "zh", text, figures, citations, suggestions=suggestions)

    @staticmethod
    def _figure(item: FigureItem, place: int) -> tuple[Figure, AnswerCitation]:
        figure = Figure(
            item.value, item.unit, item.missing, item.exactness, item.origin, item.indicator, item.label, item.agency,
            item.agency_name, item.year, item.applicant, citations=(place,),
        )  # fmt: skip
        return figure, replace(item.citation, id=place)
