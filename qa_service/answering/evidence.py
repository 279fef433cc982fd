"""Collects the figures and citations of one answer; numbers citations in order of first use."""

from collections.abc import Sequence

from indicators.arithmetic import Derived, render_number
from indicators.observation import Missing, Observation
from indicators.stored_report import ReportItem
from qa_service.answering.answer import AnswerCitation, Figure, Operand
from qa_service.answering.corpus import Corpus
from reports.citation import Citation


class Evidence:
    """Figures and citations under construction."""

    def __init__(self, corpus: Corpus, language: str) -> None:
        self._corpus = corpus
        self._language = language
        # With whose and which year's report each is from.
        self._citations: list[tuple[Citation, str, int]] = []
        self.figures: list[Figure] = []

    def cite(self, observation: Observation) -> int:
        """The number of the observation's citation, 1-based; the same place is cited once."""
        return self.cite_place(observation.citation, observation.agency, observation.year)

    def cite_place(self, citation: Citation, agency: str, year: int) -> int:
        """The number of a citation of that agency's report of that data year; the same place is cited once."""
        key = _key(citation)
        for number, (known, _, _) in enumerate(self._citations, start=1):
            if _key(known) == key:
                return number
        self._citations.append((citation, agency, year))
        return len(self._citations)

    def figure(self, observation: Observation) -> Figure:
        """The observation as a figure with its citation."""
        return Figure(
            value=None if observation.value is None else render_number(observation.value),
            unit=observation.unit,
            missing=observation.missing.value if observation.missing else None,
            exactness=observation.exactness.value,
            origin=observation.origin.value,
            indicator=observation.indicator,
            label=observation.label,
            agency=observation.agency,
            agency_name=self._corpus.name(observation.agency, self._language),
            year=observation.year,
            applicant=observation.applicant,
            citations=(self.cite(observation),),
        )

    def add(self, observation: Observation) -> Figure:
        """Adds the observation to the answer's figures."""
        figure = self.figure(observation)
        self.figures.append(figure)
        return figure

    def add_derived(
        self,
        derived: Derived,
        label: str,
        *,
        indicator: str | None = None,
        agency: str | None = None,
        year: int | None = None,
        applicant: str | None = None,
    ) -> Figure:
        """Adds a computed figure; its operands are cited."""
        operands = tuple(self._operand(observation) for observation in derived.operands)
        figure = Figure(
            value=derived.text,
            unit=derived.unit,
            missing=None,
            exactness="exact",
            origin="derived",
            indicator=indicator,
            label=label,
            agency=agency,
            agency_name=self._corpus.name(agency, self._language) if agency else None,
            year=year,
            applicant=self._applicant(applicant),
            formula=derived.formula,
            operands=operands,
            citations=tuple(dict.fromkeys(number for operand in operands for number in operand.citations)),
        )
        self.figures.append(figure)
        return figure

    def add_absent(
        self,
        missing: Missing,
        label: str,
        indicator: str | None,
        agency: str,
        year: int,
        applicant: str | None,
        unit: str | None,
    ) -> Figure:
        """Adds the fact that the report has no such figure (not in the form); nothing is cited."""
        figure = Figure(
            None,
            unit,
            missing.value,
            "exact",
            "table",
            indicator,
            label,
            agency,
            self._corpus.name(agency, self._language),
            year,
            self._applicant(applicant),
        )
        self.figures.append(figure)
        return figure

    def _applicant(self, applicant: str | None) -> str | None:
        """The applicant type as the contract names it: a group of columns (legal persons) is none of them; the label names it,
        and the operands bear the types of their columns."""
        printed = {kind.id for kind in self._corpus.catalogue.applicants}
        return applicant if applicant in printed else None

    def _operand(self, observation: Observation) -> Operand:
        figure = self.figure(observation)
        return Operand(
            figure.value,
            figure.unit,
            figure.missing,
            figure.indicator,
            figure.label,
            observation.agency,
            figure.agency_name or "",
            observation.year,
            figure.applicant,
            figure.citations,
        )

    def citations(self) -> tuple[AnswerCitation, ...]:
        """All citations in order, with title and file of their reports."""
        items = self._corpus.report_items([citation.report for citation, _, _ in self._citations])
        return tuple(
            self._citation(number, citation, agency, year, items.get(citation.report))
            for number, (citation, agency, year) in enumerate(self._citations, start=1)
        )

    def _citation(
        self, number: int, citation: Citation, agency: str, year: int, item: ReportItem | None
    ) -> AnswerCitation:
        return AnswerCitation(
            id=number,
            report=citation.report,
            title=item.title if item else "",
            agency_name=self._corpus.name(agency, self._language),
            year=year,
            file=item.file if item else "",
            page=citation.place.page,
            bbox=citation.place.bbox,
            line=citation.place.line,
            section=citation.section,
            table=citation.table_title,
            table_id=citation.table,
            row=citation.row_label,
            column=citation.column_label,
            row_index=citation.row,
            column_index=citation.column,
            raw=citation.raw,
            quote=citation.quote,
            link=link_to(citation),
            ocr=citation.ocr,
        )


def _key(citation: Citation) -> tuple[object, ...]:
    return (
        citation.report,
        citation.table,
        citation.row,
        citation.column,
        citation.section,
        citation.quote,
        citation.place,
    )


def link_to(citation: Citation) -> str:
    """Where the page shows the cited cell or sentence."""
    base = f"/reports/{citation.report}"
    if citation.table is not None and citation.row is not None and citation.column is not None:
        return f"{base}#cell-{citation.table}-{citation.row}-{citation.column}"
    return f"{base}#block-{citation.place.block}" if citation.place.block is not None else base


def marks(citations: Sequence[int]) -> str:
    """ "[1][2]" """
    return "".join(f"[{number}]" for number in citations)
