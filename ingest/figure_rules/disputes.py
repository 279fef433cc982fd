"""Reviews, lawsuits and complaints about disclosure."""

from ingest.figure_rules.rule import CASES, DISCLOSURE, Rule, by_edition, in_both, rule

_REVIEW = by_edition("legacy.review", "disputes.review.total", "disputes.review.total")
_LITIGATION = by_edition("legacy.litigation", "disputes.litigation", "disputes.litigation")
_JOINT = r"复议(?:案件)?(?:、|和|及|与|或|以及)[^，]{0,10}诉讼|诉讼(?:、|和|及|与|或)[^，]{0,8}复议"


def _outcomes(frame: str, form_a: str, forms_bc: str | None) -> tuple[Rule, ...]:
    def ids(leaf_a: str | None, leaf: str) -> dict[str, str]:
        form = f"{forms_bc}.{leaf}" if forms_bc else None
        return by_edition(f"{form_a}.{leaf_a}" if leaf_a and form_a else None, form, form)

    def told(name: str, leaf_a: str | None, leaf: str, words: str) -> Rule:
        return rule(
            f"{frame} {name}",
            ids(leaf_a, leaf),
            CASES,
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
DISPUTES: tuple[Rule, ...] = (
    rule(
        "direct lawsuits",
        in_both("disputes.litigation.direct.total"),
        CASES,
        before=r"未经复议直接(?:起诉|提起(?:行政)?诉讼)(?:的)?(?:案件)?",
    ),
    rule(
        "lawsuits after review",
        in_both("disputes.litigation.after_review.total"),
        CASES,
        before=r"复议后(?:起诉|提起(?:行政)?诉讼)(?:的)?(?:案件)?",
    ),
    *_outcomes("direct", "", "disputes.litigation.direct"),
    *_outcomes("after_review", "", "disputes.litigation.after_review"),
    *_outcomes("review", "legacy.review", "disputes.review"),
    *_outcomes("litigation", "legacy.litigation", None),
    rule(
        "reviews",
        _REVIEW,
        CASES,
        before=r"行政复议(?:申请|案件|事项|案)?",
        context=DISCLOSURE,
        unless_said=_NOT_ALL_DISCLOSURE,
        unless=_JOINT,
    ),
    rule(
        "reviews, noun behind",
        _REVIEW,
        CASES,
        after=(r"发生|产生|引发|收到|有|涉及|被申请", r"(?![^，]{0,20}诉讼)[^，]{0,14}行政复议"),
        context=DISCLOSURE,
        unless_said=_NOT_ALL_DISCLOSURE,
    ),
    rule(
        "lawsuits",
        _LITIGATION,
        CASES,
        before=r"行政诉讼(?:案件|案)?",
        context=DISCLOSURE,
        unless_said=_NOT_ALL_DISCLOSURE,
        unless=_JOINT,
    ),
    rule(
        "lawsuits, noun behind",
        _LITIGATION,
        CASES,
        after=(r"发生|产生|引发|收到|有|涉及|被提起", r"(?![^，]{0,20}复议)[^，]{0,14}行政诉讼"),
        context=DISCLOSURE,
        unless_said=_NOT_ALL_DISCLOSURE,
    ),
    rule(
        "complaints",
        by_edition("legacy.complaints", None, None),
        CASES,
        before=r"(?:收到|发生|接到|受理)[^，]{0,16}公开[^，]{0,10}(?:举报|投诉|申诉)(?:、(?:举报|投诉|申诉))?(?:案件)?",
    ),
)
