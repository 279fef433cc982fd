"""Filters of a request: nothing outside them is ever shown."""

import pytest

from qa_service.answering.answer import Answer, Status
from tests.qa_service.sample_library import sample_answerer


def ask(text: str, agency: str | None = None, year: int | None = None) -> Answer:
    return sample_answerer().ask(text, agency=agency, year=year)


@pytest.mark.parametrize(
    ("text", "agency", "year"),
    [
        ("临湖人社局2022年收到多少申请", "shili_hrss", None),
        ("示例市人社局2021年收到多少申请", None, 2022),
        ("示例市人社局和临湖人社局2022年收到的申请相差多少", "shili_hrss", None),
        ("示例市人社局2021年到2023年收到申请的变化", "shili_hrss", 2022),
        ("示例市人社局2022年收到的申请比上年增长多少", None, 2022),
        ("How many requests did Linhu HRSS receive in 2020?", None, 2022),
    ],
)
def test_a_question_beyond_the_filters_gets_no_figure(text: str, agency: str | None, year: int | None) -> None:
    answer = ask(text, agency, year)
    assert answer.status is Status.NOT_FOUND
    assert not answer.figures
    assert "筛选" in answer.answer or "filters" in answer.answer
    assert str(year or "示例市人力资源和社会保障局") in answer.answer


@pytest.mark.parametrize(
    "text",
    [
        "哪家单位收到的申请最多",
        "哪些单位收到的申请超过10件",
        "各单位收到多少申请",
        "历年收到的申请",
        "最新的报告收到多少申请",
    ],
)
def test_open_questions_stay_within_the_filters(text: str) -> None:
    answer = ask(text, "shili_hrss", 2022)
    assert {(figure.agency, figure.year) for figure in answer.figures if figure.origin == "table"} == {
        ("shili_hrss", 2022)
    }
    assert {citation.year for citation in answer.citations} == {2022}


def test_a_name_that_fits_several_bodies_is_settled_by_the_filter() -> None:
    (figure,) = ask("人社局2022年收到多少申请", "linhu_hrss").figures
    assert figure.agency == "linhu_hrss"


def test_a_filter_that_names_nothing_here_says_so() -> None:
    answer = ask("2022年收到多少申请", "邻市交通局")
    assert answer.status is Status.NOT_FOUND
    assert "邻市交通局" in answer.answer


def test_a_group_of_applicant_columns_keeps_to_the_contract() -> None:
    answer = ask("示例市人社局2022年法人或其他组织提出的申请多少件")
    (figure,) = answer.figures
    assert (figure.origin, figure.applicant) == ("derived", None)
    assert "法人或其他组织" in figure.label
    assert {operand.applicant for operand in figure.operands} == set(answer.interpretation.applicants)
    assert {"business", "legal_service"} <= set(answer.interpretation.applicants)
