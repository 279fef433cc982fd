"""Ranking sentences: what is looked for, what is found, and the laws of quoting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.answering.prose_query import make_query
from qa_service.answering.sentences import choose_quotes, rank_sentences
from qa_service.answering.words_wanted import wants_words
from qa_service.understanding.understand import understand
from reports.passage import Passage
from tests.qa_service.sample_library import sample_answerer
from vectorstore.glossary import load_glossary


def passage(*sentences: str, section: str = "一、总体情况", position: int = 0) -> Passage:
    spans, text = [], ""
    for sentence in sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence
    return Passage(f"r-{position}", "r", "a", 2020, section, "prose", text, position, tuple(spans))


FEES = passage("对复印费用，一律予以减免。", "收到来信两封。", position=0)
SECRETS = passage("公开之前先审查，严防泄露秘密。", "审查由办公室负责。", section="二、保密审查", position=1)
LIST = passage(
    "主要做法有三条：", "一是登记；", "二是审看；", "三是留痕。", "此外没有。", section="三、做法", position=2
)
ALL = (FEES, SECRETS, LIST)


def best(question: str, *wants: str) -> str:
    return rank_sentences(make_query(question, frozenset(wants)), ALL)[0].text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("复印费用", "减免"),
        ("怎么防止泄露秘密", "先审查"),
        ("how are secrets kept safe, secrecy review", "先审查"),
        ("copying fees waived", "减免"),
        ("letters", "来信"),
    ],
)
def test_the_sentence_with_the_rare_words_is_best_in_either_language(question: str, said: str) -> None:
    assert said in best(question)


def test_a_list_comes_whole_and_in_order_and_stops_where_it_ends() -> None:
    query = make_query("主要做法有哪些，审看", frozenset(("list",)))
    quotes = choose_quotes(rank_sentences(query, ALL), query, 0.1)
    entries = [quote.text for quote in quotes if quote.text[1] == "是"]
    assert entries == ["一是登记；", "二是审看；", "三是留痕。"]
    assert "此外没有。" not in [quote.text for quote in quotes]


def test_a_question_without_content_finds_nothing() -> None:
    assert rank_sentences(make_query("为什么呢"), ALL) == ()
    assert choose_quotes((), make_query("费用"), 0.1) == ()


def test_nothing_that_says_nothing_of_it_covers_the_question() -> None:
    assert all(quote.coverage < 0.1 for quote in rank_sentences(make_query("直升机和游泳池"), ALL))


_TEXT = st.text(alphabet="审查公开费用信息一二三是，。；:（）12ab \n", min_size=1, max_size=30)


@given(st.lists(st.lists(_TEXT, min_size=1, max_size=4), min_size=1, max_size=4), _TEXT)
def test_every_quote_is_a_piece_of_its_passage_and_the_order_is_settled(texts: list[list[str]], question: str) -> None:
    passages = [passage(*sentences, position=at) for at, sentences in enumerate(texts)]
    query = make_query(question, frozenset(("list", "how")))
    ranked = rank_sentences(query, passages)
    assert ranked == rank_sentences(query, passages)
    chosen = choose_quotes(ranked, query, 0.2)
    assert len({(quote.passage.id, quote.start) for quote in chosen}) == len(chosen)
    for quote in (*ranked, *chosen):
        assert quote.text
        assert quote.text in quote.passage.text
    assert [quote.score for quote in ranked] == sorted((quote.score for quote in ranked), reverse=True)


def test_the_glossary_knows_both_directions() -> None:
    glossary = load_glossary("宝塔\tpagoda|temple tower\n# 无\tnothing")
    assert glossary.english(("pagoda",)) == ("宝塔",)
    assert glossary.english(("nothing",)) == ()
    assert "微博" in glossary.english(("weibo",))
    assert [word for word, _ in glossary.chinese_in("严格保密审查")] == ["保密审查"]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("云溪区府办2017年怎么做政策解读？", True),
        ("云溪区府办2017年的申请都问什么内容？", True),
        ("Which platforms does the Yunxi Government Office publish on?", True),
        ("云溪区府办2017年收到多少申请？", False),
        ("云溪区府办2017年申请人是谁？", False),
        ("云溪区府办2017年怎么样？", False),
        ("What about lawsuits?", False),
        ("For 2017, what does the report of the Yunxi Government Office say about requests?", False),
        ("What was the number of requests of the Yunxi Government Office in 2017?", False),
        ("云溪区府办2017年哪种方式提交的申请最多？", False),
    ],
)
def test_questions_for_words_are_told_from_those_for_figures(question: str, words: bool) -> None:
    assert wants_words(understand(sample_answerer().corpus().reader, question)) is words
