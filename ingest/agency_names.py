"""Official names of public bodies: taken apart, completed, given an English id and an English name by rule.

Id: last place + kind of body ("宁波市鄞州区人力资源和社会保障局" -> yinzhou_hrss). A district name that several cities have
(鼓楼区) takes its city into the id when the city is known. A body of a kind not listed gets a stable hash instead.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from reports.agency import Agency
from reports.body_kinds import BodyKind, find_body_kind
from reports.divisions import find_region, is_division

_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|街道|省|市|县|旗|(?<![社园辖市城])区|"
    r"(?<!城)[镇乡](?![区市县旗]))"
)
_LEVELS = {
    "特别行政区": "", "自治区": "Autonomous Region", "自治州": "Autonomous Prefecture", "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner", "地区": "Prefecture", "新区": "New Area", "街道": "Sub-district", "省": "Provincial",
    "市": "Municipal", "县": "County", "旗": "Banner", "区": "District", "盟": "League",
    "镇": "Town", "乡": "Township",
}  # fmt: skip
_ENDING = re.compile(
    r"(?:局|厅|署|院|委|委员会|办公室|办公厅|办事处|政府|中心|管委会|支队|总队|大队|机构|协会|联合会|总会|集团|公司|大学|学院|学校|"
    r"医院|银行|馆|站|所|社|处|部|会)"
)
_ORGAN = re.compile(r"中共|中国|国家|总局|委员会|政府|公安|法院|检察|局|厅|办")
# A branch office: 宁波市公安局镇海分局.
_BRANCH = re.compile(r"(?P<bureau>.{2,20}?局)(?P<area>.{2,6})分局")
_NAME = re.compile(r"[\u4e00-\u9fff·]{4,40}")
_OWN_NAME = re.compile(
    r"经济|高新|技术|产业|开发|保税|工业|旅游|示范|住房|农村|自然|城市|城乡|交通|市场|民政|公安|教育|财政|水利"
)


@dataclass(frozen=True, slots=True)
class NameParts:
    """places from the outside in, as printed; kind is None for a body of no listed kind; own: the name behind the places."""

    places: tuple[str, ...]
    kind: BodyKind | None
    own: str


def split_name(name: str) -> NameParts:
    """The places and the kind of body of an official name."""
    branch = _BRANCH.fullmatch(name)
    if branch:
        kind = _kind_of(branch["bureau"])[0]
        return NameParts((*leading_places(branch["bureau"]), branch["area"]), kind, name)
    kind, ending = _kind_of(name)
    # 镇人民政府, 街道办事处: the first character of the ending belongs to the place.
    shared = next((level for level in ("街道", "镇", "乡") if ending.startswith(level)), "")
    front = name[: len(name) - len(ending)] + shared if ending else name
    if shared:
        # 朝阳区人民政府望京街道办事处: the office of a government is named after it.
        front = front.replace("人民政府", "", 1)
    places = leading_places(front) or _inner_places(front)
    if not name.startswith("".join(places)):
        return NameParts(places, kind, name)
    return NameParts(places, kind, name[len("".join(places)) :])


def _kind_of(name: str) -> tuple[BodyKind | None, str]:
    """The kind of body and the ending that tells it; a province's 厅 and a commission are the bureau one level up."""
    found = find_body_kind(name)
    if found is None and (stem := re.match(r"(.+)(?:厅|委员会|委)$", name)):
        changed = find_body_kind(stem[1] + "局")
        found = (changed[0], changed[1][:-1] + name[len(stem[1]) :]) if changed else None
    return found or (None, "")


def _inner_places(text: str) -> tuple[str, ...]:
    """The places behind a prefix such as 国家税务总局 or 中共."""
    for start in range(1, min(len(text), 10)):
        if any(is_division(text[start:end]) for end in range(start + 2, min(len(text), start + 12) + 1)):
            return leading_places(text[start:])
    return ()


def leading_places(text: str) -> tuple[str, ...]:
    """The administrative places that a name begins with, from the outside in."""
    places: list[str] = []
    position = 0
    while position < len(text):
        known = next(
            (end for end in range(min(len(text), position + 15), position + 1, -1) if is_division(text[position:end])),
            None,
        )
        if known is None:
            match = _PLACE.match(text, position)
            if match is None or _OWN_NAME.search(match[0]) or _ORGAN.search(match[0]):
                break
            known = match.end()
        places.append(text[position:known])
        position = known
    return tuple(places)


def is_body_name(name: str) -> bool:
    """Whether a string may be the official name of a public body."""
    return _NAME.fullmatch(name) is not None and (
        find_body_kind(name) is not None or _ENDING.search(name[-3:]) is not None
    )


def make_agency(name: str, further_names: Sequence[str] = ()) -> Agency:
    """The agency of that official name. further_names: other forms of the name in the report."""
    seed = next((seed for seed in _seeds() if _is_seed(seed, name)), None)
    if seed is not None:
        names = dict.fromkeys((*seed.aliases, name, *further_names))
        return Agency(seed.id, seed.name, seed.english, seed.region, tuple(each for each in names if each != seed.name))
    parts = split_name(name)
    region = _region(parts.places)
    return Agency(
        id=_agency_id(parts, region, name),
        name=name,
        english=_english(parts),
        region=region,
        aliases=tuple(dict.fromkeys(other for other in further_names if other != name)),
    )


def _region(places: tuple[str, ...]) -> tuple[str, ...]:
    """The places completed from the province down, where the table of divisions knows exactly one such place."""
    for count in range(len(places), 0, -1):
        found = find_region(places[count - 1], places[: count - 1]) or find_region(places[count - 1])
        if found and all(place in found for place in places[:count]):
            return (*found, *places[count:])
    return places


def _agency_id(parts: NameParts, region: tuple[str, ...], name: str) -> str:
    kind = parts.kind.id if parts.kind else "body_" + hashlib.sha256(parts.own.encode()).hexdigest()[:8]
    if not parts.places:
        ending = _kind_of(name)[1]
        stem = _romanised(parts.own.removesuffix(ending)) if ending else ""
        return f"{stem[:40]}_{kind}" if stem else kind
    place = parts.places[-1]
    words = [_romanised(_short(place))]
    if is_division(place) and find_region(place) is None and len(region) > 1:
        words.insert(0, _romanised(_short(region[-2])))
    own = parts.own
    ending = _kind_of(own)[1]
    if ending and own != ending and not own.startswith(name[:2]):
        # A name of its own between place and kind: 宁波市公安局交通警察局.
        words.append(_romanised(own.removesuffix(ending))[:40])
    return "_".join([*filter(None, words), kind])


def _short(place: str) -> str:
    for level in _LEVELS:
        if place.endswith(level) and len(place) - len(level) >= 2:
            return place.removesuffix(level)
    return place


def _syllables(text: str) -> list[str]:
    from pypinyin import lazy_pinyin  # imported where needed: its dictionary takes a tenth of a second to load

    return [re.sub(r"[^a-z0-9]", "", syllable.lower().replace("ü", "v")) for syllable in lazy_pinyin(text)]


def _romanised(text: str) -> str:
    return "".join(_syllables(text))


def _english_place(place: str) -> str:
    syllables = [syllable for syllable in _syllables(_short(place)) if syllable]
    joined = syllables[:1] + [("'" if syllable[0] in "aeo" else "") + syllable for syllable in syllables[1:]]
    return "".join(joined).capitalize()


def _english(parts: NameParts) -> str | None:
    if parts.kind is None or not parts.places:
        return None
    place = parts.places[-1]
    level = next((level for level in _LEVELS if place.endswith(level)), "")
    name = _english_place(place)
    kind = parts.kind.english
    if "People's Government" in kind:
        area = {"市": "", "省": "Province"}.get(level, _LEVELS.get(level, ""))
        return f"{kind} of {name} {area}".strip()
    if parts.kind.id in ("subdistrict", "town_gov", "township_gov"):
        return f"{name} {kind}"
    return f"{name} {_LEVELS.get(level, '')} {kind}".replace("  ", " ")


def _is_seed(seed: Agency, name: str) -> bool:
    if name == seed.name:
        return True
    # The same name with fewer of the places in front (鄞州区… for 宁波市鄞州区…).
    front = seed.name.removesuffix(name) if seed.name.endswith(name) else ""
    return bool(front) and "".join(leading_places(front)) == front and bool(split_name(name).places)


@cache
def _seeds() -> tuple[Agency, ...]:
    entries = yaml.safe_load(files("ingest").joinpath("issuers.yaml").read_text(encoding="utf-8"))["issuers"]
    return tuple(
        Agency(
            id=entry["id"],
            name=entry["name"],
            english=entry["english"],
            region=tuple(entry["region"]),
            aliases=(*entry["aliases"], *entry["aliases_en"]),
        )
        for entry in entries
    )
