"""Bodies said by the body talked about ("区里那个呢", "the city one", "另一个人社局"): the same kind of body elsewhere."""

import re

from qa_service.understanding.agencies import AgencyIndex
from qa_service.understanding.question import Asked

_ONE = r"(?:那个|那家|那边|那里|那头|的那个|的那家|的(?=呢|[?？]|$))"
_LEVELS = (
    (rf"市(?:里|级|本级)?{_ONE}|市里(?=呢|[?？]|$)", ("市",)),
    (rf"区(?:里|级)?{_ONE}|区里(?=呢|[?？]|$)", ("区",)),
    (rf"县(?:里|级)?{_ONE}|县里(?=呢|[?？]|$)", ("县",)),
    (
        r"\bthe (?:city|municipal)(?: level)? (?:one|bureau|office|body|agency|authority)\b|\bthe city(?=\?|$)",
        ("市",),
    ),
    (
        r"\bthe (?:district|county)(?: level)? (?:one|bureau|office|body|agency|authority)\b|\bin the (?:district|county)\b",
        ("区", "县"),
    ),
)
_LEVEL_PATTERNS = tuple(
    # "临湖区那个" names its place.
    (
        re.compile(
            rf"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[是要问说看指的和跟与换改成那]))(?:{pattern})"
            if "里" in pattern
            else pattern
        ),
        levels,
    )
    for pattern, levels in _LEVELS
)
_OTHER = re.compile(
    r"(?<!转给)(?<!移送)(?<!交给)(?<!由)另外?(?:那|的)?一?[个家](?:[\u4e00-\u9fff]{0,4}(?:局|府办|办公室|委)|单位|机构|部门)?(?=呢|的呢|[?？]|$)"
    r"|\bthe other (?:one|(?:[a-z]+ )?(?:bureau|office|agency|body|authority|department))\b"
)


def find_relative_body(text: str, last: Asked, index: AgencyIndex) -> tuple[Asked, tuple[int, int]] | None:
    """(the body meant, its place in the text in normal form); None where none is said so or several were talked about.

    Several that fit are choices; where none fits, what was said is an unknown body.
    """
    if len(last.agencies) != 1:
        return None
    before = last.agencies[0]
    alike = [agency for agency in index.of_body(index.body_of(before)) if agency != before]
    for pattern, levels in _LEVEL_PATTERNS:
        if match := pattern.search(text):
            return _asked([agency for agency in alike if index.level_of(agency) in levels], match)
    match = _OTHER.search(text)
    return _asked(alike, match) if match else None


def _asked(found: list[str], match: re.Match[str]) -> tuple[Asked, tuple[int, int]]:
    said = match.group().strip()
    if len(found) == 1:
        return Asked(agencies=(found[0],), said=said), match.span()
    return (Asked(choices=tuple(found), said=said) if found else Asked(unknown=said)), match.span()
