"""Clauses that are talk beside the question ("my train leaves in five minutes", "奶茶都凉了"), whatever their words mean elsewhere.

No list holds them all. A linear model tells them by their words and their place; its weights (asides.tsv) are learned by
`python -m eval.narrowing.train` (decision 15). What is cut out here is never read: an unlucky word of it ("来信收悉" before
a question on something else) names no figure.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qa_service.understanding.linear_model import load_model
from qa_service.understanding.normal_form import is_han

MODEL = "asides"
_CLAUSE = re.compile(r"(?:[^,，.。;；:：!！?？()（）\n-]|(?<=\w)[.,:](?=\d)|(?<=[a-z0-9])-(?=[a-z0-9]))+")
_LATIN = re.compile(r"[a-z']+|\d+")
# How sure the model must be, by how many words of the clause may say which figure is meant or what is asked of it.
_LIKELY = (0.7, 0.85, 0.92, 0.96)
_NARROWED = 0.9
_ASKS = re.compile(r"多少|几[个件条次人名位份项篇场期元种家]|\bhow (?:many|much)\b")
# What only these words can mean: a restriction, a correction, a part of the year.
_RESTRICTS = re.compile(
    r"^(?:只|仅|光|单)(?!是|想|好|为|能|有您|有你|[要报给求需](?:个|一个|那个|最后的?|具体的?)?(?:数|结果|答案|总数))"
    r"|(?:说|指|讲)的是|意思是|我(?:说|指|意思)|只[要算看问查数统]|仅限|限于|[光单]看"
    r"|的那?[些种类批]$|(?:说|打|写|搞|弄|问)错|^(?:不对|错了|更正)|应该是|改(?:成|为)|换成"
    r"|\b(?:i meant?|only(?! (?:have|need|want|asking|checking|curious|wondering|trying|wish|hope|know))|solely|limited to"
    r"|restricted to|specifically|namely|scratch that|correction|the ones|those (?:who|that|which))\b"
)
# What only adds to the question before it: "…，外地人的", "…, from our village", "…, the rich".
_ADDS = re.compile(
    r"^(?!.*(?:用的|急|谢|真的|好的|挺|怪|蛮|够|辛苦|麻烦|似的|什么的|来着))[^我你您]{2,12}的$|那[些种类批]$|^[^我你您求给报要]{2,6}数$"
    r"|^(?!by (?:the way|any chance|noon|tonight|tomorrow|now)|the (?:sooner|exact|number|figure|total|short|plain)|without (?:further|delay)"
    r"|from (?:memory|the report))(?:the|from|those|our|by|among|without)(?: [a-z'-]+){1,4}$"
)
_MARKS = " ,，.。;；:：!！、)）"

Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Clause:
    """The text between two marks; start and end are character offsets."""

    text: str
    start: int
    end: int


def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of a text in normal form that hold a letter or a digit."""
    found = (Clause(match.group(), *match.span()) for match in _CLAUSE.finditer(text))
    return tuple(clause for clause in found if any(map(str.isalnum, clause.text)))


def without_asides(
    text: str,
    names: Ranges,
    figures: Ranges,
    operations: Ranges,
    find_narrowing: Callable[[], Ranges],
    *,
    follows: bool,
) -> str:
    """The text without its asides, the same text if there are none.

    Character ranges: names of bodies and years; figures, words that may say which figure is meant or what is asked of it;
    operations, words that say for whom, or what is to be done; find_narrowing, words that seem to narrow a figure, looked for
    only where they matter. A clause with a name, an operation or many words of figures is never an aside, and nothing is
    cut unless what stays names both a body or a year and a figure; in a further turn (follows) one of them is enough.
    """
    clauses = clauses_of(text)
    asides = []
    for place, clause in enumerate(clauses):
        said = _count(clause, figures)
        if said >= len(_LIKELY) or _count(clause, names) or _count(clause, operations):
            continue
        if _ASKS.search(clause.text) or restricts(clause.text) or adds(text, clause, figures):
            continue
        likely = likelihood(text, clauses, place)
        if likely >= _LIKELY[said] and (likely >= _NARROWED or not _count(clause, find_narrowing())):
            asides.append(clause)
    stay = [clause for clause in clauses if clause not in asides]
    named, asked = (any(_count(each, ranges) for each in stay) for ranges in (names, figures))
    if not asides or not (named or asked) or (not follows and not (named and asked)):
        return text
    for clause in reversed(asides):
        text = f"{text[: clause.start]} {text[clause.end :]}"
    return text.strip(_MARKS)


def restricts(text: str) -> bool:
    """Whether a clause in normal form can only restrict or correct what is asked."""
    return bool(_RESTRICTS.search(text.strip()))


def adds(text: str, clause: Clause, figures: Ranges) -> bool:
    """Whether a clause after the one that names the figure is no sentence but a part of that question."""
    asked = any(end <= clause.start for _, end in figures) or bool(_ASKS.search(text[: clause.start]))
    return asked and bool(_ADDS.search(clause.text.strip()))


def likelihood(text: str, clauses: Sequence[Clause], place: int) -> float:
    """How likely that clause is an aside, from 0 to 1."""
    return load_model(MODEL).likelihood(find_features(text, clauses, place), language_of(clauses[place]))


def language_of(clause: Clause) -> str:
    """The model that judges it."""
    return "zh" if any(map(is_han, clause.text)) else "en"


def find_features(text: str, clauses: Sequence[Clause], place: int) -> Iterator[str]:
    """What the model sees of a clause."""
    clause = clauses[place]
    after = text[clause.end : clause.end + 1] or "$"
    yield from (f"after={after}", f"place={min(place, 2)}", f"rest={min(len(clauses) - 1 - place, 2)}")
    if language_of(clause) == "zh":
        row = ["^", *clause.text.replace(" ", ""), "$"]
        longest, joint = 4, ""
    else:
        row = ["^", *_LATIN.findall(clause.text), "$"]
        longest, joint = 3, " "
        for word in row[1:-1]:
            yield f"ends={word[-3:]}"
    yield f"length={min(len(row) // 3, 6)}"
    for length in range(1, longest + 1):
        for start in range(len(row) - length + 1):
            yield f"said={joint.join(row[start : start + length])}"


def _count(clause: Clause, ranges: Ranges) -> int:
    return sum(start < clause.end and clause.start < end for start, end in ranges)
