"""Measure words, how many of an order, and which one of it."""

import pytest

from qa_service.understanding.asked_amounts import find_limit, find_place, find_unit


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("收到申请第二多的是哪家", 2),
        ("排名第三的单位", 3),
        ("倒数第二的单位", 2),
        ("which agency came second?", 2),
        ("the third highest number", 3),
        ("who was runner-up?", 2),
        # No place of an order.
        ("各单位申请量排名2022年", 0),
        ("2022年安排20人以上的各局", 0),
        ("第二季度收到多少", 0),
        ("第三小学的申请", 0),
        ("第二大类是什么", 0),
        ("where it was third party interests", 0),
        ("收到多少", 0),
    ],
)
def test_places(text: str, place: int) -> None:
    assert find_place(text) == place


@pytest.mark.parametrize(
    ("text", "unit"),
    [("收到多少件", "件"), ("花了多少万", "钱"), ("几人次", "人次"), ("how many people", "人"), ("how many", "")],
)
def test_units(text: str, unit: str) -> None:
    assert find_unit(text) == unit


@pytest.mark.parametrize(("text", "limit"), [("前五名", 5), ("top 10", 10), ("top three", 3), ("最多的", 0)])
def test_limits(text: str, limit: int) -> None:
    assert find_limit(text) == limit
