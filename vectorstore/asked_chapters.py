"""Words of the chapter that a question asks for without naming it.

Every report has a chapter "存在的主要问题及改进情况" (prescribed since 国办公开办函〔2021〕30号, customary before); people ask for
it in words that it does not contain: what was promised, what is wrong.
"""

import re

_CHAPTERS = (
    (
        re.compile(
            r"承诺|打算|计划|改进|措施|怎么改|下一步|今后|\bcommit|\bpromis|\bplan(?:s|ned)?\b|\bimprove|\bintend|\bpledge",
            re.IGNORECASE,
        ),
        "改进情况 改进措施 下一步 今后 进一步",
    ),
    (
        re.compile(
            r"不足|问题|毛病|短板|困难|缺点|\bproblem|\bweakness|\bshortcoming|\bdifficult|\bdeficienc", re.IGNORECASE
        ),
        "存在的主要问题 不足 有待",
    ),
)


def with_chapter_words(query: str) -> str:
    """The query, followed by the words that the chapter it asks for is written in; the query alone for most."""
    return " ".join([query, *(words for pattern, words in _CHAPTERS if pattern.search(query))])
