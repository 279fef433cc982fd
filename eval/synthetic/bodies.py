"""Fictional agencies whose names compete: look-alike districts, one bureau in many districts, one district in two cities."""

import random
from collections.abc import Iterator

from eval.agency_names import KINDS, BodyName
from reports.divisions import is_place_name

_FIRST = "云临青平安东南新长华永清白龙金石花梅松竹"
_SECOND = "溪湖山江泉阳海林岭桥田源川浦湾峰港栖"
# Most districts are numbered like this in a real province; four bodies each keep one kind in many places.
_DISTRICTS = 9
_KINDS_EACH = 4


def fictional_bodies(count: int, seed: int = 0) -> tuple[BodyName, ...]:
    """That many bodies (at most 2,000), the same for the same seed; every place is the name of no real division."""
    bodies = tuple(body for body, _ in zip(_bodies(random.Random(seed)), range(count), strict=False))
    if len(bodies) < count:
        raise ValueError(f"there are names for {len(bodies)} fictional bodies, not for {count}")
    return bodies


def _bodies(rng: random.Random) -> Iterator[BodyName]:
    names = [a + b for a in _FIRST for b in _SECOND if not is_place_name(a + b)]
    rng.shuffle(names)
    cities, districts = names[:45], names[45:]
    borrowed = ""
    for city in cities:
        # One district name of the city before stands again in this one, as 鼓楼区 does in four real cities.
        here = [districts.pop() for _ in range(_DISTRICTS - bool(borrowed)) if districts]
        here += [borrowed] if borrowed else []
        for district in ("", *here):
            for kind in (*KINDS[:2], *rng.sample(KINDS[2:], _KINDS_EACH - 2)):
                yield BodyName(f"{city}市", f"{district}区" if district else "", kind)
        borrowed = rng.choice(here[:-1]) if len(here) > 1 else ""
