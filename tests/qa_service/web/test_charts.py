"""Charts: what is drawn is what was given, a missing year is left open, and nothing given can do harm."""

import json
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_service.web import charts
from qa_service.web.chart import MAX_LINES, MAX_POINTS, Chart, ChartKind, ChartPoint, parse_points
from qa_service.web.chart_process import ChartFailed, ChartProcess
from qa_service.web.chart_spec import render_spec
from qa_service.web.errors import add_error_handlers
from tests.qa_service.web.planted import HOSTILE

Row = tuple[str, int, str, str | None, str]
_SERIES: list[Row] = [
    ("甲局", 2017, "A", "28", ""),
    ("甲局", 2018, "A", "35", ""),
    ("甲局", 2020, "B", None, "空白"),
    ("甲局", 2021, "C", "44.5", ""),
    ("甲局", 2022, "C", "51", ""),
]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = FastAPI()
    add_error_handlers(app)
    app.include_router(charts.make_router())
    with TestClient(app) as client:
        yield client


def address(kind: str, rows: Sequence[Row], title: str = "收到申请数（件）") -> str:
    query = {"kind": kind, "points": json.dumps(rows), "title": title, "width": 640, "height": 320}
    return f"/chart.svg?{urlencode(query)}"


def texts(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter() if node.tag.endswith("}text")]


def test_a_line_has_each_value_as_it_was_given_and_words_where_there_is_none(client: TestClient) -> None:
    response = client.get(address("line", _SERIES))
    assert response.headers["content-type"].startswith("image/svg+xml")
    drawn = texts(response.text)
    assert {"28", "35", "44.5", "51", "空白", "收到申请数（件）", "2019"} <= set(drawn)


def test_a_line_is_open_where_a_year_is_missing_and_where_the_form_changes() -> None:
    points = parse_points(json.dumps([*_SERIES, ("甲局", 2023, "D", "60", "")]), ChartKind.LINE)
    spec = json.loads(render_spec(Chart(ChartKind.LINE, points, "", 640, 320)))
    runs: dict[str, list[str]] = {}
    for row in spec["data"]["values"]:
        runs.setdefault(row["run"], []).append(row["year"])
    assert list(runs.values()) == [["2017", "2018"], ["2021", "2022"], ["2023"]]
    # No value stands for the blank one: neither a zero nor one in between.
    assert "2020" not in {row["year"] for row in spec["data"]["values"]}


def test_bars_come_in_the_given_order_and_a_missing_one_is_said_in_words(client: TestClient) -> None:
    rows: list[Row] = [
        ("乙局", 2022, "", "12.50", "约"),
        ("甲局", 2022, "", None, "空白（未填）"),
        ("丙局", 2022, "", "-3", ""),
    ]
    drawn = texts(client.get(address("bars", rows)).text)
    assert [text for text in drawn if text.endswith("局")] == ["乙局", "甲局", "丙局"]
    assert {"约 12.50", "空白（未填）", "-3"} <= set(drawn)


def test_a_long_title_takes_two_lines_and_keeps_its_unit() -> None:
    title = "示例市人力资源和社会保障局 · 本年新收政府信息公开申请数量（件）"
    point = ChartPoint("甲局", 2022, "", "7", "")
    for width, lines in ((640, 1), (340, 2)):
        text = json.loads(render_spec(Chart(ChartKind.BARS, (point,), title, width, 200)))["title"]["text"]
        assert "".join(text) == title
        assert len(text) == lines


def test_hostile_text_stays_text(client: TestClient) -> None:
    rows: list[Row] = [(HOSTILE[:80], 2022, "", "1", HOSTILE[:80]), ("\u202e反\x00", 2022, "", "2", "")]
    response = client.get(address("bars", rows, HOSTILE))
    assert any("<script>" in text for text in texts(response.text))
    names = {node.tag.rpartition("}")[2] for node in ElementTree.fromstring(response.text).iter()}
    assert not names & {"script", "image", "foreignObject", "a", "style"}
    assert "\u202e" not in response.text
    assert "sandbox" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("甲", 2022, "", "1", "")] * (MAX_POINTS + 1),
        [(f"甲{number}", 2022, "", "1", "") for number in range(MAX_LINES + 1)],
        [("甲", 2022, "", "1e9", "")],
        [("甲", 2022, "", "NaN", "")],
        [("甲" * 100, 2022, "", "1", "")],
        [("甲", 1, "", "1", "")],
        [("甲",)],
        {"a": 1},
    ],
)
def test_what_cannot_be_drawn_is_refused_with_what_is_wrong(client: TestClient, rows: list[Row]) -> None:
    response = client.get(address("line", rows))
    assert response.status_code == 422
    assert "points" in response.json()["detail"]


@given(
    rows=st.lists(
        st.tuples(
            st.text(max_size=20),
            st.integers(1990, 2090),
            st.sampled_from(["A", "B"]),
            st.none() | st.decimals(-(10**9), 10**9, allow_nan=False, places=2).map(str),
            st.text(max_size=10),
        ),
        min_size=1,
        max_size=30,
    ),
    kind=st.sampled_from(ChartKind),
)
@settings(deadline=None)
def test_every_run_of_a_line_is_of_one_name_and_part_without_a_gap(rows: list[Row], kind: ChartKind) -> None:
    try:
        points = parse_points(json.dumps(rows), kind)
    except ValueError:
        assert len({row[0] for row in rows}) > MAX_LINES
        return
    spec = json.loads(render_spec(Chart(kind, points, "", 320, 320)))
    values = spec["data"]["values"]
    if kind is ChartKind.BARS:
        assert [row["missing"] for row in values] == [row[3] is None for row in rows]
        return
    labels = [" ".join(filter(None, (point.words, point.value))) for point in points if point.value is not None]
    assert sorted(row["label"] for row in values) == sorted(labels)
    runs: dict[str, list[int]] = {}
    for row in values:
        runs.setdefault(row["run"], []).append(int(row["year"]))
    assert all(later - earlier <= 1 for years in runs.values() for earlier, later in pairwise(years))


def test_a_drawing_that_takes_too_long_is_ended_and_the_next_one_is_drawn_anew() -> None:
    stuck = ChartProcess(seconds=0.5, command=(sys.executable, "-c", "import time; time.sleep(60)"))
    with pytest.raises(ChartFailed):
        stuck.draw("{}")


def test_half_a_drawing_is_none() -> None:
    cut_off = ChartProcess(command=(sys.executable, "-c", """input(); print('{"svg": "<svg', end="")"""))
    with pytest.raises(ChartFailed):
        cut_off.draw("{}")


def test_a_process_that_has_ended_is_started_again() -> None:
    point = ChartPoint("甲局", 2022, "", "7", "")
    process = ChartProcess()
    spec = render_spec(Chart(ChartKind.BARS, (point,), "", 320, 200))
    assert "7" in texts(process.draw(spec))
    process._running[0].stdin.close()  # type: ignore[union-attr]
    process._running[0].wait()
    assert "7" in texts(process.draw(spec))


def test_a_spec_that_is_none_does_not_end_the_process() -> None:
    process = ChartProcess()
    with pytest.raises(ChartFailed):
        process.draw("no spec")
    spec = render_spec(Chart(ChartKind.BARS, (ChartPoint("甲", 2022, "", "1", ""),), "", 320, 200))
    assert process.draw(spec).startswith("<svg")
