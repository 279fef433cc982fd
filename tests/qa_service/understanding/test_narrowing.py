"""What narrows a figure is told from talk beside the question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.answering.dispatch import Answerer
from qa_service.understanding.asides import clauses_of, without_asides
from qa_service.understanding.linear_model import LinearModel
from qa_service.understanding.narrowing import find_features, sentence_of
from qa_service.understanding.words import units_of
from tests.qa_service.sample_library import sample_library

ANSWERER = Answerer(sample_library())
READER = ANSWERER.corpus().reader


def shows_figure(question: str) -> bool:
    answer = ANSWERER.ask(question)
    return answer.kind == "figure" and any(figure.value is not None for figure in answer.figures)


@pytest.mark.parametrize(
    "question",
    [
        "示例市人社局2022年收到多少养蜂人的申请",
        "示例市人社局2022年收到多少申请？我只看学区房的。",
        "周末示例市人社局2022年收到了几件申请？",
        "示例市人社局2022年收到多少件关于拆迁的申请",
        "示例市人社局2022年收到申请，凡是点名要看招投标底稿的，有多少？",
        "How many requests did Shili HRSS receive from beekeepers in 2022?",
        "How many requests did Shili HRSS receive in 2022? I mean the ones about Buddhist temples.",
        "How many anonymous requests did Shili HRSS receive in 2022?",
        "[When it comes to veterinary clinics,] how many requests did Shili HRSS receive in 2022?",
    ],
)
def test_a_narrowed_question_is_not_answered_with_the_plain_figure(question: str) -> None:
    assert not shows_figure(question.replace("[", "").replace("]", ""))


@pytest.mark.parametrize(
    "question",
    [
        "我跟邻居打赌，示例市人社局2022年收到多少申请，你给个准数吧",
        "奶茶都凉了还没找着，示例市人社局2022年收到多少申请？",
        "退休了没事就爱琢磨这些，您给说说，示例市人社局2022年收到多少申请？",
        "刚从健身房出来，喘口气先，示例市人社局2022年收到多少申请？",
        "How many requests did Shili HRSS receive in 2022? The kids are asleep at last, so I can ask.",
        "My train leaves in five minutes: how many requests did Shili HRSS receive in 2022?",
        "I am foreign student and write thesis, please say me how many requests Shili HRSS received in 2022?",
    ],
)
def test_talk_beside_the_question_keeps_no_figure_back(question: str) -> None:
    answer = ANSWERER.ask(question)
    assert [(figure.indicator, figure.value) for figure in answer.figures] == [("requests.new_received", "51")]


def test_unlucky_words_of_talk_name_no_figure() -> None:
    answer = ANSWERER.ask("快递刚收到，一边拆一边问，示例市人社局2022年行政复议案件总共几件？")
    assert {figure.indicator for figure in answer.figures} == {"disputes.review.total"}


def test_a_word_that_is_asked_for_itself_is_never_talk() -> None:
    # Nothing else is named: the canteen is the question.
    assert READER.read("示例市人社局2022年的食堂呢", follows=True).not_understood
    assert READER.read("食堂有多少个").not_understood


@pytest.mark.parametrize(
    "text",
    [
        "示例市人社局2022年，其中自然人，收到多少申请",
        "比较一下，示例市人社局和示例市教育局2022年收到的申请",
        "示例市人社局，2022年，收到多少申请",
    ],
)
def test_what_names_a_body_a_year_an_applicant_or_an_operation_is_never_cut(text: str) -> None:
    assert READER.read(text).text == READER.read_whole(text).text


@given(st.text(alphabet="申请公开多少,，。.?（) -abc示例市人社局2022年the train", max_size=60))
def test_cutting_keeps_every_clause_it_may_not_cut(text: str) -> None:
    named = [(clause.start, clause.end) for clause in clauses_of(text)][:1]
    left = without_asides(text, named, [], [], list, follows=True)
    assert all(text[start:end].strip() in left for start, end in named)
    assert not set(left) - set(text) - {" "}


def test_a_clause_with_a_name_or_an_operation_is_never_cut() -> None:
    text = "my train leaves in five minutes, how many requests did shili hrss receive in 2022"
    train, body, figure = (
        (0, 31),
        (text.index("shili"), text.index(" receive")),
        (text.index("requests"), text.index(" did")),
    )
    assert without_asides(text, [body], [figure], [], list, follows=False).startswith("how many")
    assert without_asides(text, [body, train], [figure], [], list, follows=False) == text
    assert without_asides(text, [body], [figure], [train], list, follows=False) == text
    assert without_asides(text, [], [figure], [], list, follows=False) == text


@given(st.text(alphabet="申请公开的关于,，。? about the letters 12", min_size=1, max_size=40))
def test_every_word_has_features_and_every_clause_its_bounds(text: str) -> None:
    units = units_of(text)
    words = READER.read(text).words
    units = READER.read(text).units or units
    sentence = sentence_of(READER.read(text).text, units, words, [], [])
    for index, token in enumerate(sentence.tokens):
        first, end = sentence.clauses[index]
        assert 0 <= first <= end <= len(sentence.tokens)
        if first <= index < end:
            assert find_features(sentence, index)
        assert token.start < token.end


def test_a_likelihood_lies_between_0_and_1_whatever_the_weights() -> None:
    model = LinearModel({"zh:a": 1e9, "zh:b": -1e9})
    assert model.likelihood(["a"], "zh") == pytest.approx(1.0)
    assert model.likelihood(["b"], "zh") == pytest.approx(0.0)
    assert model.likelihood(["never met"], "en") == 0.5
