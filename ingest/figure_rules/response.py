"""Answers to the public: conferences, interviews, hot issues, policy explainers."""

from ingest.figure_rules.rule import TIMES, Rule, by_edition, rule

_NO_KIND = r"图解|视频|图片解读|专家解读|媒体解读|音频|动漫"
_EXPLAINERS = by_edition("legacy.response.channels.policy_explainers", None, None, "narrative.policy_explainers")
_CONFERENCES = by_edition("legacy.response.channels.press_conferences", None, None, "narrative.press_conferences")
_BY_CHIEF = r"(?:主要负责|一把手|局长|区长|市长|县长|镇长|主任|主要领导|负责同志|负责人)"

RESPONSE: tuple[Rule, ...] = (
    rule(
        "chief at conferences",
        by_edition("legacy.response.channels.press_conferences.by_chief", None, None),
        TIMES,
        before=rf"{_BY_CHIEF}[^，]{{0,8}}(?:参加|出席)[^，]{{0,6}}新闻发布会",
    ),
    rule(
        "press conferences",
        _CONFERENCES,
        TIMES,
        before=r"新闻发布会",
        unless=_BY_CHIEF,
    ),
    rule(
        "press conferences, noun behind",
        _CONFERENCES,
        TIMES,
        after=(r"召开|举办|参加|举行|组织|组织召开", r"(?:政策|专题)?新闻发布会"),
        unless=_BY_CHIEF,
    ),
    rule(
        "online interviews",
        by_edition("legacy.response.channels.online_interviews", None, None),
        TIMES,
        before=r"在线访谈(?:节目|活动)?",
        unless=_BY_CHIEF,
    ),
    rule(
        "hot issues",
        by_edition("legacy.response.hot_issues", None, None),
        "次 件 个 起",
        before=r"回应[^，]{0,10}(?:热点|舆情)(?:问题|事件)?",
        unless=r"同一|相同",
    ),
    rule(
        "responses in all",
        {"": "narrative.public_responses_total"},
        "次 件",
        before=r"回应(?:各类)?(?:社会|公众|群众)关切(?:问题)?",
    ),
    rule(
        "social media replies",
        by_edition("legacy.response.channels.weibo_wechat_replies", None, None),
        "次 件 个 起",
        before=r"(?:微博微信|微信微博|微博、微信|两微)[^，]{0,4}回应(?:事件)?",
    ),
    rule(
        "other replies",
        by_edition("legacy.response.channels.other_replies", None, None),
        "次 件 个 起",
        before=r"其[他它](?:方式|渠道|形式)回应(?:事件)?",
    ),
    rule(
        "policy explainers",
        _EXPLAINERS,
        "篇 件 个 条 期 份",
        before=r"政策(?:文件)?解读(?:稿件|材料|文章|信息|产品|稿)?(?:发布)?",
        unless=rf"{_NO_KIND}|转载|上级",
    ),
    rule(
        "policy explainers, noun behind",
        _EXPLAINERS,
        "篇 件 个 条 期 份",
        after=(r"发布|制作|公开|编发|撰写|推出|制发", r"政策(?:文件)?解读(?:稿件|材料|文章|产品|稿)?(?!会|活动)"),
        unless=rf"{_NO_KIND}|转载|上级",
    ),
)
