"""What problems and commitments are about, recognised by the words clerks use (and people ask with)."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject of problems and commitments. words: a regular expression over Chinese text; english: the same, English."""

    id: str
    zh: str
    en: str
    words: str
    english: str = ""


THEMES: tuple[Theme, ...] = (
    Theme("training", "培训", "Training", r"培训|讲座|业务学习|以学促|传帮带", r"train|course"),
    Theme(
        "staff_skill",
        "人员业务能力",
        "Staff skill",
        r"业务(水平|能力|素质)|(人员|队伍).{0,8}(素质|能力|水平|专业)|(队伍|人才)建设|工作队伍",
        r"staff skill|competence|professional",
    ),
    Theme(
        "staff_shortage",
        "人手不足",
        "Staff shortage",
        r"力量(薄弱|不足|不够)|人(不够|太少)|缺人|人少事多|人手|(人员|人手|队伍).{0,6}(不足|短缺|紧张|紧缺|缺乏|流动|变动频繁|不(够)?稳定)|一人多岗|专职人员|编制|兼职(多|较多|为主)|流动性",
        r"short.?staff|staff shortage|understaff|manpower|thin(ly)? staff|(too )?few (staff|people|hands)|(lack|shortage) of (staff|people|personnel)",
    ),
    Theme("directory", "公开目录", "Directory", r"目录|信息分类|指南编制", r"director(y|ies)|catalog"),
    Theme(
        "scope",
        "公开范围",
        "Scope of disclosure",
        r"公开.{0,8}(范围|领域|广度)|(扩大|拓展|扩展|拓宽).{0,8}(范围|领域)|重点领域",
        r"scope|wider range|key areas",
    ),
    Theme(
        "channels",
        "公开渠道",
        "Channels",
        r"(?<!依申请)公开(的)?渠道|(拓宽|拓展|丰富|创新).{0,8}(渠道|载体|途径)|(发布|发声|传播)渠道",
        r"channel",
    ),
    Theme(
        "content",
        "公开内容",
        "Content",
        r"(充实|丰富|细化|深化|拓展|完善).{0,4}(公开)?内容|公开(的)?内容.{0,6}(不|单|较|有待|还|需|全面)|要素|内容偏|公开得?不(够)?(全|细|深)|重数量"
        r"|(丰富|创新).{0,4}公开(的)?(形式|方式)|公开(的)?(形式|方式).{0,4}(不|单一|单调|有待|还)"
        r"|信息(公开)?的?(数量|质量|录入)|录入量|公开(的)?(数量|质量|深度)|应主动公开的.{0,20}信息",
        r"content|quality of (the )?information",
    ),
    Theme(
        "timeliness",
        "及时更新",
        "Timeliness",
        r"及时.{0,2}(发布|更新|公开)|(更新|发布|公开).{0,4}(不(够|太)?及时|频率|滞后|迟缓)|频率|常态化|时效|不及时|按(日|周|月|季)(发布|更新|公开)|临期|延期",
        r"timel|up to date|update|frequen",
    ),
    Theme(
        "website",
        "网站和平台",
        "Websites and platforms",
        r"网站|门户|(公开|信息)平台|平台(建设|管理|维护)|栏目.{0,3}(建设|维护|设置|管理|更新)|日常维护|信息资源",
        r"website|portal|platform",
    ),
    Theme("wechat", "微信公众号", "WeChat", r"微信|公众号", r"wechat"),
    Theme(
        "new_media",
        "政务新媒体",
        "New media",
        r"新媒体|APP|客户端|政务号|抖音|短视频|微博",
        r"new media|social media|\bapp\b",
    ),
    Theme(
        "publicity",
        "宣传",
        "Publicity",
        r"宣传(力度|引导|手册|推广|活动|普及|解读|不)|(加大|加强|做好|强化).{0,14}宣传",
        r"publicity|promot(e|ion)",
    ),
    Theme("policy_interpretation", "政策解读", "Policy interpretation", r"解读", r"interpretation|explain(ing)? polic"),
    Theme(
        "response",
        "回应关切",
        "Responding to the public",
        r"(热点|关切|舆情).{0,4}回应|回应.{0,10}(关切|热点|社会|群众|企业|诉求|需求)|舆情|互动",
        r"respon(d|se)|public concern",
    ),
    Theme(
        "requests",
        "依申请公开",
        "Disclosure on request",
        r"依申请|申请公开|申请人|申请办理|答复(质量|文书|工作|范本|模板|的?规范|流程|口径|的?说理)",
        r"on request|requests?\b",
    ),
    Theme(
        "rules",
        "制度建设",
        "Rules and procedures",
        r"制度的?(建设|完善)|制度化建设|(完善|健全|修订).{0,30}制度|(工作|公开|审查|审核|协调|管理|长效)机制|制度(还)?(不|有待)",
        r"\brules?\b|procedure|institution",
    ),
    Theme(
        "standardisation",
        "标准化规范化",
        "Standardisation",
        r"标准化|公开(行为|工作)?.{0,4}规范性|不(够)?规范|统一.{0,12}(格式|标准|流程|口径|模板)|工作指引|公开指引",
        r"standardi[sz]",
    ),
    Theme(
        "responsibility",
        "责任落实",
        "Responsibility",
        r"责任(制|人|主体|分工|追究|落实|到人)|(明确|落实|压实).{0,6}(职责|责任)(?!意识)",
        r"responsib|accountab",
    ),
    Theme(
        "supervision",
        "监督检查",
        "Supervision",
        r"监督(?!权)|检查|抽查|通报|督促|督导|督办|巡查",
        r"supervis|inspect|monitor",
    ),
    Theme("assessment", "考核评议", "Assessment", r"考核|考评|评估|评议|绩效", r"assess|apprais|evaluat"),
    Theme("third_party_evaluation", "第三方评估", "Third-party evaluation", r"第三方", r"third.?party"),
    Theme("secrecy_review", "保密审查", "Secrecy review", r"保密", r"secre|confidential"),
    Theme("security", "网络安全", "Security", r"网络安全|信息安全|安全责任|风险隐患", r"security"),
    Theme(
        "awareness", "公开意识", "Awareness", r"(?<!责任)意识|主动性|(重视|认识).{0,3}(不|程度)|积极性", r"awareness"
    ),
    Theme("imbalance", "发展不平衡", "Imbalance", r"不平衡|不均衡|参差不齐|差异较大", r"imbalance|uneven"),
    Theme("guidance", "业务指导", "Guidance", r"业务指导|(加强|强化).{0,6}指导|指导.{0,6}(单位|部门)", r"guidance"),
    Theme(
        "participation",
        "公众参与",
        "Public participation",
        r"公众参与|开放日|意见征集|征求意见|政民互动|公众评价|需求征集|群众代表|评议员|宣讲|参与度|满意度",
        r"participat|open day|consultation",
    ),
    Theme("general", "总体要求", "General", r"(公开)?工作(的)?(整体)?水平|档次|努力做好|履行.{0,4}职责", r""),
)

_PATTERNS = tuple((theme.id, re.compile(theme.words)) for theme in THEMES)
_ENGLISH = tuple((theme.id, re.compile(theme.english, re.IGNORECASE)) for theme in THEMES if theme.english)
# Slogans in quotation marks and "A、B和C等工作制度" only list words; they do not tell what is promised.
_SLOGAN = re.compile(r"“[^”]*”|「[^」]*」")
# From the beginning of a clause only, so that a long list is read once.
_LISTED_RULES = re.compile(r"(?<![^，；。,;])[^，；。,;、]*、[^，；。,;]*等[^，；。,;]{0,6}制度")


def match_themes(text: str) -> tuple[str, ...]:
    """Ids of the themes whose words occur in a Chinese sentence, in order of first occurrence; () if none does.

    "general" is given only to a sentence that has no other theme.
    """
    plain = _LISTED_RULES.sub("完善制度", _SLOGAN.sub("“”", text))
    found = {theme: match.start() for theme, pattern in _PATTERNS if (match := pattern.search(plain))}
    if "new_media" in found:
        found.pop("wechat", None)  # a sentence on several platforms, WeChat among them
    if len(found) > 1:
        found.pop("general", None)
    return tuple(sorted(found, key=lambda theme: (found[theme], theme)))


def match_themes_in_question(question: str) -> tuple[str, ...]:
    """Ids of the themes a question in Chinese or English asks about; () if none is recognised."""
    chinese = {theme.id: question.find(theme.zh) for theme in THEMES if theme.zh in question}
    english = {theme: match.start() for theme, pattern in _ENGLISH if (match := pattern.search(question))}
    patterns = {theme: match.start() for theme, pattern in _PATTERNS if (match := pattern.search(question))}
    found = {**patterns, **english, **chinese}
    found.pop("general", None)
    return tuple(sorted(found, key=lambda theme: (found[theme], theme)))
