"""Words of the chapter that a question asks for without naming it.

Every report has a chapter "存在的主要问题及改进情况" (prescribed since 国办公开办函〔2021〕30号, customary before); people ask for
it in words that it does not contain: what was promised, what is wrong.
"""

import re

_CHAPTERS = (
    (
        re.compile(
            r"承诺|打算|计划|改进|措施|怎么改|下一步|今后|准备[做干怎如]|准备在|\bcommit|\bpromis|\bplan(?:s|ned)?\b|\bimprove|\bintend"
            r"|\bpledge|\bvow|\bundertake",
            re.IGNORECASE,
        ),
        ("改进情况", "改进措施", "下一步", "今后", "进一步"),
    ),
    (
        re.compile(
            r"不足|问题|毛病|短板|短处|困难|缺点|缺陷|弱点|\bproblem|\bweakness|\bshortcoming|\bdifficult|\bdeficienc|\bflaw",
            re.IGNORECASE,
        ),
        ("存在的主要问题", "不足", "有待"),
    ),
)


def chapter_words(query: str) -> tuple[tuple[str, ...], ...]:
    """The words that each chapter is written in which the query asks for; () for most queries."""
    return tuple(words for pattern, words in _CHAPTERS if pattern.search(query))
