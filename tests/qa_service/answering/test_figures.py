"""Looked-up figures over the samples: the printed cell, or an honest word."""

import pytest

from qa_service.answering.answer import Answer, Kind, Status
from qa_service.answering.guard import unsupported_numbers
from qa_service.answering.phrases import figure_question
from qa_service.conversation import Turn
from tests.qa_service.sample_library import sample_answerer, sample_library


def ask(*turns: str) -> Answer:
    return sample_answerer().ask(turns[-1], [Turn("user", turn) for turn in turns[:-1]])


def test_a_figure_comes_with_its_very_cell() -> None:
    answer = ask("示例市人社局2022年收到多少件申请")
    (figure,) = answer.figures
    (citation,) = answer.citations
    assert (figure.value, figure.unit, figure.indicator, figure.applicant) == (
        "51",
        "件",
        "requests.new_received",
        "total",
    )
    assert citation.raw == "51"
    assert citation.row == "一、本年新收政府信息公开申请数量"
    assert citation.column is not None
    assert citation.column.endswith("总计")
    stored = sample_library().store.report(citation.report)
    assert stored is not None
    table = next(table for table in stored.tables if table.id == citation.table_id)
    cell = table.grid[citation.row_index or 0][citation.column_index or 0]
    assert cell is not None
    assert cell.text.strip() == "51"


def test_the_same_question_in_english() -> None:
    answer = ask("How many requests did the Shili HRSS receive in 2022?")
    assert [figure.value for figure in answer.figures] == ["51"]
    assert answer.language == "en"


def test_every_printed_figure_can_be_asked_for_and_comes_back() -> None:
    """For every indicator of every form in both languages the service understands its own wording of the question."""
    answerer, library = sample_answerer(), sample_library()
    corpus = answerer.corpus()
    wrong = []
    for agency, year, edition in (
        ("yunxi_gov_office", 2017, "A"),
        ("shili_education", 2020, "B"),
        ("shili_hrss", 2022, "C"),
    ):
        for indicator in library.catalogue.indicators:
            if not indicator.in_edition(edition) or indicator.forms[edition].only_in:
                continue
            for language in ("zh", "en"):
                question = figure_question(corpus, language, agency, year, indicator)
                figures = [figure for figure in answerer.ask(question).figures if figure.origin != "text"]
                if not figures or (figures[0].indicator, figures[0].agency, figures[0].year) != (
                    indicator.id,
                    agency,
                    year,
                ):
                    wrong.append(question)
    assert not wrong


def test_an_unknown_year_is_never_another_years_figure() -> None:
    answer = ask("示例市人社局2019年收到多少件申请")
    assert answer.status is Status.NOT_FOUND
    assert not answer.figures
    assert "2022" in answer.answer or "2021–2023" in answer.answer


def test_an_unknown_body_is_never_another_bodys_figure() -> None:
    for question in (
        "海曙区人社局2022年收到多少件申请",
        "示例市公安局2022年收到多少件申请",
        "How many requests did Haishu HRSS receive in 2022?",
    ):
        answer = ask(question)
        assert answer.status is Status.NOT_FOUND
        assert not answer.figures


def test_a_vague_body_is_asked_back_and_each_choice_is_a_whole_question() -> None:
    answer = ask("人社局2022年收到多少件申请")
    assert answer.status is Status.NEEDS_CHOICE
    assert {sample_answerer().ask(choice.question).figures[0].agency for choice in answer.choices} == {
        "shili_hrss",
        "linhu_hrss",
    }


@pytest.mark.parametrize("reply", ["2", "第二个", "选第2个吧", "option 2, please", "示例市人力资源和社会保障局"])
def test_choosing_keeps_the_question(reply: str) -> None:
    asked = ask("人社局2022年收到多少件申请")
    answer = ask("人社局2022年收到多少件申请", reply)
    assert "示例市人力资源和社会保障局（2022）" in [choice.label for choice in asked.choices]
    assert [(figure.agency, figure.value) for figure in answer.figures] == [("shili_hrss", "51")]


def test_several_years_without_a_year_are_asked_back() -> None:
    answer = ask("示例市人社局收到多少件申请")
    assert answer.status is Status.NEEDS_CHOICE
    assert "2022" in [choice.label for choice in answer.choices]


def test_blank_is_not_zero() -> None:
    blanks = [
        o
        for o in sample_library().store.observations()
        if o.missing is not None and o.missing.value == "blank" and o.indicator
    ]
    assert blanks
    blank = blanks[0]
    indicator = sample_library().catalogue.get(blank.indicator or "")
    answer = ask(
        figure_question(sample_answerer().corpus(), "zh", blank.agency, blank.year, indicator, blank.applicant)
    )
    assert (answer.figures[0].value, answer.figures[0].missing) == (None, "blank")
    assert "空白" in answer.answer
    assert "为0" not in answer.answer


def test_an_item_the_form_does_not_have_is_said_to_be_missing_from_the_form() -> None:
    answer = ask("云溪区府办2017年作出多少件行政许可决定")
    assert [(figure.value, figure.missing) for figure in answer.figures] == [(None, "not_in_form")]


def test_by_applicant_where_the_form_has_no_applicants() -> None:
    answer = ask("云溪区府办2017年收到的申请中自然人多少件")
    assert answer.figures[0].missing == "not_in_form"
    assert answer.figures[0].applicant == "natural_person"


def test_text_and_table_that_disagree_are_both_shown() -> None:
    answer = ask("云溪区府办2017年主动公开多少条信息")
    assert {figure.value for figure in answer.figures} >= {"1530", "412"}
    (conflict,) = [conflict for conflict in answer.conflicts if conflict.kind == "text_table"]
    assert len(conflict.citations) == 2


def test_filters_fill_in_what_is_left_out() -> None:
    answerer = sample_answerer()
    assert answerer.ask("收到多少件申请", agency="shili_hrss", year=2022).figures[0].value == "51"


def test_every_number_of_an_answer_has_a_source() -> None:
    questions = [
        "2021年哪个单位收到的申请最多",
        "示例市人社局2021到2023年合计收到多少申请",
        "示例市人社局2022年予以公开占多少",
        "你们有哪些单位的报告",
    ]
    for question in questions:
        answer = ask(question)
        assert answer.status is Status.ANSWERED
        assert not unsupported_numbers(answer, question, " ".join(str(year) for year in range(2014, 2030)) + " 4 13")


def test_the_same_question_gives_the_same_answer() -> None:
    assert ask("2021年各单位收到申请排名") == ask("2021年各单位收到申请排名")


@pytest.mark.parametrize("part", ["上半年", "第一季度", "3月", "in the first half of", "in March"])
def test_a_part_of_a_year_is_never_answered_with_the_whole_year(part: str) -> None:
    answer = ask(
        f"示例市人社局2022年{part}收到多少件申请"
        if not part.startswith("in ")
        else f"How many requests did Shili HRSS receive {part} 2022?"
    )
    assert answer.status is Status.NOT_FOUND
    assert not answer.figures


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("What is 予以公开?", "予以公开"),
        ("What is a partial grant?", "区分处理"),
        ("予以公开是什么", "全部提供"),
        ("What are carried-over requests?", "上年结转"),
        ("什么是专职人员", "2014–2018"),
        ("What is 本年新收政府信息公开申请数量?", "2019–2020"),
    ],
)
def test_a_bare_what_is_asks_for_the_meaning(text: str, said: str) -> None:
    answer = sample_answerer().ask(text)
    assert answer.kind is Kind.DEFINITION
    assert said in answer.answer
    assert not answer.figures


def test_what_is_with_a_body_and_a_year_asks_for_the_figure() -> None:
    answer = sample_answerer().ask("What is the number of requests received by Shili HRSS in 2022?")
    assert [figure.value for figure in answer.figures] == ["51"]
