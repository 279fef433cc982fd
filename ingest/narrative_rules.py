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
_START = r"(?:^|[^不未没无非])"
_CASES = "件 份 起 个 宗 例 条 项"
_ITEMS = "条 件 篇 项 个"
_TIMES = "次 场 场次 期 个 件"
_REQUEST = r"申请|依申请"
# A section headed so is about disclosure even where its sentences do not say it again.
DISCLOSURE_SECTION = re.compile(r"公开|复议|诉讼|收费(?:及|和|、)减免")
DISCLOSURE = re.compile(r"信息公开|政务公开|公开.{0,3}信息|依申请|申请公开")


def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern}){_FILL}")


def _after(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})")


def _each(a: str | None, b: str | None, c: str | None, other: str | None = None) -> dict[str, str]:
    return {key: value for key, value in (("A", a), ("B", b), ("C", c), ("", other)) if value}


def _both(indicator: str) -> dict[str, str]:
    return _each(None, indicator, indicator)


def _rule(
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


_GET = r"收到|接到|受理|接收|收悉|新收|接受"
_NO_PART = (
    r"其中.{0,8}(?:室|科|处|股|站|所|中心|单位)收到|各科室|自然人|商业企业|科研机构|公益组织|律师事务所|法律服务机构"
)
_LAST_YEAR = r"(?:上年|上一年|去年|20\d\d年)度?"
_NEXT_YEAR = r"(?:下一?年|明年|次年|20\d\d年)度?"
_RECEIVED = _each("legacy.requests.received", "requests.new_received", "requests.new_received")


def _channel(name: str, words: str) -> tuple[Rule, ...]:
    ids = _each(f"legacy.requests.received.{name}", None, None)
    return (
        _rule(
            f"request channel {name}",
            ids,
            _CASES,
            before=rf"(?:{words})(?:[^，、和]{{0,10}}(?:申请|提交|提出|形式|方式|渠道|途径|收到|受理))?(?:的)?(?:申请)?",
            context=r"申请",
            unless=r"公开(?:各类|政府)?信息|发布|解读|回应|办结|答复|推送|咨询",
        ),
    )


def _outcome(name: str, ids: Mapping[str, str], words: str) -> Rule:
    return _rule(name, ids, _CASES, before=words, context=_REQUEST, anywhere=True)


_REQUESTS: tuple[Rule, ...] = (
    _rule(
        "carried over",
        _both("requests.carried_over"),
        _CASES,
        before=rf"{_LAST_YEAR}[^，]{{0,8}}结转[^，]{{0,16}}|结转(?:自)?(?:上年|上一年|去年)度?[^，]{{0,16}}",
        unless=r"(?:下|明|次)一?年",
        whose_year=-1,
    ),
    _rule(
        "carried over, noun behind",
        _both("requests.carried_over"),
        _CASES,
        after=(r"含|结转|有|另有", rf"{_LAST_YEAR}[^，]{{0,6}}结转"),
        whose_year=-1,
    ),
    _rule(
        "carried forward",
        _both("requests.carried_forward"),
        _CASES,
        before=rf"(?:结转|顺延|转入|转)(?:至|到|入)?{_NEXT_YEAR}[^，]{{0,14}}",
        whose_year=1,
    ),
    _rule(
        "carried forward, noun behind",
        _both("requests.carried_forward"),
        _CASES,
        after=(r"另有|有|另|尚有|还有|剩余|其余|，|^", rf"[^，]{{0,6}}(?:结转|顺延|转入|转)(?:至|到|入)?{_NEXT_YEAR}"),
        whose_year=1,
    ),
    *_channel("in_person", r"当面|现场|上门|到场|窗口"),
    *_channel("fax", r"传真"),
    *_channel("online", r"网络|网上|在线|互联网|电子邮件|电子邮箱|邮件|线上|网站|平台"),
    *_channel("letter", r"信函|书面|邮寄|信件|来信|寄送"),
    _rule(
        "requests received",
        _RECEIVED,
        _CASES,
        before=rf"(?:{_GET})(?!.{{0,20}}(?:复议|诉讼|投诉|举报))[^，]{{0,24}}(?:申请|依申请公开)(?:公开)?(?:政府信息)?(?:事项|件)?",
        context=r"公开",
        unless=rf"{_NO_PART}|结转|行政许可申请|仲裁申请|(?:{_GET})(?:公民|法人|企业|个人|单位)(?!、|和|或|及|与)",
    ),
    _rule(
        "requests received, verb behind the noun",
        _RECEIVED,
        _CASES,
        before=rf"信息公开(?:的)?申请[^，不未无]{{0,6}}(?:{_GET})",
        unless=_NO_PART,
    ),
    _rule(
        "requests received, noun behind",
        _RECEIVED,
        _CASES,
        after=(rf"(?:{_GET})", r"(?!.{0,20}(?:复议|诉讼|投诉|举报))[^，]{0,20}公开[^，]{0,6}申请|依申请公开"),
        unless=_NO_PART,
    ),
    _rule(
        "already public",
        _each("legacy.requests.replied.already_public", None, None),
        _CASES,
        before=r"(?:已|已经)主动公开(?:的)?(?:范围)?(?:答复)?(?:的)?",
        context=_REQUEST,
        anywhere=True,
    ),
    _rule(
        "granted",
        _each("legacy.requests.replied.granted", "requests.results.granted", "requests.results.granted"),
        _CASES,
        before=r"(?<!不)(?:同意|予以|全部)公开(?:答复)?(?:的)?",
        context=_REQUEST,
        anywhere=True,
        unless=r"不予|不同意|部分公开|未",
    ),
    _rule(
        "partial",
        _each("legacy.requests.replied.partial", "requests.results.partial", "requests.results.partial"),
        _CASES,
        before=r"部分公开(?:答复)?(?:的)?",
        context=_REQUEST,
        anywhere=True,
    ),
    _rule(
        "refused",
        _each("legacy.requests.replied.refused", "requests.results.denied", "requests.results.denied"),
        _CASES,
        before=r"(?:不予|不同意|拒绝)公开(?:答复)?(?:的)?",
        context=_REQUEST,
        anywhere=True,
    ),
    _rule(
        "not this body",
        _each("legacy.requests.replied.not_this_body", None, None),
        _CASES,
        before=r"(?:非|不属于|不是)本(?:行政)?(?:机关|单位|部门)(?:负责|职责|职权|公开|的)?(?:范围|政府信息|公开|信息)*[”]?(?:的)?",
        context=_REQUEST,
        anywhere=True,
    ),
    _rule(
        "does not exist",
        _each("legacy.requests.replied.not_exist", None, None),
        _CASES,
        before=r"信息不存在(?:答复)?(?:的)?",
        context=_REQUEST,
        anywhere=True,
    ),
    _rule(
        "not held",
        _both("requests.results.unavailable.not_held"),
        _CASES,
        before=r"不掌握(?:相关)?(?:政府)?(?:信息)?(?:的)?",
        context=_REQUEST,
        anywhere=True,
    ),
    _rule(
        "needs creation",
        _both("requests.results.unavailable.needs_creation"),
        _CASES,
        before=r"(?:另行制作|没有现成信息)(?:的)?",
        context=_REQUEST,
        anywhere=True,
    ),
    _rule(
        "unclear",
        _both("requests.results.unavailable.unclear_after_correction"),
        _CASES,
        before=r"补正后[^，]{0,8}不明确(?:的)?",
        context=_REQUEST,
        anywhere=True,
    ),
    _outcome("unavailable", _both("requests.results.unavailable"), r"无法提供(?:的)?"),
    _outcome("not processed", _both("requests.results.not_processed"), r"不予处理(?:的)?"),
    _outcome("repeat", _both("requests.results.not_processed.repeat"), r"重复申请(?:的)?"),
    _outcome(
        "other way",
        _each("legacy.requests.replied.other_channel", None, None),
        r"(?:告知)?通过其[他它]途径办理(?:的)?",
    ),
    _outcome(
        "to be completed", _each("legacy.requests.replied.supplement", None, None), r"(?:告知)?(?:作出)?更改补充(?:的)?"
    ),
    _rule(
        "petition",
        _both("requests.results.not_processed.petition_complaint"),
        _CASES,
        before=r"信访、?举报、?投诉类(?:申请)?(?:的)?",
        context=_REQUEST,
        anywhere=True,
    ),
    _rule(
        "third party",
        _both("requests.results.denied.third_party"),
        _CASES,
        before=r"第三方合法权益(?:的)?",
        context=_REQUEST,
        anywhere=True,
    ),
    _rule(
        "internal affairs",
        _both("requests.results.denied.internal_affairs"),
        _CASES,
        before=r"内部事务(?:信息)?(?:的)?",
        context=_REQUEST,
        anywhere=True,
    ),
    _rule(
        "process information",
        _both("requests.results.denied.process_info"),
        _CASES,
        before=r"过程性信息(?:的)?",
        context=_REQUEST,
        anywhere=True,
    ),
    _rule(
        "enforcement files",
        _both("requests.results.denied.enforcement_files"),
        _CASES,
        before=r"执法案卷(?:信息)?(?:的)?",
        context=_REQUEST,
        anywhere=True,
    ),
    _rule(
        "administrative query",
        _both("requests.results.denied.admin_query"),
        _CASES,
        before=r"行政查询事项(?:的)?",
        context=_REQUEST,
        anywhere=True,
    ),
    _rule(
        "other outcome",
        {},
        _CASES,
        before=r"其他处理(?:的)?|其他(?:答复)?(?:的)?",
        context=_REQUEST,
        unless=r"其他结果|其他情形",
    ),
    _rule(
        "closed late",
        _each("legacy.requests.closed.extended", None, None),
        _CASES,
        before=r"延期(?:办结|答复)",
        context=_REQUEST,
    ),
    _rule(
        "closed on time",
        _each("legacy.requests.closed.on_time", None, None),
        _CASES,
        before=r"(?:按时|按期|如期|期限内|时限内)(?:予以)?(?:办结|答复)(?:申请)?",
        context=_REQUEST,
    ),
    _rule(
        "closed on time, told behind",
        _each("legacy.requests.closed.on_time", None, None),
        _CASES,
        after=(
            r"^|，|上述|以上|其中|所有|收到的",
            r"[^，]{0,12}申请(?:均|全部|都)?已?(?:在[^，]{0,16}(?:期限|时限|时间)[^，]{0,4}|按时|按期)(?:予以)?(?:办结|答复)",
        ),
    ),
    _rule(
        "closed",
        _each("legacy.requests.closed", "requests.results.total", "requests.results.total"),
        _CASES,
        before=r"办结(?:政府信息公开|信息公开|依申请公开)?(?:申请)?",
        context=_REQUEST,
        unless=r"延期|按时|按期|许可|网上办结|信访|事项",
    ),
    _rule(
        "replied",
        _each("legacy.requests.replied", "requests.results.total", "requests.results.total"),
        _CASES,
        before=r"(?:答复|回复)(?:依申请公开|政府信息公开申请|信息公开申请|公开申请|申请人?)?",
        context=_REQUEST,
        unless=r"当场|书面|口头|当面|同意|予以公开|部分|不予|延期|按时|留言|咨询|信箱|来信|热线|提案|建议|网民",
    ),
)

_REVIEW = _each("legacy.review", "disputes.review.total", "disputes.review.total")
_LITIGATION = _each("legacy.litigation", "disputes.litigation", "disputes.litigation")
_JOINT = r"复议(?:案件)?(?:、|和|及|与|或|以及)[^，]{0,10}诉讼|诉讼(?:、|和|及|与|或)[^，]{0,8}复议"


def _outcomes(frame: str, form_a: str, forms_bc: str | None) -> tuple[Rule, ...]:
    def ids(leaf_a: str | None, leaf: str) -> dict[str, str]:
        form = f"{forms_bc}.{leaf}" if forms_bc else None
        return _each(f"{form_a}.{leaf_a}" if leaf_a and form_a else None, form, form)

    def told(name: str, leaf_a: str | None, leaf: str, words: str) -> Rule:
        return _rule(
            f"{frame} {name}",
            ids(leaf_a, leaf),
            _CASES,
            before=words,
            context=DISCLOSURE,
            frame=frame,
        )

    return (
        told("upheld", "upheld", "upheld", r"维持(?:原?具体行政行为|原行政行为)?(?:的)?"),
        told("corrected", "corrected", "corrected", r"(?:纠正|纠错|撤销)(?:的)?"),
        told("other", "other", "other", r"其[他它](?:结果|情形|情况)(?:的)?"),
        told("pending", None, "pending", r"(?:尚未|未|还未)(?:审结|办结|结案)(?:的)?|正在审理(?:的)?"),
    )


# 行政复议8件，其中涉及政府信息公开的2件: the first figure counts more than disclosure.
_NOT_ALL_DISCLOSURE = r"无关|其中[^，；。]{0,6}(?:政府)?信息公开"
_DISPUTES: tuple[Rule, ...] = (
    _rule(
        "direct lawsuits",
        _both("disputes.litigation.direct.total"),
        _CASES,
        before=r"未经复议直接(?:起诉|提起(?:行政)?诉讼)(?:的)?(?:案件)?",
    ),
    _rule(
        "lawsuits after review",
        _both("disputes.litigation.after_review.total"),
        _CASES,
        before=r"复议后(?:起诉|提起(?:行政)?诉讼)(?:的)?(?:案件)?",
    ),
    *_outcomes("direct", "", "disputes.litigation.direct"),
    *_outcomes("after_review", "", "disputes.litigation.after_review"),
    *_outcomes("review", "legacy.review", "disputes.review"),
    *_outcomes("litigation", "legacy.litigation", None),
    _rule(
        "reviews",
        _REVIEW,
        _CASES,
        before=r"行政复议(?:申请|案件|事项|案)?",
        context=DISCLOSURE,
        unless_said=_NOT_ALL_DISCLOSURE,
        unless=_JOINT,
    ),
    _rule(
        "reviews, noun behind",
        _REVIEW,
        _CASES,
        after=(r"发生|产生|引发|收到|有|涉及|被申请", r"(?![^，]{0,20}诉讼)[^，]{0,14}行政复议"),
        context=DISCLOSURE,
        unless_said=_NOT_ALL_DISCLOSURE,
    ),
    _rule(
        "lawsuits",
        _LITIGATION,
        _CASES,
        before=r"行政诉讼(?:案件|案)?",
        context=DISCLOSURE,
        unless_said=_NOT_ALL_DISCLOSURE,
        unless=_JOINT,
    ),
    _rule(
        "lawsuits, noun behind",
        _LITIGATION,
        _CASES,
        after=(r"发生|产生|引发|收到|有|涉及|被提起", r"(?![^，]{0,20}复议)[^，]{0,14}行政诉讼"),
        context=DISCLOSURE,
        unless_said=_NOT_ALL_DISCLOSURE,
    ),
    _rule(
        "complaints",
        _each("legacy.complaints", None, None),
        _CASES,
        before=r"(?:收到|发生|接到|受理)[^，]{0,16}公开[^，]{0,10}(?:举报|投诉|申诉)(?:、(?:举报|投诉|申诉))?(?:案件)?",
    ),
)

_PUBLISH = r"(?:主动公开|公开|发布|更新|公布|刊登|登载)(?:了)?"
_INFORMATION = r"(?:各类|各项|相关)?(?:政府|政务)?(?:公开)?信息(?:内容)?"
_NO_KIND = r"图解|视频|图片解读|专家解读|媒体解读|音频|动漫"


def _media(name: str, words: str, narrative: str | None = None) -> Rule:
    return _rule(
        f"items by {name}",
        _each(f"legacy.proactive.channels.{name}", None, None, narrative),
        _ITEMS,
        before=rf"(?:{words})[^，；]{{0,10}}?{_PUBLISH}(?:{_INFORMATION})?(?:、(?:动态|文件|文章|公告))*",
        unless=r"(?:网站|微博|微信|公众号|公报|新媒体|平台)[^，]{0,6}(?:、|和|及|与|以及)[^，]{0,12}(?:网站|微博|微信|公众号|公报|新媒体|平台)",
    )


_PROACTIVE: tuple[Rule, ...] = (
    _rule(
        "full text rate",
        {"": "narrative.full_text_electronic_rate"},
        "%",
        before=r"全文电子化(?:率|程度)?",
    ),
    _rule(
        "normative documents disclosed",
        _each(
            "legacy.proactive.normative_docs_disclosed",
            "art20_1.normative.newly_disclosed",
            None,
        ),
        "条 件 份 个",
        before=r"(?:主动公开|公开|公布)(?:了)?(?:行政)?规范性文件",
        unless=r"累计|现行",
    ),
    _rule(
        "normative documents repealed",
        _each(None, None, "art20_1.normative.repealed"),
        "件 份 个",
        before=r"(?:废止|宣布失效)(?:了)?(?:行政)?规范性文件",
    ),
    _rule(
        "normative documents in force",
        _each(None, None, "art20_1.normative.in_force"),
        "件 份 个",
        before=r"现行有效(?:的)?(?:行政)?规范性文件",
    ),
    _rule(
        "normative documents issued",
        _each(
            "legacy.proactive.normative_docs_issued",
            "art20_1.normative.made",
            "art20_1.normative.issued",
            "narrative.normative_docs_issued",
        ),
        "件 份 个",
        before=r"(?:制发|制定|出台|印发|制订|新制作)(?:了|并公开|并发布|发布)?(?:行政)?规范性文件",
    ),
    _rule(
        "normative documents issued, noun behind",
        _each(
            "legacy.proactive.normative_docs_issued",
            "art20_1.normative.made",
            "art20_1.normative.issued",
            "narrative.normative_docs_issued",
        ),
        "件 份 个",
        after=(r"制发|制定|出台|印发|制订|新制作", r"(?:行政)?规范性文件(?!(?:的)?(?:解读|清理|备案))"),
    ),
    _rule(
        "rules issued",
        _each(None, "art20_1.regulations.made", "art20_1.regulations.issued"),
        "件 部 个",
        before=r"(?:制发|制定|出台|颁布|制订|新增公开)(?:了)?(?:市|市政府|省政府|政府)?(?:政府)?规章",
    ),
    _rule(
        "policy documents",
        {"": "narrative.policy_documents"},
        "件 份 个",
        before=r"政策性文件",
        unless=r"解读|清理|废止",
    ),
    _rule(
        "items by all channels",
        _each("legacy.proactive.channels", None, None),
        _ITEMS,
        before=rf"(?:不同|各种?|多种|各类)(?:渠道|途径|方式)[^，]{{0,12}}{_PUBLISH}{_INFORMATION}",
    ),
    _media("gazette", r"公报》?"),
    _media("website", r"(?:门户|政府|政务|部门|局|官方)?网站|官网|信息公开网", "narrative.website_items"),
    _media("weibo", r"微博"),
    _rule(
        "WeChat posts",
        {"": "narrative.wechat_posts"},
        _ITEMS,
        before=r"(?:微信|公众号)[^，；]{0,8}(?:编发|推送|编辑|发送|推出)(?:推送|发布)?(?:各类|各项|原创)?(?:政务|政府)?(?:信息|推文|文章|稿件|图文|消息)?",
        unless=r"微博|抖音|视频号|网站",
    ),
    _rule(
        "WeChat posts, account named before",
        {"": "narrative.wechat_posts"},
        _ITEMS,
        before=r"(?:编发|推送|编辑)(?:推送|发布)?(?:各类|各项|原创)?(?:政务|政府)?(?:信息|推文|文章|稿件|图文|消息)",
        context=r"(?:微信|公众号)(?!.*(?:微博|抖音|视频号|网站|APP))",
    ),
    _media("wechat", r"微信|公众号", "narrative.wechat_posts"),
    _media("other", r"其[他它](?:方式|渠道|途径|形式)"),
    *(
        _rule(
            f"items by {name}, list announced",
            _each(f"legacy.proactive.channels.{name}", None, None),
            "条",
            before=rf"^(?:其中)?(?:{words})",
            context=r"(?:渠道|方式|途径|平台)[^。]{0,10}(?:公开|发布)[^。]*$",
        )
        for name, words in (
            ("gazette", r"(?:政府)?公报"),
            ("website", r"(?:政府|门户)?网站"),
            ("weibo", r"(?:政务)?微博"),
            ("wechat", r"(?:政务)?微信(?:公众号)?"),
            ("other", r"其[他它](?:方式|渠道|途径)?"),
        )
    ),
    _rule(
        "internal submissions",
        {"": "narrative.gov_info_submissions"},
        "篇 条",
        before=r"(?:报送|上报)(?:各类)?政务信息",
    ),
    _rule(
        "deposits",
        _each("legacy.deposits", None, None),
        "条 件 份",
        before=r"(?:图书馆|档案馆|查阅场所)[^，]{0,12}(?:报送|移送|移交|送交)[^，]{0,10}(?:信息|文件)",
    ),
    _rule(
        "items disclosed through all channels",
        _each("legacy.proactive.info_total", None, None, "narrative.proactive_info_total"),
        _ITEMS,
        before=rf"等(?:多种)?(?:渠道|方式|途径|平台|载体|形式|媒体)[^，]{{0,6}}主动公开{_INFORMATION}",
    ),
    _rule(
        "items disclosed",
        _each("legacy.proactive.info_total", None, None, "narrative.proactive_info_total"),
        _ITEMS,
        before=rf"(?:主动公开(?:的)?|(?:依法|共|累计|全年|及时|共计)公开){_INFORMATION}|公开(?:各类|各项)?政府信息|政府信息主动公开",
        unless=r"网站|微博|微信|公众号|公报|平台|渠道|新媒体|APP|依申请|栏目|专栏|领域|其中|累计至今|类(?:政府)?信息(?!公开)(?<!各类政府信息)(?<!各类信息)",
    ),
    _rule(
        "items by category",
        {"": "narrative.info_by_category"},
        "条",
        before=r"^[、，]?(?:其中)?[:：]?(?:主动公开)?(?P<label>[\u4e00-\u9fff]{2,14}类)(?:政府)?(?:信息)?",
        context=r"公开",
        unless=r"发布|各类|[该此同几多种]类|公开.*公开",
        label_from=True,
    ),
    _rule(
        "items by category, list announced",
        {"": "narrative.info_by_category"},
        "条",
        before=r"^[、，]?(?P<label>[\u4e00-\u9fff]{2,14}?)(?:类)?(?:政府)?(?:信息)?",
        context=r"(?:按|从)(?:信息)?(?:内容|类别|类型)?(?:分类|类别|类型|内容)?(?:来)?(?:看|分|划分|分类)[^。]*$",
        label_from=True,
        unless=r"申请|答复|收到|网站|微博|微信",
    ),
)

_EXPLAINERS = _each("legacy.response.channels.policy_explainers", None, None, "narrative.policy_explainers")
_CONFERENCES = _each("legacy.response.channels.press_conferences", None, None, "narrative.press_conferences")
_BY_CHIEF = r"(?:主要负责|一把手|局长|区长|市长|县长|镇长|主任|主要领导|负责同志|负责人)"

_RESPONSE: tuple[Rule, ...] = (
    _rule(
        "chief at conferences",
        _each("legacy.response.channels.press_conferences.by_chief", None, None),
        _TIMES,
        before=rf"{_BY_CHIEF}[^，]{{0,8}}(?:参加|出席)[^，]{{0,6}}新闻发布会",
    ),
    _rule(
        "press conferences",
        _CONFERENCES,
        _TIMES,
        before=r"新闻发布会",
        unless=_BY_CHIEF,
    ),
    _rule(
        "press conferences, noun behind",
        _CONFERENCES,
        _TIMES,
        after=(r"召开|举办|参加|举行|组织|组织召开", r"(?:政策|专题)?新闻发布会"),
        unless=_BY_CHIEF,
    ),
    _rule(
        "online interviews",
        _each("legacy.response.channels.online_interviews", None, None),
        _TIMES,
        before=r"在线访谈(?:节目|活动)?",
        unless=_BY_CHIEF,
    ),
    _rule(
        "hot issues",
        _each("legacy.response.hot_issues", None, None),
        "次 件 个 起",
        before=r"回应[^，]{0,10}(?:热点|舆情)(?:问题|事件)?",
        unless=r"同一|相同",
    ),
    _rule(
        "responses in all",
        {"": "narrative.public_responses_total"},
        "次 件",
        before=r"回应(?:各类)?(?:社会|公众|群众)关切(?:问题)?",
    ),
    _rule(
        "social media replies",
        _each("legacy.response.channels.weibo_wechat_replies", None, None),
        "次 件 个 起",
        before=r"(?:微博微信|微信微博|微博、微信|两微)[^，]{0,4}回应(?:事件)?",
    ),
    _rule(
        "other replies",
        _each("legacy.response.channels.other_replies", None, None),
        "次 件 个 起",
        before=r"其[他它](?:方式|渠道|形式)回应(?:事件)?",
    ),
    _rule(
        "policy explainers",
        _EXPLAINERS,
        "篇 件 个 条 期 份",
        before=r"政策(?:文件)?解读(?:稿件|材料|文章|信息|产品|稿)?(?:发布)?",
        unless=rf"{_NO_KIND}|转载|上级",
    ),
    _rule(
        "policy explainers, noun behind",
        _EXPLAINERS,
        "篇 件 个 条 期 份",
        after=(r"发布|制作|公开|编发|撰写|推出|制发", r"政策(?:文件)?解读(?:稿件|材料|文章|产品|稿)?(?!会|活动)"),
        unless=rf"{_NO_KIND}|转载|上级",
    ),
)

_INSTITUTION: tuple[Rule, ...] = (
    _rule(
        "trainees",
        _each("legacy.meetings.trainees", None, None),
        "人次 人 名",
        before=r"(?:接受培训|培训|受训|参训)(?:人员|干部|工作人员|信息员)?(?:人次|人数)?",
        context=DISCLOSURE,
    ),
    _rule(
        "trainings",
        _each("legacy.meetings.trainings", None, None),
        "次 期 场 班 个",
        before=r"(?:举办|组织|开展)[^，]{0,16}培训(?:班|会|活动)?",
        context=DISCLOSURE,
    ),
    _rule(
        "trainings, noun behind",
        _each("legacy.meetings.trainings", None, None),
        "次 期 场 班 个",
        after=(r"举办|组织|开展", r"[^，]{0,12}培训(?:班|会|活动)?"),
        context=DISCLOSURE,
    ),
    _rule(
        "meetings",
        _each("legacy.meetings.meetings", None, None),
        "次 场 个",
        before=r"(?:召开|举办)[^，]{0,16}(?:会议|推进会|联席会|专题会|工作会)",
        context=DISCLOSURE,
        unless=r"发布会|听证会|座谈会",
    ),
    _rule(
        "meetings, noun behind",
        _each("legacy.meetings.meetings", None, None),
        "次 场 个",
        after=(
            r"召开|举办",
            r"[^，]{0,4}(?:政府信息公开|政务公开|信息公开)[^，]{0,6}(?:会议|推进会|联席会|专题会|工作会)",
        ),
    ),
    _rule(
        "full-time staff",
        _each("legacy.institution.staff.full_time", None, None),
        "人 名",
        before=r"专职(?:工作)?人员",
        context=DISCLOSURE,
        anywhere=True,
    ),
    _rule(
        "full-time staff, noun behind",
        _each("legacy.institution.staff.full_time", None, None),
        "人 名",
        after=(r"配备|配有|设|安排|有|明确|配置", r"(?:政府信息公开|政务公开|信息公开)?专职(?:工作)?人员"),
        context=DISCLOSURE,
        anywhere=True,
    ),
    _rule(
        "part-time staff",
        _each("legacy.institution.staff.part_time", None, None),
        "人 名",
        before=r"兼职(?:工作)?人员",
        context=DISCLOSURE,
        anywhere=True,
    ),
    _rule(
        "part-time staff, noun behind",
        _each("legacy.institution.staff.part_time", None, None),
        "人 名",
        after=(r"配备|配有|设|安排|有|明确|配置|^", r"(?:政府信息公开|政务公开|信息公开)?兼职(?:工作)?人员"),
        context=DISCLOSURE,
        anywhere=True,
    ),
    _rule(
        "reading points",
        _each("legacy.institution.reading_points", None, None),
        "个 处",
        before=r"(?:设立|设置|建立|设有|共有)[^，]{0,10}查阅(?:点|场所|室)",
    ),
    _rule(
        "reading points, noun behind",
        _each("legacy.institution.reading_points", None, None),
        "个 处",
        after=(r"设立|设置|建立|设有|设|建成", r"(?:政府)?(?:信息)?(?:公开)?(?:信息)?查阅(?:点|场所|室|中心)"),
    ),
    _rule(
        "budget",
        _each("legacy.institution.budget", None, None),
        "元 万元",
        before=r"(?:政府信息公开|信息公开|政务公开)[^，]{0,6}专项经费",
    ),
    _rule(
        "processing fee",
        {"": "narrative.info_processing_fee"},
        "元 万元",
        before=r"信息处理费(?:用)?(?:收入|金额)?(?:人民币)?",
    ),
    _rule(
        "request fees",
        _each("legacy.fees_collected", None, None),
        "元 万元",
        before=r"(?:依申请公开|信息公开|检索|复制|邮寄)[^，]{0,14}(?:收取|收费|费用)(?:的)?(?:费用|金额)?(?:人民币)?",
    ),
    _rule(
        "licences",
        _both("art20_5.license.decisions"),
        "件 起 例 宗",
        before=r"(?:作出|办理|实施|完成|办结)(?:了)?(?:各类)?行政许可(?:决定|事项|案件)?",
        unless=r"公开|公示|信息",
    ),
    _rule(
        "penalties",
        _both("art20_6.penalty.decisions"),
        "件 起 例 宗",
        before=r"(?:作出|办理|实施|完成|办结)(?:了)?(?:各类)?行政处罚(?:决定|案件)?",
        unless=r"公开|公示|信息",
    ),
    _rule(
        "coercion",
        _both("art20_6.coercion.decisions"),
        "件 起 例 宗",
        before=r"(?:作出|办理|实施|完成)(?:了)?(?:各类)?行政强制(?:决定|案件|措施)?",
        unless=r"公开|公示|信息",
    ),
)

_ONCE = r"[“\"]?(?:最多跑一次|最多跑1次|一次办结|最多跑一趟)[”\"]?"
_ZERO = r"[“\"]?(?:跑零次|零跑|零跑腿|零跑动|跑0次|一次不用跑)[”\"]?"

_NARRATIVE: tuple[Rule, ...] = (
    _rule(
        "one-visit matters",
        {"": "narrative.once_visit_items"},
        "个 项",
        after=("", rf"(?:政务服务|民生|权力)?事项(?:已|全部|均|都)*实现{_ONCE}"),
    ),
    _rule(
        "one-visit matters, noun before", {"": "narrative.once_visit_items"}, "个 项", before=rf"实现{_ONCE}(?:的)?事项"
    ),
    _rule(
        "zero-visit matters",
        {"": "narrative.zero_visit_items"},
        "个 项",
        after=("", rf"(?:政务服务|民生|权力)?事项(?:已|全部|均|都)*实现{_ZERO}"),
    ),
    _rule(
        "matters moved down",
        {"": "narrative.delegated_items"},
        "个 项",
        after=(
            "",
            r"(?:政务服务|民生|权力)?事项(?:已|全部|均)*(?:下沉|下放|延伸)[^，]{0,10}(?:街道|镇|乡|村|社区|基层|便民)",
        ),
    ),
    _rule(
        "split handling",
        {"": "narrative.split_handling_items"},
        "个 项",
        after=("", r"(?:政务服务)?事项[^，]{0,12}实现受办分离"),
    ),
    _rule("rounds of comparison", {"": "narrative.comparison_rounds"}, "轮", after=("", r"(?:的)?(?:梳理)?比对")),
    _rule(
        "service matters",
        {"": "narrative.service_items"},
        "个 项",
        after=(r"我[局委办区市县镇]|本[局单位机关]+|共|现有|梳理|公布|全部|共有|的", r"政务服务事项(?!的?办事指南\d)"),
        unless=r"新增|取消|其中|下放|调整",
    ),
    _rule(
        "lectures",
        {"": "narrative.lectures"},
        "场 期 次 场次",
        before=r"(?:举办|开展|组织|开设)[^，]{0,8}(?:讲堂|宣讲|讲座)(?:活动)?",
    ),
    _rule(
        "lectures, noun behind",
        {"": "narrative.lectures"},
        "场 期 次",
        after=(r"举办|开展|组织", r"[^，]{0,6}(?:讲堂|宣讲|讲座)"),
    ),
    _rule(
        "reach of lectures",
        {"": "narrative.lecture_reach"},
        "家 名 人 人次",
        after=(
            r"覆盖|惠及|服务|^(?:企业|单位|公司)(?:和|、|及)?",
            r"(?P<label>企业|公司|办事群众|群众|职工|居民|单位)",
        ),
        context=r"讲堂|宣讲|讲座",
        label_from=True,
    ),
    _rule(
        "media articles",
        {"": "narrative.media_articles"},
        "篇 条 次",
        before=r"(?:媒体|日报|晚报|新华社|电视台|报纸|报刊|(?<!公)报》?)[^，]{0,14}(?:刊发|刊登|发表|刊载|报道|发稿)(?:稿件|文章|新闻)?",
    ),
    _rule(
        "suggestion box", {"": "narrative.suggestion_box_letters"}, "件 封 条 个", before=r"意见箱(?:信件|来信|意见)?"
    ),
    _rule("gazette issues", {"": "narrative.gazette_issues"}, "期", before=r"公报》?"),
    _rule(
        "inspections",
        {"": "narrative.site_inspections"},
        "次 轮",
        after=(r"组织|开展|进行|组织开展", r"[^，]{0,8}(?:公开)?(?:栏目|专栏)[^，]{0,6}检查"),
    ),
    _rule(
        "inspections, noun before",
        {"": "narrative.site_inspections"},
        "次 轮",
        before=r"(?:组织|开展|进行)[^，]{0,10}(?:公开)?(?:栏目|专栏)[^，]{0,6}检查",
    ),
    _rule(
        "new media accounts",
        {"": "narrative.new_media_accounts"},
        "个 家",
        before=r"(?:运维|运营|开设|开通|现有|备案)(?:的)?政务新媒体(?:账号)?",
        unless=r"关停|注销|新开|新增",
    ),
    _rule(
        "pass rate",
        {"": "narrative.new_media_pass_rate"},
        "%",
        before=r"合格率",
        context=r"新媒体[^。]*$",
    ),
    _rule(
        "on-time rate",
        {"": "narrative.on_time_rate"},
        "%",
        before=r"(?:按时|按期|及时|期限内)(?:答复|办结|回复)率",
        context=_REQUEST,
        unless=r"信箱|热线|留言|信访",
    ),
    _rule("first-level entries", {"": "narrative.directory_entries"}, "个", after=("", r"一级(?:目录|栏目)")),
    _rule("first-level entries, noun before", {"": "narrative.directory_entries"}, "个", before=r"一级(?:目录|栏目)"),
)

RULES: tuple[Rule, ...] = (*_DISPUTES, *_REQUESTS, *_RESPONSE, *_INSTITUTION, *_NARRATIVE, *_PROACTIVE)
