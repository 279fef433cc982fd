"""What is said beside the question: remarks that name neither body, year nor figure ("写稿用", "my editor wants to know").

Nobody can list all of them. They are told by where they stand: in a clause of their own, without any word that a question
is made of. What the speaker says the question is *about* is no remark, and neither is a bare noun.
"""

import re
from collections.abc import Iterator, Sequence

from qa_service.understanding.asides import restricts
from qa_service.understanding.words import Unit, Word

_PARTS = frozenset(",.;:!?、。，；：！？-")
# "食堂方面", "regarding the canteen": a topic, however it is put.
_TOPIC = re.compile(
    r"关于|有关|针对|至于|说到|讲到|谈到|提到|涉及|方面|领域|之类|一类|这类|那类|这块|那块|上的|^就|限于|仅限|包括|包含|不含|不算|除"
    # Something named like a body is what is asked about, known or not.
    r"|(?:局|委|办|厅|院|处|所|校|公司|集团|单位|部门)(?:呢|的|吧|$)"
    r"|\b(?:bureau|office|council|hall|department|ministry|commission|authority|agency|company)\b"
    r"|\b(?:about|regarding|concerning|as for|as to|on|for|in terms of|related|relating|including|excluding|except|without|only|of)\b"
)
# "我们律所做检索": who speaks is named, no applicant.
_I = re.compile(r"\b(?:i|i'm|we|we're|my|our)\b|我|本人|俺|咱")
_PURPOSE = re.compile(
    r"(?:要|需|急|备|等着|用来|拿来|打算)用$|(?:找|查|搜|翻)(?:不到|不着|了半天)|没(?:有)?(?:找到|查到|搜到)|翻遍|^(?:为了|因为|由于)|求助$|急用|(?:想|要|在|正在|准备|打算|得)(?:写|做|搞|弄|准备|整理|办)"
    r"|^(?:i|we)(?:'m|'re| am| are| have been|'ve been)? "
    r"(?:fact[- ]?check|writ|edit|draft|prepar|work|stud|research|teach|investigat|compil|collect|translat|cover|monitor)"
    r"|^(?:i need (?:it|this|that|them) |this is |it is |it's )?for (?:a|an|my|our|some) "
)
# Cues of what is to be done with several figures.
OPERATIONS = frozenset(
    "ALL SHARE DIFF GROWTH TREND AVERAGE SUM TOTAL MOST LEAST RANK COUNT MEDIAN TIMES MINUS WHICH PAIR EACH COMPARE".split()
)
# Cues that are no part of what is asked.
SAID_ANYWHERE = frozenset(("NOT", "HOW", "HELLO", "THANKS", "MEDIA_WORD"))
# Groups whose words show that a clause says something of the question itself.
_ASKS = ("meaning", "label", "part", "applicant", "other_body", "foreign")


def find_purposes(
    units: Sequence[Unit], words: Sequence[Word], text: str, anchors: Sequence[tuple[int, int]]
) -> frozenset[Word]:
    """The words of clauses that only say what the answer is needed for ("打官司要用"), whatever they mean elsewhere.

    Only beside a clause that names a body or a year and a figure.
    """
    clauses = list(_clauses(units))
    anchored = [(start, end) for start, end in clauses if any(a < end and b > start for a, b in anchors)]
    if not any(_names_figure(words, clause) for clause in anchored):
        return frozenset()
    found: set[Word] = set()
    for start, end in clauses:
        if (start, end) not in anchored and _PURPOSE.search(text[units[start].start : units[end - 1].end]):
            # Whether an applicant type is the speaker's own is told elsewhere: "I study how charities use the law" names one.
            found.update(word for word in words if start <= word.start < end and not word.has("applicant"))
    return frozenset(found)


def _names_figure(words: Sequence[Word], clause: tuple[int, int]) -> bool:
    inside = [word for word in words if clause[0] <= word.start < clause[1] and not word.has("filler")]
    return any(word.has("meaning") or word.has("label") for word in inside)


def find_remarks(
    units: Sequence[Unit], words: Sequence[Word], text: str, anchors: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """The clauses that are remarks, as unit ranges. anchors: unit ranges of bodies and years."""
    found = []
    clauses = list(_clauses(units))
    for start, end in clauses:
        inside = [word for word in words if start <= word.start < end]
        if not inside or all(not word.entries for word in inside):
            continue
        clause = text[units[start].start : units[end - 1].end]
        speaks = bool(_I.search(clause))
        if any(first < end and last > start for first, last in anchors) or restricts(clause):
            continue
        if not any(_asks(word) and not (speaks and word.has("applicant")) for word in inside) and not _TOPIC.search(
            clause
        ):
            found.append((start, end))
    # Beside nothing there is no remark: what a lone clause says is the question.
    return tuple(found) if len(found) < len(clauses) else ()


def _asks(word: Word) -> bool:
    if word.text[0].isdigit() or word.values("cue") - SAID_ANYWHERE:
        return True
    return not word.has("filler") and any(word.has(group) for group in _ASKS)


def _clauses(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Unit ranges between marks of punctuation."""
    start = 0
    for index, unit in enumerate(units):
        if unit.text in _PARTS:
            if index > start:
                yield start, index
            start = index + 1
    if start < len(units):
        yield start, len(units)
