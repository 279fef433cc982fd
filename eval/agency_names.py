"""Official names of fictional and real bodies taken apart, and the ways in which people write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pypinyin import lazy_pinyin

_PLACES = re.compile(r"(?P<city>.{2,4}?市)?(?P<district>.{2,5}[区县])?")


@dataclass(frozen=True, slots=True)
class BodyKind:
    """A kind of body. name: official; short: everyday names; english: official first, then everyday."""

    name: str
    short: tuple[str, ...]
    english: tuple[str, ...]


KINDS = (
    BodyKind(
        "人力资源和社会保障局",
        ("人社局", "人力资源社会保障局", "人力社保局", "人社"),
        ("Human Resources and Social Security Bureau", "HRSS", "HR and Social Security Bureau", "HRSS Bureau"),
    ),
    BodyKind(
        "人民政府办公室",
        ("政府办公室", "府办", "政府办"),
        ("Government Office", "General Office of the People's Government"),
    ),
    BodyKind("教育局", ("教育局",), ("Education Bureau", "Bureau of Education")),
    BodyKind("卫生健康局", ("卫健局", "卫生局"), ("Health Bureau", "Health Commission")),
    BodyKind("财政局", ("财政局",), ("Finance Bureau", "Bureau of Finance")),
    BodyKind("民政局", ("民政局",), ("Civil Affairs Bureau", "Bureau of Civil Affairs")),
    BodyKind("交通运输局", ("交通局",), ("Transport Bureau", "Transportation Bureau")),
    BodyKind("市场监督管理局", ("市场监管局", "市监局"), ("Market Regulation Bureau", "Market Supervision Bureau")),
    BodyKind("农业农村局", ("农业农村局", "农业局"), ("Agriculture and Rural Affairs Bureau",)),
    BodyKind("应急管理局", ("应急局", "应急管理局"), ("Emergency Management Bureau",)),
    BodyKind("生态环境局", ("生态环境局", "环保局"), ("Ecology and Environment Bureau", "Environment Bureau")),
    BodyKind("住房和城乡建设局", ("住建局", "住房城乡建设局"), ("Housing and Urban-Rural Development Bureau",)),
    BodyKind("综合行政执法局", ("执法局", "综合执法局"), ("Comprehensive Law Enforcement Bureau",)),
    BodyKind("司法局", ("司法局",), ("Justice Bureau", "Bureau of Justice")),
    BodyKind("审计局", ("审计局",), ("Audit Bureau", "Audit Office")),
    BodyKind("统计局", ("统计局",), ("Statistics Bureau", "Bureau of Statistics")),
)


@dataclass(frozen=True, slots=True)
class BodyName:
    """An official name in its parts; city and district end in 市, 区 or 县 and may be "" (not both)."""

    city: str
    district: str
    kind: BodyKind

    @property
    def official(self) -> str:
        """The full name."""
        return self.city + self.district + self.kind.name

    @property
    def place(self) -> str:
        """The place the body is of."""
        return self.district or self.city


def parse_body(name: str) -> BodyName:
    """The parts of an official name. Raises ValueError for a name that ends in no known kind of body."""
    for kind in KINDS:
        if name.endswith(kind.name):
            found = _PLACES.fullmatch(name.removesuffix(kind.name))
            if found:
                return BodyName(found["city"] or "", found["district"] or "", kind)
    raise ValueError(f"{name} ends in no known kind of body")


def chinese_wordings(body: BodyName, split: str) -> Iterator[str]:
    """Names people use for a body, official ones first; the held-out ones put the parts together differently."""
    place, short = body.place, body.kind.short
    bare = _bare(place)
    both = bool(body.district and body.city)
    if split == "heldout":
        yield from (f"{place}的{name}" for name in short)
        if both:
            yield from (body.city + bare + name for name in short[:2])
            yield from (_bare(body.city) + place + name for name in short)
        return
    yield body.official
    yield place + body.kind.name
    yield from (place + name for name in short)
    yield from (bare + name for name in short)
    if both:
        yield body.city + body.district + short[0]
        yield _bare(body.city) + bare + short[0]
        yield _bare(body.city) + body.district + body.kind.name
        yield f"{body.city}的{place}{short[0]}"
    else:
        yield bare + body.kind.name


def english_wordings(body: BodyName, split: str) -> Iterator[str]:
    """English names with the place in pinyin; the held-out ones put the parts together differently."""
    place, both = pinyin_place(body.place), bool(body.district and body.city)
    level = "District" if body.district else "City"
    for kind in body.kind.english:
        if split == "heldout":
            yield f"{place}'s {kind}"
            yield f"{kind}, {place} {level}"
            if both:
                yield f"{kind} of {place} in {pinyin_place(body.city)}"
            continue
        yield f"{place} {level if body.district else 'Municipal'} {kind}"
        yield f"{place} {kind}"
        yield f"the {kind} of {place} {level}"
        if both:
            yield f"the {place} {kind} in {pinyin_place(body.city)}"


def _bare(place: str) -> str:
    """A place without 市, 区 or 县 at its end, where two characters are left."""
    return place[:-1] if len(place) > 2 else place


def pinyin_place(place: str) -> str:
    """The place in pinyin without its level: "Yunxi" for 云溪区."""
    return "".join(lazy_pinyin(_bare(place))).capitalize()
