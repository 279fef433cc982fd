"""Answers without figures: what is there, what terms mean, greetings, and what is not answered."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from qa_service.answering.answer import Kind, Status
from qa_service.answering.draft import Draft
from qa_service.answering.phrases import figure_question
from qa_service.answering.wording import form_years, spoken_years
from qa_service.understanding.normal_form import normalise
from qa_service.understanding.question import Question
from qa_service.understanding.years import YearKind

_MOST_AGENCIES = 30
_MOST_ROWS = 3
_WHAT_IS = re.compile(
    r"(?:what(?:'s|s| is| are)\s+.{2,60}|(?:什么是|什么叫|何谓).{2,24}?|.{2,24}?(?:是|指)(?:什么|啥)(?:意思|东西)?)[?？.。]*$"
)
_FRAME = re.compile(r"^what(?:'s|s| is| are)\s+(?:an? |the )?|^什么是|(?:是|指)(?:什么|啥)(?:意思|东西)?|[?？.。\"]")
_COUNTS = re.compile(
    r"多少|几|\b(?:number|total|count|amount|how|share|rate|average|sum|figure|most|least|latest|newest)\b"
)


def answer_corpus(draft: Draft) -> None:
    """Which bodies and years are there, and what can be asked."""
    corpus = draft.corpus
    draft.kind = Kind.CORPUS
    if not corpus.coverage:
        draft.status = Status.NOT_FOUND
        draft.say("库里还没有报告。", "There are no reports yet.")
        return
    wanted = draft.question.asked.agencies or tuple(sorted(corpus.agencies))
    draft.allowed.append(f"{len(corpus.agencies)} {len(corpus.coverage)} {_MOST_AGENCIES}")
    draft.say(
        f"库里有{len(corpus.agencies)}个单位的{len(corpus.coverage)}份年度报告，数据年度为{spoken_years(corpus.all_years)}年。",
        f"There are {len(corpus.coverage)} annual reports of {len(corpus.agencies)} bodies, for the data years {spoken_years(corpus.all_years)}.",
    )
    lines = [
        f"{draft.wording.agency(agency)}（{spoken_years(corpus.years(agency))}）"
        if draft.wording.zh
        else f"{draft.wording.agency(agency)} ({spoken_years(corpus.years(agency))})"
        for agency in wanted[:_MOST_AGENCIES]
    ]
    draft.sentences.append(draft.wording.say("、", "; ").join(lines) + draft.wording.say("。", "."))
    if len(wanted) > _MOST_AGENCIES:
        draft.say(f"先列出{_MOST_AGENCIES}个。", f"The first {_MOST_AGENCIES} are listed.")
    draft.say(
        "可以问某单位某年的任一统计数字（如收到多少申请、网站公开多少条）、比较、排名、占比、历年变化，也可以问名词的意思。",
        "You can ask for any figure of a body and year (requests received, items on the website, …), compare, rank, ask for "
        "shares and changes over the years, or ask what a term means.",
    )
    suggest_examples(draft)
    draft.saw(agencies=list(wanted[:_MOST_AGENCIES]), years=list(corpus.all_years))


def suggest_examples(draft: Draft) -> None:
    """Up to three questions that can be answered from this corpus."""
    corpus, language = draft.corpus, draft.question.language
    for agency in sorted(corpus.agencies)[:3]:
        years = corpus.years(agency)
        if not years:
            continue
        edition = corpus.edition(agency, years[-1])
        indicator = next((i for i in corpus.catalogue.of_topic("requests_received") if i.in_edition(edition)), None)
        if indicator is not None:
            draft.suggestions.append(figure_question(corpus, language, agency, years[-1], indicator))


@cache
def _terms() -> list[dict[str, Any]]:
    text = files("qa_service.answering").joinpath("definitions.yaml").read_text(encoding="utf-8")
    loaded: list[dict[str, Any]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["terms"]  # noqa: S506  (both are safe loaders)
    return loaded


def answer_definition(draft: Draft) -> bool:
    """Explains the terms named; False where none is known."""
    text = draft.question.text.replace('"', "")
    found: list[tuple[int, int, dict[str, Any]]] = []
    for term in _terms():
        for name in sorted((term["zh"], *term.get("also", ())), key=len, reverse=True):
            position = text.find(normalise(name).replace('"', ""))
            if position >= 0:
                found.append((position, position + len(name), term))
                break
    longest = [
        entry
        for entry in found
        if not any(
            other is not entry
            and other[0] <= entry[0]
            and entry[1] <= other[1]
            and other[1] - other[0] > entry[1] - entry[0]
            for other in found
        )
    ]
    if not longest:
        return False
    draft.kind = Kind.DEFINITION
    for _, _, term in sorted(longest, key=lambda entry: entry[0])[:4]:
        draft.allowed.append(f"{term['definition_zh']} {term['definition_en']}")
        draft.say(f"{term['zh']}：{term['definition_zh']}", f"{term['definition_en']}")
    suggest_examples(draft)
    return True


def asks_for_meaning(question: Question) -> bool:
    """Whether a bare "What is X?" wants X explained: no body, no year, nothing counted, and no turn before it."""
    if not question.asked.nothing or question.year.kind is not YearKind.NONE or question.earlier or question.unit:
        return False
    return bool(_WHAT_IS.match(question.text)) and not _COUNTS.search(question.text)


def names_term(question: Question) -> bool:
    """Whether a defined term is most of what is asked about, rather than a few words of a longer label."""
    asked = _FRAME.sub("", question.text)
    names = (normalise(name) for term in _terms() for name in (term["zh"], *term.get("also", ())))
    return any(name in asked and 2 * len(name) >= len(asked) for name in names)


def answer_row_meaning(draft: Draft) -> bool:
    """Says which row of which form a figure is, where no definition of the term is known; False where none is named."""
    names = draft.corpus.reader.names
    members = [member for concept in draft.question.concepts for member in names.by_id[concept].members]
    rows = [row for member in members if (row := draft.corpus.catalogue.find(member)) is not None and row.forms]
    if not rows:
        return False
    draft.kind = Kind.DEFINITION
    for row in rows[:_MOST_ROWS]:
        label, years = draft.wording.label(row, None, None), form_years(row, draft.wording)
        unit = draft.wording.say(
            f"，单位是{row.unit}" if row.unit else "", f", counted in {row.unit}" if row.unit else ""
        )
        draft.say(
            f"“{label}”是年度报告统计表中的一项{years}{unit}。",
            f"{label} is an item of the statistics table of the annual reports{years}{unit}.",
        )
    draft.say("请写明单位和年份来查它的数字。", "Name a body and a year to look its figure up.")
    suggest_examples(draft)
    return True


def answer_smalltalk(draft: Draft) -> None:
    """A short friendly line and what can be asked."""
    draft.kind = Kind.SMALLTALK
    if "THANKS" in draft.question.cues and "HELLO" not in draft.question.cues:
        draft.say(
            "不客气。还想查哪个单位、哪一年的数字？",
            "You are welcome. Which body and year would you like to look up next?",
        )
    else:
        draft.say(
            "您好，我是问报：从政府信息公开年度报告里查数字和原文，每个数字都带出处。",
            "Hello, this is Wenbao. It looks figures and sentences up in annual reports on government information disclosure, each with its source.",
        )
    suggest_examples(draft)


def answer_refusal(draft: Draft) -> None:
    """Out of scope: opinions, forecasts, instructions."""
    draft.status = Status.NOT_FOUND
    draft.kind = Kind.SMALLTALK
    if "ATTACK" in draft.question.cues:
        draft.say(
            "问题里的指示不会被执行；这里只查年度报告里的数字和原文。",
            "Instructions inside a question are not followed; only figures and sentences of annual reports are looked up here.",
        )
    elif "FUTURE" in draft.question.cues:
        draft.say(
            "报告只记载已经发生的情况，这里不作预测。", "The reports tell what happened; nothing is forecast here."
        )
    else:
        draft.say(
            "报告里没有评价或排名优劣的依据，这里不作判断；可以比较具体的数字。",
            "The reports hold no ratings, so no judgement is made here; single figures can be compared.",
        )
    suggest_examples(draft)


def answer_part_of_year(draft: Draft) -> None:
    """A half, a month or a day is asked for: the reports tell whole years only."""
    draft.status = Status.NOT_FOUND
    draft.say(
        "年度报告只给出全年的数字，没有按半年、季度、月或天的数字，这里也不作折算；可以问全年的。",
        "Annual reports give figures for whole years only, not for halves, quarters, months or days, and none is worked out here; "
        "please ask for the year.",
    )
    suggest_examples(draft)


def answer_per_head(draft: Draft) -> None:
    """A figure per person or per case is asked for: the reports hold none, and none is worked out."""
    draft.status = Status.NOT_FOUND
    draft.say(
        "年度报告没有按人或按次、按件平均的数字，这里不作这种换算；可以分别问各个数字。",
        "Annual reports give no figures per person, per session or per case, and none is worked out here; please ask for the "
        "figures themselves.",
    )
    suggest_examples(draft)


def answer_not_understood(draft: Draft) -> None:
    """No indicator was recognised: says so and shows what can be asked."""
    draft.status = Status.NOT_FOUND
    words = [word for word in draft.question.unexplained if len(word) <= 30][:3]
    named = draft.wording.list([f"“{word}”" for word in words])
    if words:
        draft.say(f"没有找到与{named}有关的统计数字。", f"No statistical figure about {named} was found.")
    else:
        draft.say("没有看出要查哪个数字。", "It is not clear which figure is meant.")
    draft.say("可以这样问：", "You could ask, for example:")
    suggest_examples(draft)
    draft.sentences.extend(draft.suggestions[:2])
