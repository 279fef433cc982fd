"""Questions as people put them: every one of these was once read as something else, most of them with a wrong figure."""

import pytest

from indicators.catalogue import load_catalogue
from qa_service.conversation import Turn
from qa_service.understanding.patterns import PatternWords, operation_patterns
from qa_service.understanding.question import Operation, Question
from qa_service.understanding.reading import Reader
from qa_service.understanding.understand import understand
from qa_service.understanding.words import units_of
from qa_service.understanding.years import YearKind
from tests.qa_service.sample_library import sample_library

READER = Reader(load_catalogue(), sample_library().store.agencies(), 2023)
CONFIDENT = 0.8


def understood(*turns: str) -> Question:
    return understand(READER, turns[-1], [Turn("user", turn) for turn in turns[:-1]])


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("2022年示例市人社局减去临湖人社局，收到申请数等于多少", Operation.COMPARE),
        ("示例市人社局 收到申请数 2023年减2022年", Operation.COMPARE),
        ("2022年收到申请数 示例市人社局+临湖人社局", Operation.SUM),
        ("示例市人社局2021年全年到2023年全年收到申请数拢共多少", Operation.SUM),
        ("如果示例市人社局和临湖人社局合并统计，2022年收到申请会是多少", Operation.SUM),
        ("Could you tot up requests received by Shili HRSS, year after year, 2022 to 2023?", Operation.SUM),
        ("示例市人社局的收到申请数是越来越多还是越来越少，看2021年到2023年的", Operation.TREND),
        ("示例市人社局收到申请数由二〇二一年至二〇二三年的变化率", Operation.GROWTH),
        ("In percentage terms, how did requests received at Shili HRSS go from 2021 to 2023?", Operation.GROWTH),
        ("Shili HRSS 2021 to 2023 requests received, % change?", Operation.GROWTH),
        ("2022年收到申请数为零的机关共有几个", Operation.FILTER),
        ("For lawsuits in 2020, how often does a zero appear across all the bodies?", Operation.FILTER),
        ("Out of all bodies reporting on lawsuits for 2020, how many gave the number as zero?", Operation.FILTER),
        ("谨请提供2022年行政复议总数位列前三之机关名单及数值", Operation.RANK),
        ("In 2022, which bodies made up the top three in requests received?", Operation.RANK),
        ("I would be most grateful if you could tell me the requests received by Shili HRSS in 2022", Operation.LOOKUP),
    ],
)
def test_what_is_done_with_the_figures(text: str, operation: Operation) -> None:
    question = understood(text)
    assert question.operation is operation
    assert question.confidence >= CONFIDENT


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("打官司要用，示例市人社局在其信息公开年度报告里写的2022年收到申请数", (2022,)),
        ("示例市人社局2021年全年到2023年全年的收到申请数", (2021, 2022, 2023)),
        ("示例市人社局收到申请数，起2021年讫2023年", (2021, 2022, 2023)),
        ("示例市人社局2023年度往前推到2021年度的收到申请数", (2021, 2022, 2023)),
        ("requests received at Shili HRSS beginning with 2021 and ending with 2023", (2021, 2022, 2023)),
        ("requests received at Shili HRSS from 2021 up to and including 2023", (2021, 2022, 2023)),
        ("不是2021年，是2022年示例市人社局收到的申请", (2022,)),
        ("requests brought over from last year at Shili HRSS, 2022", (2022,)),
    ],
)
def test_years(text: str, years: tuple[int, ...]) -> None:
    assert understood(text).year.years == years


def test_an_open_range_ends_with_the_newest_report() -> None:
    year = understood("示例市人社局2021年至今收到多少申请").year
    assert (year.kind, year.years) == (YearKind.RANGE, (2021, 2022, 2023))


@pytest.mark.parametrize(
    "text",
    [
        "我们公司想知道示例市人社局2022年收到多少申请",
        "My lawyer asks how many requests Shili HRSS got in 2022",
        "律师函要写总量，示例市人社局2022年收到多少申请",
        "I work for a small NGO and have a question. How many requests did Shili HRSS receive in 2022?",
    ],
)
def test_who_asks_is_no_applicant(text: str) -> None:
    question = understood(text)
    assert (question.concepts, question.applicants) == (("requests_received",), ())


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("打官司要用，示例市人社局2022年收到多少申请", "requests_received"),
        ("For a court filing I have to cite requests received by Shili HRSS in 2022", "requests_received"),
        ("现需贵处告知示例市人社局2022年收到申请数，请予答复", "requests_received"),
        ("示例市人社局2017年的微博公开数和2018年的相加的结果是？", "weibo"),
        ("When 2022 ended, how many requests did Shili HRSS still have open for the next year?", "carried_forward"),
        ("按2022年的年度报告，示例市人社局结转给下一年度的申请有几件", "carried_forward"),
        ("2018 report, Shili HRSS: places where information can be read?", "reading_points"),
    ],
)
def test_what_stands_beside_the_question_names_no_figure(text: str, concept: str) -> None:
    assert understood(text).concepts == (concept,)


@pytest.mark.parametrize(
    "text", ["Got it, and for 2021?", "It's 2021, of course", "Kindly supply the corresponding figure for 2021."]
)
def test_idioms_of_a_further_turn_name_no_figure(text: str) -> None:
    question = understood("示例市人社局2022年收到多少申请", text)
    assert (question.concepts, question.year.years) == (("requests_received",), (2021,))


@pytest.mark.parametrize(
    "text", ["示例市人社局2022年老师提交的申请有多少", "How many pensioners applied to Shili HRSS in 2022?"]
)
def test_a_word_tied_to_the_figure_counts(text: str) -> None:
    assert understood(text).confidence < CONFIDENT


def test_a_word_that_sounds_like_another_is_left_alone() -> None:
    assert not understood("示例市人社局2022年同一份报告里收到多少申请").corrections


def test_every_alternative_of_a_pattern_is_found_and_the_longest_of_a_group() -> None:
    text = "how many more"
    found = PatternWords(text, operation_patterns()).matches(units_of(text), 0)
    assert max(end for end, _ in found) == len(units_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "律师说示例市人社局2022年收到多少申请",
        "作为律师，我想知道示例市人社局2022年收到多少申请",
        "我是自然人，示例市人社局2022年收到多少申请",
        "据某研究机构要求，查示例市人社局2022年收到申请数",
        "一家公益组织问示例市人社局2022年收到多少件申请",
        "老百姓都说示例市人社局2022年收到很多申请，到底多少",
        "法院要求提供示例市人社局2022年收到申请的数量",
        "我要起诉示例市人社局，2022年收到多少申请",
        "我交了费，示例市人社局2022年收到多少申请",
    ],
)
def test_the_speakers_part_names_neither_applicant_nor_figure(text: str) -> None:
    question = understood(text)
    assert (question.concepts, question.applicants) == (("requests_received",), ())


@pytest.mark.parametrize(
    ("turns", "years"),
    [
        (("示例市人社局2022年收到多少申请", "上一年呢"), (2021,)),
        (("示例市人社局2022年收到多少申请", "and the year before?"), (2021,)),
        (("示例市人社局2021年收到多少申请", "次年呢"), (2022,)),
        (("示例市人社局2022年收到多少申请", "谢谢", "那2021年呢"), (2021,)),
        (("示例市人社局2022年收到多少申请", "什么是依申请公开", "那2021年呢"), (2021,)),
    ],
)
def test_years_of_a_conversation(turns: tuple[str, ...], years: tuple[int, ...]) -> None:
    question = understood(*turns)
    assert (question.year.years, question.concepts) == (years, ("requests_received",))
    assert question.asked.agencies == ("shili_hrss",)


def test_which_year_is_asked_of_the_body_before() -> None:
    assert understood("近三年示例市人社局收到申请", "最高是哪年").asked.agencies == ("shili_hrss",)


def test_by_how_much_is_asked_of_the_two_before() -> None:
    question = understood("示例市人社局2022年收到多少申请", "临湖呢", "哪个多", "多多少")
    assert (question.operation, question.asked.agencies) == (Operation.COMPARE, ("shili_hrss", "linhu_hrss"))


def test_two_figures_of_earlier_turns_are_added() -> None:
    question = understood("示例市人社局2022年不予公开多少", "那无法提供呢", "两个加起来呢")
    assert (question.operation, question.concepts) == (Operation.SUM, ("denied", "unavailable"))


def test_online_beside_letters_is_a_way_to_apply() -> None:
    question = understood("示例市人社局2017年收到多少申请", "信函的呢", "网络的呢")
    assert question.concepts == ("request_online",)


@pytest.mark.parametrize(
    ("text", "published", "years"),
    [
        ("2023年发布的示例市人社局年报里收到多少申请", True, (2022,)),
        ("示例市人社局2022年度报告2023年发布，收到多少申请", False, (2022,)),
        ("示例市人社局2022年公开信息多少条", False, (2022,)),
    ],
)
def test_the_year_a_report_came_out(text: str, published: bool, years: tuple[int, ...]) -> None:
    year = understood(text).year
    assert (year.published, year.years) == (published, years)


@pytest.mark.parametrize(
    "text",
    ["换成财政局", "火星局呢", "我说的是火星局", "不是人社局，是火星局", "换成火星人数量", "try Gotham City Hall"],
)
def test_another_body_is_not_answered_with_the_one_before(text: str) -> None:
    question = understood("示例市人社局2018年收到多少件申请", text)
    assert question.asked.unknown or question.asked.choices or question.unexplained


@pytest.mark.parametrize(
    "text",
    [
        "示例市教育局隔壁单位2021年新收多少申请",
        "示例市教育局上级部门2021年新收多少申请",
        "示例市教育局2021年企业家提出的申请多少",
        "示例市教育局2021年计划新收多少申请",
        "How many requests did Shili Education Bureau expect to receive in 2021?",
    ],
)
def test_what_turns_a_body_or_a_figure_into_another_is_never_passed_over(text: str) -> None:
    assert understood(text).confidence < CONFIDENT


def test_denied_years_without_number_are_read_at_once() -> None:
    # Took seconds when denied years were replaced by blanks.
    denied = "不是2016年" * 26
    assert understood(f"11{denied}/{denied}year{denied}").year is not None


@pytest.mark.parametrize(
    ("turns", "operation"),
    [
        (("示例市人社局2022年予以公开占多少", "那2021年呢"), Operation.SHARE),
        (("示例市人社局2022年收到的申请里企业占多少", "个人呢"), Operation.SHARE),
        (("2022年哪个单位收到申请最多", "那2021年呢"), Operation.RANK),
        (("示例市人社局2021到2023年收到申请合计多少", "临湖呢"), Operation.SUM),
        (("示例市人社局2022年收到的申请比2021年增长多少", "复议呢"), Operation.GROWTH),
        (("2022年哪个单位收到申请最多", "那示例市人社局呢"), Operation.LOOKUP),
    ],
)
def test_a_turn_that_changes_one_thing_means_the_operation_before(turns: tuple[str, ...], operation: Operation) -> None:
    assert understood(*turns).operation is operation


@pytest.mark.parametrize(
    "text",
    [
        "示例市教育局2020年收到加急申请多少件",
        "示例市人社局2022年申请合并处理的有几件",
        "示例市人社局2021年新收申请多少件，个人那块不要",
        "示例市人社局2021年新收申请多少件，律所提的先不管",
        "How many requests did Shili HRSS receive in 2021, setting aside individuals?",
        "示例市人社局2022年没有被纠正的行政复议",
        "示例市教育局2020年收到多少申请，我说的是小学",
        "示例市人社局2022年收到多少申请，我妈交的那些",
        "示例市人社局2022年收到多少申请，外地人的",
        "How many requests did Shili HRSS receive in 2022, from our village?",
        "示例市教育局2020年收到多少申请，说错了，我问的是示例市人社局",
        "示例市人社局2022年新收申请多少，民营企业的",
        "2020年申请最多的区级单位",
        "示例市人社局 requests 2021 to 2023 without 2022, total",
        "示例市人社局2018年网络申请占比比信函高几个百分点",
    ],
)
def test_what_no_table_tells_keeps_the_figure_back(text: str) -> None:
    assert understood(text).confidence < CONFIDENT


@pytest.mark.parametrize(
    "text",
    [
        "我在阳光企业上班。示例市人社局2022年收到多少申请？",
        "I run a small company. Shili HRSS: how many requests did they get in 2022?",
    ],
)
def test_where_the_speaker_works_is_no_applicant(text: str) -> None:
    assert understood(text).applicants == ()


def test_whom_the_speaker_cares_about_is_an_applicant() -> None:
    text = "Me, I only care about companies. How many requests did Shili HRSS receive from them in 2022?"
    assert understood(text).applicants == ("business",)


@pytest.mark.parametrize(
    "text", ["2021年申请数在40件以上但不超过60件的单位", "bodies with more than 40 but fewer than 60 requests in 2021"]
)
def test_two_bounds_are_both_kept(text: str) -> None:
    bound = understood(text).threshold
    assert bound is not None
    assert (str(bound.low), str(bound.high)) == ("40", "60")


def test_the_group_that_the_speaker_studies_is_the_applicant() -> None:
    text = "I am studying the use of transparency rules by charities. How many requests granted by Linhu HRSS in 2022 fall into this group?"
    assert understood(text).applicants == ("charity",)


@pytest.mark.parametrize(
    ("turns", "concept"),
    [
        (("示例市教育局2018年微博渠道公开了多少条", "收悉。示例市人社局的对应数据也请一并告知。"), "weibo"),
        (("示例市教育局2018年微博渠道公开了多少条", "了解了，如果是临湖人社局的话会是多少？"), "weibo"),
        (("示例市教育局2019年收到多少申请", "那如果看2020年的话，会是多少？"), "requests_received"),
        (
            (
                "Items carried by the gazette at Shili Education Bureau in 2018?",
                "I should have spoken more clearly: 2017.",
            ),
            "gazette",
        ),
        (("示例市教育局2020年诉讼多少件", "没结案的呢"), "lawsuit_pending"),
        (("示例市教育局2020年对外公开规范性文件总数是多少",), "normative_total"),
        (("示例市教育局2020年企业和个人申请里公开的各几件",), "granted"),
        (("How many requests did Shili Education Bureau decline in 2020?",), "denied"),
        (("Could you write out for me the requests granted by Shili Education Bureau in 2020?",), "granted"),
    ],
)
def test_little_words_name_no_figure_of_their_own(turns: tuple[str, ...], concept: str) -> None:
    assert understood(*turns).concepts == (concept,)


@pytest.mark.parametrize("text", ["and the remainder?", "double it", "其余的呢", "乘以2"])
def test_what_no_figure_before_tells_is_not_answered_with_one(text: str) -> None:
    question = understood("示例市教育局2020年收到多少申请", text)
    assert question.unexplained or question.confidence < CONFIDENT


def test_two_digit_years_in_a_row() -> None:
    assert understood("示例市教育局19、20、21三年收到多少申请").year.years == (2019, 2020, 2021)
    assert understood("示例市教育局2020年收到12、13、14件申请吗").year.years == (2020,)
    assert understood("从2014年度起一年一年往后数到2018年度，示例市教育局收到多少申请").year.kind is YearKind.RANGE


def test_a_law_firm_before_a_verb_is_an_applicant() -> None:
    asked = understood("若以申请人身份为律所作限定，示例市教育局2021年部分公开的件数为多少")
    assert asked.applicants == ("legal_service",)


def test_a_difference_between_them_is_no_sum() -> None:
    asked = understood("Shili Education Bureau and Linhu HRSS, requests received in 2020, what's the diff between them")
    assert asked.operation is Operation.COMPARE
