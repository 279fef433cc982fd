"""Answers from the running text: the right sentence, quoted as it stands, never of another body or year."""

from dataclasses import replace
from functools import cache

import pytest

from eval.gold_file import read_gold
from eval.question import GoldQuestion
from eval.sets import GOLD_FOLDER
from qa_service.answering.answer import Answer, AnswerCitation
from qa_service.answering.draft import Draft
from qa_service.answering.guard import numbers_in
from qa_service.answering.passages import _names_unknown_body
from qa_service.conversation import Turn
from qa_service.library import Library
from qa_service.understanding.question import Asked
from qa_service.understanding.understand import understand
from tests.qa_service.sample_library import sample_answerer, sample_library


def ask(question: str, *before: str, language: str = "auto") -> Answer:
    return sample_answerer().ask(question, tuple(Turn("user", each) for each in before), language)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("云溪区府办2016年领导小组谁当组长？", "由办公室主任担任组长"),
        ("示例市人社局2018年信息公开怎么考核？", "列入科室年度考核"),
        ("示例市教育局2020年延期开学期间发布了什么？", "线上教学安排和返校要求"),
        ("示例市教育局的监督投诉电话是多少？", "0000-12345678"),
        ("Which special column did the Shili Education Bureau open in 2019?", "入学一点通"),
        ("谁开通了校外培训机构白名单？", "白名单"),
        ("哪家完成了适老化改造？", "适老化"),
        # Other words than the report's own; a count that no table holds.
        ("示例市教育局2020年停课期间给家里的孩子安排了什么？延期开学", "线上教学安排"),
        ("示例市人社局2022年找了多少名群众代表来评议？", "12名群众代表"),
    ],
)
def test_the_sentence_that_answers_is_quoted(question: str, said: str) -> None:
    answer = ask(question)
    assert (answer.status, answer.kind, answer.interpretation.operation) == ("answered", "passage", "passage")
    assert said in answer.answer
    assert any(said in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "taken_for_a_body", "is_one"),
    [
        ("哪个局和大学合作培训？", "合作", False),
        ("谁和大学合作培训？", "合作", False),
        ("合作社怎么培训？", "合作社", True),
        ("海曙区人社局和哪个单位合作培训？", "海曙区人社局", True),
        ("哪个单位做了培训？", "", False),
    ],
)
def test_what_stands_beside_the_word_which_is_no_unknown_body(
    question: str, taken_for_a_body: str, is_one: bool
) -> None:
    corpus = sample_answerer().corpus()
    understood = understand(corpus.reader, question, (), "auto")
    draft = Draft(replace(understood, asked=Asked(unknown=taken_for_a_body)), corpus)
    assert _names_unknown_body(draft) is is_one


def test_a_kind_of_body_is_a_word_like_others_where_no_body_is_meant() -> None:
    answer = ask("云溪区府办2016年承诺怎么帮助街道？")
    assert answer.status == "answered"
    assert "街道工作人员" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Which bureau is the most honest?",
        "Which office has the friendliest staff?",
        "哪家单位的领导最有能力？",
        "为什么天是蓝的？",
        "房价为什么涨？",
        "示例市人社局2022年买了多少辆公交车？",
    ],
)
def test_what_reports_do_not_speak_of_is_not_answered_with_the_nearest_sentence(question: str) -> None:
    answer = ask(question)
    assert (answer.status, answer.citations) == ("not_found", ())


def test_a_list_is_quoted_whole() -> None:
    answer = ask("示例市人社局2022年报告说的2023年工作有哪些内容？就业数据、宣讲、公开专员")
    assert answer.status == "answered"
    assert all(words in answer.answer for words in ("按月发布", "政策公开讲", "公开专员"))


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("云溪区府办2016年领导小组谁当组长？", "2016年报告写道："),
        ("Who heads the leading group of the Yunxi Government Office in 2016?", "says (in Chinese): "),
    ],
)
def test_the_lead_in_is_in_the_language_of_the_question(question: str, lead: str) -> None:
    assert lead in ask(question).answer


def test_each_quote_of_several_reports_names_its_own() -> None:
    answer = ask("没有收取信息处理费的原因是什么，哪些报告写到没有收取？")
    names = {citation.agency_name for citation in answer.citations}
    assert answer.status == "answered"
    assert all(name in answer.answer for name in names)


@pytest.mark.parametrize(
    "question",
    ["示例市人社局2017年为什么种树？", "Why did Shili HRSS buy a helicopter in 2017?", "临湖区人社局2022年怎么养猫"],
)
def test_what_no_sentence_says_is_not_found_and_the_sections_are_named(question: str) -> None:
    answer = ask(question)
    assert (answer.status, answer.kind, answer.citations) == ("not_found", "passage", ())
    assert "存在的主要问题" in answer.answer


def test_a_year_without_a_report_is_said_with_the_years_there_are() -> None:
    answer = ask("云溪区府办2015年为什么调整领导小组？")
    assert (answer.status, answer.citations) == ("not_found", ())
    assert "2016–2018" in answer.answer


def test_of_two_bodies_each_has_its_say_or_is_said_to_have_none() -> None:
    answer = ask("示例市教育局2020年和临湖区人社局2020年的线上招聘直播怎么办的？")
    assert "20余场" in answer.answer
    assert "示例市教育局的报告正文里没有找到" in answer.answer


def test_of_two_bodies_one_without_a_report_of_that_year_is_named() -> None:
    answer = ask("临湖区人社局和云溪区府办2022年的社保大厅增设了什么？")
    assert "自助查询机" in answer.answer
    assert "没有示例市云溪区人民政府办公室2022年的报告" in answer.answer


def test_an_unknown_body_is_never_answered_from_another() -> None:
    answer = ask("海曙区人社局怎么考核信息公开？")
    assert (answer.status, answer.citations) == ("not_found", ())


def test_a_vague_body_is_asked_back() -> None:
    answer = ask("人社局怎么考核信息公开？")
    assert answer.status == "needs_choice"
    assert len(answer.choices) >= 2
    assert all(ask(choice.question).status != "needs_choice" for choice in answer.choices[:3])


def test_a_follow_up_keeps_body_and_year() -> None:
    answer = ask("领导小组由谁担任组长？", "云溪区府办2016年收到多少申请？")
    assert {(citation.agency_name, citation.year) for citation in answer.citations} == {
        ("示例市云溪区人民政府办公室", 2016)
    }


def test_the_same_question_has_the_same_answer() -> None:
    question = "示例市人社局2022年怎么接受群众评议？"
    assert ask(question) == ask(question)


GOLD: tuple[GoldQuestion, ...] = read_gold(GOLD_FOLDER / "passages_samples.jsonl")


@cache
def texts(library: Library) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in library.coverage():
        report = library.store.report(each.report_id)
        assert report is not None
        found[each.report_id] = "\n".join(
            paragraph.text for section in report.sections for paragraph in section.paragraphs
        )
    return found


def prose(answer: Answer) -> list[AnswerCitation]:
    return [citation for citation in answer.citations if citation.table is None]


@pytest.mark.parametrize("question", GOLD, ids=lambda question: question.id)
def test_quotes_are_verbatim_and_of_the_report_asked_about(question: GoldQuestion) -> None:
    text = question.turns[0].question
    answer = ask(text)
    for citation in prose(answer):
        whole = "".join(texts(sample_library())[citation.report].split())
        assert "".join(citation.quote.split()) in whole
        # Table cells apart, what stands in quotation marks of the answer is what is cited.
        assert citation.quote in answer.answer or answer.figures
    understood = understand(sample_answerer().corpus().reader, text)
    if understood.asked.agencies and len(understood.year.years) == 1 and answer.kind == "passage":
        names = {sample_answerer().corpus().name(agency, answer.language) for agency in understood.asked.agencies}
        assert {(citation.agency_name, citation.year) for citation in answer.citations} <= {
            (name, understood.year.years[0]) for name in names
        }


@pytest.mark.parametrize("question", GOLD, ids=lambda question: question.id)
def test_every_number_of_the_answer_is_quoted_or_asked(question: GoldQuestion) -> None:
    text = question.turns[0].question
    answer = ask(text)
    if answer.kind != "passage" or answer.status != "answered":
        return
    supported = numbers_in(text) | {str(citation.year) for citation in answer.citations}
    for citation in answer.citations:
        supported |= numbers_in(citation.quote)
    assert numbers_in(answer.answer) <= supported
