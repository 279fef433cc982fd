"""The everyday forms of the parts of an official name: places short and in Latin letters, bodies in plain words."""

import re

from reports.agency import Agency
from reports.body_kinds import BODY_KINDS, find_body_kind
from reports.divisions import is_place_name, short_place_name

_ENGLISH_LEVELS = frozenset(
    "district county city municipal municipality province provincial prefecture town township".split()
)


def split_name(agency: Agency) -> tuple[tuple[str, ...], str]:
    """(places from the outside in, body ending) of an agency's official name."""
    rest = agency.name
    places: list[str] = []
    for place in agency.region:
        if rest.startswith(place) and rest != place:
            rest = rest[len(place) :]
        places.append(place)
    while True:
        # Places that the region does not list: a leading "…省/市/区/县/镇/街道" before something that is still a body.
        match = re.match(
            r"^([\u4e00-\u9fff]{2,6}?(?:自治区|自治州|自治县|省|市|区|县|旗|州|盟|镇|乡|街道))(?=[\u4e00-\u9fff]{2,})",
            rest,
        )
        if match is None or (
            _is_body(rest) and not is_place_name(match.group(1)) and not _is_body(rest[match.end() :])
        ):
            break
        places.append(match.group(1))
        rest = rest[match.end() :]
    return tuple(dict.fromkeys(places)), rest


def _is_body(text: str) -> bool:
    return any(text == ending for kind in BODY_KINDS for ending in kind.endings)


def body_id(ending: str) -> str:
    """The kind id of a body's official ending, or the ending itself where no kind is known."""
    for kind in BODY_KINDS:
        if ending in kind.endings:
            return kind.id
    found = find_body_kind(ending)
    # "经济和信息化局" ends like no listed kind; "鄞州区公安局交警大队" must not become the police: only whole endings count.
    return found[0].id if found and found[1] == ending else ending


def place_forms(place: str) -> tuple[str, ...]:
    short = short_place_name(place)
    if short == place and place[-1:] in "镇乡" and len(place) >= 3:
        short = place[:-1]
    if place.endswith("街道") and len(place) >= 4:
        short = place[:-2]
    return tuple(dict.fromkeys((place, short)))


def romanised(place: str) -> tuple[str, ...]:
    """Latin spellings of a Chinese place name without its level ("鄞州区" -> "yinzhou", "yin zhou")."""
    import pypinyin

    syllables = [s for s in pypinyin.lazy_pinyin(short_place_name(place), errors="ignore") if s]
    if not syllables:
        return ()
    if len(syllables) < 2:
        return ()
    # "Huai'an": an apostrophe keeps a syllable that begins with a vowel apart.
    apart = syllables[0] + "".join(("'" if s[0] in "aeo" else "") + s for s in syllables[1:])
    return tuple(dict.fromkeys(("".join(syllables), " ".join(syllables), apart)))


def english_body(agency: Agency) -> tuple[str, ...]:
    """The body's part of the agency's English name."""
    if not agency.english:
        return ()
    words = re.findall(r"[A-Za-z'&]+", agency.english)
    romans = {form for place in agency.region for form in romanised(place)}
    kept = [w for w in words if w.lower() not in romans and w.lower() not in _ENGLISH_LEVELS]
    return (" ".join(kept).lower(),) if len(kept) >= 2 else ()


def inverted(name: str) -> tuple[str, ...]:
    """ "Education Bureau" -> "bureau of education"."""
    words = name.lower().split()
    return (
        (f"{words[-1]} of {' '.join(words[:-1])}",)
        if len(words) > 1 and words[-1] in ("bureau", "commission", "administration", "office")
        else ()
    )
