"""What a question about problems and commitments asks for: of which kind, about what, from which reports."""

import re
from dataclasses import dataclass

from qa_service.answering.corpus import Corpus
from qa_service.answering.prose_query import ProseQuery, make_query, without_scope
from qa_service.answering.scope import agencies_asked, settle_scope
from qa_service.understanding.question import Operation, Question
from qa_service.understanding.years import YearKind
from reports.theme import match_themes_in_question
from vectorstore.query_terms import Term

PROBLEM, COMMITMENT = "problem", "commitment"

# Words of asking for problems and plans; what else a question says is what they are to be about.
_ASKING = re.compile(
    "|".join(
        sorted(
            (
                "改进措施 改进情况 整改措施 改进方向 改进 整改 措施 下一步打算 下一步计划 下一步工作 下一步 打算怎么改 打算 承诺过 承诺 "
                "计划做 明年计划 计划 准备怎么改 准备 怎么改 努力方向 努力 说了要 说要 提出要 提出过 提出 提了 将要 明年 来年 今后 以后 "
                "接下来 未来 后来做了吗 后来 做到了吗 做到 做了吗 做了 做没做 兑现 落实了吗 落实 过去几年 这几年 近几年 几年 过去 历年 加强 加大 力度 "
                "要多搞 多搞 要搞 多做 存在的问题 存在问题 存在 主要问题 问题 不足之处 不足 毛病 短板 薄弱环节 弱点 缺点 困难 承认 列为 列成 认为 "
                "表示 保证 做好 都有谁 有谁 谁家 谁 哪些单位 哪些局 哪几家 哪家 单位 有没有 有哪些 哪些方面 方面 工作 政府信息公开 信息公开 "
                "觉得 认为 哪块 哪里 哪些地方 地方 需要 嫌 弱 有待 提到 "
                "政务公开 公开工作 政府信息 自己 自我 报告 年报 上 在 做 搞 要 会 将 想 把 说 改"
            ).split(),
            key=len,
            reverse=True,
        )
    )
)
_ASKING_EN = re.compile(
    r"\b(?:commit\w*|promis\w*|pledg\w*|vow\w*|plan|plans|planned|planning|intend\w*|intention\w*|undert\w+|improv\w+|"
    r"measures?|steps?|next|future|problems?|shortcomings?|weakness\w*|deficienc\w+|difficult\w+|issues?|flaws?|admit\w*|"
    r"acknowledg\w*|concede\w*|names?|named|works?|do|did|does|so|keep|kept|better|more|about|on|going|will|wants?|fix|"
    r"reports?|issuers?|bureaus?|offices?|agenc\w+|bodies|body|itself|own|later|happen\w*|became|become|sees?|room|weak|points?|spots?|lacking|where)\b"
)
# "commit to for 2023", "2023年的计划": the year that the promise is for, not that of the report.
_FOR_YEAR = re.compile(
    r"\bfor (?:the year )?20\d\d|20\d\d年?度?的?(?:计划|打算|安排|目标|要|准备|承诺|将|想|重点|下一步|努力)"
    r"|(?:计划|打算|准备|承诺|要)在?20\d\d年"
)
# "2017年承诺的，后来做了吗": the year of the promise, whereas "did it do so in 2018" names the year after.
_MADE_IN = re.compile(
    r"20\d\d年?度?的?(?:报告|年报|承诺|提出|提的|说|打算|计划)|(?:promis|commit|pledg|plan)\w* (?:made )?in (?:its |the )?20\d\d"
    r"|20\d\d (?:commitments?|promises?|report|plans?)"
)
_EXPLICIT = re.compile(r"\bfor (?:the year )?20\d\d")


@dataclass(frozen=True, slots=True)
class Wish:
    """kinds: problems, commitments or both. themes: ids; every: whether all of them are meant at once,
    either: whether one of several things said is enough ("or").

    terms: what else is said of what they are about. followed: whether what became of them is asked.
    """

    kinds: tuple[str, ...]
    themes: tuple[str, ...]
    every: bool
    either: bool
    terms: tuple[Term, ...]
    followed: bool

    @property
    def is_open(self) -> bool:
        """Whether nothing is said of what they are about."""
        return not self.themes and not self.terms


def read_wish(question: Question, corpus: Corpus) -> Wish:
    """What is asked for; what a follow-up leaves out ("Did it do so?") comes from the turn on commitments before it."""
    before = next((turn for turn in reversed(question.earlier) if turn.operation is Operation.COMMITMENTS), None)
    followed = "FOLLOWED" in question.cues
    said = (kind for kind, cue in ((PROBLEM, "PROBLEM"), (COMMITMENT, "PROMISE")) if cue in question.cues)
    kinds = tuple(said) or ((COMMITMENT,) if before or followed else (PROBLEM, COMMITMENT))
    text = without_scope(corpus.reader.read(question.text))
    query, themes = _about(text), match_themes_in_question(text)
    if followed and not themes and before is not None:
        text = without_scope(corpus.reader.read(before.text))
        kinds, query, themes = (COMMITMENT,), _about(text), match_themes_in_question(text)
    elif followed:
        kinds = (COMMITMENT,)
    either = re.search(r"\bor\b|或|、", text)
    return Wish(kinds, themes, len(themes) > 1 and not either, bool(either), query.terms, followed)


def _about(text: str) -> ProseQuery:
    return make_query(_ASKING_EN.sub(" ", _ASKING.sub(" ", text)))


def report_points(question: Question, corpus: Corpus, wish: Wish) -> tuple[tuple[str, int], ...]:
    """(agency, data year) of the reports whose problems and commitments are meant; () where there is no such report.

    A year can be that of the report, or the one a promise is for: then the report of the year before holds it.
    """
    agencies = agencies_asked(question, corpus) or tuple(sorted(corpus.agencies))
    if question.year.kind not in (YearKind.LISTED, YearKind.RANGE):
        if question.asked.agencies:
            return settle_scope(question, corpus, many=True).points
        return tuple((agency, year) for agency in agencies for year in corpus.years(agency))
    made_in = wish.followed and ("years" in question.inherited or bool(_MADE_IN.search(question.text)))
    for_year = (wish.followed and not made_in) or (
        wish.kinds == (COMMITMENT,) and bool(_FOR_YEAR.search(question.text))
    )
    points = []
    for agency in agencies:
        have = corpus.years(agency)
        for year in question.year.years:
            of_year, before = year in have, year - 1 in have
            if before and (
                for_year or (not of_year and not made_in and COMMITMENT in wish.kinds and question.asked.agencies)
            ):
                points.append((agency, year - 1))
            # "2018年打算怎么做": the report of 2018 may be meant, or that of 2017 on what is to come.
            if (
                of_year
                and (made_in or not wish.followed)
                and not (before and for_year and _EXPLICIT.search(question.text))
            ):
                points.append((agency, year))
    return tuple(dict.fromkeys(points))
