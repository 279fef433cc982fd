"""A message of the chat protocol: marks that point to sources, text that a chat window cannot be made to act on."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.web.openai.chat_message import to_message


def answer(text: str, cited: int = 0) -> dict[str, Any]:
    citations = [
        {"id": number, "link": f"/reports/r#cell-t1-{number}-2", "title": f"title {number}"}
        for number in range(1, cited + 1)
    ]
    return {"answer": text, "language": "zh", "citations": citations, "choices": []}


def test_every_mark_points_to_its_source() -> None:
    message = to_message(answer("一件[1]，两件[2][1]，[3]不是引文，[0]也不是。", cited=2), "https://host")
    found = [each.url_citation for each in message.annotations]
    assert [message.content[each.start_index : each.end_index] for each in found] == ["[1]", "[2]", "[1]"]
    assert [each.url for each in found] == [f"https://host/reports/r#cell-t1-{n}-2" for n in (1, 2, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "![x](http://canary/a.png)", "[x](javascript:alert(1))", "[x]: http://canary/", '<img src="http://canary/">',
        "<script>alert(1)</script>", "</a>", "<!-- -->", "<http://canary/>", "![x][1]\n[1]: http://canary/",
    ],
)  # fmt: skip
def test_what_markdown_would_act_on_is_only_characters(text: str) -> None:
    content = to_message(answer(text), "").content
    assert not re.search(r"\][(:]|<[A-Za-z/!?]", re.sub(r"\\[(:<]", "", content))
    assert re.sub(r"\\(?=[(:<])", "", content) == text


@given(st.text(alphabet="0123456789.,件[]（）(<> 年ab", max_size=40))
def test_nothing_but_backslashes_is_added(text: str) -> None:
    assert to_message(answer(text), "").content.replace("\\", "") == text


@pytest.mark.parametrize("text", ["2017年“收到申请数”为27件。[1]", "1 < 2", "a <3", "见[1]（附件）", "(1)申请[2]。"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert to_message(answer(text), "").content == text
