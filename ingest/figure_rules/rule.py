"""How clerks tell figures in sentences: the words before and after a figure that say which indicator it is.

Each rule is general: subject, verb and measure word around the figure, never a sentence of a report. `before` must end
at the figure, `after` must begin behind it; both see one clause without white space. Rules are tried in order, the
narrower first; the first that fits decides, and a rule without an id for the report's edition decides that the figure
is none of the catalogue's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to tell one figure.

    ids: edition ("A", "B", "C") -> indicator; "" is the id for editions not named. Without either: no indicator.
    units: measure words that may follow. context: must occur in the sentence up to the clause's end (or in the section's
    heading); unless: must not occur in the clause before the figure; unless_said: nowhere in the sentence. frame: the kind of case the sentence speaks of.
    label_from: whether the group "label" of `before` or `after` tells several figures of one indicator apart.
    whose_year: -1 or 1 for the cases carried over from the year before or to the year after, whose year may be named.
    anywhere: the context may stand anywhere in the paragraph; the words of the rule cannot mean anything else.
    """

    name: str
    ids: Mapping[str, str]
    units: str
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    context: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    unless_said: re.Pattern[str] | None = None
    frame: str | None = None
    label_from: bool = False
    whose_year: int = 0
    anywhere: bool = False

    def takes(self, unit: str | None) -> bool:
        """Whether the rule's figures are counted with this measure word."""
        return unit in self.units.split()


# What may stand between the noun and its figure: 申请数量共计3件.
_FILL = r"[”》]?(?:的)?(?:总数量|总条数|总件数|数量|总数|总量|条数|件数|次数|数)?(?:共计|共有|合计|总计|累计|一共|总共|共|达到|达|为|有|是|计|了|各|均|:|：)*$"
CASES = "件 份 起 个 宗 例 条 项"
ITEMS = "条 件 篇 项 个"
TIMES = "次 场 场次 期 个 件"
REQUEST = r"申请|依申请"
# A section headed so is about disclosure even where its sentences do not say it again.
DISCLOSURE_SECTION = re.compile(r"公开|复议|诉讼|收费(?:及|和|、)减免")
DISCLOSURE = re.compile(r"信息公开|政务公开|公开.{0,3}信息|依申请|申请公开")


def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern}){_FILL}")


def _after(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})")


def by_edition(a: str | None, b: str | None, c: str | None, other: str | None = None) -> dict[str, str]:
    """Edition -> indicator id, leaving out editions whose form has none; `other` is for all editions not named."""
    return {key: value for key, value in (("A", a), ("B", b), ("C", c), ("", other)) if value}


def in_both(indicator: str) -> dict[str, str]:
    """The same id in editions B and C, which share most of their forms."""
    return by_edition(None, indicator, indicator)


def rule(
    name: str,
    ids: Mapping[str, str],
    units: str,
    *,
    before: str | None = None,
    after: tuple[str, str] | None = None,
    context: str | re.Pattern[str] | None = None,
    unless: str | None = None,
    unless_said: str | None = None,
    frame: str | None = None,
    label_from: bool = False,
    whose_year: int = 0,
    anywhere: bool = False,
) -> Rule:
    """before: words ending at the figure. after: (words ending at the figure, words beginning behind it)."""
    return Rule(
        name,
        ids,
        units,
        before=_before(before if before is not None else after[0] if after else ""),
        after=_after(after[1]) if after else None,
        context=re.compile(context) if isinstance(context, str) else context,
        unless=re.compile(unless) if unless else None,
        unless_said=re.compile(unless_said) if unless_said else None,
        frame=frame,
        label_from=label_from,
        whose_year=whose_year,
        anywhere=anywhere,
    )
