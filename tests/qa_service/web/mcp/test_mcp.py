"""The Model Context Protocol through the official client: the same tools on standard input and over HTTP."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import StdioServerParameters
from mcp.client import Client
from mcp_types import CallToolResult, TextContent

from qa_service.library import Library
from qa_service.web.app import create_app
from tests.qa_service.sample_library import sample_answerer, sample_library
from tests.qa_service.web.conftest import RecordingAnswers
from tests.qa_service.web.problem import assert_problem
from tests.qa_service.web.running import serving

_QUESTION = "云溪区府办2017年收到多少件申请？"
_TOOLS = {"ask", "look_up_figures", "search_passages", "find_commitments", "list_reports"}
_CALL: dict[str, Any] = {
    "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "ask", "arguments": {"question": _QUESTION}},
}  # fmt: skip
_HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(create_app(sample_library(), sample_answerer())) as address:
        yield address


@pytest.fixture(scope="module")
def data() -> Path:
    with sample_library().store.reading() as connection:
        return Path(str(connection.engine.url.database)).parent


def over_stdio(data: Path) -> StdioServerParameters:
    arguments = ["-c", "from qa_service.cli import main; main()", "mcp", "--data", str(data)]
    return StdioServerParameters(command=sys.executable, args=arguments, env=dict(os.environ))


@pytest.fixture(params=["auto", "legacy"])
def client(request: pytest.FixtureRequest, address: str) -> Client:
    """A client of either generation of the protocol; to be entered by the test, whose task it belongs to."""
    return Client(f"{address}/mcp", mode=request.param)


def text(result: CallToolResult) -> str:
    return "\n".join(block.text for block in result.content if isinstance(block, TextContent))


async def call(client: Client, name: str, **arguments: object) -> tuple[str, Any]:
    result = await client.call_tool(name, arguments)
    assert not result.is_error, text(result)
    return text(result), result.structured_content


async def test_the_tools_say_what_they_are(client: Client) -> None:
    async with client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert "exactly" in (client.instructions or "")
    assert tools.keys() == _TOOLS
    for tool in tools.values():
        assert "numbers exactly" in (tool.description or "")
        assert tool.output_schema
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert "context" not in tool.input_schema["properties"]


@pytest.mark.parametrize("transport", ["http", "stdio"])
async def test_every_tool_answers(transport: str, address: str, data: Path) -> None:
    async with Client(over_stdio(data) if transport == "stdio" else f"{address}/mcp") as client:
        said, answer = await call(client, "ask", question=_QUESTION)
        asked = httpx.post(f"{address}/v1/ask", json={"question": _QUESTION}).json()
        assert asked["answer"] in said
        assert answer["figures"] == asked["figures"]
        assert answer["citations"][0]["link"].endswith(asked["citations"][0]["link"])
        assert asked["citations"][0]["quote"] in said

        said, found = await call(client, "look_up_figures", indicator="收到申请数", agency="云溪区府办", year=2017)
        where = "indicator=legacy.requests.received&agency=yunxi_gov_office&year=2017"
        listed = httpx.get(f"{address}/v1/figures?{where}").json()["items"]
        assert {each["value"] for each in listed} == {"27"}
        assert {each["citation"]["quote"] for each in listed} <= {
            each["citation"]["quote"] for each in found["figures"]
        }
        assert "27" in said

        said, found = await call(client, "search_passages", query="培训", agency="Yunxi Government Office", k=3)
        assert 0 < len(found["passages"]) <= 3
        assert {each["agency"] for each in found["passages"]} == {"yunxi_gov_office"}
        assert all(each["text"] in said for each in found["passages"])

        said, found = await call(client, "find_commitments", theme="training", kind="commitment")
        assert found["commitments"]
        assert all("training" in each["themes"] and each["quote"] in said for each in found["commitments"])

        said, found = await call(client, "list_reports", agency="云溪区府办")
        assert {each["agency"] for each in found["reports"]} == {"yunxi_gov_office"}
        assert all(each["id"] in said for each in found["reports"])


async def test_what_is_not_there_is_said_in_words(client: Client) -> None:
    async with client:
        result = await client.call_tool("look_up_figures", {"indicator": "收到申请数", "agency": "海曙区人社局"})
        assert result.is_error
        assert "云溪区" in text(result)
        result = await client.call_tool("look_up_figures", {"indicator": "qwertz"})
        assert result.is_error
        assert "/v1/indicators" in text(result)
        result = await client.call_tool("ask", {})
        assert result.is_error
        assert "question" in text(result)
        _, answer = await call(client, "ask", question="云溪区府办2022年收到多少件申请？")
    assert answer["status"] == "not_found"
    assert answer["figures"] == []


async def test_links_over_http_open(address: str) -> None:
    async with Client(f"{address}/mcp") as client:
        _, answer = await call(client, "ask", question=_QUESTION)
    link = answer["citations"][0]["link"]
    assert link.startswith(f"{address}/reports/")
    assert httpx.get(link).status_code == 200


async def test_links_begin_with_the_public_address(library: Library) -> None:
    app = create_app(library, sample_answerer(), public_url="https://wenbao.example")
    with serving(app) as address:
        async with Client(f"{address}/mcp") as client:
            _, answer = await call(client, "ask", question=_QUESTION)
    assert answer["citations"][0]["link"].startswith("https://wenbao.example/reports/")


async def test_a_fault_tells_nothing_of_the_inside(library: Library) -> None:
    with serving(create_app(library, RecordingAnswers())) as address:
        async with Client(f"{address}/mcp") as client:
            result = await client.call_tool("ask", {"question": "fail"})
            assert result.is_error
            assert "secret" not in text(result)
            assert not (await client.call_tool("ask", {"question": "next"})).is_error


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil", "", "["]
)
def test_a_strange_host_is_refused(address: str, host: str) -> None:
    reply = httpx.post(f"{address}/mcp", json=_CALL, headers={**_HEADERS, "Host": host})
    assert_problem(reply, 421, "wrong-host")  # type: ignore[arg-type]


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1", "http://localhost:3000", ""])
def test_a_page_of_another_origin_is_refused(address: str, origin: str) -> None:
    reply = httpx.post(f"{address}/mcp", json=_CALL, headers={**_HEADERS, "Origin": origin})
    assert_problem(reply, 403, "wrong-origin")  # type: ignore[arg-type]


def test_addresses_of_its_own_are_served(address: str) -> None:
    port = address.rpartition(":")[2]
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}", "192.168.7.7"):
        reply = httpx.post(f"{address}/mcp", json=_CALL, headers={**_HEADERS, "Host": host})
        assert reply.status_code == 200, reply.text
        reply = httpx.post(f"{address}/mcp", json=_CALL, headers={**_HEADERS, "Host": host, "Origin": f"http://{host}"})
        assert reply.status_code == 200, reply.text
    assert json.loads(reply.json()["result"]["structuredContent"]["figures"][0]["value"]) == 27


@pytest.mark.parametrize("public_url", ["https://wenbao.example", "https://Wenbao.Example/reports-of-all"])
def test_the_public_name_is_served(library: Library, public_url: str) -> None:
    app = create_app(library, RecordingAnswers(), public_url=public_url)
    with serving(app) as address:
        for origin, status in (("https://wenbao.example", 200), ("https://other.example", 403)):
            headers = {**_HEADERS, "Host": "wenbao.example", "Origin": origin}
            assert httpx.post(f"{address}/mcp", json=_CALL, headers=headers).status_code == status


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE", "PUT"])
def test_nobody_waits_for_messages_that_never_come(address: str, method: str) -> None:
    reply = httpx.request(method, f"{address}/mcp", headers={"Accept": "text/event-stream"})
    assert reply.status_code == 405
    assert reply.headers["allow"] == "POST"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"jsonrpc": "2.0"}', b"\xff" * 100, b"[" * 100_000])
def test_a_wrong_message_is_refused_and_the_service_goes_on(address: str, body: bytes) -> None:
    reply = httpx.post(f"{address}/mcp", content=body, headers=_HEADERS)
    assert 400 <= reply.status_code < 500
    assert httpx.post(f"{address}/mcp", json=_CALL, headers=_HEADERS).status_code == 200
