"""Answers about the planted report, one for each thing the page must show."""

from collections.abc import Sequence
from dataclasses import replace

from indicators.store import IndicatorStore
from qa_service.answering.answer import Answer, AnswerCitation, Choice, Conflict, Figure, Kind, Operand, Status
from qa_service.conversation import Turn
from qa_service.web.figure_item import FigureItem, figure_item
from tests.qa_service.web.planted import HOSTILE


class PlantedAnswers:
    """Answers "one", "named", "blank", "text", "many", "two", "choice", "series", "difference", "hostile"; anything else is not found.

    A question that ends in "?" is a follow-up: its answer names the questions before it."""

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
            case "named":
                answer = self._answered(Kind.FIGURE, "16. [1]", [2])
                return replace(answer, figures=(replace(answer.figures[0], indicator="requests.new_received"),))
            case "blank":
                return self._answered(Kind.FIGURE, "该单元格空白。[1]", [1])
            case "text":
                return self._answered(Kind.FIGURE, "正文写作16件。[1]", [9])
            case "many":
                answer = self._answered(Kind.TREND, "各项如下。[1][2][3]", [0, 1, 2])
                conflict = Conflict("text-and-table", "表与正文不同。[1][2]", answer.figures[:2], (1, 2))
                return replace(answer, conflicts=(conflict,))
            case "two":
                answer = self._answered(Kind.FIGURE, "表中12件，正文16件。[1][2]", [0, 2])
                table, text = (replace(figure, applicant=None) for figure in answer.figures)
                figures = (table, replace(text, origin="text"))
                return replace(
                    answer, figures=figures, conflicts=(Conflict("text-and-table", "两处都列出。", figures, (1, 2)),)
                )
            case "choice":
                choices = (Choice("示例市示例局", "one"), Choice("样例县人民政府办公室", "other"))
                return Answer(Status.NEEDS_CHOICE, Kind.FIGURE, "zh", "是哪一个？", choices=choices)
            case "series":
                return self._series()
            case "difference":
                return self._difference()
            case "hostile":
                answer = self._answered(Kind.FIGURE, HOSTILE, [6], suggestions=(HOSTILE,))
                citation = replace(answer.citations[0], title=HOSTILE, row=HOSTILE, link="javascript:alert(1)")
                return replace(answer, citations=(citation,), choices=(Choice(HOSTILE, HOSTILE),))
            case _ if question.endswith("?"):
                asked = [turn.content for turn in history if turn.role == "user"]
                return Answer(Status.ANSWERED, Kind.CORPUS, "zh", f"之前问过：{'、'.join(asked)}。")
            case _:
                return Answer(Status.NOT_FOUND, Kind.FIGURE, "zh", f"没有找到：{question}")

    def _series(self) -> Answer:
        """Four years with a gap; one of them is blank."""
        answer = self._answered(Kind.TREND, "历年如下。[1][2][3][4]", [2, 2, 1, 2])
        values = ((2017, "1234"), (2018, "35"), (2020, None), (2021, "44"))
        figures = tuple(
            replace(
                figure, year=year, value=value, missing=None if value else "blank", label="收到申请", applicant=None
            )
            for figure, (year, value) in zip(answer.figures, values, strict=True)
        )
        return replace(answer, figures=figures)

    def _difference(self) -> Answer:
        answer = self._answered(Kind.COMPARISON, "相差4件（16 - 12 = 4）。[1][2]", [2, 0])
        operands = tuple(
            Operand(
                each.value, each.unit, each.missing, each.indicator, each.label, each.agency or "",
                each.agency_name or "", each.year or 0, each.applicant, each.citations,
            )
            for each in answer.figures
        )  # fmt: skip
        first = answer.figures[0]
        derived = replace(
            first, value="4", origin="derived", label="相差", formula="16 - 12 = 4", operands=operands, citations=(1, 2)
        )
        return replace(answer, figures=(derived,))

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
