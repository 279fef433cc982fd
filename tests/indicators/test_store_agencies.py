"""One body under the shorter and the longer form of its name is one agency; two bodies of like name are two."""

from itertools import permutations

import pytest

from indicators.agency_identity import find_same_agency, free_id, merge_agencies
from indicators.store import IndicatorStore
from reports.agency import Agency
from tests.indicators.readings import make_reading

SHORT = Agency("yunxi_hrss", "云溪区人力资源和社会保障局", region=("云溪区",), aliases=("云溪人社",))
LONG = Agency(
    "shili_yunxi_hrss", "示例市云溪区人力资源和社会保障局", region=("示例市", "云溪区"), aliases=("区人社局",)
)


@pytest.mark.parametrize("order", [(SHORT, LONG), (LONG, SHORT)])
def test_both_forms_of_a_name_are_one_agency(store: IndicatorStore, order: tuple[Agency, Agency]) -> None:
    first, second = order
    store.save(make_reading(first, 2017))
    saved = store.save(make_reading(second, 2018))
    (agency,) = store.agencies()
    assert (agency.id, agency.name, agency.region) == (first.id, LONG.name, LONG.region)
    assert set(agency.aliases) == {SHORT.name, "云溪人社", "区人社局"}
    assert saved.report_id.startswith(f"{first.id}_2018-")
    assert [(each.agency_id, each.year) for each in store.coverage()] == [(first.id, 2017), (first.id, 2018)]
    found = store.observations(agencies=[first.id], years=[2018])
    assert len(found) == 3
    assert {each.citation.report for each in found} == {saved.report_id}
    assert {item.agency_name for item in store.reports()} == {LONG.name}


def test_the_other_form_of_the_name_makes_a_revision_of_the_same_year(store: IndicatorStore) -> None:
    store.save(make_reading(SHORT, 2017, received="3"))
    assert store.save(make_reading(LONG, 2017, received="4")).outcome == "revised"
    assert [str(each.value) for each in store.observations(["legacy.requests.received"])] == ["4"]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_two_districts_of_one_name_never_merge(store: IndicatorStore, order: tuple[int, ...]) -> None:
    """鼓楼区 is in several cities; the bare name then belongs to none of them, unless it came before the second."""
    names = ["甲州市鼓楼区人民政府", "乙州市鼓楼区人民政府", "鼓楼区人民政府"]
    for number in order:
        store.save(make_reading(Agency("gulou_gov", names[number]), 2017, received=str(number)))
    by_name = {agency.name: agency.id for agency in store.agencies()}
    assert by_name[names[0]] != by_name[names[1]]
    for number in (0, 1):
        values = [
            str(each.value) for each in store.observations(["legacy.requests.received"], [by_name[names[number]]])
        ]
        assert values in ([str(number)], ["2"])
        stored = store.reports(agency=by_name[names[number]], current_only=False)
        assert not any(names[1 - number] in item.title for item in stored)


def test_reports_of_a_second_body_of_one_id_stay_together(store: IndicatorStore) -> None:
    south, north = Agency("gulou_gov", "甲州市鼓楼区人民政府"), Agency("gulou_gov", "乙州市鼓楼区人民政府")
    for year in (2017, 2018):
        store.save(make_reading(south, year))
        store.save(make_reading(north, year))
    assert [(each.agency_id, each.year) for each in store.coverage()] == [
        ("gulou_gov", 2017), ("gulou_gov", 2018), ("gulou_gov_2", 2017), ("gulou_gov_2", 2018),
    ]  # fmt: skip


SAME = [
    ("鄞州区人力资源和社会保障局", "宁波市鄞州区人力资源和社会保障局"),
    ("镇海区财政局", "浙江省宁波市镇海区财政局"),
    ("姜山镇人民政府", "宁波市鄞州区姜山镇人民政府"),
    ("景德镇市人民政府", "江西省景德镇市人民政府"),
    ("市中区教育局", "济南市市中区教育局"),
    ("苏州市水务局", "江苏省苏州市水务局"),
    ("沛县人民政府", "徐州市沛县人民政府"),
    ("土默特左旗人民政府", "内蒙古自治区呼和浩特市土默特左旗人民政府"),
    ("延吉市人民政府", "吉林省延边朝鲜族自治州延吉市人民政府"),
]
DIFFERENT = [
    ("人民政府办公室", "宁波市人民政府办公室"),
    ("人力资源和社会保障局", "宁波市人力资源和社会保障局"),
    ("市人力资源和社会保障局", "宁波市人力资源和社会保障局"),
    ("城市管理局", "宁波市城市管理局"),
    ("住房和城乡建设局", "宁波市住房和城乡建设局"),
    ("经济技术开发区管理委员会", "宁波市经济技术开发区管理委员会"),
    ("市场监督管理局", "宁波市市场监督管理局"),
    ("鄞州区财政局", "宁波市鄞州区财政局福明街道分局"),
    ("宁波市人民政府", "宁波市鄞州区人民政府"),
    ("宁区财政局", "南京市江宁区财政局"),
    ("鄞州区财政局", "宁波市鄞州区教育局"),
]


@pytest.mark.parametrize(("shorter", "longer"), SAME)
def test_a_name_with_places_in_front_is_the_same_body(shorter: str, longer: str) -> None:
    one, other = Agency("one", shorter), Agency("other", longer)
    assert find_same_agency(one, [other]) is other
    assert find_same_agency(other, [one]) is one


@pytest.mark.parametrize(("shorter", "longer"), DIFFERENT)
def test_a_name_without_a_place_of_its_own_is_nobodys(shorter: str, longer: str) -> None:
    one, other = Agency("one", shorter), Agency("other", longer)
    assert find_same_agency(one, [other]) is None
    assert find_same_agency(other, [one]) is None


def test_two_candidates_are_none() -> None:
    stored = [Agency("one", "甲州市鼓楼区人民政府"), Agency("two", "乙州市鼓楼区人民政府")]
    assert find_same_agency(Agency("new", "鼓楼区人民政府"), stored) is None


def test_a_bare_name_that_could_be_several_is_not_claimed_by_the_next() -> None:
    stored = [
        Agency("one", "甲州市鼓楼区人民政府"),
        Agency("two", "乙州市鼓楼区人民政府"),
        Agency("bare", "鼓楼区人民政府"),
    ]
    assert find_same_agency(Agency("new", "丙州市鼓楼区人民政府"), stored) is None


def test_the_region_given_with_an_agency_keeps_it_apart() -> None:
    stored = Agency("one", "鼓楼区人民政府", region=("甲州市", "鼓楼区"))
    assert find_same_agency(Agency("two", "乙州市鼓楼区人民政府"), [stored]) is None


def test_one_id_under_two_spellings_of_a_name_is_one_body() -> None:
    stored = Agency("weihai_hrss", "威海市人力资源和社会保障局", region=("山东省", "威海市"))
    new = Agency("weihai_hrss", "威海市人力资源社会保障局")
    assert find_same_agency(new, [stored]) is stored
    assert merge_agencies(stored, new).name == stored.name
    assert merge_agencies(stored, new).aliases == (new.name,)


def test_a_taken_id_gets_a_number() -> None:
    assert free_id("a", set()) == "a"
    assert free_id("a", {"a", "a_2"}) == "a_3"
