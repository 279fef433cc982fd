""" "Never" and "every year" ask of all reports of a body; each case showed a fault."""

import pytest

from qa_service.answering.answer import Answer
from tests.qa_service.sample_library import sample_answerer


def ask(text: str) -> Answer:
    return sample_answerer().ask(text)


def bodies(answer: Answer) -> set[str | None]:
    return {figure.agency for figure in answer.figures if figure.year is not None}


def years_of(answer: Answer, agency: str) -> set[int | None]:
    return {figure.year for figure in answer.figures if figure.agency == agency and figure.year is not None}


@pytest.mark.parametrize(
    "text",
    [
        "哪些单位没有被起诉过",
        "哪些单位从来没有被起诉",
        "哪些单位历年都没有行政诉讼",
        "which agencies were never sued",
        "how many bodies have never had a review",
        "每年行政复议都为零的单位有几个",
    ],
)
def test_never_holds_in_all_reports(text: str) -> None:
    answer = ask(text)
    assert bodies(answer) == {"linhu_hrss"}
    assert years_of(answer, "linhu_hrss") == set(sample_answerer().corpus().years("linhu_hrss"))
    count = answer.figures[-1]
    assert count.value == "1"


@pytest.mark.parametrize(
    "text",
    ["哪些单位每年都有行政复议", "哪些单位一直有行政复议", "which bodies had administrative reviews every year"],
)
def test_every_year_holds_in_all_reports(text: str) -> None:
    answer = ask(text)
    assert bodies(answer) == {"shili_education", "shili_hrss"}
    assert all(figure.value != "0" for figure in answer.figures)


def test_a_body_with_a_gap_is_named_and_not_counted() -> None:
    answer = ask("哪些单位从没收过费")
    assert "有1个单位" in answer.answer
    assert "不能断定的：示例市临湖区人力资源和社会保障局" in answer.answer


def test_some_year_is_enough_without_such_a_word() -> None:
    assert {"linhu_hrss", "yunxi_gov_office"} < bodies(ask("哪些单位没有行政诉讼"))
    assert "yunxi_gov_office" in bodies(ask("哪些单位有过行政复议"))
    assert years_of(ask("2022年哪些单位没有被起诉过"), "linhu_hrss") == {2022}


def test_none_is_said_with_a_figure_against_each_body() -> None:
    answer = ask("有没有单位从未收到申请")
    assert answer.answer.startswith("没有")
    assert bodies(answer) == {"linhu_hrss", "shili_education", "shili_hrss", "yunxi_gov_office"}
