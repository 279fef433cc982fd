"""The measures, the gate and the listing."""

from dataclasses import replace

import pytest

from eval.asking import Reply
from eval.listing import render_failures, render_set
from eval.measures import (
    citation_support,
    conflict_recall,
    confusion,
    follow_up_accuracy,
    measure,
    measure_status,
    slot_accuracy,
)
from eval.question import Evidence, Expectation, ExpectedFigure, GoldQuestion, GoldTurn
from eval.record import Record
from eval.recording import make_record
from eval.scoring import Known, Score, score_turn
from eval.slots import match_slots
from eval.support import uncited_numbers
from eval.thresholds import find_shortfalls
from qa_service.answering.answer import Conflict, Interpretation, Kind
from tests.eval.oracle import make_citation, make_operand, reply, right_answer
from tests.eval.records import NOTHING, RIGHT, WRONG, record
from tests.eval.test_scoring import EXPECT, FIGURE

READ = Interpretation("lookup", ("legacy.requests.received",), ("yunxi",), (2017,))
NAMES = {"yunxi": FIGURE.agency or ""}


def test_measures_count_every_question() -> None:
    found = measure([record(RIGHT), record(WRONG), record(NOTHING), record(RIGHT, "en")])
    assert (found.n, found.right, found.wrong_figure, found.refused) == (4, 2, 1, 1)
    assert (found.citable, found.cited) == (2, 2)
    refusals = measure_status([record(RIGHT), record(NOTHING)], "not_found")
    assert (refusals.precision, refusals.called_for) == (0.0, 0)
    assert record(RIGHT).edition == "A"
    assert record(RIGHT).format == "text"


def test_a_question_without_an_answer_counts_against_every_measure() -> None:
    turn = score_turn("?", EXPECT, Reply(None, 0.1, "HTTP 500"), Known())
    failed = make_record("s", Score(GoldQuestion("q", "zh", "lookup", (GoldTurn("?", EXPECT),)), (turn,)), Known(), str)
    assert measure([failed]).right_rate == 0
    assert confusion([failed]) == {("answered", "no answer"): 1}
    assert all(share.hits == 0 and share.n == 1 for share in slot_accuracy([failed]).values())


def test_the_confusion_counts_another_accepted_status_as_proper() -> None:
    either = replace(EXPECT, statuses=("answered", "not_found"))
    assert confusion([record(RIGHT), record(NOTHING), record(NOTHING, expect=either)]) == {
        ("answered", "answered"): 1,
        ("answered", "not_found"): 1,
        ("not_found", "not_found"): 1,
    }


@pytest.mark.parametrize(
    ("slot", "change"),
    [
        ("agency", {"agencies": ("other",)}),
        ("agency", {"agencies": ("yunxi", "other")}),
        ("year", {"years": (2016,)}),
        ("year", {"years": (2016, 2017)}),
        ("indicator", {"indicators": ("legacy.requests.closed",)}),
        ("applicant", {"applicants": ("natural_person",)}),
        ("operation", {"operation": "sum"}),
    ],
)
def test_each_slot_is_judged_by_itself(slot: str, change: dict[str, object]) -> None:
    assert all(match_slots(READ, EXPECT, NAMES).values())
    misread = match_slots(replace(READ, **change), EXPECT, NAMES)  # type: ignore[arg-type]
    assert [name for name, right in misread.items() if not right] == [slot]


def test_the_same_topic_of_another_edition_is_the_same_indicator() -> None:
    assert match_slots(replace(READ, indicators=("requests.new_received",)), EXPECT, NAMES)["indicator"]


def test_bodies_are_no_slot_where_all_are_asked_over() -> None:
    most = Expectation(figures=(replace(FIGURE, operation="maximum"),))
    assert "agency" not in match_slots(READ, most, NAMES)


def test_every_number_of_the_text_must_stand_in_a_cited_place() -> None:
    cited = replace(RIGHT, answer="2017年收到39件。[1]")
    assert uncited_numbers(cited, "几件？") == ()
    assert uncited_numbers(replace(cited, answer="收到39件，办结38件。[1]"), "几件？") == ("38",)
    assert uncited_numbers(replace(cited, citations=()), "几件？") == ("39",)
    assert uncited_numbers(replace(cited, answer="不是38件", citations=()), "是38件吗？") == ()


def test_a_computed_number_is_supported_by_cited_operands_alone() -> None:
    growth = ExpectedFigure("30.769231", "%", operation="growth")
    expect = Expectation(figures=(growth,), also=(FIGURE,))
    right = right_answer(expect)
    operands = (replace(make_operand(FIGURE), citations=(1,)),)
    place = make_citation(1, Evidence(raw="39", quote="39"))
    figure = replace(right.figures[0], value="30.8", operands=operands)
    answer = replace(right, figures=(figure,), answer="增长30.8%", citations=(place,))
    assert uncited_numbers(answer, "") == ()
    bare = replace(figure, operands=(make_operand(FIGURE),))
    assert uncited_numbers(replace(answer, figures=(bare,)), "") == ("30.8",)
    assert uncited_numbers(replace(answer, kind=Kind.CORPUS, figures=()), "") == ()


def test_conflicts_conversations_and_support_are_shares_of_all() -> None:
    conflict = replace(EXPECT, conflict=True)
    shown = replace(RIGHT, conflicts=(Conflict("text-and-table", "", (), ()),))
    assert conflict_recall([record(shown, expect=conflict), record(RIGHT, expect=conflict), record(RIGHT)]).rate == 0.5
    assert citation_support([record(replace(RIGHT, answer="40")), record(RIGHT), record(NOTHING)]).rate == 0.5
    assert follow_up_accuracy([_talk(True), _talk(False), record(WRONG)]).rate == 0.5


def _talk(right: bool) -> Record:
    turns = (GoldTurn("一", EXPECT), GoldTurn("二", EXPECT))
    scores = [score_turn("?", EXPECT, reply(RIGHT if each else WRONG), Known()) for each in (True, right)]
    return make_record("s", Score(GoldQuestion("t", "zh", "follow", turns), tuple(scores)), Known(), str)


def test_shortfalls_are_named_by_measure_type_and_language() -> None:
    records = [record(RIGHT), record(WRONG), record(RIGHT, "en")]
    limits: dict[str, dict[str, float]] = {
        "all": {"right": 0.9, "wrong_figure": 0},
        "lookup:en": {"right": 1},
        "share": {"right": 1},
    }
    assert find_shortfalls(records, limits) == [
        "all: right is 0.667, wanted at least 0.9 (3 questions)",
        "all: wrong_figure is 0.333, wanted at most 0 (3 questions)",
    ]


def test_the_listing_shows_what_was_asked_expected_and_got() -> None:
    records = [record(RIGHT), record(WRONG)]
    assert "50%" in render_set("real", records)
    text = render_failures(records)
    assert text.startswith("!! q  wrong_figure")
    for line in ("asked  几件？", "wanted answered · 39件", "got    answered · 1件"):
        assert line in text
    assert "1 more" in render_failures([record(WRONG), record(NOTHING)], limit=1)
