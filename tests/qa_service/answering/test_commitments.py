"""Problems and commitments: the right ones, in the reports' words; what followed is shown, never judged."""

import pytest

from indicators.catalogue import load_catalogue
from qa_service.answering.answer import Answer
from qa_service.answering.commitment_evidence import THEME_FIGURES
from qa_service.conversation import Turn
from reports.theme import THEMES
from tests.qa_service.sample_library import sample_answerer, sample_library


def ask(question: str, *before: str) -> Answer:
    return sample_answerer().ask(question, tuple(Turn("user", each) for each in before))


@pytest.mark.parametrize(
    ("question", "kinds", "count"),
    [
        ("示例市人社局2017年报告提到哪些问题？", {"problem"}, 2),
        ("示例市人社局2017年提出了哪些改进措施？", {"commitment"}, 2),
        ("云溪区府办2017年有哪些不足，打算怎么改？", {"problem", "commitment"}, 5),
        ("What shortcomings did Shili HRSS name in 2017?", {"problem"}, 2),
    ],
)
def test_all_of_one_report_are_listed_by_kind(question: str, kinds: set[str], count: int) -> None:
    answer = ask(question)
    assert (answer.status, answer.kind) == ("answered", "commitments")
    assert {each.kind for each in answer.commitments} == kinds
    assert len(answer.commitments) == count
    for each in answer.commitments:
        assert each.quote in answer.answer
        assert answer.citations[each.citations[0] - 1].quote == each.quote


@pytest.mark.parametrize(
    ("question", "agencies"),
    [
        ("哪些单位承认人手不足？", {"linhu_hrss", "yunxi_gov_office", "shili_education"}),
        ("Who promised a third-party evaluation?", {"shili_education"}),
        ("有没有单位把不平衡列为问题？", {"shili_hrss"}),
    ],
)
def test_bodies_are_found_by_theme(question: str, agencies: set[str]) -> None:
    assert {each.agency for each in ask(question).commitments} == agencies


def test_words_without_a_theme_find_the_commitment_that_says_them() -> None:
    answer = ask("示例市人社局2022年承诺的“政策公开讲”活动是什么打算？")
    assert any("政策公开讲" in each.quote for each in answer.commitments)
    assert len(answer.commitments) == 1


def test_a_promise_for_a_year_stands_in_the_report_before() -> None:
    answer = ask("What did the Yunxi government office commit to for 2018?")
    assert {each.year for each in answer.commitments} == {2017}


def test_a_conversation_on_one_promise() -> None:
    turns = [
        "What shortcomings did the Yunxi government office admit for 2017?",
        "What will it do about its platforms?",
    ]
    second = ask(turns[1], turns[0])
    assert [each.quote for each in second.commitments] == ["二是统一各平台的发布流程,实现一次审核、多处发布"]
    third = ask("Did it do so in 2018?", *turns)
    assert third.kind == "commitments"
    assert "not judged" in third.answer or "no sentence or figure" in third.answer


@pytest.mark.parametrize(
    "question",
    [
        "示例市人社局2017年承诺的培训，后来做到了吗？",
        "Did Shili HRSS follow through on its 2017 commitments on training?",
    ],
)
def test_the_next_report_is_evidence_and_no_verdict(question: str) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert {(figure.indicator, figure.year) for figure in answer.figures} >= {("legacy.meetings.trainings", 2018)}
    stored = sample_library().store.observations(
        indicators=["legacy.meetings.trainings"], agencies=["shili_hrss"], years=[2018]
    )
    assert {figure.value for figure in answer.figures if figure.indicator == "legacy.meetings.trainings"} == {
        f"{each.value:f}" for each in stored if each.value is not None and each.citation.table
    }
    assert not any(word in answer.answer for word in ("做到了。", "没有做到", "kept its promise", "did not keep"))


def test_without_a_next_report_that_is_said() -> None:
    answer = ask("云溪区府办2018年提出的措施，后来做了吗？")
    assert answer.status == "not_found"
    assert "没有示例市云溪区人民政府办公室2019年的报告" in answer.answer


def test_what_nobody_promised_is_not_found() -> None:
    answer = ask("哪些单位承诺要养猫？")
    assert (answer.status, answer.commitments) == ("not_found", ())


def test_an_unknown_body_has_no_commitments() -> None:
    answer = ask("海曙区人社局承诺了什么？")
    assert (answer.status, answer.commitments, answer.citations) == ("not_found", (), ())


def test_figures_of_themes_are_in_the_catalogue() -> None:
    catalogue = load_catalogue()
    assert set(THEME_FIGURES) <= {theme.id for theme in THEMES}
    assert all(catalogue.find(indicator) for indicators in THEME_FIGURES.values() for indicator in indicators)
