"""Keyword tokens: what each kind of run becomes, and that a full-text index sees the same tokens."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.lexical_tokens import fts_text, lexical_tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("信息公开", ["信息", "息公", "公开"]),
        ("的", ["的"]),
        ("2017年收到1,234件", ["2017", "年收", "收到", "1234", "件"]),
        ("２６.８１５万元", ["26d815", "万元"]),
        ("第1,2,3项", ["第", "1", "2", "3", "项"]),
        ("Wi-Fi Café ①", ["wi", "fi", "cafe", "1"]),
        ("政府　信息\n公开", ["政府", "信息", "公开"]),
        ("二〇二二年", ["二〇", "〇二", "二二", "二年"]),
        ("", []),
        ("。！—%", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert lexical_tokens(text) == tokens


def indexed_terms(text: str) -> list[str]:
    """The terms under which SQLite's unicode61 indexes `text`, in alphabetical order, repeated as often as they occur."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create virtual table passage using fts5(body, tokenize='unicode61')")
        connection.execute("create virtual table term using fts5vocab(passage, instance)")
        connection.execute("insert into passage values (?)", (text,))
        return sorted(term for (term,) in connection.execute("select term from term"))


@given(st.text(st.sampled_from("信息公开的年〇2017,.件Ａé-ａbC １，。 \n"), max_size=30))
def test_full_text_index_splits_no_token(text: str) -> None:
    assert indexed_terms(fts_text(text)) == sorted(lexical_tokens(text))


@given(st.text(max_size=40))
def test_any_text_gives_tokens_without_blanks(text: str) -> None:
    assert all(token and not any(c.isspace() for c in token) for token in lexical_tokens(text))
