"""What a request of the chat protocol is taken for; none is a fault of the service."""

from typing import Any

from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.qa_service.web.conftest import RecordingAnswers

_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_part = st.fixed_dictionaries({"type": st.sampled_from(["text", "image_url", "x"])}, optional={"text": _anything})
_message = st.fixed_dictionaries(
    {"role": st.sampled_from(["system", "user", "assistant", "tool", "x"])},
    optional={"content": st.text(max_size=20) | st.lists(_part, max_size=3) | _anything, "name": _anything},
)
_requests = st.fixed_dictionaries(
    {"messages": st.lists(_message, max_size=4) | _anything},
    optional={"stream": _anything, "model": _anything, "stream_options": _anything, "temperature": _anything},
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(body=_requests)
def test_any_request_is_answered_or_refused_in_the_form_of_the_protocol(client: TestClient, body: Any) -> None:
    reply = client.post("/v1/chat/completions", json=body)
    assert reply.status_code in (200, 400)
    if reply.status_code == 400:
        assert reply.json()["error"]["message"]
        assert reply.json()["error"]["type"] == "invalid_request_error"


def test_the_last_user_message_is_the_question(client: TestClient, answers: RecordingAnswers) -> None:
    said = [("user", "a"), ("assistant", "b"), ("system", "s"), ("assistant", ""), ("user", "c"), ("assistant", "d")]
    messages = [{"role": role, "content": content} for role, content in said]
    assert client.post("/v1/chat/completions", json={"messages": messages}).status_code == 200
    asked = answers.asked[0]
    assert asked.question == "c"
    assert [(turn.role, turn.content) for turn in asked.history] == [("user", "a"), ("assistant", "b")]


def test_half_a_character_is_replaced(client: TestClient) -> None:
    body = b'{"messages": [{"role": "user", "content": [{"type": "text", "text": "a\\ud800b"}]}], "stream": true}'
    reply = client.post("/v1/chat/completions", content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code == 200
    assert "a\ufffdb" in reply.text
