"""The usual kinds of public bodies: how their names end, what people call them, what they are called in English.

Names change with every reform of the organs (人事局 → 人力资源和社会保障局); one kind lists the endings that mean the
same office today. A body of no listed kind keeps its own ending as its only name.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BodyKind:
    """A kind of public body.

    id: English, used in agency ids. endings: official endings, the current one first. short_zh: everyday Chinese names.
    english: the English name without a place. short_en: everyday English names, lower case.
    """

    id: str
    endings: tuple[str, ...]
    short_zh: tuple[str, ...]
    english: str
    short_en: tuple[str, ...] = ()


def _kind(id_: str, endings: str, short_zh: str, english: str, short_en: str = "") -> BodyKind:
    return BodyKind(
        id_,
        tuple(endings.split()),
        tuple(short_zh.split()),
        english,
        tuple(name.strip() for name in short_en.split(",") if name.strip()),
    )


BODY_KINDS: tuple[BodyKind, ...] = (
    _kind(
        "gov_office",
        "人民政府办公室 人民政府办公厅 政府办公室 政府办公厅",
        "政府办公室 政府办公厅 政府办 府办 区府办 市府办 县府办 省府办",
        "General Office of the People's Government",
        "government office, government general office, gov office, govt office, gov't office, general office, "
        "office of the people's government",
    ),
    _kind("gov", "人民政府 政府", "人民政府 政府", "People's Government", "people's government, government, govt"),
    _kind(
        "hrss",
        "人力资源和社会保障局 人力资源社会保障局 人力资源和社会保障厅 人力资源社会保障厅 人力资源和社会保障委员会 人力社保局",
        "人社局 人力社保局 人力资源社会保障局 人力资源社保局 人力资源局 人保局 劳动局 社保局 人社厅 人社 人力社保",
        "Human Resources and Social Security Bureau",
        "hrss, hrss bureau, hrssb, human resources and social security, human resources & social security bureau, "
        "human resources bureau, human resources and social security department, hr bureau, labour bureau, labor bureau, rsj, "
        "social security bureau, hr and social security bureau, hr and social security",
    ),
    _kind(
        "education",
        "教育局 教育体育局 教育和体育局 教育委员会 教育厅",
        "教育局 教体局 教委 教育厅",
        "Education Bureau",
        "education bureau, education commission",
    ),
    _kind("finance", "财政局 财政厅", "财政局 财政厅", "Finance Bureau", "finance bureau, fiscal bureau"),
    _kind(
        "police",
        "公安局 公安分局 公安厅",
        "公安局 公安分局 警察局 公安",
        "Public Security Bureau",
        "public security bureau, psb, police, police bureau",
    ),
    _kind("civil_affairs", "民政局 民政厅", "民政局 民政", "Civil Affairs Bureau", "civil affairs bureau"),
    _kind("justice", "司法局 司法厅", "司法局", "Justice Bureau", "justice bureau, bureau of justice"),
    _kind(
        "health",
        "卫生健康局 卫生健康委员会 卫生和计划生育局 卫生和计划生育委员会 卫生局",
        "卫健局 卫健委 卫计局 卫计委 卫生局 卫生健康委",
        "Health Commission",
        "health commission, health bureau",
    ),
    _kind(
        "development_reform",
        "发展和改革局 发展和改革委员会 发展改革局 发展改革委员会 发展和改革委",
        "发改局 发改委 发展改革委 发展改革局",
        "Development and Reform Commission",
        "development and reform commission, development and reform bureau, drc, ndrc",
    ),
    _kind(
        "natural_resources",
        "自然资源局 自然资源和规划局 自然资源和规划分局 规划和自然资源局 国土资源局 国土资源分局",
        "自然资源局 自规局 资规局 规划局 国土局 国土资源局",
        "Natural Resources and Planning Bureau",
        "natural resources bureau, natural resources and planning bureau, planning bureau, land bureau",
    ),
    _kind(
        "housing",
        "住房和城乡建设局 住房城乡建设局 住房和城乡建设委员会 住房保障和房产管理局 住房和建设局",
        "住建局 住建委 房管局 建设局 住房局",
        "Housing and Urban-Rural Development Bureau",
        "housing bureau, housing and urban-rural development bureau, housing and construction bureau",
    ),
    _kind(
        "transport",
        "交通运输局 交通局 交通运输委员会 交通运输厅",
        "交通局 交通运输局 交运局",
        "Transport Bureau",
        "transport bureau, transportation bureau",
    ),
    _kind(
        "water",
        "水利局 水务局 水利厅",
        "水利局 水务局",
        "Water Resources Bureau",
        "water bureau, water resources bureau",
    ),
    _kind(
        "agriculture",
        "农业农村局 农业局 农业农村委员会 农林局",
        "农业农村局 农业局 农业农村委 农委",
        "Agriculture and Rural Affairs Bureau",
        "agriculture bureau, agriculture and rural affairs bureau",
    ),
    _kind(
        "commerce",
        "商务局 商务委员会 商务和经济技术合作局",
        "商务局 商务委",
        "Commerce Bureau",
        "commerce bureau, bureau of commerce",
    ),
    _kind(
        "culture_tourism",
        "文化和旅游局 文化广电和旅游局 文化广电旅游局 文化旅游局 文化广电旅游体育局 文化体育和旅游局 文化局",
        "文旅局 文广旅局 文广旅体局 文化局 旅游局",
        "Culture and Tourism Bureau",
        "culture and tourism bureau, culture bureau, tourism bureau",
    ),
    _kind("audit", "审计局 审计厅", "审计局", "Audit Bureau", "audit bureau, audit office"),
    _kind("statistics", "统计局", "统计局", "Statistics Bureau", "statistics bureau, bureau of statistics"),
    _kind(
        "emergency",
        "应急管理局 安全生产监督管理局 应急管理厅",
        "应急局 应急管理局 安监局",
        "Emergency Management Bureau",
        "emergency management bureau, emergency bureau",
    ),
    _kind(
        "market_regulation",
        "市场监督管理局 市场监管局 工商行政管理局 市场和质量监督管理局",
        "市场监管局 市监局 工商局 质监局",
        "Market Regulation Administration",
        "market regulation bureau, market supervision bureau, market regulation administration, administration for market regulation",
    ),
    _kind(
        "environment",
        "生态环境局 生态环境分局 环境保护局",
        "生态环境局 环保局 环境局",
        "Ecology and Environment Bureau",
        "environment bureau, ecology and environment bureau, environmental protection bureau",
    ),
    _kind(
        "urban_management",
        "城市管理局 综合行政执法局 城市管理和综合执法局 城市管理行政执法局",
        "城管局 综合执法局 执法局 城管",
        "Urban Management Bureau",
        "urban management bureau, chengguan",
    ),
    _kind(
        "veterans",
        "退役军人事务局 退役军人事务厅",
        "退役军人局 退役军人事务局",
        "Veterans Affairs Bureau",
        "veterans bureau, veterans affairs bureau",
    ),
    _kind(
        "medical_insurance",
        "医疗保障局",
        "医保局 医疗保障局",
        "Healthcare Security Administration",
        "healthcare security bureau, medical insurance bureau",
    ),
    _kind(
        "science_technology",
        "科学技术局 科技局 科学技术厅",
        "科技局",
        "Science and Technology Bureau",
        "science and technology bureau, science bureau",
    ),
    _kind(
        "industry",
        "工业和信息化局 经济和信息化局 经济和信息化委员会 经济信息化局",
        "工信局 经信局 经信委 工信委",
        "Industry and Information Technology Bureau",
        "industry and information technology bureau, industry bureau",
    ),
    _kind("sports", "体育局", "体育局", "Sports Bureau", "sports bureau"),
    _kind("forestry", "林业局 园林绿化局 林业和草原局", "林业局 园林局", "Forestry Bureau", "forestry bureau"),
    _kind("tax", "税务局 国家税务局 地方税务局", "税务局 国税局 地税局", "Tax Bureau", "tax bureau"),
    _kind(
        "administrative_approval",
        "行政审批服务局 行政审批局 政务服务管理局 政务服务和大数据管理局 政务服务管理办公室",
        "行政审批局 审批局 政务服务局 政务办",
        "Administrative Approval Bureau",
        "administrative approval bureau, government services bureau",
    ),
    _kind(
        "data",
        "大数据发展管理局 数据局 大数据局",
        "大数据局 数据局",
        "Data Administration",
        "data bureau, big data bureau",
    ),
    _kind("petitions", "信访局", "信访局", "Petitions Bureau", "petitions bureau, letters and calls bureau"),
    _kind(
        "ethnic_religious",
        "民族宗教事务局 民族和宗教事务局",
        "民宗局",
        "Ethnic and Religious Affairs Bureau",
        "ethnic and religious affairs bureau",
    ),
    _kind(
        "state_assets",
        "国有资产监督管理委员会 国有资产管理局",
        "国资委 国资局",
        "State-owned Assets Commission",
        "sasac, state-owned assets commission",
    ),
    _kind(
        "financial_work",
        "金融工作办公室 地方金融监督管理局 金融工作局",
        "金融办 金融局",
        "Financial Affairs Office",
        "financial affairs office",
    ),
    _kind("foreign_affairs", "外事办公室", "外办 外事办", "Foreign Affairs Office", "foreign affairs office"),
    _kind(
        "subdistrict",
        "街道办事处",
        "街道办事处 街道办 街道",
        "Sub-district Office",
        "sub-district office, subdistrict office, subdistrict",
    ),
    _kind("town_gov", "镇人民政府", "镇政府 镇人民政府", "Town Government", "town government"),
    _kind("township_gov", "乡人民政府", "乡政府 乡人民政府", "Township Government", "township government"),
    _kind(
        "management_committee",
        "管理委员会",
        "管委会",
        "Administrative Committee",
        "management committee, administrative committee",
    ),
)


def find_body_kind(name: str) -> tuple[BodyKind, str] | None:
    """The kind whose official ending closes the name, with that ending; the longest ending wins; None if none fits."""
    found: tuple[BodyKind, str] | None = None
    for kind in BODY_KINDS:
        for ending in kind.endings:
            if name.endswith(ending) and (found is None or len(ending) > len(found[1])):
                found = (kind, ending)
    return found
