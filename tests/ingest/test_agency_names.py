"""Ids, English names and regions of agencies follow from their official names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.agency_names import leading_places, make_agency, split_name
from reports.body_kinds import BODY_KINDS


@pytest.mark.parametrize(
    ("name", "id_", "english", "region"),
    [
        (
            "武进区人力资源和社会保障局",
            "wujin_hrss",
            "Wujin District Human Resources and Social Security Bureau",
            ("江苏省", "常州市", "武进区"),
        ),
        (
            "南京市鼓楼区财政局",
            "nanjing_gulou_finance",
            "Gulou District Finance Bureau",
            ("江苏省", "南京市", "鼓楼区"),
        ),
        (
            "北京市朝阳区教育局",
            "beijing_zhaoyang_education",
            "Zhaoyang District Education Bureau",
            ("北京市", "朝阳区"),
        ),
        ("淳安县审计局", "chunan_audit", "Chun'an County Audit Bureau", ("浙江省", "杭州市", "淳安县")),
        (
            "上海市人民政府办公厅",
            "shanghai_gov_office",
            "General Office of the People's Government of Shanghai",
            ("上海市",),
        ),
        (
            "浙江省自然资源厅",
            "zhejiang_natural_resources",
            "Zhejiang Provincial Natural Resources and Planning Bureau",
            ("浙江省",),
        ),
        ("示例市张村镇人民政府", "zhangcun_town_gov", "Zhangcun Town Government", ("示例市", "张村镇")),
        (
            "北京市海淀区人民政府望京街道办事处",
            "wangjing_subdistrict",
            "Wangjing Sub-district Office",
            ("北京市", "海淀区", "望京街道"),
        ),
        ("宁波市公安局江北分局", "jiangbei_police", None, None),
        ("国家税务总局温州市税务局", "wenzhou_tax", "Wenzhou Municipal Tax Bureau", ("浙江省", "温州市")),
    ],
)
def test_rules(name: str, id_: str, english: str | None, region: tuple[str, ...] | None) -> None:
    agency = make_agency(name)
    assert (agency.id, agency.name) == (id_, name)
    if english is not None:
        assert (agency.english, agency.region) == (english, region)


def test_a_body_of_no_listed_kind_has_a_stable_id_of_its_own() -> None:
    one, other = make_agency("示例市地震台网中心"), make_agency("示例市科学馆管理处")
    assert re.fullmatch(r"shili_body_[0-9a-f]{8}", one.id)
    assert one.id != other.id
    assert one.id == make_agency("示例市地震台网中心").id


def test_a_seed_is_known_by_its_name_with_fewer_places() -> None:
    assert make_agency("镇海区人力资源和社会保障局").name == "宁波市镇海区人力资源和社会保障局"
    assert make_agency("示例市镇海区人力资源和社会保障局").name == "示例市镇海区人力资源和社会保障局"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("宁波市鄞州区民政局", ("宁波市", "鄞州区")),
        ("城市管理局", ()),
        ("经济技术开发区管理委员会", ()),
        ("农村工作办公室", ()),
        ("景德镇市财政局", ("景德镇市",)),
        ("内蒙古自治区呼和浩特市", ("内蒙古自治区", "呼和浩特市")),
    ],
)
def test_places(text: str, places: tuple[str, ...]) -> None:
    assert leading_places(text) == places


@given(st.sampled_from(["宁波市", "淳安县", "武进区", "示例市临湖区"]), st.sampled_from(BODY_KINDS))
def test_every_listed_kind_is_recognised_behind_a_place(place: str, kind: object) -> None:
    ending = kind.endings[0]  # type: ignore[attr-defined]
    parts = split_name(place + ending)
    assert parts.kind is kind
    assert re.fullmatch(r"[a-z0-9_]+", make_agency(place + ending).id)
