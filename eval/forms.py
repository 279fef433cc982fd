"""The three editions of the official form as they are printed: rows in order, with the indicator each cell holds.

Written from the forms themselves (国办发〔2014〕32号, 国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号) and not
from the catalogue's matching rules, so that gold figures never depend on the code they are to judge.
"""

import re
from dataclasses import dataclass

_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.)")

APPLICANTS = ("natural_person", "business", "research", "charity", "legal_service", "other_org")
APPLICANT_HEADS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A row of form A. indicator is None for a heading; ten_only rows stand in the ten-section variant alone."""

    label: str
    unit: str | None = None
    indicator: str | None = None
    ten_only: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of Art. 20 in forms B and C: column heads, then rows of label and the indicator of each column."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of the request matrix: its heading path from the outermost in, numbering included."""

    path: tuple[str, ...]
    indicator: str


def _annex(lines: str) -> tuple[AnnexRow, ...]:
    rows = []
    for line in lines.strip().splitlines():
        label, unit, indicator = (part.strip() for part in line.split("|"))
        ten_only = label.startswith("*")
        name = f"legacy.{indicator}" if indicator else None
        rows.append(AnnexRow(label.lstrip("*"), unit or None, name, ten_only))
    return tuple(rows)


_ANNEX = _annex("""
一、主动公开情况 | |
（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条） | 条 | proactive.info_total
其中：主动公开规范性文件数 | 条 | proactive.normative_docs_disclosed
制发规范性文件总数 | 件 | proactive.normative_docs_issued
（二）通过不同渠道和方式公开政府信息的情况 | |
1.政府公报公开政府信息数 | 条 | proactive.channels.gazette
2.政府网站公开政府信息数 | 条 | proactive.channels.website
3.政务微博公开政府信息数 | 条 | proactive.channels.weibo
4.政务微信公开政府信息数 | 条 | proactive.channels.wechat
5.其他方式公开政府信息数 | 条 | proactive.channels.other
二、回应解读情况 | |
（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次） | 次 | response.hot_issues
（二）通过不同渠道和方式回应解读的情况 | |
1.参加或举办新闻发布会总次数 | 次 | response.channels.press_conferences
其中：主要负责同志参加新闻发布会次数 | 次 | response.channels.press_conferences.by_chief
2.政府网站在线访谈次数 | 次 | response.channels.online_interviews
其中：主要负责同志参加政府网站在线访谈次数 | 次 | response.channels.online_interviews.by_chief
3.政策解读稿件发布数 | 篇 | response.channels.policy_explainers
4.微博微信回应事件数 | 次 | response.channels.weibo_wechat_replies
5.其他方式回应事件数 | 次 | response.channels.other_replies
三、依申请公开情况 | |
（一）收到申请数 | 件 | requests.received
1.当面申请数 | 件 | requests.received.in_person
2.传真申请数 | 件 | requests.received.fax
3.网络申请数 | 件 | requests.received.online
4.信函申请数 | 件 | requests.received.letter
*5.其他形式 | 件 | requests.received.other_form
（二）申请办结数 | 件 | requests.closed
1.按时办结数 | 件 | requests.closed.on_time
2.延期办结数 | 件 | requests.closed.extended
（三）申请答复数 | 件 | requests.replied
1.属于已主动公开范围数 | 件 | requests.replied.already_public
2.同意公开答复数 | 件 | requests.replied.granted
3.同意部分公开答复数 | 件 | requests.replied.partial
4.不同意公开答复数 | 件 | requests.replied.refused
其中：涉及国家秘密 | 件 | requests.replied.refused.state_secret
涉及商业秘密 | 件 | requests.replied.refused.commercial_secret
涉及个人隐私 | 件 | requests.replied.refused.personal_privacy
危及国家安全、公共安全、经济安全和社会稳定 | 件 | requests.replied.refused.security_stability
不是《条例》所指政府信息 | 件 | requests.replied.refused.not_gov_info
法律法规规定的其他情形 | 件 | requests.replied.refused.other_legal
5.不属于本行政机关公开数 | 件 | requests.replied.not_this_body
6.申请信息不存在数 | 件 | requests.replied.not_exist
7.告知作出更改补充数 | 件 | requests.replied.supplement
8.告知通过其他途径办理数 | 件 | requests.replied.other_channel
四、行政复议数量 | 件 | review
（一）维持具体行政行为数 | 件 | review.upheld
（二）被依法纠错数 | 件 | review.corrected
（三）其他情形数 | 件 | review.other
五、行政诉讼数量 | 件 | litigation
（一）维持具体行政行为或者驳回原告诉讼请求数 | 件 | litigation.upheld
（二）被依法纠错数 | 件 | litigation.corrected
（三）其他情形数 | 件 | litigation.other
六、举报投诉数量 | 件 | complaints
*（一）维持具体行政行为数 | 件 | complaints.upheld
*（二）被纠错数 | 件 | complaints.corrected
*（三）其他情形数 | 件 | complaints.other
*七、向图书馆、档案馆等查阅场所报送信息数 | 条 | deposits
*（一）纸质文件数 | 条 | deposits.paper
*（二）电子文件数 | 条 | deposits.electronic
七、依申请公开信息收取的费用 | 万元 | fees_collected
八、机构建设和保障经费情况 | |
（一）政府信息公开工作专门机构数 | 个 | institution.offices
（二）设置政府信息公开查阅点数 | 个 | institution.reading_points
（三）从事政府信息公开工作人员数 | 人 | institution.staff
1.专职人员数（不包括政府公报及政府网站工作人员数） | 人 | institution.staff.full_time
2.兼职人员数 | 人 | institution.staff.part_time
（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费） | 万元 | institution.budget
九、政府信息公开会议和培训情况 | |
（一）召开政府信息公开工作会议或专题会议数 | 次 | meetings.meetings
（二）举办各类培训班数 | 次 | meetings.trainings
（三）接受培训人员数 | 人次 | meetings.trainees
""")
# The ten-section variant has one section more, so the numbers after it move on.
_RENUMBERED = {"七、依": "八、依", "八、机": "九、机", "九、政": "十、政", "六、举报": "六、被举报"}


def annex_rows(*, ten_section: bool) -> tuple[AnnexRow, ...]:
    """The rows of form A in printed order, 65 or (ten sections) 72 of them, headings included."""
    if not ten_section:
        return tuple(row for row in _ANNEX if not row.ten_only)
    return tuple(AnnexRow(_renumbered(row.label), row.unit, row.indicator) for row in _ANNEX)


def _renumbered(label: str) -> str:
    for old, new in _RENUMBERED.items():
        if label.startswith(old):
            return new + label[len(old) :]
    return label


def _rows(*names: tuple[str, str], measures: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((label, tuple(f"{name}.{measure}" for measure in measures.split())) for label, name in names)


_B_HEADS = ("上一年项目数量", "本年增/减", "处理决定数量")
_B_MEASURES = "items_prev_year items_change decisions"
_REGULATIONS = ("规章", "art20_1.regulations")
_LICENSE = ("行政许可", "art20_5.license")
_OTHER = ("其他对外管理服务事项", "art20_5.other_services")
_PENALTY = ("行政处罚", "art20_6.penalty")
_COERCION = ("行政强制", "art20_6.coercion")
_FEES = ("行政事业性收费", "art20_8.admin_fees")
_PROCUREMENT = ("政府集中采购", "art20_9.procurement")

ARTICLE_20 = {
    "B": (
        Block(
            "第二十条第（一）项",
            ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
            _rows(_REGULATIONS, ("规范性文件", "art20_1.normative"), measures="made newly_disclosed total_disclosed"),
        ),
        Block("第二十条第（五）项", _B_HEADS, _rows(_LICENSE, _OTHER, measures=_B_MEASURES)),
        Block("第二十条第（六）项", _B_HEADS, _rows(_PENALTY, _COERCION, measures=_B_MEASURES)),
        Block("第二十条第（八）项", _B_HEADS[:2], _rows(_FEES, measures="items_prev_year items_change")),
        Block("第二十条第（九）项", ("采购项目数量", "采购总金额"), _rows(_PROCUREMENT, measures="projects amount")),
    ),
    "C": (
        Block(
            "第二十条第（一）项",
            ("本年制发件数", "本年废止件数", "现行有效件数"),
            _rows(_REGULATIONS, ("行政规范性文件", "art20_1.normative"), measures="issued repealed in_force"),
        ),
        Block("第二十条第（五）项", ("本年处理决定数量",), _rows(_LICENSE, measures="decisions")),
        Block("第二十条第（六）项", ("本年处理决定数量",), _rows(_PENALTY, _COERCION, measures="decisions")),
        Block("第二十条第（八）项", ("本年收费金额（单位：万元）",), _rows(_FEES, measures="amount")),
    ),
}

RECONCILIATION = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
_DONE = "三、本年度办理结果"
_NO_LONGER = "行政机关不再处理其政府信息公开申请"


def _group(head: str, name: str, *leaves: tuple[str, str]) -> tuple[MatrixRow, ...]:
    return tuple(
        MatrixRow((_DONE, head, f"{number}.{label}"), f"requests.results.{name}.{leaf}")
        for number, (label, leaf) in enumerate(leaves, 1)
    )


_MATRIX_START = (
    MatrixRow(("一、本年新收政府信息公开申请数量",), "requests.new_received"),
    MatrixRow(("二、上年结转政府信息公开申请数量",), "requests.carried_over"),
    MatrixRow((_DONE, "（一）予以公开"), "requests.results.granted"),
    MatrixRow((_DONE, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"), "requests.results.partial"),
    *_group(
        "（三）不予公开",
        "denied",
        ("属于国家秘密", "state_secret"),
        ("其他法律行政法规禁止公开", "prohibited_by_law"),
        ("危及“三安全一稳定”", "three_securities"),
        ("保护第三方合法权益", "third_party"),
        ("属于三类内部事务信息", "internal_affairs"),
        ("属于四类过程性信息", "process_info"),
        ("属于行政执法案卷", "enforcement_files"),
        ("属于行政查询事项", "admin_query"),
    ),
    *_group(
        "（四）无法提供",
        "unavailable",
        ("本机关不掌握相关政府信息", "not_held"),
        ("没有现成信息需要另行制作", "needs_creation"),
        ("补正后申请内容仍不明确", "unclear_after_correction"),
    ),
    *_group(
        "（五）不予处理",
        "not_processed",
        ("信访举报投诉类申请", "petition_complaint"),
        ("重复申请", "repeat"),
        ("要求提供公开出版物", "public_publication"),
        ("无正当理由大量反复申请", "excessive"),
        ("要求行政机关确认或重新出具已获取信息", "reconfirm"),
    ),
)
_MATRIX_END = (
    MatrixRow((_DONE, "（七）总计"), "requests.results.total"),
    MatrixRow(("四、结转下年度继续办理",), "requests.carried_forward"),
)
MATRIX = {
    "B": (*_MATRIX_START, MatrixRow((_DONE, "（六）其他处理"), "requests.results.other"), *_MATRIX_END),
    "C": (
        *_MATRIX_START,
        *_group(
            "（六）其他处理",
            "other",
            (f"申请人无正当理由逾期不补正、{_NO_LONGER}", "no_correction"),
            (f"申请人逾期未按收费通知要求缴纳费用、{_NO_LONGER}", "fee_unpaid"),
            ("其他", "misc"),
        ),
        *_MATRIX_END,
    ),
}

OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_OUTCOME_IDS = ("upheld", "corrected", "other", "pending", "total")
DISPUTES = tuple(
    f"disputes.{group}.{outcome}"
    for group in ("review", "litigation.direct", "litigation.after_review")
    for outcome in _OUTCOME_IDS
)


def edition_of(year: int) -> str:
    """The edition in force for a report year: A up to 2018, B 2019-2020, C from 2021."""
    return "A" if year <= 2018 else "B" if year <= 2020 else "C"


def bare_label(label: str) -> str:
    """A printed label without its number, the 其中 before it and the note behind it."""
    return _NUMBERING.sub("", label.removeprefix("其中："), count=1).partition("（")[0]
