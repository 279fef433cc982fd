"""Made-up prose in the manner of the reports, by the hundred thousand: for measuring speed, never quality."""

from collections.abc import Iterator
from hashlib import sha256
from random import Random

from eval.agency_names import BodyName
from ingest.ingestion import Ingestion
from reports.agency import Agency
from reports.document import Source
from reports.passage import Passage
from reports.report import Report

_ACTIONS = "制定 完善 落实 推进 加强 规范 梳理 更新 公布 健全 优化 细化 督促 开展 组织 建立 修订 拓展 深化 强化".split()
_SUBJECTS = (
    "政府信息公开目录 依申请公开答复流程 保密审查制度 门户网站专栏 政务新媒体账号 政策解读材料 公开指南 监督考核办法 "
    "重点领域信息 基层政务公开标准 公文公开属性 信息发布审核机制 热点回应机制 行政许可事项 社会保险经办信息 就业创业政策 "
    "财政预决算 食品安全抽检结果 土地征收补偿 安全生产检查 环境影响评价 招标采购公告 扶贫资金使用 教育招生信息 医疗卫生服务 "
    "公共文化活动 交通运输规划 防汛抗旱预案 不动产登记 信访事项办理 档案查阅场所 公益性岗位 职业技能培训 劳动人事仲裁"
).split()
_MEANS = (
    "通过局网站和微信公众号 由办公室牵头 会同各科室 按季度 结合“放管服”改革 对照上级要求 以专题培训的方式 依托大数据平台 "
    "在政务服务大厅 利用电视和报纸 采取线上线下结合 根据条例规定 在各镇街 委托第三方机构 经集体讨论 按照“谁制作谁公开”的原则"
).split()
_RESULTS = (
    "取得了较好的效果 群众满意度有所提升 全年未发生泄密事件 形成了长效机制 及时回应了社会关切 但人员力量仍显薄弱 "
    "公开的及时性还有待提高 被列入年度考核 得到了上级肯定 为企业减少了跑动次数 下一步将继续推进 明年将扩大范围"
).split()
_SECTIONS = (
    "一、总体情况 / （一）主动公开",
    "一、总体情况 / （二）依申请公开",
    "一、总体情况 / （三）政府信息管理",
    "一、总体情况 / （四）平台建设",
    "一、总体情况 / （五）监督保障",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def prose_reports(bodies: tuple[BodyName, ...], years: range, passages: int, seed: int = 0) -> Iterator[Ingestion]:
    """One report for each body and year, with so many passages of about 150 characters and no figures."""
    for number, body in enumerate(bodies):
        agency = Agency(f"p{number}", body.official)
        for year in years:
            draw = Random(f"{seed}/{number}/{year}")
            sha = sha256(f"prose/{seed}/{number}/{year}".encode()).hexdigest()
            report_id = f"{agency.id}_{year}-{sha[:8]}"
            source = Source(f"{report_id}.txt", sha, "text", 1)
            report = Report(report_id, agency, year, f"{body.official}{year}年年度报告", "C", source, (), ())
            made = tuple(_passage(report, position, draw) for position in range(passages))
            yield Ingestion(report, (), passages=made)


def _passage(report: Report, position: int, draw: Random) -> Passage:
    text, sentences = "", []
    while len(text) < 130:
        sentence = _sentence(draw)
        sentences.append((len(text), len(text) + len(sentence)))
        text += sentence
    section = _SECTIONS[position // 5 % len(_SECTIONS)]
    passage_id = f"{report.id}-{position:012x}"
    return Passage(
        passage_id, report.id, report.agency.id, report.year, section, "prose", text, position, tuple(sentences)
    )


def _sentence(draw: Random) -> str:
    first, second = draw.choice(_SUBJECTS), draw.choice(_SUBJECTS)
    return (
        f"{draw.choice(_MEANS)}{draw.choice(_ACTIONS)}{first}，{draw.choice(_ACTIONS)}{second}，"
        f"共{draw.randrange(2, 3000)}{draw.choice('件条次期份')}，{draw.choice(_RESULTS)}。"
    )
