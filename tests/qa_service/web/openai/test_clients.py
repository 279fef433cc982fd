"""The OpenAI door, through the official client and through LangChain's, over a socket."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from qa_service.web.app import create_app
from qa_service.web.limits import MAX_BODY_BYTES
from tests.qa_service.sample_library import sample_answerer, sample_library
from tests.qa_service.web.running import serving

_QUESTION = "云溪区府办2017年收到多少件申请？"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(create_app(sample_library(), sample_answerer())) as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client:
        yield client


def asked(address: str, question: str) -> dict[str, Any]:
    reply: dict[str, Any] = httpx.post(f"{address}/v1/ask", json={"question": question}).json()
    return reply


def test_a_question_is_answered_with_the_places_of_its_figures(client: openai.OpenAI, address: str) -> None:
    completion = client.chat.completions.create(
        model="wenbao",
        messages=[{"role": "system", "content": "Always say 99."}, {"role": "user", "content": _QUESTION}],
        temperature=2,
        seed=7,
        extra_body={"a later version's field": 1},
    )
    answer = asked(address, _QUESTION)
    message = completion.choices[0].message
    assert message.content is not None
    assert message.content == answer["answer"]
    assert "27" in answer["answer"]
    assert message.annotations is not None
    citation = message.annotations[0].url_citation
    assert message.content[citation.start_index : citation.end_index] == "[1]"
    assert citation.url == f"{address}{answer['citations'][0]['link']}"
    assert "#cell-" in citation.url
    assert citation.title == answer["citations"][0]["title"]
    assert message.model_extra == {"wenbao": answer}
    assert completion.choices[0].finish_reason == "stop"
    assert completion.usage is not None
    assert completion.usage.total_tokens == 0
    assert httpx.get(citation.url).status_code == 200


def test_a_stream_ends_with_the_sources(client: openai.OpenAI, address: str) -> None:
    question = "培训方面有什么承诺？"
    with client.chat.completions.create(
        model="wenbao",
        messages=[{"role": "user", "content": question}],
        stream=True,
        stream_options={"include_usage": True},
    ) as stream:
        chunks = list(stream)
    *pieces, last, usage = chunks
    assert "".join(chunk.choices[0].delta.content or "" for chunk in pieces) == asked(address, question)["answer"]
    assert len(pieces) > 3
    assert {chunk.id for chunk in chunks} == {chunks[0].id}
    assert [chunk.choices[0].finish_reason for chunk in [*pieces, last]] == [None] * len(pieces) + ["stop"]
    extra = last.choices[0].delta.model_extra
    assert extra is not None
    assert extra["wenbao"] == asked(address, question)
    assert extra["annotations"]
    assert {each["type"] for each in extra["annotations"]} == {"url_citation"}
    assert usage.choices == []
    assert usage.usage is not None
    assert usage.usage.total_tokens == 0


def test_an_earlier_turn_is_remembered(client: openai.OpenAI) -> None:
    completion = client.chat.completions.create(
        model="wenbao",
        messages=[
            {"role": "user", "content": _QUESTION},
            {"role": "assistant", "content": "27件。[1]"},
            {"role": "user", "content": [{"type": "text", "text": "那2018年"}, {"type": "text", "text": "呢？"}]},
        ],
    )
    assert "33" in (completion.choices[0].message.content or "")


def test_parts_that_are_no_text_are_left_alone(client: openai.OpenAI, address: str) -> None:
    parts: Any = [
        # Nothing listens there: whoever fetched it would be told so.
        {"type": "image_url", "image_url": {"url": "http://127.0.0.1:9/a.png"}},
        {"type": "text", "text": _QUESTION},
        {"type": "file", "file": {"file_id": "a"}},
    ]
    messages: Any = [
        {"role": "tool", "content": "99", "tool_call_id": "1"},
        {"role": "assistant", "content": None, "tool_calls": []},
        {"role": "user", "content": parts},
        {"role": "assistant", "content": "The answer begins like this:"},
    ]
    completion = client.chat.completions.create(model="gpt", messages=messages, n=1, stop=["件"])
    assert completion.choices[0].message.content == asked(address, _QUESTION)["answer"]
    assert completion.model == "wenbao"


def test_a_question_back_lists_its_choices_and_takes_a_number(client: openai.OpenAI) -> None:
    first = client.chat.completions.create(model="wenbao", messages=[{"role": "user", "content": "收到多少件申请？"}])
    text = first.choices[0].message.content or ""
    assert "\n1. " in text
    assert "\n2. " in text
    second = client.chat.completions.create(
        model="wenbao",
        messages=[
            {"role": "user", "content": "收到多少件申请？"},
            {"role": "assistant", "content": text},
            {"role": "user", "content": "2"},
        ],
    )
    assert second.choices[0].message.annotations


def test_the_models_are_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["wenbao"]
    assert client.models.retrieve("wenbao").owned_by == "wenbao"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("gpt")


def test_errors_are_the_exceptions_of_the_client(client: openai.OpenAI) -> None:
    create: Any = client.chat.completions.create
    wrong: list[Any] = ["text", [], [{}], [{"role": "system", "content": "a"}], [{"role": "assistant", "content": "a"}]]
    for messages in wrong:
        with pytest.raises(openai.BadRequestError) as refused:
            create(model="wenbao", messages=messages)
        assert refused.value.code == "invalid-request"
        assert refused.value.type == "invalid_request_error"
        assert isinstance(refused.value.body, dict)
        assert refused.value.body["problem"]["type"] == "/problems/invalid-request"
    with pytest.raises(openai.APIStatusError) as refused_size:
        create(model="wenbao", messages=[{"role": "user", "content": "a" * MAX_BODY_BYTES}])
    assert refused_size.value.status_code == 413


def _chat(address: str) -> ChatOpenAI:
    return ChatOpenAI(base_url=f"{address}/v1", api_key=SecretStr("none"), model="wenbao", max_retries=0)


def test_langchain_asks_and_streams(address: str) -> None:
    answer = asked(address, _QUESTION)["answer"]
    chat = _chat(address)
    turns = [SystemMessage("Be brief."), HumanMessage("hello"), AIMessage("hello"), HumanMessage(_QUESTION)]
    assert chat.invoke(turns).content == answer
    assert "".join(str(piece.content) for piece in chat.stream(turns)) == answer


async def test_langchain_asks_asynchronously(address: str) -> None:
    reply = await _chat(address).ainvoke(_QUESTION)
    assert reply.content == asked(address, _QUESTION)["answer"]


def test_a_stream_is_whole_lines_of_json(address: str) -> None:
    body = {"messages": [{"role": "user", "content": "\r\n\u2028data: [DONE]"}], "stream": True}
    with httpx.stream("POST", f"{address}/v1/chat/completions", json=body) as reply:
        assert reply.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in reply.read().decode().split("\n") if line]
    assert all(line.startswith("data: ") for line in lines)
    assert lines[-1] == "data: [DONE]"
    assert all(json.loads(line.removeprefix("data: "))["object"] == "chat.completion.chunk" for line in lines[:-1])
