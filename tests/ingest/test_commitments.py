"""Problems and commitments in the styles clerks use; the sentences here are invented."""

import pytest
import yaml

from ingest.commitments import find_commitments
from ingest.read_report import read_report
from reports.document import Paragraph
from reports.passage import Commitment
from reports.place import Place
from reports.report import Section
from tests.ingest.real_reports import SHARED, TEXT_REPORTS, needs_reports, report_path

SECTION = "五、存在的主要问题及改进情况"


def _find(text: str, *, year: int = 2022, path: tuple[str, ...] = (SECTION,)) -> tuple[Commitment, ...]:
    paragraphs = tuple(Paragraph(line, Place(line=n + 1)) for n, line in enumerate(text.split("\n")))
    return find_commitments((Section(path, paragraphs),), "moon", year, "moon_2022")


def _quotes(found: tuple[Commitment, ...], kind: str) -> list[str]:
    return [one.quote for one in found if one.kind == kind]


@pytest.mark.parametrize(
    ("text", "problems", "commitments"),
    [
        pytest.param(
            "2022年工作取得成效，但仍存在一些问题：一是政策解读形式较为单一，多以文字为主；二是专栏更新不够及时。\n"
            "下一步，我局将重点做好以下几方面工作：一是丰富解读形式；二是落实专人负责栏目更新。",
            ["一是政策解读形式较为单一，多以文字为主", "二是专栏更新不够及时"],
            ["一是丰富解读形式", "二是落实专人负责栏目更新。"],
            id="lists in sentences",
        ),
        pytest.param(
            "（一）存在的主要问题\n1.主动公开的深度不够，部分事项未公开过程。\n2.基层力量薄弱，人员变动频繁。\n"
            "（二）改进措施\n1.聚焦重点领域，加大全过程公开力度。\n2.加强队伍建设，并于2023年6月底前完成轮训。",
            ["主动公开的深度不够，部分事项未公开过程", "基层力量薄弱，人员变动频繁"],
            ["聚焦重点领域，加大全过程公开力度。", "加强队伍建设，并于2023年6月底前完成轮训。"],
            id="numbered lines under sub-headings",
        ),
        pytest.param(
            "我镇工作与公众期盼仍有一定差距，主要体现在：公开的时效性不强，公开形式不够丰富。\n"
            "2023年，我镇将严格按照要求，进一步规范公开流程。\n一要强化组织领导。明确分管领导，纳入年度考核。",
            ["公开的时效性不强", "公开形式不够丰富"],
            ["2023年，我镇将严格按照要求，进一步规范公开流程。", "一要强化组织领导。明确分管领导，纳入年度考核。"],
            id="clauses that each complain; a list entry of two sentences",
        ),
        pytest.param(
            "对照群众期盼，还有两点差距：公开目录编得不够细；部分文书专业性强，群众不易看懂。\n"
            "下一步，我局将公布检查结果；推行“大白话”说明，在文书之外附一段解释；加强检查，每季度抽查一次。",
            ["公开目录编得不够细", "部分文书专业性强，群众不易看懂"],
            ["下一步，我局将公布检查结果", "推行“大白话”说明，在文书之外附一段解释", "加强检查，每季度抽查一次。"],
            id="lists kept together by semicolons alone",
        ),
        pytest.param(
            "存在问题：一是公开目录与法定内容衔接不紧密；二是互动栏目答复较慢。\n"
            "改进措施：一是对照新条例重新编制目录；二是实行留言限时办结制。",
            ["一是公开目录与法定内容衔接不紧密", "二是互动栏目答复较慢"],
            ["一是对照新条例重新编制目录", "二是实行留言限时办结制。"],
            id="headings run in before a colon",
        ),
        pytest.param(
            "同时也存在审核把关不够严格、群众参与度不高等问题。今后，我街道将从以下方面着手：第一，完善审核流程，第二，举办开放日。",
            ["审核把关不够严格", "群众参与度不高"],
            ["第一，完善审核流程", "第二，举办开放日。"],
            id="problems joined by 、, measures by 第一",
        ),
        pytest.param(
            "1.解读质量有待提高。下一步，将组织起草科室参与解读。\n2.公开渠道不多。2023年，将开通短视频账号。",
            ["解读质量有待提高", "公开渠道不多"],
            ["下一步，将组织起草科室参与解读。", "2023年，将开通短视频账号。"],
            id="problem and measure in turn",
        ),
        pytest.param(
            "存在的问题：一是信息发布重数量轻质量；二是办理时限压得太紧。\n2023年将重点推进：一是细化公开标准；二是全年至少组织两次培训。",
            ["一是信息发布重数量轻质量", "二是办理时限压得太紧"],
            ["一是细化公开标准", "二是全年至少组织两次培训。"],
            id="announced problems without a word of complaint",
        ),
        pytest.param(
            "政策解读的形式比较单一。今后将重点做好：（一）丰富解读形式；（二）统一文书格式，逐件审核。",
            ["政策解读的形式比较单一"],
            ["（一）丰富解读形式", "（二）统一文书格式，逐件审核。"],
            id="a bracketed list within a sentence",
        ),
    ],
)
def test_styles(text: str, problems: list[str], commitments: list[str]) -> None:
    found = _find(text)
    assert _quotes(found, "problem") == problems
    assert _quotes(found, "commitment") == commitments


@pytest.mark.parametrize(
    "text",
    [
        "2022年，针对上年度报告中提出的解读不及时的问题，我街道建立了同步机制，解读材料均按时发布，整改已到位。",
        "今年我局已完善公开制度，加强了业务培训。",
        "无。",
        "2022年我局工作总体平稳，暂未发现突出情况。",
    ],
)
def test_deeds_done_and_empty_sections_give_nothing(text: str) -> None:
    assert _find(text) == ()


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("我局将政府信息公开列入重点工作，将年度计划分解到科室。", []),
        ("2022年，我局将公开工作纳入考核。", []),
        ("及时将最新的政策文件进行公开。", []),
        ("全年未发生泄密事件，今后将一如既往做好审查工作。", ["今后将一如既往做好审查工作。"]),
        ("2023年起将启用新版网站。", ["2023年起将启用新版网站。"]),
        ("明年，我局还将把公开情况纳入考核。", ["明年，我局还将把公开情况纳入考核。"]),
    ],
)
def test_outside_the_problem_section_only_a_look_ahead_counts(text: str, quotes: list[str]) -> None:
    assert _quotes(_find(text, path=("一、总体情况",)), "commitment") == quotes


def test_the_turning_point_may_stand_within_a_sentence() -> None:
    found = _find("公开数量有待于进一步增加，保密意识有待于进一步提高，为此我们将克服人少事多的困难，加强制度的建设。")
    assert _quotes(found, "problem") == ["公开数量有待于进一步增加", "保密意识有待于进一步提高", "人少事多的困难"]
    assert _quotes(found, "commitment") == ["加强制度的建设。"]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("下一步，我局将加强培训。", None),
        ("明年，我局将加强培训。", 2023),
        ("2024年，我局将加强培训。", 2024),
        ("今后，我局将加强培训，在2025年底前实现全覆盖。", 2025),
    ],
)
def test_the_target_year_is_the_stated_one_or_none(text: str, target: int | None) -> None:
    (one,) = _find(text)
    assert one.target_year == target


def test_the_target_year_holds_for_the_list_it_announces() -> None:
    found = _find("2023年，我局将做好以下工作：\n1.加强业务培训。\n2.完善公开目录。")
    assert [(one.quote, one.target_year, one.cue) for one in found] == [
        ("加强业务培训。", 2023, "1."),
        ("完善公开目录。", 2023, "2."),
    ]


def test_a_commitment_names_the_problems_of_the_same_theme() -> None:
    found = _find("存在培训不足、解读形式单一等问题。下一步，将定期开展业务培训。")
    assert [(one.id, one.themes, one.answers) for one in found] == [
        ("moon_2022.P1", ("training",), ()),
        ("moon_2022.P2", ("policy_interpretation",), ()),
        ("moon_2022.C1", ("training",), ("moon_2022.P1",)),
    ]


def test_quotes_stand_in_the_text_and_places_are_kept() -> None:
    text = "存在更新不及时的问题。\n今后，我局将落实专人，及时更新栏目。"
    problem, commitment = _find(text)
    assert problem.quote in text
    assert commitment.quote in text
    assert (problem.place.line, commitment.place.line) == (1, 2)
    assert (problem.section, problem.position, commitment.position) == (SECTION, 0, 1)


@needs_reports
def test_real_reports_against_the_list_made_by_hand() -> None:
    items = yaml.safe_load((SHARED / "domain" / "commitments.yaml").read_text(encoding="utf-8"))["items"]
    gold = {(item["report"], item["kind"], item["quote"].rstrip("。")): item for item in items}
    found = {
        (name, one.kind, one.quote.rstrip("。")): one
        for name in TEXT_REPORTS
        for one in read_report(report_path(name)).commitments
    }
    assert found.keys() == gold.keys()
    assert all(one.target_year == gold[key]["target_period"] for key, one in found.items() if one.kind == "commitment")
    pairs = [(set(one.themes), set(gold[key]["theme"])) for key, one in found.items()]
    shared = sum(len(mine & theirs) for mine, theirs in pairs)
    assert shared >= 0.9 * sum(len(mine) for mine, _ in pairs)
    assert shared >= 0.9 * sum(len(theirs) for _, theirs in pairs)


@needs_reports
@pytest.mark.parametrize("name", TEXT_REPORTS)
def test_quotes_are_the_exact_characters_of_the_file(name: str) -> None:
    text = report_path(name).read_text(encoding="utf-8")
    assert all(one.quote in text for one in read_report(report_path(name)).commitments)
