"""The base of a share within an applicant type: the order of the words decides; each case showed a fault."""

import pytest

from qa_service.answering.answer import Answer
from tests.qa_service.sample_library import sample_answerer, sample_library


def share(answer: Answer) -> str | None:
    (figure,) = [figure for figure in answer.figures if figure.unit == "%"]
    return figure.formula


def cell(indicator: str, applicant: str) -> str:
    found = sample_library().store.observations([indicator], ["shili_hrss"], [2022], [applicant])
    (printed,) = [observation for observation in found if observation.citation.table is not None]
    return str(printed.value)


@pytest.mark.parametrize(
    "text",
    [
        "示例市人社局2022年企业申请中予以公开的比例",
        "示例市人社局2022年企业申请的予以公开率",
        "示例市人社局2022年予以公开占企业申请的比例",
        "what percentage of business requests were granted by Shili HRSS in 2022",
        "Shili HRSS 2022: what share of requests by businesses was granted?",
    ],
)
def test_a_type_in_the_base_is_divided_within_its_column(text: str) -> None:
    part, whole = cell("requests.results.granted", "business"), cell("requests.results.total", "business")
    formula = share(sample_answerer().ask(text))
    assert formula is not None
    assert formula.startswith(f"{part} ÷ {whole} ")


@pytest.mark.parametrize(
    "text",
    [
        "示例市人社局2022年予以公开的申请里企业占多少",
        "示例市人社局2022年企业占予以公开的比例",
        "示例市人社局2022年企业在予以公开中占多少",
        "Shili HRSS 2022: what share of granted requests came from businesses?",
    ],
)
def test_a_type_that_is_the_part_is_divided_by_the_row_total(text: str) -> None:
    part, whole = cell("requests.results.granted", "business"), cell("requests.results.granted", "total")
    formula = share(sample_answerer().ask(text))
    assert formula is not None
    assert formula.startswith(f"{part} ÷ {whole} ")


def test_a_type_of_all_requests_is_divided_by_all_requests() -> None:
    part, whole = cell("requests.new_received", "business"), cell("requests.new_received", "total")
    formula = share(sample_answerer().ask("示例市人社局2022年企业申请占全部申请的比例"))
    assert formula is not None
    assert formula.startswith(f"{part} ÷ {whole} ")
