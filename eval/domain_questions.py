"""The checked questions of `domain/questions.yaml` as gold questions.

That file says how an answer should behave (answer, no_data, clarify, report_conflict, answer_with_caveat), which words
it must hold and where its figures stand; this module turns that into expectations.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from eval.facts import Fact, Facts
from eval.generated.expectations import evidence, observed
from eval.matching import numbers_in
from eval.question import Evidence, Expectation, ExpectedFigure, GoldQuestion, GoldTurn

_STATUSES = {
    "answer": ("answered",),
    "answer_with_caveat": ("answered",),
    "report_conflict": ("answered",),
    "no_data": ("not_found", "answered"),
    "clarify": ("needs_choice",),
}
_OPERATIONS = {"ratio": "share", "aggregate": "sum"}
_YEAR = re.compile(r"(?:19|20)\d\d")


def read_domain_questions(path: Path, facts: Facts, agencies: Mapping[str, str]) -> tuple[GoldQuestion, ...]:
    """All questions of the file. agencies: report id -> official name; facts: the cells the evidence points to."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]
    return tuple(_question(entry, facts, agencies) for entry in entries)


def _question(entry: Mapping[str, Any], facts: Facts, agencies: Mapping[str, str]) -> GoldQuestion:
    cells = [cell for item in entry["evidence"] if (cell := _cell(item, facts, agencies))]
    turns = entry.get("turns") or [entry]
    if len(turns) == 1:
        gold = [GoldTurn(entry["question"], _expectation(entry, cells, agencies))]
    else:
        gold = [
            GoldTurn(turn["question"], _turn_expectation(entry, turn["answer"], cells, last=turn is turns[-1]))
            for turn in turns
        ]
    return GoldQuestion(entry["id"], entry["lang"], entry["type"], tuple(gold), "dev", entry["style"])


def _cell(item: Mapping[str, Any], facts: Facts, agencies: Mapping[str, str]) -> Fact | None:
    if "id" not in item or item["report"] not in agencies:
        return None
    agency, year = agencies[item["report"]], int(item["report"].rsplit("_", 1)[1])
    found = facts.find(agency, year, item["id"], item.get("applicant"))
    if found is None and item.get("status") == "absent":
        return Fact(item["report"], agency, year, item["id"], None, None, "not_in_form", None, "")
    return found


def _expectation(entry: Mapping[str, Any], cells: Sequence[Fact], agencies: Mapping[str, str]) -> Expectation:
    behaviour = entry["behaviour"]
    valued = tuple(observed(cell) for cell in cells if cell.value is not None)
    missing = tuple(observed(cell) for cell in cells if cell.value is None)
    expect = Expectation(
        statuses=_STATUSES[behaviour],
        also=(*valued, *missing, *_quoted_figures(entry, agencies)),
        must_contain=tuple(map(str, entry.get("must_contain", ()))),
        must_not_contain=tuple(map(str, entry.get("must_not_contain", ()))),
    )
    if behaviour == "no_data":
        return replace(expect, must_contain=_mentioned(expect.must_contain, entry))
    if behaviour == "clarify":
        return expect
    figures = _required(entry, cells)
    places = [*(evidence(cell) for cell in cells if observed(cell) in figures), *_quotes(entry, bool(figures))]
    return replace(expect, figures=figures, evidence=tuple(places))


def _quoted_figures(entry: Mapping[str, Any], agencies: Mapping[str, str]) -> list[ExpectedFigure]:
    """The figures of the quoted evidence, which an answer may show, under whatever indicator."""
    return [
        ExpectedFigure(format(number, "f"), agency=agencies[item["report"]], year=int(item["report"].rsplit("_", 1)[1]))
        for item in entry["evidence"]
        if "quote" in item and item["report"] in agencies
        for number in sorted(numbers_in(item["quote"]))
    ]


def _required(entry: Mapping[str, Any], cells: Sequence[Fact]) -> tuple[ExpectedFigure, ...]:
    """The figures a right answer must show: those whose value the question's answer must contain."""
    wanted = {Decimal(word.replace(",", "")) for word in map(str, entry.get("must_contain", ())) if word[:1].isdigit()}
    if entry.get("value") is not None and entry["type"] in _OPERATIONS:
        unit = "%" if entry["type"] == "ratio" else None
        return (ExpectedFigure(str(entry["value"]), unit, operation=_OPERATIONS[entry["type"]]),)
    figures = [cell for cell in cells if cell.value is not None and cell.value in wanted]
    if (entry["type"] in ("single_figure", "by_applicant", "blank_or_absent") and len(wanted) == 1) or entry[
        "type"
    ] == "conflict":
        # Several cells may hold that value, or the text gives it; the first evidence is the one asked for.
        figures = figures[:1]
    return tuple(observed(cell) for cell in figures)


def _mentioned(words: Sequence[str], entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Where the answer may be given in either language, a Chinese word of the table is not required in English."""
    return tuple(words) if entry["lang"] == "zh" else tuple(word for word in words if word.isascii())


def _quotes(entry: Mapping[str, Any], has_figures: bool) -> list[Evidence]:
    if has_figures and entry["behaviour"] != "report_conflict":
        return []
    return [Evidence(report=item["report"], quote=item["quote"]) for item in entry["evidence"] if "quote" in item]


def _turn_expectation(entry: Mapping[str, Any], answer: str, cells: Sequence[Fact], *, last: bool) -> Expectation:
    """What one turn of a conversation must say: the first figure of its written answer."""
    also = tuple(observed(cell) for cell in cells)
    first = _first_number(answer)
    statuses = _STATUSES[entry["behaviour"]] if last else ("answered", "needs_choice", "not_found")
    if entry["behaviour"] == "clarify":
        statuses = ("answered",) if last else ("needs_choice", "answered")
    if answer.startswith("Unknown"):
        return Expectation(("not_found", "answered"), also=also)
    if first is None:
        return Expectation(statuses if last else ("answered",), also=also)
    if statuses == ("needs_choice", "answered"):
        return Expectation(statuses, also=also)
    # Which of several cells with that value a turn is about, its written answer does not say.
    alike = [cell for cell in cells if cell.value == first]
    if len(alike) != 1:
        return Expectation(("answered",), also=also, must_contain=(format(first, "f"),))
    return Expectation(("answered",), (observed(alike[0]),), also, evidence=(evidence(alike[0]),))


def _first_number(answer: str) -> Decimal | None:
    """The first number of a written answer that is no year; list numbers in brackets do not count."""
    plain = _YEAR.sub(" ", re.sub(r"\(\d\)", " ", answer))
    for token in re.findall(r"\d[\d,]*(?:\.\d+)?", plain):
        return numbers_in(token).pop()
    return None
