"""The sentences of answers, Chinese and English. Digits come from values; printed approximations are quoted as printed."""

from collections.abc import Sequence

from indicators.arithmetic import render_number
from indicators.catalogue import Catalogue, Comparable, Indicator
from indicators.observation import Exactness, Missing, Observation, Origin
from qa_service.answering.corpus import Corpus
from qa_service.answering.datum import Absence, Datum
from qa_service.answering.evidence import Evidence, marks

_UNITS_EN = {
    "条": ("item", "items"),
    "件": ("", ""),
    "篇": ("article", "articles"),
    # "14 times more" would be another number.
    "次": ("", ""),
    "个": ("", ""),
    "项": ("matter", "matters"),
    "人": ("person", "people"),
    "人次": ("attendance", "attendances"),
    "万元": ("万元 (ten thousand yuan)", "万元 (ten thousand yuan)"),
    "元": ("yuan", "yuan"),
    "期": ("issue", "issues"),
    "场": ("", ""),
    "%": ("%", "%"),
}


class Wording:
    """Renders in one language over one corpus."""

    def __init__(self, corpus: Corpus, language: str) -> None:
        self.corpus = corpus
        self.language = language
        self.zh = language == "zh"

    def say(self, zh: str, en: str) -> str:
        """The sentence in the answer's language."""
        return zh if self.zh else en

    def list(self, parts: Sequence[str]) -> str:
        """Parts as a list in a sentence."""
        return ("、" if self.zh else ", ").join(parts)

    def agency(self, agency_id: str) -> str:
        """The body's name."""
        return self.corpus.name(agency_id, self.language)

    def label(self, indicator: Indicator | None, observation: Observation | None, applicant: str | None) -> str:
        """What the figure counts, with the applicant type where one was asked for."""
        if indicator is None:
            label = observation.label if observation else ""
        elif self.zh:
            label = indicator.zh
        else:
            printed = (
                observation.label
                if observation and observation.indicator == indicator.id and observation.label
                else indicator.zh
            )
            label = f"{indicator.en} ({printed})"
        if applicant and applicant != "total":
            kind = self.corpus.catalogue.applicant(applicant)
            label += f"（{kind.zh}）" if self.zh else f", {kind.en.lower()} ({kind.zh})"
        return label

    def name(self, datum: Datum) -> str:
        """What a datum counts: by its own label where it has one, else by its indicator's."""
        own = datum.label if self.zh else datum.label_en or datum.label
        return own or self.label(datum.indicator, datum.observation, datum.applicant)

    def amount(self, observation: Observation) -> str:
        """Value with unit; an approximate figure as the report words it."""
        if observation.value is None:
            return self.reason(observation)
        if observation.exactness is not Exactness.EXACT:
            raw = observation.citation.raw.strip()
            return raw if self.zh else f"{self._approximately(observation)} ({raw})"
        return self.number(observation)

    def number(self, observation: Observation) -> str:
        """Value with unit."""
        assert observation.value is not None
        return self.with_unit(render_number(observation.value), observation.unit)

    def with_unit(self, digits: str, unit: str | None) -> str:
        """Digits with their unit in the language of the answer."""
        if self.zh or unit == "%":
            return f"{digits}{unit or ''}"
        singular, plural = _UNITS_EN.get(unit or "", (unit or "", unit or ""))
        return f"{digits} {singular if digits == '1' else plural}".strip()

    def _approximately(self, observation: Observation) -> str:
        words = {Exactness.MORE_THAN: "more than", Exactness.ABOUT: "about", Exactness.LESS_THAN: "nearly"}
        return f"{words[observation.exactness]} {self.number(observation)}"

    def reason(self, observation: Observation) -> str:
        """Why a cell has no figure, as a phrase."""
        if observation.missing is Missing.BLANK:
            return self.say("空白（未填）", "blank")
        if observation.missing is Missing.NOT_APPLICABLE:
            raw = observation.citation.raw.strip() or "/"
            return self.say(f"“{raw}”（不适用）", f'"{raw}" (not applicable)')
        return self.say("无法可靠读取", "not reliably readable")

    def note(self, link: Comparable) -> str:
        """How far two indicators of different editions compare; the catalogue's remark in English, its level in Chinese."""
        levels = {
            "comparable": "口径基本一致",
            "similar": "口径相近但不完全相同",
            "partial": "只覆盖对方的一部分",
            "not_comparable": "不可比",
        }
        return levels[link.level] if self.zh else link.note or link.level

    def title(self, agency: str, year: int) -> str:
        """Whose figure of which year."""
        return self.say(f"{self.agency(agency)}{year}年", f"{self.agency(agency)}, {year}")


def sentence_of(datum: Datum, wording: Wording, evidence: Evidence) -> str:
    """The sentence for one datum; adds its figures and citations to the evidence."""
    if datum.absence is not None:
        return _absent(datum, wording, evidence)
    if datum.derived is not None:
        return _derived(datum, wording, evidence)
    assert datum.observation is not None
    observation = datum.observation
    figure = evidence.add(observation)
    label = wording.label(_indicator(wording.corpus.catalogue, observation, datum), observation, datum.applicant)
    where = marks(figure.citations)
    title = wording.title(datum.agency, datum.year)
    if observation.value is None:
        return _no_value(observation, label, title, where, wording)
    amount = wording.amount(observation)
    source = ""
    if observation.origin is Origin.TEXT:
        source = wording.say("（据报告正文，表中无此数）", " (from the running text; the tables have no such figure)")
    if observation.citation.ocr:
        source += wording.say("（由图片识别，请核对原件）", " (read from a picture by OCR; please check the original)")
    sentence = wording.say(
        f"{title}“{label}”为{amount}{source}。{where}", f"{title}: {label}: {amount}{source}. {where}"
    )
    return sentence + _unit_note(observation, wording)


def _indicator(catalogue: Catalogue, observation: Observation, datum: Datum) -> Indicator | None:
    return catalogue.find(observation.indicator) or datum.indicator


def _unit_note(observation: Observation, wording: Wording) -> str:
    if observation.indicator == "art20_9.procurement.amount" and not observation.unit:
        return wording.say("表中没有写明单位。", " The form states no unit.")
    return ""


def _no_value(observation: Observation, label: str, title: str, where: str, wording: Wording) -> str:
    if observation.missing is Missing.BLANK:
        return wording.say(
            f"{title}的报告中，“{label}”一格是空白，没有填数字；空白不等于零。{where}",
            f"{title}: the cell {label} is blank in the report. No figure was filled in; blank is not zero. {where}",
        )
    if observation.missing is Missing.NOT_APPLICABLE:
        raw = observation.citation.raw.strip() or "/"
        return wording.say(
            f"{title}的报告中，“{label}”一格填的是“{raw}”（不适用），没有数字。{where}",
            f'{title}: the cell {label} holds "{raw}" (not applicable). There is no figure. {where}',
        )
    return wording.say(
        f"{title}的报告中，“{label}”一格无法可靠读取，请查看原件。{where}",
        f"{title}: the cell {label} could not be read reliably; please look at the original. {where}",
    )


def _derived(datum: Datum, wording: Wording, evidence: Evidence) -> str:
    assert datum.derived is not None
    label = wording.name(datum)
    figure = evidence.add_derived(
        datum.derived,
        label,
        indicator=datum.indicator.id if datum.indicator else None,
        agency=datum.agency,
        year=datum.year,
        applicant=datum.applicant,
    )
    title = wording.title(datum.agency, datum.year)
    amount = wording.with_unit(figure.value or "", figure.unit)
    blanks = ""
    if datum.blanks:
        named = wording.list([f"{blank.label}{marks((evidence.cite(blank),))}" for blank in datum.blanks])
        blanks = wording.say(f"其中{named}没有数字，未计入。", f" Without a figure and not counted: {named}.")
    if any(_is_change(wording.corpus.catalogue, operand) for operand in datum.derived.operands):
        return wording.say(
            f"{title}“{label}”为{amount}（表中只有上一年项目数量和本年增/减，两者相加：{datum.derived.formula}）。{marks(figure.citations)}",
            f"{title}: {label}: {amount} (the form gives the number of the year before and the change; together: "
            f"{datum.derived.formula}). {marks(figure.citations)}",
        )
    return wording.say(
        f"{title}“{label}”合计为{amount}（表中无合计数，按各项相加：{datum.derived.formula}）。{marks(figure.citations)}{blanks}",
        f"{title}: {label}: {amount} in all (the form has no total; added up: {datum.derived.formula}). {marks(figure.citations)}{blanks}",
    )


def _is_change(catalogue: Catalogue, operand: Observation) -> bool:
    indicator = catalogue.find(operand.indicator)
    return indicator is not None and indicator.kind == "change"


def _absent(datum: Datum, wording: Wording, evidence: Evidence) -> str:
    label = wording.label(datum.indicator, None, datum.applicant)
    title = wording.title(datum.agency, datum.year)
    indicator = datum.indicator
    if datum.absence is not Absence.NO_REPORT:
        evidence.add_absent(
            Missing.NOT_IN_FORM,
            label,
            indicator.id if indicator else None,
            datum.agency,
            datum.year,
            datum.applicant,
            indicator.unit if indicator else None,
        )
    if datum.absence is Absence.NOT_BY_APPLICANT:
        text = wording.say(
            f"{title}的统计表不按申请人类型分列，没有“{label}”这个数字。",
            f"{title}: the form of that year does not break figures down by applicant type, so there is no figure for {label}.",
        )
    elif datum.absence is Absence.NOT_IN_FORM:
        years = form_years(datum.indicator, wording)
        text = wording.say(
            f"{title}的报表中没有“{label}”这一项{years}。",
            f"{title}: the form of that year has no item {label}{years}.",
        )
    elif datum.absence is Absence.NO_REPORT:
        text = wording.say(f"库里没有{title}的报告。", f"There is no report of {title} here.")
    else:
        text = wording.say(f"{title}的报告中没有找到“{label}”。", f"{title}: the report has no figure for {label}.")
    for observation, link in datum.comparable:
        figure = evidence.add(observation)
        near = wording.label(wording.corpus.catalogue.find(observation.indicator), observation, None)
        amount = wording.amount(observation)
        text += wording.say(
            f"相近的有“{near}”：{amount}。{marks(figure.citations)}",
            f" Closest: {near}: {amount}. {marks(figure.citations)}",
        )
        note = wording.note(link)
        text += wording.say(f"（{note}）", f" (Note: {note})")
    for sentence in datum.texts[:1]:
        text += wording.say(
            f"正文写道：“{sentence.citation.quote}”。{marks((evidence.cite(sentence),))}",
            f' The text says: "{sentence.citation.quote}". {marks((evidence.cite(sentence),))}',
        )
    return text


def form_years(indicator: Indicator | None, wording: Wording) -> str:
    """In which years' forms an item is, as an insertion; empty where no form has it."""
    if indicator is None:
        return ""
    spans = [
        f"{edition.first_year}–{edition.last_year}"
        if edition.last_year
        else wording.say(f"{edition.first_year}年起", f"{edition.first_year} on")
        for edition in wording.corpus.catalogue.editions
        if indicator.in_edition(edition.id)
    ]
    if not spans:
        return ""
    return wording.say(f"（该项见于{'、'.join(spans)}的报表）", f" (it is in the forms of {', '.join(spans)})")


def spoken_years(years: Sequence[int]) -> str:
    """Years for a sentence, runs joined: 2016–2018、2020."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
