"""Complete questions in plain words: for choices, suggestions and the resolved question."""

from indicators.catalogue import Indicator
from qa_service.answering.corpus import Corpus
from qa_service.understanding.indicator_names import plain_name


def figure_question(
    corpus: Corpus, language: str, agency: str, year: int, indicator: Indicator, applicant: str | None = None
) -> str:
    """A complete question for one figure, in words that the service itself understands to mean just that figure."""
    kind = corpus.catalogue.applicant(applicant) if applicant and applicant != "total" else None
    if language == "zh":
        who = f"（{kind.zh}）" if kind else ""
        return f"{corpus.name(agency, 'zh')}{year}年{plain_label(corpus, indicator, 'zh')}{who}是多少？"
    who = f" from {kind.en.lower()}" if kind else ""
    how = "how much" if indicator.kind == "money" else "how many"
    return f"{corpus.name(agency, 'en')} {year}: {plain_label(corpus, indicator, 'en')}{who}, {how}?"


def plain_label(corpus: Corpus, indicator: Indicator, language: str) -> str:
    """The indicator's label with the heading it needs to be understood alone."""
    return plain_name(corpus.catalogue, indicator) if language == "zh" else indicator.en
