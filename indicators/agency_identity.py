"""Whether two agencies are one body under a shorter and a longer form of its official name.

Reports of one body name it with or without the places around it (宁波市鄞州区… and 鄞州区…; domain guide, section 8).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from reports.agency import Agency

# One administrative place at the head of a name. 州, 镇, 乡 and 盟 also end the first half of names such as 鄞州区,
# 景德镇市; 城乡, 城镇, 社区, 园区 are no places.
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,12}?"
    r"(?:自治区|自治州|自治县|自治旗|地区|街道|省|市|县|旗|(?<![社园辖])区|(?:(?<!城)[乡镇]|[州盟])(?![区市县旗]))"
)
# Words that begin an office's own name although a place-like ending follows: 开发区, 城市管理局, 高新技术产业开发区.
_NO_OWN_NAME = re.compile(r"城市|城区|经济|高新|技术|产业|开发|保税|工业|旅游|示范|住房|农村|自然|市区|区县|县区")


def find_same_agency(agency: Agency, stored: Sequence[Agency]) -> Agency | None:
    """The one stored agency that is the given body; None where there is none, or where several could be meant."""
    named_alike = [each for each in stored if each.name == agency.name and not _places_conflict(each, agency)]
    if len(named_alike) == 1:
        return named_alike[0]
    candidates = [each for each in stored if _is_same(each, agency)]
    if len(candidates) != 1:
        return None
    shorter = min(candidates[0].name, agency.name, key=len)
    others = [each for each in stored if each is not candidates[0] and _only_adds_places(each.name, shorter)]
    return None if others else candidates[0]


def merge_agencies(stored: Agency, new: Agency) -> Agency:
    """The stored agency with what the new one adds: its longer name and region, its further names."""
    name, other = (new.name, stored.name) if len(new.name) > len(stored.name) else (stored.name, new.name)
    aliases = dict.fromkeys((*stored.aliases, other, *new.aliases))
    return replace(
        stored,
        name=name,
        english=stored.english or new.english,
        region=max(stored.region, new.region, key=len),
        aliases=tuple(each for each in aliases if each != name),
    )


def free_id(wanted: str, taken: set[str]) -> str:
    """The wanted id, or with the first free number from 2 on: two districts of one name get one id by rule."""
    number, found = 2, wanted
    while found in taken:
        found, number = f"{wanted}_{number}", number + 1
    return found


def _is_same(one: Agency, other: Agency) -> bool:
    if _places_conflict(one, other):
        return False
    return one.id == other.id or _only_adds_places(one.name, other.name) or _only_adds_places(other.name, one.name)


def _only_adds_places(longer: str, shorter: str) -> bool:
    """True where `longer` is `shorter` with the places around it in front, and `shorter` names a place itself."""
    if len(longer) <= len(shorter) or not longer.endswith(shorter) or not _own_place(shorter):
        return False
    added = longer.removesuffix(shorter)
    return "".join(_leading_places(added)) == added


def _own_place(name: str) -> bool:
    """Whether a name begins with a place of its own: without one (人民政府办公室) it fits everywhere."""
    return bool(_leading_places(name)) and not _NO_OWN_NAME.match(name)


def _leading_places(name: str) -> tuple[str, ...]:
    places, position = [], 0
    while found := _PLACE.match(name, position):
        places.append(found.group())
        position = found.end()
    return tuple(places)


def _places_conflict(one: Agency, other: Agency) -> bool:
    """Whether both say where they are, and it is not the same: two cities, two districts."""
    first, second = _places_by_kind(one), _places_by_kind(other)
    return any(
        not (first[kind] <= second[kind] or second[kind] <= first[kind]) for kind in first.keys() & second.keys()
    )


def _places_by_kind(agency: Agency) -> dict[str, set[str]]:
    """The places of an agency by their last character: 市 -> {宁波市, 慈溪市}."""
    own = () if _NO_OWN_NAME.match(agency.name) else _leading_places(agency.name)
    kinds: dict[str, set[str]] = {}
    for place in filter(None, (*own, *agency.region)):
        kinds.setdefault(place[-1], set()).add(place)
    return kinds
