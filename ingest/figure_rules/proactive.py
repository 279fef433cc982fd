"""Items and documents disclosed, in total, by channel and by category."""

from ingest.figure_rules.rule import ITEMS, Rule, by_edition, rule

_PUBLISH = r"(?:主动公开|公开|发布|更新|公布|刊登|登载)(?:了)?"
_INFORMATION = r"(?:各类|各项|相关)?(?:政府|政务)?(?:公开)?信息(?:内容)?"


def _media(name: str, words: str, narrative: str | None = None) -> Rule:
    return rule(
        f"items by {name}",
        by_edition(f"legacy.proactive.channels.{name}", None, None, narrative),
        ITEMS,
        before=rf"(?:{words})[^，；]{{0,10}}?{_PUBLISH}(?:{_INFORMATION})?(?:、(?:动态|文件|文章|公告))*",
        unless=r"(?:网站|微博|微信|公众号|公报|新媒体|平台)[^，]{0,6}(?:、|和|及|与|以及)[^，]{0,12}(?:网站|微博|微信|公众号|公报|新媒体|平台)",
    )


PROACTIVE: tuple[Rule, ...] = (
    rule(
        "full text rate",
        {"": "narrative.full_text_electronic_rate"},
        "%",
        before=r"全文电子化(?:率|程度)?",
    ),
    rule(
        "normative documents disclosed",
        by_edition(
            "legacy.proactive.normative_docs_disclosed",
            "art20_1.normative.newly_disclosed",
            None,
        ),
        "条 件 份 个",
        before=r"(?:主动公开|公开|公布)(?:了)?(?:行政)?规范性文件",
        unless=r"累计|现行",
    ),
    rule(
        "normative documents repealed",
        by_edition(None, None, "art20_1.normative.repealed"),
        "件 份 个",
        before=r"(?:废止|宣布失效)(?:了)?(?:行政)?规范性文件",
    ),
    rule(
        "normative documents in force",
        by_edition(None, None, "art20_1.normative.in_force"),
        "件 份 个",
        before=r"现行有效(?:的)?(?:行政)?规范性文件",
    ),
    rule(
        "normative documents issued",
        by_edition(
            "legacy.proactive.normative_docs_issued",
            "art20_1.normative.made",
            "art20_1.normative.issued",
            "narrative.normative_docs_issued",
        ),
        "件 份 个",
        before=r"(?:制发|制定|出台|印发|制订|新制作)(?:了|并公开|并发布|发布)?(?:行政)?规范性文件",
    ),
    rule(
        "normative documents issued, noun behind",
        by_edition(
            "legacy.proactive.normative_docs_issued",
            "art20_1.normative.made",
            "art20_1.normative.issued",
            "narrative.normative_docs_issued",
        ),
        "件 份 个",
        after=(r"制发|制定|出台|印发|制订|新制作", r"(?:行政)?规范性文件(?!(?:的)?(?:解读|清理|备案))"),
    ),
    rule(
        "rules issued",
        by_edition(None, "art20_1.regulations.made", "art20_1.regulations.issued"),
        "件 部 个",
        before=r"(?:制发|制定|出台|颁布|制订|新增公开)(?:了)?(?:市|市政府|省政府|政府)?(?:政府)?规章",
    ),
    rule(
        "policy documents",
        {"": "narrative.policy_documents"},
        "件 份 个",
        before=r"政策性文件",
        unless=r"解读|清理|废止",
    ),
    rule(
        "items by all channels",
        by_edition("legacy.proactive.channels", None, None),
        ITEMS,
        before=rf"(?:不同|各种?|多种|各类)(?:渠道|途径|方式)[^，]{{0,12}}{_PUBLISH}{_INFORMATION}",
    ),
    _media("gazette", r"公报》?"),
    _media("website", r"(?:门户|政府|政务|部门|局|官方)?网站|官网|信息公开网", "narrative.website_items"),
    _media("weibo", r"微博"),
    rule(
        "WeChat posts",
        {"": "narrative.wechat_posts"},
        ITEMS,
        before=r"(?:微信|公众号)[^，；]{0,8}(?:编发|推送|编辑|发送|推出)(?:推送|发布)?(?:各类|各项|原创)?(?:政务|政府)?(?:信息|推文|文章|稿件|图文|消息)?",
        unless=r"微博|抖音|视频号|网站",
    ),
    rule(
        "WeChat posts, account named before",
        {"": "narrative.wechat_posts"},
        ITEMS,
        before=r"(?:编发|推送|编辑)(?:推送|发布)?(?:各类|各项|原创)?(?:政务|政府)?(?:信息|推文|文章|稿件|图文|消息)",
        context=r"(?:微信|公众号)(?!.*(?:微博|抖音|视频号|网站|APP))",
    ),
    _media("wechat", r"微信|公众号", "narrative.wechat_posts"),
    _media("other", r"其[他它](?:方式|渠道|途径|形式)"),
    *(
        rule(
            f"items by {name}, list announced",
            by_edition(f"legacy.proactive.channels.{name}", None, None),
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
    rule(
        "internal submissions",
        {"": "narrative.gov_info_submissions"},
        "篇 条",
        before=r"(?:报送|上报)(?:各类)?政务信息",
    ),
    rule(
        "deposits",
        by_edition("legacy.deposits", None, None),
        "条 件 份",
        before=r"(?:图书馆|档案馆|查阅场所)[^，]{0,12}(?:报送|移送|移交|送交)[^，]{0,10}(?:信息|文件)",
    ),
    rule(
        "items disclosed through all channels",
        by_edition("legacy.proactive.info_total", None, None, "narrative.proactive_info_total"),
        ITEMS,
        before=rf"等(?:多种)?(?:渠道|方式|途径|平台|载体|形式|媒体)[^，]{{0,6}}主动公开{_INFORMATION}",
    ),
    rule(
        "items disclosed",
        by_edition("legacy.proactive.info_total", None, None, "narrative.proactive_info_total"),
        ITEMS,
        before=rf"(?:主动公开(?:的)?|(?:依法|共|累计|全年|及时|共计)公开){_INFORMATION}|公开(?:各类|各项)?政府信息|政府信息主动公开",
        unless=r"网站|微博|微信|公众号|公报|平台|渠道|新媒体|APP|依申请|栏目|专栏|领域|其中|累计至今|类(?:政府)?信息(?!公开)(?<!各类政府信息)(?<!各类信息)",
    ),
    rule(
        "items by category",
        {"": "narrative.info_by_category"},
        "条",
        before=r"^[、，]?(?:其中)?[:：]?(?:主动公开)?(?P<label>[\u4e00-\u9fff]{2,14}类)(?:政府)?(?:信息)?",
        context=r"公开",
        unless=r"发布|各类|[该此同几多种]类|公开.*公开",
        label_from=True,
    ),
    rule(
        "items by category, list announced",
        {"": "narrative.info_by_category"},
        "条",
        before=r"^[、，]?(?P<label>[\u4e00-\u9fff]{2,14}?)(?:类)?(?:政府)?(?:信息)?",
        context=r"(?:按|从)(?:信息)?(?:内容|类别|类型)?(?:分类|类别|类型|内容)?(?:来)?(?:看|分|划分|分类)[^。]*$",
        label_from=True,
        unless=r"申请|答复|收到|网站|微博|微信",
    ),
)
