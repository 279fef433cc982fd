"""Figures, passages and commitments as LangChain tools: typed arguments in, text with places out, the typed items beside it.

    tools = make_tools(Library.open(load_settings(Path("data"))))

Nothing here is written by a language model: a tool returns what stands in the reports, and says where.
"""

from collections.abc import Sequence
from typing import Literal

from langchain_core.tools import BaseTool, ToolException
from pydantic import BaseModel, ConfigDict, Field

from indicators.arithmetic import render_number
from indicators.observation import Missing, Observation
from qa_service.answering.corpus import Corpus, CorpusView
from qa_service.library import Library
from qa_service.understanding.asked_agencies import find_asked_agencies
from reports.passage import Commitment
from reports.theme import THEMES, match_themes_in_question
from vectorstore.prose_pages import CommitmentFilter, read_commitment_page
from vectorstore.search import Hit

_MOST_FIGURES = 200
_MOST_COMMITMENTS = 100
_MISSING = {
    Missing.BLANK: "blank (not filled in; not zero)",
    Missing.NOT_APPLICABLE: "marked as not applicable",
    Missing.NOT_IN_FORM: "not in the form of that year",
    Missing.UNREADABLE: "not readable",
}
_AGENCY = "A public body by any of its names, Chinese or English, or its id. Leave out for all."
_YEAR = "Data year of the report (the year it tells of, not the year it was published). Leave out for all."


class FigureArguments(BaseModel):
    """Which figures to look up."""

    indicator: str = Field(description="What is counted: an indicator id, its official label, or everyday words.")
    agency: str | None = Field(default=None, description=_AGENCY)
    year: int | None = Field(default=None, description=_YEAR)
    applicant: str | None = Field(
        default=None, description="Applicant type (natural_person, business, …); leave out for the total."
    )


class PassageArguments(BaseModel):
    """What to search for in the running text."""

    query: str = Field(description="What to look for, in Chinese or English.")
    agency: str | None = Field(default=None, description=_AGENCY)
    year: int | None = Field(default=None, description=_YEAR)
    k: int = Field(default=5, ge=1, le=50, description="How many passages at most.")


class CommitmentArguments(BaseModel):
    """Which problems and commitments to list."""

    theme: str | None = Field(default=None, description="What they are about: a theme id, or words. Leave out for all.")
    agency: str | None = Field(default=None, description=_AGENCY)
    year: int | None = Field(default=None, description=_YEAR)
    kind: Literal["problem", "commitment"] | None = Field(default=None, description="Leave out for both.")


class _ReportTool(BaseTool):
    """A tool over one open library."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library = Field(exclude=True, repr=False)
    view: CorpusView = Field(exclude=True, repr=False)
    response_format: Literal["content", "content_and_artifact"] = "content_and_artifact"
    handle_tool_error: bool = True

    def _agencies(self, corpus: Corpus, name: str | None) -> list[str] | None:
        """The ids meant by a name; None for all. Raises ToolException for a body that has no report here."""
        if name is None or not name.strip():
            return None
        if name in corpus.agencies:
            return [name]
        asked = find_asked_agencies(corpus.reader, corpus.reader.read(name))
        found = asked.agencies or asked.choices
        if not found:
            have = "; ".join(f"{agency.name} ({agency.id})" for agency in list(corpus.agencies.values())[:20])
            raise ToolException(f"There is no report of {name!r} here. Bodies with reports: {have}.")
        return list(found)


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
        corpus = self.view.current()
        wanted = _indicators(corpus, indicator)
        found = corpus.observations(
            wanted,
            self._agencies(corpus, agency),
            None if year is None else [year],
            [applicant] if applicant else [None, "total"],
        )[:_MOST_FIGURES]
        if not found:
            return f"No report here has a figure for {indicator!r} with these filters.", ()
        return "\n".join(_figure_line(corpus, each) for each in found), tuple(found)


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
        corpus = self.view.current()
        hits = self.library.search.search(
            query, agencies=self._agencies(corpus, agency), years=None if year is None else [year], kinds=["prose"], k=k
        )
        lines = [
            f"{_whose(corpus, hit.passage.agency, hit.passage.year)}, {hit.passage.section or 'before the first heading'} "
            f"[{hit.passage.id}]: {hit.passage.text}"
            for hit in hits
        ]
        return "\n\n".join(lines) or f"No passage bears on {query!r}.", hits


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
        corpus = self.view.current()
        themes, words = _themes(theme)
        wanted = CommitmentFilter(
            self._agencies(corpus, agency),
            None if year is None else [year],
            None if kind is None else [kind],
            themes,
            words,
        )
        found = read_commitment_page(self.library.passages, wanted, None, _MOST_COMMITMENTS).items
        lines = [
            f"{_whose(corpus, each.agency, each.year)}, {each.kind} [{each.id}; {', '.join(each.themes)}]: {each.quote}"
            for each in found
        ]
        return "\n".join(lines) or "No report here names such a problem or commitment.", found


def make_tools(library: Library) -> list[BaseTool]:
    """The three tools over an open library, which they share."""
    view = CorpusView(library)
    return [tool(library=library, view=view) for tool in (LookUpFigures, SearchPassages, FindCommitments)]


def _indicators(corpus: Corpus, words: str) -> Sequence[str]:
    """Ids meant by an id, a label or everyday words. Raises ToolException where nothing fits."""
    if corpus.catalogue.find(words) is not None:
        return [words]
    matches = corpus.reader.names.match(corpus.reader.read(words).words)
    best = next((match.concept for match in matches if match.score > 0 and match.concept.members), None)
    if best is None:
        raise ToolException(
            f"No indicator is called {words!r}. Use an id or a label of GET /v1/indicators, such as legacy.requests.received."
        )
    return best.members


def _themes(words: str | None) -> tuple[list[str] | None, tuple[str, ...]]:
    """(theme ids, words of the text) meant by an id or by words."""
    if words is None or not words.strip():
        return None, ()
    if any(theme.id == words for theme in THEMES):
        return [words], ()
    themes = match_themes_in_question(words)
    return (list(themes), ()) if themes else (None, tuple(words.split()))


def _whose(corpus: Corpus, agency: str, year: int) -> str:
    return f"{corpus.agencies[agency].name}, {year}"


def _figure_line(corpus: Corpus, figure: Observation) -> str:
    value = _MISSING[figure.missing] if figure.missing else f"{render_number(figure.value)}{figure.unit or ''}"  # type: ignore[arg-type]
    place = " / ".join(
        filter(None, (figure.citation.table_title or figure.citation.section, figure.citation.row_label))
    )
    exactness = "" if figure.exactness == "exact" else f" ({figure.exactness}; printed {figure.citation.raw})"
    who = "" if figure.applicant in (None, "total") else f", {figure.applicant}"
    name = figure.indicator or "uncatalogued"
    return (
        f"{_whose(corpus, figure.agency, figure.year)}, {figure.label}{who}: {value}{exactness} "
        f"[{name}; {figure.origin}; {figure.citation.report}: {place}]"
    )
