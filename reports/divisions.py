"""Administrative divisions of China down to county level: which places exist and what they lie in.

The table `divisions.tsv` holds GB/T 2260 codes and names (state of 2021, from the data of the MIT-licensed package cpca
0.5.5, with four Hangzhou and Ningbo districts dissolved since, which old reports still name). It serves to complete a
district's region path and to tell a real place that is not in the corpus from a mistyped one that is.
"""

from functools import cache
from importlib.resources import files

_LEVEL_ENDINGS = (
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "省",
    "市",
    "区",
    "县",
    "旗",
    "盟",
    "林区",
)


@cache
def _names_by_code() -> dict[str, str]:
    text = files("reports").joinpath("divisions.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines())


@cache
def _codes_by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, name in _names_by_code().items():
        found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def short_place_name(name: str) -> str:
    """The name without its level ("鄞州区" -> "鄞州"); unchanged where fewer than two characters would be left."""
    for ending in _LEVEL_ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name[: -len(ending)]
    return name


def is_division(name: str) -> bool:
    """Whether a division of exactly that full name exists."""
    return name in _codes_by_name()


@cache
def short_place_names() -> frozenset[str]:
    """Short names of all divisions ("鄞州")."""
    return frozenset(short_place_name(name) for name in _codes_by_name())


def division_names() -> frozenset[str]:
    """Full names of all divisions ("鄞州区")."""
    return frozenset(_codes_by_name())


def is_place_name(name: str) -> bool:
    """Whether a division has that full or short name ("鄞州区", "鄞州")."""
    return name in _codes_by_name() or name in short_place_names()


def region_path(code: str) -> tuple[str, ...]:
    """Names from province to the division of that six-digit code."""
    names = _names_by_code()
    path = [names.get(code[:2] + "0000"), names.get(code[:4] + "00"), names.get(code)]
    return tuple(dict.fromkeys(name for name in path if name))


def find_region(name: str, inside: tuple[str, ...] = ()) -> tuple[str, ...] | None:
    """The path of the one division of that full name inside the given places; None if there is none or several."""
    paths = [region_path(code) for code in _codes_by_name().get(name, ())]
    fitting = [path for path in paths if all(place in path for place in inside)]
    return fitting[0] if len(fitting) == 1 else None
