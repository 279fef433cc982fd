"""Figures, passages and commitments as LangChain tools: typed arguments in, text with places out, the typed items beside it.

    tools = make_tools(Library.open(load_settings(Path("data"))))

Nothing here is written by a language model: a tool returns what stands in the reports, and says where.
"""

from typing import Literal

from langchain_core.tools import BaseTool, ToolException
from pydantic import BaseModel, ConfigDict, Field

from indicators.observation import Observation
from qa_service.library import Library
from qa_service.lookup_text import render_commitments, render_figures, render_passages
from qa_service.lookups import (
    AgencyName,
    Applicant,
    DataYear,
    IndicatorName,
    Lookups,
    PassageCount,
    Query,
    Theme,
    UnknownName,
)
from reports.passage import Commitment
from vectorstore.search import Hit


class FigureArguments(BaseModel):
    """Which figures to look up."""

    indicator: IndicatorName
    agency: AgencyName = None
    year: DataYear = None
    applicant: Applicant = None


class PassageArguments(BaseModel):
    """What to search for in the running text."""

    query: Query
    agency: AgencyName = None
    year: DataYear = None
    k: PassageCount = 5


class CommitmentArguments(BaseModel):
    """Which problems and commitments to list."""

    theme: Theme = None
    agency: AgencyName = None
    year: DataYear = None
    kind: Literal["problem", "commitment"] | None = Field(default=None, description="Leave out for both.")


class _ReportTool(BaseTool):
    """A tool over one open library."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    lookups: Lookups = Field(exclude=True, repr=False)
    response_format: Literal["content", "content_and_artifact"] = "content_and_artifact"
    handle_tool_error: bool = True


class LookUpFigures(_ReportTool):
    """Exact figures of the official tables and of the text, each with its cell or sentence."""

    name: str = "look_up_figures"
    description: str = (
        "Looks up figures that public bodies printed in their yearly reports on information disclosure (requests received, "
        "items published, lawsuits, fees, …). Every figure comes with the place it stands at; a blank is not a zero."
    )
    args_schema: type[BaseModel] = FigureArguments

    def _run(
        self, indicator: str, agency: str | None = None, year: int | None = None, applicant: str | None = None
    ) -> tuple[str, tuple[Observation, ...]]:
        try:
            found = self.lookups.figures(indicator, agency, year, applicant)
        except UnknownName as error:
            raise ToolException(str(error)) from error
        return render_figures(self.lookups.corpus(), found), found


class SearchPassages(_ReportTool):
    """Passages of the running text, verbatim."""

    name: str = "search_passages"
    description: str = (
        "Finds passages of the reports' running text by meaning and by words, in Chinese or English. Quote them; do not "
        "take figures from a passage of another body or year."
    )
    args_schema: type[BaseModel] = PassageArguments

    def _run(
        self, query: str, agency: str | None = None, year: int | None = None, k: int = 5
    ) -> tuple[str, tuple[Hit, ...]]:
        try:
            hits = self.lookups.passages(query, agency, year, k)
        except UnknownName as error:
            raise ToolException(str(error)) from error
        return render_passages(self.lookups.corpus(), hits), hits


class FindCommitments(_ReportTool):
    """Problems and commitments in the reports' own words."""

    name: str = "find_commitments"
    description: str = (
        "Lists what public bodies called problems and what they said they would do, in their own words. Whether a promise "
        "was kept is not judged: look at the next year's report with the other tools."
    )
    args_schema: type[BaseModel] = CommitmentArguments

    def _run(
        self, theme: str | None = None, agency: str | None = None, year: int | None = None, kind: str | None = None
    ) -> tuple[str, tuple[Commitment, ...]]:
        try:
            found = self.lookups.commitments(theme, agency, year, kind)
        except UnknownName as error:
            raise ToolException(str(error)) from error
        return render_commitments(self.lookups.corpus(), found), found


def make_tools(library: Library) -> list[BaseTool]:
    """The three tools over an open library, which they share."""
    lookups = Lookups(library)
    return [tool(lookups=lookups) for tool in (LookUpFigures, SearchPassages, FindCommitments)]
