"""Zeros that the text states in words: 未收到政府信息公开申请, 没有因政府信息公开引发的行政复议, 未收取费用."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_REVIEW = {"A": "legacy.review", "B": "disputes.review.total", "C": "disputes.review.total"}
_LITIGATION = {"A": "legacy.litigation", "B": "disputes.litigation", "C": "disputes.litigation"}
_RECEIVED = {"A": "legacy.requests.received", "B": "requests.new_received", "C": "requests.new_received"}
_ISSUED = {
    "A": "legacy.proactive.normative_docs_issued",
    "B": "art20_1.normative.made",
    "C": "art20_1.normative.issued",
    "": "narrative.normative_docs_issued",
}


@dataclass(frozen=True, slots=True)
class ZeroRule:
    """words: the statement, within one clause. context: must occur in the sentence or in the section's heading."""

    name: str
    ids: Mapping[str, str]
    words: re.Pattern[str]
    context: re.Pattern[str] | None = None


# The verbs that make 未 and 无 a statement about a number of cases; 无正当理由, 无法, 无偿 are none.
_NONE = (
    r"(?:未(?:曾|有)?(?:收到|接到|受理|发生|出现|产生|引发|涉及|被|因)|没有(?:收到|接到|受理|发生|出现|产生|引发|被|因)?"
    r"|无(?=因|政府信息|信息公开|行政|公民|任何|针对|被|人|申诉|投诉|举报|复议|诉讼))"
)
# What may not follow: the clause then speaks of an outcome or a body, not of the number of cases.
_NOT_OUTCOME = r"(?!.{0,3}(?:被|败诉|纠错|纠正|撤销|维持|机关|决定|机构|法|渠道))"
_DISCLOSURE = re.compile(r"公开")
_BOTH_ZERO = re.compile(
    r"复议(?:案件)?[、和及与][^，；。]{0,8}诉讼(?:案件)?(?:数量|数)?(?:均|都)?为?(?:0|零)(?:件|起|宗)?(?![\d.])"
)
_PEOPLE = r"(?:公民|个人|法人|其[他它]组织|群众|社会公众|企业|任何|有关|关于|相关|书面|提出|、|或|和|的|及|各类|过)*"
_YEAR_BEFORE = r"(?:上年|上一年|去年|20\d\d年)度?"
_YEAR_AFTER = r"(?:下年|下一年|明年|次年|20\d\d年)度?"


def _cases(noun: str) -> re.Pattern[str]:
    return re.compile(rf"{_NONE}[^，；。：]{{0,44}}?{noun}{_NOT_OUTCOME}")


ZERO_RULES: tuple[ZeroRule, ...] = (
    ZeroRule(
        "no request received",
        _RECEIVED,
        re.compile(
            rf"(?:(?:未|没有)(?:曾|有)?(?:收到|接到|受理){_PEOPLE}(?:政府|政务)?(?:信息)?(?:公开)?(?:的)?(?:依申请公开(?:的)?(?:申请)?|申请)"
            r"|(?:收到|受理)[^，；。]{0,20}信息公开(?:的)?申请(?:数量|数)?(?:均|共)?(?:为|是|：)[零0](?![\d.])"
            rf"|无(?:人|{_PEOPLE})(?:提出|提交)?(?:政府)?信息公开(?:的)?申请)(?![^，；。]{{0,10}}(?:复议|诉讼|结转|引发|引起|产生))"
        ),
        _DISCLOSURE,
    ),
    ZeroRule(
        "nothing carried over",
        {"B": "requests.carried_over", "C": "requests.carried_over"},
        re.compile(rf"(?:无|没有){_YEAR_BEFORE}(?:遗留)?结转"),
    ),
    ZeroRule(
        "nothing carried forward",
        {"B": "requests.carried_forward", "C": "requests.carried_forward"},
        re.compile(rf"(?:无|没有)(?:需)?结转(?:至|到)?{_YEAR_AFTER}"),
    ),
    ZeroRule("no review", _REVIEW, _cases("复议(?:案件|申请)?"), _DISCLOSURE),
    ZeroRule("no lawsuit", _LITIGATION, _cases("诉讼(?:案件)?"), _DISCLOSURE),
    ZeroRule("reviews and lawsuits 0", _REVIEW, _BOTH_ZERO, _DISCLOSURE),
    ZeroRule("lawsuits and reviews 0", _LITIGATION, _BOTH_ZERO, _DISCLOSURE),
    ZeroRule("no complaint", {"A": "legacy.complaints"}, _cases("(?:举报|投诉|申诉)"), _DISCLOSURE),
    ZeroRule(
        "no fee",
        {"A": "legacy.fees_collected"},
        re.compile(r"(?:尚未|未|没有)(?!按|严格)[^，；。：]{0,24}(?:收取|收费)(?!标准|依据|规定|公示)"),
        _DISCLOSURE,
    ),
    ZeroRule(
        "no processing fee",
        {"C": "narrative.info_processing_fee"},
        re.compile(r"(?:未|没有|无)(?!按|严格)[^，；。：《》]{0,24}信息处理费"),
    ),
    ZeroRule(
        "no normative document",
        _ISSUED,
        re.compile(r"(?:未|没有)(?:新)?(?:制发|制定|出台|印发|制作)(?:过|任何|新的|行政)*规范性文件"),
    ),
)
