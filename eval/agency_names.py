"""Official names of fictional and real bodies taken apart, and the ways in which people write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pypinyin import lazy_pinyin

_PLACES = re.compile(r"(?P<city>.{2,4}?市)?(?P<district>.{2,5}[区县])?")


@dataclass(frozen=True, slots=True)
class BodyKind:
    """A kind of body. names: official first; short: everyday names; english: official first, then everyday."""

    name: str
    short: tuple[str, ...]
    english: tuple[str, ...]
    heldout_short: tuple[str, ...] = ()
    heldout_english: tuple[str, ...] = ()


KINDS = (
    BodyKind(
        "人力资源和社会保障局",
        ("人社局", "人力资源社会保障局"),
        ("Human Resources and Social Security Bureau", "HRSS"),
        ("人力社保局", "人社"),
        ("HR and Social Security Bureau", "HRSS Bureau"),
    ),
    BodyKind(
        "人民政府办公室",
        ("政府办公室", "府办"),
        ("Government Office",),
        ("政府办",),
        ("General Office of the People's Government",),
    ),
    BodyKind("教育局", ("教育局",), ("Education Bureau",), (), ("Bureau of Education",)),
    BodyKind("卫生健康局", ("卫健局",), ("Health Bureau",), ("卫生局",), ("Health Commission",)),
    BodyKind("财政局", ("财政局",), ("Finance Bureau",), (), ("Bureau of Finance",)),
    BodyKind("民政局", ("民政局",), ("Civil Affairs Bureau",), (), ("Bureau of Civil Affairs",)),
    BodyKind("交通运输局", ("交通局",), ("Transport Bureau",), (), ("Transportation Bureau",)),
    BodyKind(
        "市场监督管理局", ("市场监管局",), ("Market Regulation Bureau",), ("市监局",), ("Market Supervision Bureau",)
    ),
    BodyKind("农业农村局", ("农业农村局",), ("Agriculture and Rural Affairs Bureau",), ("农业局",), ()),
    BodyKind("应急管理局", ("应急局",), ("Emergency Management Bureau",), ("应急管理局",), ()),
    BodyKind("生态环境局", ("生态环境局",), ("Ecology and Environment Bureau",), ("环保局",), ("Environment Bureau",)),
    BodyKind("住房和城乡建设局", ("住建局",), ("Housing and Urban-Rural Development Bureau",), ("住房城乡建设局",), ()),
    BodyKind("综合行政执法局", ("执法局",), ("Comprehensive Law Enforcement Bureau",), ("综合执法局",), ()),
    BodyKind("司法局", ("司法局",), ("Justice Bureau",), (), ("Bureau of Justice",)),
    BodyKind("审计局", ("审计局",), ("Audit Bureau",), (), ("Audit Office",)),
    BodyKind("统计局", ("统计局",), ("Statistics Bureau",), (), ("Bureau of Statistics",)),
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
    """Names people use for a body, best known first; held-out ones are spelt differently, not only less common."""
    place = body.place
    bare = place[:-1] if len(place) > 2 else place
    if split == "dev":
        yield body.official
        yield place + body.kind.name
        yield from (place + short for short in body.kind.short)
        yield bare + body.kind.short[0]
        if body.district and body.city:
            yield body.city + body.district + body.kind.short[0]
        return
    yield from (place + short for short in body.kind.heldout_short)
    yield from (bare + short for short in (*body.kind.heldout_short, *body.kind.short[1:]))
    if body.district and body.city:
        yield body.city[:-1] + bare + body.kind.short[0]
        yield body.city[:-1] + body.district + body.kind.name
        yield f"{body.city}的{place}{body.kind.short[0]}"
    else:
        yield bare + body.kind.name


def english_wordings(body: BodyName, split: str) -> Iterator[str]:
    """English names with the place in pinyin."""
    place, district = pinyin_place(body.place), bool(body.district)
    kinds = body.kind.english if split == "dev" else (*body.kind.heldout_english, *body.kind.english)
    for kind in kinds:
        if split == "dev":
            yield f"{place} {'District ' if district else 'Municipal '}{kind}"
            yield f"{place} {kind}"
        else:
            yield f"the {kind} of {place}{' District' if district else ' City'}"
            if district and body.city:
                yield f"the {place} {kind} in {pinyin_place(body.city)}"


def pinyin_place(place: str) -> str:
    """ "云溪区" -> "Yunxi"."""
    bare = place[:-1] if len(place) > 2 else place
    return "".join(lazy_pinyin(bare)).capitalize()
