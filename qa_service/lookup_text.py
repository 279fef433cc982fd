"""What was looked up, as lines of text that a person or a language model can quote from."""

from collections.abc import Iterable

from indicators.arithmetic import render_number
from indicators.observation import Missing, Observation
from indicators.stored_report import ReportItem
from qa_service.answering.corpus import Corpus
from reports.passage import Commitment
from vectorstore.search import Hit

_MISSING = {
    Missing.BLANK: "blank (not filled in; not zero)",
    Missing.NOT_APPLICABLE: "marked as not applicable",
    Missing.NOT_IN_FORM: "not in the form of that year",
    Missing.UNREADABLE: "not readable",
}


def render_figures(corpus: Corpus, found: Iterable[Observation]) -> str:
    """A line a figure, with the place it stands at."""
    lines = [_figure_line(corpus, each) for each in found]
    return "\n".join(lines) or "No report here has such a figure with these filters."


def render_passages(corpus: Corpus, hits: Iterable[Hit]) -> str:
    """The passages, verbatim, each after whose and where it is."""
    lines = [
        f"{_whose(corpus, hit.passage.agency, hit.passage.year)}, {hit.passage.section or 'before the first heading'} "
        f"[{hit.passage.id}]: {hit.passage.text}"
        for hit in hits
    ]
    return "\n\n".join(lines) or "No passage here bears on that."


def render_commitments(corpus: Corpus, found: Iterable[Commitment]) -> str:
    """A line a problem or commitment, verbatim."""
    lines = [
        f"{_whose(corpus, each.agency, each.year)}, {each.kind} [{each.id}; {', '.join(each.themes)}]: {each.quote}"
        for each in found
    ]
    return "\n".join(lines) or "No report here names such a problem or commitment."


def render_reports(items: Iterable[ReportItem]) -> str:
    """A line a report."""
    lines = [
        f"{item.agency_name} ({item.agency}), {item.year}: {item.title} [{item.id}; form {item.edition or 'unknown'}; "
        f"{item.figures} figures]"
        for item in items
    ]
    return "\n".join(lines) or "There is no such report here."


def _whose(corpus: Corpus, agency: str, year: int) -> str:
    known = corpus.agencies.get(agency)
    return f"{known.name if known else agency}, {year}"


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
