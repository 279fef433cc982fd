"""Approximate figures, items that do not compare, and numbers beside the question; each case showed a fault."""

from pathlib import Path

import pytest

from ingest.read_report import read_report
from qa_service.answering.answer import Answer
from qa_service.answering.dispatch import Answerer
from qa_service.library import Library
from qa_service.settings import load_settings
from tests.formats.real_reports import real_report
from tests.qa_service.sample_library import sample_answerer, sample_library


def ask(text: str) -> Answer:
    return sample_answerer().ask(text)


@pytest.mark.parametrize(
    "text",
    [
        "示例市人社局2023年微信推送比2022年多多少",
        "示例市人社局2023年微信推送比2022年增长百分之几",
        "示例市人社局历年微信推送变化",
        "Shili HRSS: how many more WeChat posts in 2023 than in 2022?",
    ],
)
def test_nothing_exact_is_computed_from_an_approximate_figure(text: str) -> None:
    answer = ask(text)
    assert {"405", "460"} <= {figure.value for figure in answer.figures}
    assert not [figure for figure in answer.figures if figure.origin == "derived"]
    assert "约数" in answer.answer or "Approximate" in answer.answer


def test_an_approximate_figure_beside_the_bound_decides_nothing() -> None:
    answer = ask("2023年微信推送超过460的单位")
    assert "不能确定是否超过460" in answer.answer
    assert not [figure for figure in answer.figures if figure.origin == "derived"]


def test_an_approximate_figure_far_from_the_bound_decides() -> None:
    assert "不少于400的有1个单位" in ask("2023年微信推送不少于400的单位").answer
    assert "不能确定" not in ask("2023年微信推送少于300的单位").answer


def received(applicant: str) -> str:
    cells = sample_library().store.observations(["requests.new_received"], ["shili_hrss"], [2022], [applicant])
    (printed,) = [cell for cell in cells if cell.citation.table is not None]
    return str(printed.value)


@pytest.mark.parametrize(
    "text", ["我今年{}岁，示例市人社局2022年收到多少申请", "编号{}的项目，示例市人社局2022年收到多少申请"]
)
@pytest.mark.parametrize("number", ["12", "25", "31"])
def test_a_number_beside_the_question_answers_nothing(text: str, number: str) -> None:
    assert number not in {figure.value for figure in ask(text.format(number)).figures}


@pytest.mark.parametrize(
    "text", ["示例市人社局2022年{}件里有几件是企业的", "Of Shili HRSS's {} in 2022, how many were from businesses?"]
)
def test_the_part_of_a_number_quoted_is_answered(text: str) -> None:
    first = ask(text.format(received("total"))).figures[0]
    assert (first.value, first.applicant) == (received("business"), "business")


@pytest.mark.parametrize("text", ["北仑2017收费和镇海2022收费比较", "北仑2017收费和镇海2022收费哪个多"])
def test_fees_for_requests_are_not_set_against_administrative_fees(text: str, tmp_path: Path) -> None:
    library = Library.open(load_settings(tmp_path))
    for name in ("beilun_gov_office_2017.txt", "zhenhai_hrss_2022.txt"):
        (tmp_path / name).write_bytes(real_report(name))
        library.save(read_report(tmp_path / name))
    answer = Answerer(library).ask(text)
    assert {figure.indicator for figure in answer.figures} == {"legacy.fees_collected", "art20_8.admin_fees.amount"}
    assert "不能相比" in answer.answer
