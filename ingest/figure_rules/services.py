"""What only the text tells: service matters, lectures, media, inspections, new media."""

from ingest.figure_rules.rule import REQUEST, Rule, rule

_ONCE = r"[“\"]?(?:最多跑一次|最多跑1次|一次办结|最多跑一趟)[”\"]?"
_ZERO = r"[“\"]?(?:跑零次|零跑|零跑腿|零跑动|跑0次|一次不用跑)[”\"]?"

SERVICES: tuple[Rule, ...] = (
    rule(
        "one-visit matters",
        {"": "narrative.once_visit_items"},
        "个 项",
        after=("", rf"(?:政务服务|民生|权力)?事项(?:已|全部|均|都)*实现{_ONCE}"),
    ),
    rule(
        "one-visit matters, noun before", {"": "narrative.once_visit_items"}, "个 项", before=rf"实现{_ONCE}(?:的)?事项"
    ),
    rule(
        "zero-visit matters",
        {"": "narrative.zero_visit_items"},
        "个 项",
        after=("", rf"(?:政务服务|民生|权力)?事项(?:已|全部|均|都)*实现{_ZERO}"),
    ),
    rule(
        "matters moved down",
        {"": "narrative.delegated_items"},
        "个 项",
        after=(
            "",
            r"(?:政务服务|民生|权力)?事项(?:已|全部|均)*(?:下沉|下放|延伸)[^，]{0,10}(?:街道|镇|乡|村|社区|基层|便民)",
        ),
    ),
    rule(
        "split handling",
        {"": "narrative.split_handling_items"},
        "个 项",
        after=("", r"(?:政务服务)?事项[^，]{0,12}实现受办分离"),
    ),
    rule("rounds of comparison", {"": "narrative.comparison_rounds"}, "轮", after=("", r"(?:的)?(?:梳理)?比对")),
    rule(
        "service matters",
        {"": "narrative.service_items"},
        "个 项",
        after=(r"我[局委办区市县镇]|本[局单位机关]+|共|现有|梳理|公布|全部|共有|的", r"政务服务事项(?!的?办事指南\d)"),
        unless=r"新增|取消|其中|下放|调整",
    ),
    rule(
        "lectures",
        {"": "narrative.lectures"},
        "场 期 次 场次",
        before=r"(?:举办|开展|组织|开设)[^，]{0,8}(?:讲堂|宣讲|讲座)(?:活动)?",
    ),
    rule(
        "lectures, noun behind",
        {"": "narrative.lectures"},
        "场 期 次",
        after=(r"举办|开展|组织", r"[^，]{0,6}(?:讲堂|宣讲|讲座)"),
    ),
    rule(
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
    rule(
        "media articles",
        {"": "narrative.media_articles"},
        "篇 条 次",
        before=r"(?:媒体|日报|晚报|新华社|电视台|报纸|报刊|(?<!公)报》?)[^，]{0,14}(?:刊发|刊登|发表|刊载|报道|发稿)(?:稿件|文章|新闻)?",
    ),
    rule(
        "suggestion box", {"": "narrative.suggestion_box_letters"}, "件 封 条 个", before=r"意见箱(?:信件|来信|意见)?"
    ),
    rule("gazette issues", {"": "narrative.gazette_issues"}, "期", before=r"公报》?"),
    rule(
        "inspections",
        {"": "narrative.site_inspections"},
        "次 轮",
        after=(r"组织|开展|进行|组织开展", r"[^，]{0,8}(?:公开)?(?:栏目|专栏)[^，]{0,6}检查"),
    ),
    rule(
        "inspections, noun before",
        {"": "narrative.site_inspections"},
        "次 轮",
        before=r"(?:组织|开展|进行)[^，]{0,10}(?:公开)?(?:栏目|专栏)[^，]{0,6}检查",
    ),
    rule(
        "new media accounts",
        {"": "narrative.new_media_accounts"},
        "个 家",
        before=r"(?:运维|运营|开设|开通|现有|备案)(?:的)?政务新媒体(?:账号)?",
        unless=r"关停|注销|新开|新增",
    ),
    rule(
        "pass rate",
        {"": "narrative.new_media_pass_rate"},
        "%",
        before=r"合格率",
        context=r"新媒体[^。]*$",
    ),
    rule(
        "on-time rate",
        {"": "narrative.on_time_rate"},
        "%",
        before=r"(?:按时|按期|及时|期限内)(?:答复|办结|回复)率",
        context=REQUEST,
        unless=r"信箱|热线|留言|信访",
    ),
    rule("first-level entries", {"": "narrative.directory_entries"}, "个", after=("", r"一级(?:目录|栏目)")),
    rule("first-level entries, noun before", {"": "narrative.directory_entries"}, "个", before=r"一级(?:目录|栏目)"),
)
