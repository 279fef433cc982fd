"""What a question says: its own words, other words for them, and nothing of how it is asked."""

from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.glossary import stem
from vectorstore.query_terms import Term, chapter_terms, query_terms


def forms(question: str) -> set[str]:
    return {form for term in query_terms(question).terms for form in term.forms}


@pytest.mark.parametrize("question", ["为什么呢", "请问怎么样", "What is it?", "how many", "", "？！", "是什么意思"])
def test_words_of_asking_say_nothing(question: str) -> None:
    assert query_terms(question).terms == ()


def test_english_is_looked_for_in_chinese() -> None:
    assert {"保密审查", "涉密"} <= forms("How do they check for secrecy?")
    assert {"培训"} <= forms("Who taught the staff?")
    assert {"zebra"} <= forms("zebra")


def test_everyday_words_are_looked_for_in_the_words_of_reports() -> None:
    assert "关停" in forms("微博怎么停用了")
    assert "停用" in forms("微博怎么停用了")


def test_a_phrase_counts_once_and_a_number_more() -> None:
    terms = query_terms("12333热线12333热线").terms
    assert sum("12333" in term.forms for term in terms) == 1
    assert next(term for term in terms if "12333" in term.forms).weight > 1


def test_chapters_are_asked_for_in_other_words() -> None:
    assert any("下一步" in term.forms for term in chapter_terms("What did they pledge?"))
    assert any("不足" in term.forms for term in chapter_terms("有哪些短处"))
    assert chapter_terms("微博为什么关停") == ()


@given(st.text(max_size=80))
def test_any_text_gives_terms_that_say_something(text: str) -> None:
    for term in query_terms(text).terms:
        assert term.forms
        assert all(form.strip() for form in term.forms)
        assert 0 < term.unsaid_share <= 1 < 1 + term.weight


def test_what_nobody_could_leave_out_hardly_counts() -> None:
    assert Term(("怎么",)).unsaid_share < Term(("微博",)).unsaid_share


def test_stems_are_the_same_from_many_threads() -> None:
    words = [
        f"{word}{ending}" for word in ("publish", "train", "review", "request") for ending in ("ed", "ing", "s", "")
    ]
    expected = {word: stem(word) for word in words}
    stem.cache_clear()
    wrong: list[str] = []

    def check() -> None:
        wrong.extend(word for word in words * 50 if stem(word) != expected[word])

    threads = [Thread(target=check) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
