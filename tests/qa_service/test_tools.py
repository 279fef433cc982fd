"""The LangChain tools: the standard tests of langchain-tests, and that what they say is what the reports say."""

from collections.abc import Mapping
from typing import Any

import pytest
from langchain_core.tools import BaseTool
from langchain_tests.integration_tests import ToolsIntegrationTests
from langchain_tests.unit_tests import ToolsUnitTests

from indicators.observation import Observation
from qa_service.lookups import Lookups
from qa_service.tools import FindCommitments, LookUpFigures, SearchPassages, make_tools
from reports.passage import Commitment
from tests.qa_service.sample_library import sample_library


def parameters() -> dict[str, Any]:
    return {"lookups": Lookups(sample_library())}


class TestLookUpFigures(ToolsIntegrationTests):
    @property
    def tool_constructor(self) -> type[BaseTool]:
        return LookUpFigures

    @property
    def tool_constructor_params(self) -> dict[str, Any]:
        return parameters()

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return {"indicator": "收到申请数", "agency": "云溪区府办", "year": 2017}


class TestSearchPassages(ToolsIntegrationTests):
    @property
    def tool_constructor(self) -> type[BaseTool]:
        return SearchPassages

    @property
    def tool_constructor_params(self) -> dict[str, Any]:
        return parameters()

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return {"query": "secrecy review", "k": 3}


class TestFindCommitments(ToolsIntegrationTests):
    @property
    def tool_constructor(self) -> type[BaseTool]:
        return FindCommitments

    @property
    def tool_constructor_params(self) -> dict[str, Any]:
        return parameters()

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return {"theme": "training", "kind": "commitment"}


class TestLookUpFiguresUnit(ToolsUnitTests):
    @property
    def tool_constructor(self) -> type[BaseTool]:
        return LookUpFigures

    @property
    def tool_constructor_params(self) -> dict[str, Any]:
        return parameters()

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return {"indicator": "legacy.requests.received"}


def call(name: str, arguments: Mapping[str, object]) -> Any:
    tools = {tool.name: tool for tool in make_tools(sample_library())}
    return tools[name].invoke({"name": name, "args": dict(arguments), "id": "1", "type": "tool_call"})


@pytest.mark.parametrize(
    "words", ["legacy.requests.received", "收到申请数", "how many requests received", "收到多少申请"]
)
def test_a_figure_is_the_stored_one_whatever_it_is_called(words: str) -> None:
    message = call("look_up_figures", {"indicator": words, "agency": "Yunxi Government Office", "year": 2017})
    stored = sample_library().store.observations(
        indicators=["legacy.requests.received"], agencies=["yunxi_gov_office"], years=[2017]
    )
    assert stored
    assert set(stored) <= set(message.artifact)
    assert all(isinstance(each, Observation) and each.year == 2017 for each in message.artifact)
    assert all(each.citation.report in message.content for each in stored)


def test_passages_keep_to_agency_and_year() -> None:
    message = call("search_passages", {"query": "保密审查", "agency": "云溪区府办", "year": 2018, "k": 10})
    assert {(hit.passage.agency, hit.passage.year) for hit in message.artifact} <= {("yunxi_gov_office", 2018)}


def test_commitments_are_of_the_theme_and_kind() -> None:
    found: tuple[Commitment, ...] = call("find_commitments", {"theme": "培训", "kind": "commitment"}).artifact
    assert found
    assert all("training" in each.themes and each.kind == "commitment" for each in found)


@pytest.mark.parametrize("name", ["look_up_figures", "search_passages", "find_commitments"])
def test_an_unknown_body_is_said_with_those_there_are(name: str) -> None:
    first = {"look_up_figures": "indicator", "search_passages": "query", "find_commitments": "theme"}[name]
    message = call(name, {first: "培训", "agency": "海曙区人社局"})
    assert message.status == "error"
    assert "云溪区" in message.content


def test_an_unknown_indicator_says_what_to_do() -> None:
    message = call("look_up_figures", {"indicator": "qwertz"})
    assert message.status == "error"
    assert "/v1/indicators" in message.content
