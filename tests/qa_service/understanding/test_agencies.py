"""Public bodies by any of their names; aliases come by rule, so bodies never seen before work too."""

import pytest

from qa_service.understanding.agencies import AgencyIndex
from qa_service.understanding.normal_form import normalise
from qa_service.understanding.words import units_of
from reports.agency import Agency

AGENCIES = [
    Agency("weihai_hrss", "威海市人力资源和社会保障局", None, ("山东省", "威海市")),
    Agency("yinzhou_hrss", "宁波市鄞州区人力资源和社会保障局", None, ("浙江省", "宁波市", "鄞州区")),
    Agency("beilun_gov_office", "宁波市北仑区人民政府办公室", None, ("浙江省", "宁波市", "北仑区")),
    Agency("gongshu_hrss", "杭州市拱墅区人力资源和社会保障局", None, ("浙江省", "杭州市", "拱墅区")),
    Agency("zhenhai_hrss", "宁波市镇海区人力资源和社会保障局", None, ("浙江省", "宁波市", "镇海区")),
    Agency("zhenhai_market", "宁波市镇海区市场监督管理局", None, ("浙江省", "宁波市", "镇海区")),
    # No seed, no listed kind: an office nobody has typed anything in for.
    Agency(
        "wujin_grain",
        "常州市武进区粮食和物资储备局",
        "Wujin District Grain and Reserves Bureau",
        ("江苏省", "常州市", "武进区"),
    ),
    Agency("xuzhou_gulou_education", "徐州市鼓楼区教育局", None, ("江苏省", "徐州市", "鼓楼区")),
    Agency("nanjing_gulou_education", "南京市鼓楼区教育局", None, ("江苏省", "南京市", "鼓楼区")),
]
INDEX = AgencyIndex(AGENCIES)


def candidates(text: str) -> list[tuple[str, ...]]:
    return [mention.candidates for mention in INDEX.find(units_of(normalise(text))) if mention.candidates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("鄞州区人社局", ["yinzhou_hrss"]),
        ("宁波市鄞州区人力资源和社会保障局", ["yinzhou_hrss"]),
        ("鄞州人力社保局", ["yinzhou_hrss"]),
        ("浙江省宁波市鄞州区人力资源社会保障局", ["yinzhou_hrss"]),
        ("鄞州區人力資源和社會保障局", ["yinzhou_hrss"]),
        ("Yinzhou HRSS", ["yinzhou_hrss"]),
        ("the Yinzhou District HR bureau", ["yinzhou_hrss"]),
        ("Human Resources and Social Security Bureau of Yinzhou District, Ningbo", ["yinzhou_hrss"]),
        ("HRSS of Weihai City", ["weihai_hrss"]),
        ("北仑区府办", ["beilun_gov_office"]),
        ("北仑区政府办公室", ["beilun_gov_office"]),
        ("Beilun区府办", ["beilun_gov_office"]),
        ("the Beilun govt office", ["beilun_gov_office"]),
        (
            "General Office of the People's Government of Beilun, HRSS Bureau of Zhenhai in Ningbo",
            ["beilun_gov_office", "zhenhai_hrss"],
        ),
        ("威海呢", ["weihai_hrss"]),
        # 市 belongs to the body here, it names no 镇海市.
        ("镇海市场监管局", ["zhenhai_market"]),
        ("宁波镇海市监局2017年", ["zhenhai_market"]),
        ("武进区粮食和物资储备局", ["wujin_grain"]),
        ("Wujin Grain and Reserves Bureau", ["wujin_grain"]),
        ("南京鼓楼教育局", ["nanjing_gulou_education"]),
        ("拱墅2020跟镇海2022，人社局", ["gongshu_hrss", "zhenhai_hrss"]),
        ("17年北仑府办跟鄞州人社", ["beilun_gov_office", "yinzhou_hrss"]),
        ("Weihai HRSS, Weihai HR bureau", ["weihai_hrss", "weihai_hrss"]),
        ("Zhenhai HRSS, Gongshu HRSS and Weihai HRSS", ["zhenhai_hrss", "gongshu_hrss", "weihai_hrss"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert candidates(text) == [(agency,) for agency in expected]


@pytest.mark.parametrize(
    ("text", "count"),
    [("人社局", 4), ("鼓楼区教育局", 2), ("宁波各人社局", 2), ("宁波那几家", 4)],
)
def test_a_vague_name_stays_vague(text: str, count: int) -> None:
    assert [len(found) for found in candidates(text)] == [count]


def test_a_body_of_a_city_is_not_that_of_its_district() -> None:
    (mention,) = INDEX.find(units_of(normalise("杭州市人社局")))
    assert mention.inside
    assert mention.candidates == ("gongshu_hrss",)


def test_a_place_with_another_body_has_no_candidates() -> None:
    (mention,) = INDEX.find(units_of(normalise("威海市公安局")))
    assert mention.candidates == ()
