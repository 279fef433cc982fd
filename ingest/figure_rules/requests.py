"""Requests for information: how many came, through which channel, how they ended."""

from collections.abc import Mapping

from ingest.figure_rules.rule import CASES, REQUEST, Rule, by_edition, in_both, rule

_GET = r"收到|接到|受理|接收|收悉|新收|接受"
_NO_PART = (
    r"其中.{0,8}(?:室|科|处|股|站|所|中心|单位)收到|各科室|自然人|商业企业|科研机构|公益组织|律师事务所|法律服务机构"
)
_LAST_YEAR = r"(?:上年|上一年|去年|20\d\d年)度?"
_NEXT_YEAR = r"(?:下一?年|明年|次年|20\d\d年)度?"
_RECEIVED = by_edition("legacy.requests.received", "requests.new_received", "requests.new_received")


def _channel(name: str, words: str) -> tuple[Rule, ...]:
    ids = by_edition(f"legacy.requests.received.{name}", None, None)
    return (
        rule(
            f"request channel {name}",
            ids,
            CASES,
            before=rf"(?:{words})(?:[^，、和]{{0,10}}(?:申请|提交|提出|形式|方式|渠道|途径|收到|受理))?(?:的)?(?:申请)?",
            context=r"申请",
            unless=r"公开(?:各类|政府)?信息|发布|解读|回应|办结|答复|推送|咨询",
        ),
    )


def _outcome(name: str, ids: Mapping[str, str], words: str) -> Rule:
    return rule(name, ids, CASES, before=words, context=REQUEST, anywhere=True)


REQUESTS: tuple[Rule, ...] = (
    rule(
        "carried over",
        in_both("requests.carried_over"),
        CASES,
        before=rf"{_LAST_YEAR}[^，]{{0,8}}结转[^，]{{0,16}}|结转(?:自)?(?:上年|上一年|去年)度?[^，]{{0,16}}",
        unless=r"(?:下|明|次)一?年",
        whose_year=-1,
    ),
    rule(
        "carried over, noun behind",
        in_both("requests.carried_over"),
        CASES,
        after=(r"含|结转|有|另有", rf"{_LAST_YEAR}[^，]{{0,6}}结转"),
        whose_year=-1,
    ),
    rule(
        "carried forward",
        in_both("requests.carried_forward"),
        CASES,
        before=rf"(?:结转|顺延|转入|转)(?:至|到|入)?{_NEXT_YEAR}[^，]{{0,14}}",
        whose_year=1,
    ),
    rule(
        "carried forward, noun behind",
        in_both("requests.carried_forward"),
        CASES,
        after=(r"另有|有|另|尚有|还有|剩余|其余|，|^", rf"[^，]{{0,6}}(?:结转|顺延|转入|转)(?:至|到|入)?{_NEXT_YEAR}"),
        whose_year=1,
    ),
    *_channel("in_person", r"当面|现场|上门|到场|窗口"),
    *_channel("fax", r"传真"),
    *_channel("online", r"网络|网上|在线|互联网|电子邮件|电子邮箱|邮件|线上|网站|平台"),
    *_channel("letter", r"信函|书面|邮寄|信件|来信|寄送"),
    rule(
        "requests received",
        _RECEIVED,
        CASES,
        before=rf"(?:{_GET})(?!.{{0,20}}(?:复议|诉讼|投诉|举报))[^，]{{0,24}}(?:申请|依申请公开)(?:公开)?(?:政府信息)?(?:事项|件)?",
        context=r"公开",
        unless=rf"{_NO_PART}|结转|行政许可申请|仲裁申请|(?:{_GET})(?:公民|法人|企业|个人|单位)(?!、|和|或|及|与)",
    ),
    rule(
        "requests received, verb behind the noun",
        _RECEIVED,
        CASES,
        before=rf"信息公开(?:的)?申请[^，不未无]{{0,6}}(?:{_GET})",
        unless=_NO_PART,
    ),
    rule(
        "requests received, noun behind",
        _RECEIVED,
        CASES,
        after=(rf"(?:{_GET})", r"(?!.{0,20}(?:复议|诉讼|投诉|举报))[^，]{0,20}公开[^，]{0,6}申请|依申请公开"),
        unless=_NO_PART,
    ),
    rule(
        "already public",
        by_edition("legacy.requests.replied.already_public", None, None),
        CASES,
        before=r"(?:已|已经)主动公开(?:的)?(?:范围)?(?:答复)?(?:的)?",
        context=REQUEST,
        anywhere=True,
    ),
    rule(
        "granted",
        by_edition("legacy.requests.replied.granted", "requests.results.granted", "requests.results.granted"),
        CASES,
        before=r"(?<!不)(?:同意|予以|全部)公开(?:答复)?(?:的)?",
        context=REQUEST,
        anywhere=True,
        unless=r"不予|不同意|部分公开|未",
    ),
    rule(
        "partial",
        by_edition("legacy.requests.replied.partial", "requests.results.partial", "requests.results.partial"),
        CASES,
        before=r"部分公开(?:答复)?(?:的)?",
        context=REQUEST,
        anywhere=True,
    ),
    rule(
        "refused",
        by_edition("legacy.requests.replied.refused", "requests.results.denied", "requests.results.denied"),
        CASES,
        before=r"(?:不予|不同意|拒绝)公开(?:答复)?(?:的)?",
        context=REQUEST,
        anywhere=True,
    ),
    rule(
        "not this body",
        by_edition("legacy.requests.replied.not_this_body", None, None),
        CASES,
        before=r"(?:非|不属于|不是)本(?:行政)?(?:机关|单位|部门)(?:负责|职责|职权|公开|的)?(?:范围|政府信息|公开|信息)*[”]?(?:的)?",
        context=REQUEST,
        anywhere=True,
    ),
    rule(
        "does not exist",
        by_edition("legacy.requests.replied.not_exist", None, None),
        CASES,
        before=r"信息不存在(?:答复)?(?:的)?",
        context=REQUEST,
        anywhere=True,
    ),
    rule(
        "not held",
        in_both("requests.results.unavailable.not_held"),
        CASES,
        before=r"不掌握(?:相关)?(?:政府)?(?:信息)?(?:的)?",
        context=REQUEST,
        anywhere=True,
    ),
    rule(
        "needs creation",
        in_both("requests.results.unavailable.needs_creation"),
        CASES,
        before=r"(?:另行制作|没有现成信息)(?:的)?",
        context=REQUEST,
        anywhere=True,
    ),
    rule(
        "unclear",
        in_both("requests.results.unavailable.unclear_after_correction"),
        CASES,
        before=r"补正后[^，]{0,8}不明确(?:的)?",
        context=REQUEST,
        anywhere=True,
    ),
    _outcome("unavailable", in_both("requests.results.unavailable"), r"无法提供(?:的)?"),
    _outcome("not processed", in_both("requests.results.not_processed"), r"不予处理(?:的)?"),
    _outcome("repeat", in_both("requests.results.not_processed.repeat"), r"重复申请(?:的)?"),
    _outcome(
        "other way",
        by_edition("legacy.requests.replied.other_channel", None, None),
        r"(?:告知)?通过其[他它]途径办理(?:的)?",
    ),
    _outcome(
        "to be completed",
        by_edition("legacy.requests.replied.supplement", None, None),
        r"(?:告知)?(?:作出)?更改补充(?:的)?",
    ),
    rule(
        "petition",
        in_both("requests.results.not_processed.petition_complaint"),
        CASES,
        before=r"信访、?举报、?投诉类(?:申请)?(?:的)?",
        context=REQUEST,
        anywhere=True,
    ),
    rule(
        "third party",
        in_both("requests.results.denied.third_party"),
        CASES,
        before=r"第三方合法权益(?:的)?",
        context=REQUEST,
        anywhere=True,
    ),
    rule(
        "internal affairs",
        in_both("requests.results.denied.internal_affairs"),
        CASES,
        before=r"内部事务(?:信息)?(?:的)?",
        context=REQUEST,
        anywhere=True,
    ),
    rule(
        "process information",
        in_both("requests.results.denied.process_info"),
        CASES,
        before=r"过程性信息(?:的)?",
        context=REQUEST,
        anywhere=True,
    ),
    rule(
        "enforcement files",
        in_both("requests.results.denied.enforcement_files"),
        CASES,
        before=r"执法案卷(?:信息)?(?:的)?",
        context=REQUEST,
        anywhere=True,
    ),
    rule(
        "administrative query",
        in_both("requests.results.denied.admin_query"),
        CASES,
        before=r"行政查询事项(?:的)?",
        context=REQUEST,
        anywhere=True,
    ),
    rule(
        "other outcome",
        {},
        CASES,
        before=r"其他处理(?:的)?|其他(?:答复)?(?:的)?",
        context=REQUEST,
        unless=r"其他结果|其他情形",
    ),
    rule(
        "closed late",
        by_edition("legacy.requests.closed.extended", None, None),
        CASES,
        before=r"延期(?:办结|答复)",
        context=REQUEST,
    ),
    rule(
        "closed on time",
        by_edition("legacy.requests.closed.on_time", None, None),
        CASES,
        before=r"(?:按时|按期|如期|期限内|时限内)(?:予以)?(?:办结|答复)(?:申请)?",
        context=REQUEST,
    ),
    rule(
        "closed on time, told behind",
        by_edition("legacy.requests.closed.on_time", None, None),
        CASES,
        after=(
            r"^|，|上述|以上|其中|所有|收到的",
            r"[^，]{0,12}申请(?:均|全部|都)?已?(?:在[^，]{0,16}(?:期限|时限|时间)[^，]{0,4}|按时|按期)(?:予以)?(?:办结|答复)",
        ),
    ),
    rule(
        "closed",
        by_edition("legacy.requests.closed", "requests.results.total", "requests.results.total"),
        CASES,
        before=r"办结(?:政府信息公开|信息公开|依申请公开)?(?:申请)?",
        context=REQUEST,
        unless=r"延期|按时|按期|许可|网上办结|信访|事项",
    ),
    rule(
        "replied",
        by_edition("legacy.requests.replied", "requests.results.total", "requests.results.total"),
        CASES,
        before=r"(?:答复|回复)(?:依申请公开|政府信息公开申请|信息公开申请|公开申请|申请人?)?",
        context=REQUEST,
        unless=r"当场|书面|口头|当面|同意|予以公开|部分|不予|延期|按时|留言|咨询|信箱|来信|热线|提案|建议|网民",
    ),
)
