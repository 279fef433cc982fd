"""What the report of the year after says on a commitment: sentences and figures, offered as evidence and never judged."""

from collections.abc import Sequence

from indicators.observation import Observation, Origin
from indicators.store import IndicatorStore
from qa_service.answering.answer import Status
from qa_service.answering.draft import Draft
from qa_service.answering.evidence import marks
from qa_service.answering.passages import quote_text
from qa_service.answering.prose import Prose
from qa_service.answering.prose_query import make_query
from qa_service.answering.sentences import Quote, choose_quotes
from qa_service.answering.wording import spoken_years
from reports.passage import Commitment
from reports.theme import match_themes

_FLOOR = 0.35
# A sentence that says this much of the commitment's own words bears on it, whatever its theme.
_PLAIN = 0.4
_MOST_SENTENCES = 2
_MOST_REPORTS = 6
# Figures of the official forms that a theme shows in. What a form does not ask is simply not there.
THEME_FIGURES: dict[str, tuple[str, ...]] = {
    "training": ("legacy.meetings.trainings", "legacy.meetings.trainees"),
    "staff_shortage": ("legacy.institution.staff",),
    "website": ("legacy.proactive.channels.website",),
    "wechat": ("legacy.proactive.channels.wechat",),
    "new_media": ("legacy.proactive.channels.weibo", "legacy.proactive.channels.wechat"),
    "policy_interpretation": ("legacy.response.channels.policy_explainers",),
    "response": ("legacy.response.hot_issues",),
    "requests": ("legacy.requests.received", "legacy.requests.closed.on_time", "requests.new_received"),
    "content": ("legacy.proactive.info_total",),
    "scope": ("legacy.proactive.info_total",),
}


def say_what_followed(draft: Draft, found: Sequence[Commitment]) -> None:
    """For each report with commitments: what the next year's report says on their themes, or that it is not here."""
    reports = list(dict.fromkeys((each.agency, each.year) for each in found))
    shown = False
    for agency, year in reports[:_MOST_REPORTS]:
        if year + 1 in draft.corpus.years(agency):
            _say_next_report(draft, [each for each in found if (each.agency, each.year) == (agency, year)])
            shown = True
        else:
            draft.allowed.append(str(year + 1))
            name, have = draft.wording.agency(agency), spoken_years(draft.corpus.years(agency))
            draft.say(
                f"库里没有{name}{year + 1}年的报告（有{have}年的），看不到后来的情况。\n",
                f"There is no {year + 1} report of {name} here (there is {have}), so what became of it cannot be seen.\n",
            )
    if not shown and "PROMISE" not in draft.question.cues:
        draft.status = Status.NOT_FOUND


def _say_next_report(draft: Draft, promised: Sequence[Commitment]) -> None:
    agency, year = promised[0].agency, promised[0].year + 1
    draft.saw(agencies=[agency], years=[year])
    title = draft.wording.title(agency, year)
    lines = [quote_text(draft, quote) for quote in find_sentences_after(draft.corpus.prose, promised)]
    figures = _figure_lines(draft, promised)
    if not lines and not figures:
        draft.say(
            f"{title}的报告里没有找到与此有关的句子或数字。\n",
            f"{title}: the report has no sentence or figure on this.\n",
        )
        return
    draft.say(
        f"{title}的报告中与此有关的内容如下；是否做到，请自行判断。",
        f"{title}: what the report says on this follows; whether the promise was kept is not judged here.",
    )
    draft.sentences.append("\n" + "\n".join([*lines, *figures]) + "\n")


def find_sentences_after(prose: Prose, promised: Sequence[Commitment]) -> list[Quote]:
    """Sentences of the next year's report on the themes of one report's commitments, in its order; () where it is not there.

    That report's own problems and plans are no evidence.
    """
    agency, year = promised[0].agency, promised[0].year + 1
    own = [each.quote for each in prose.commitments([agency], [year])]
    chosen: dict[tuple[str, int], Quote] = {}
    for commitment in promised:
        query = make_query(commitment.quote)
        themes = frozenset(commitment.themes) - {"general"}
        ranked = [
            quote
            for quote in prose.sentences(query, [(agency, year)])
            if (themes & frozenset(match_themes(quote.text)) or quote.coverage >= _PLAIN)
            and not any(quote.text in one or one in quote.text for one in own)
        ]
        for quote in choose_quotes(ranked, query, _FLOOR, most=1):
            chosen.setdefault((quote.passage.id, quote.start), quote)
    ordered = sorted(chosen.values(), key=lambda quote: -quote.score)[: _MOST_SENTENCES * max(1, min(2, len(promised)))]
    return sorted(ordered, key=lambda quote: (quote.passage.position, quote.start))


def find_figures_after(store: IndicatorStore, promised: Sequence[Commitment]) -> list[Observation]:
    """Figures of the next year's report in which the themes of one report's commitments show."""
    wanted = tuple(
        dict.fromkeys(
            indicator for each in promised for theme in each.themes for indicator in THEME_FIGURES.get(theme, ())
        )
    )
    if not wanted:
        return []
    found = store.observations(wanted, [promised[0].agency], [promised[0].year + 1], origins=[Origin.TABLE])
    cells = {cell.indicator: cell for cell in found if cell.applicant in (None, "total")}
    return [cells[indicator] for indicator in wanted if indicator in cells]


def _figure_lines(draft: Draft, promised: Sequence[Commitment]) -> list[str]:
    lines = []
    for cell in find_figures_after(draft.corpus.store, promised):
        figure = draft.evidence.add(cell)
        label = draft.wording.label(draft.corpus.catalogue.find(cell.indicator), cell, None)
        lines.append(f"{label}{draft.wording.say('：', ': ')}{draft.wording.amount(cell)}{marks(figure.citations)}")
    return lines
