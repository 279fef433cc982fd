"""Bounds said in questions: which values they hold, and what bounds nothing."""

from decimal import Decimal

import pytest

from qa_service.understanding.bounds import find_bound


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("超过10件", "11", "10"),
        ("10件以上", "10", "9"),
        ("十件以上", "10", "9"),
        ("不超过3件", "3", "4"),
        ("没有超过10件", "10", "11"),
        ("少于三件", "2", "3"),
        ("10件以下", "10", "11"),
        ("至少3次", "3", "2"),
        ("收到了3件申请", "3", "4"),
        ("正好14件", "14", "13"),
        ("5到20件之间", "20", "21"),
        ("介于5和20件", "5", "4"),
        ("超过1万条", "10001", "10000"),
        ("at most 14 requests", "14", "15"),
        ("no more than three lawsuits", "3", "4"),
        ("fewer than 3 requests", "2", "3"),
        ("more than ten requests", "11", "10"),
        ("3 or more lawsuits", "3", "2"),
        ("5 requests or fewer", "5", "6"),
        ("exactly 14", "14", "15"),
        ("who got 14 requests", "14", "15"),
        ("between 5 and 20 requests", "5", "21"),
    ],
)
def test_what_a_bound_holds(text: str, inside: str, outside: str) -> None:
    bound = find_bound(text)
    assert bound is not None
    assert bound.holds(Decimal(inside))
    assert not bound.holds(Decimal(outside))


@pytest.mark.parametrize(
    "text",
    [
        "前3名",
        "第3件",
        "哪两家",
        "top 5 bodies",
        "一件也没有",
        "the 2 bodies",
        "12345 hotline",
        "近3年",
        "每3件",
        "for 3 years",
    ],
)
def test_what_bounds_nothing(text: str) -> None:
    assert find_bound(text) is None


def test_years_bound_nothing() -> None:
    assert find_bound("2017 requests", [(0, 4)]) is None
