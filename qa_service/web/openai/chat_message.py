"""An answer object as a message of the chat protocol."""

import re
from typing import Any

from qa_service.web.openai.completion import Annotation, Message, UrlCitation

_MARK = re.compile(r"\[(\d{1,4})\]")
# What Markdown would make a link, a picture or HTML of.
_LIVE = re.compile(r"(?<=\])[(:]|<(?=[A-Za-z/!?])")


def to_message(answer: dict[str, Any], origin: str) -> Message:
    """The message for an answer as /v1/ask sends it. origin: "https://host", put before the paths of its links."""
    content = _inert(_text(answer))
    cited = {citation["id"]: citation for citation in answer["citations"]}
    annotations = tuple(
        Annotation(
            UrlCitation(
                f"{origin}{cited[number]['link']}",
                cited[number]["title"],
                start_index=mark.start(),
                end_index=mark.end(),
            )
        )
        for mark in _MARK.finditer(content)
        if (number := int(mark[1])) in cited
    )
    return Message(content, annotations, answer)


def _text(answer: dict[str, Any]) -> str:
    """The answer's text; where it asks back, with the choices, of which the next turn may name one by its number."""
    if not answer["choices"]:
        return str(answer["answer"])
    choices = [f"{number}. {choice['label']}" for number, choice in enumerate(answer["choices"], start=1)]
    ask = "请问是哪一个？" if answer["language"] == "zh" else "Which one?"
    return "\n".join([answer["answer"], "", *choices, "", ask])


def _inert(text: str) -> str:
    """The text with a backslash where a chat window that shows Markdown would fetch a picture or make a link.

    A report may hold such characters, and a quoted sentence must not make the reader's program open an address.
    """
    return _LIVE.sub(r"\\\g<0>", text)
