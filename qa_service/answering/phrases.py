"""Complete questions in plain words: for choices, suggestions and the resolved question."""

from collections.abc import Sequence

from indicators.catalogue import Indicator
from qa_service.answering.corpus import Corpus


def figure_question(
    corpus: Corpus, language: str, agency: str, year: int, indicator: Indicator, applicant: str | None = None
) -> str:
    """A complete question for one figure, in words that the service itself understands to mean just that figure."""
    kind = corpus.catalogue.applicant(applicant) if applicant and applicant != "total" else None
    if language == "zh":
        who = f"（{kind.zh}）" if kind else ""
        return f"{corpus.name(agency, 'zh')}{year}年{plain_label(corpus, indicator, 'zh')}{who}是多少？"
    who = f" from {kind.en.lower()}" if kind else ""
    return f"{corpus.name(agency, 'en')} {year}: {plain_label(corpus, indicator, 'en')}{who}, how many?"


def plain_label(corpus: Corpus, indicator: Indicator, language: str) -> str:
    """The indicator's label with the heading it needs to be understood alone ("行政复议 结果维持")."""
    label = indicator.zh if language == "zh" else indicator.en
    if language == "en":
        return label
    parent = corpus.catalogue.find(indicator.parent)
    needs_parent = indicator.id.split(".")[-1] in ("upheld", "corrected", "other", "pending", "total") or any(
        cell.column for cell in indicator.forms.values()
    )
    if parent is not None and needs_parent and parent.zh not in label:
        return f"{parent.zh}{label}"
    return label


def whole_question(text: str, language: str, agency_name: str, years: Sequence[int]) -> str:
    """The user's own question completed by the body and the years that were chosen."""
    said = ", ".join(str(year) for year in years)
    if language == "zh":
        return f"{agency_name}{said + '年' if said else ''}{text}"
    return f"{agency_name}{' ' + said if said else ''}: {text}"
