"""Further turns that put figures of earlier turns together, or say a body or a year by the one before.

The figures expected are those of the sample reports (samples/), read there by eye.
"""

import pytest

from qa_service.answering.answer import Answer, Status
from qa_service.conversation import Turn
from tests.qa_service.sample_library import sample_answerer


def ask(*turns: str) -> Answer:
    return sample_answerer().ask(turns[-1], [Turn("user", turn) for turn in turns[:-1]])


def values(answer: Answer, origin: str = "derived") -> list[str | None]:
    return [figure.value for figure in answer.figures if figure.origin == origin and figure.value is not None]


@pytest.mark.parametrize(
    ("turns", "computed"),
    [
        (("云溪区政府办2017年微博多少条", "微信呢", "前者是后者的几倍"), ["254", "1.63"]),
        (("云溪区政府办2017年微博多少条", "微信呢", "公报呢", "这三个一共多少"), ["1086"]),
        (("示例市人社局2021年处罚多少", "许可呢", "后者是前者的几倍"), ["1267", "75.53"]),
        (("示例市教育局2019年企业申请几件", "律所呢", "两者之和"), ["7"]),
        (("示例市教育局2019年采购多少项", "2020年呢", "两年金额合计"), ["721.15"]),
        (("示例市教育局 2020 procurement amount", "2019?", "total"), ["721.15"]),
        (
            (
                "How many requests did 示例市人社局 receive in 2021?",
                "and 示例市教育局?",
                "what is the total of the two?",
            ),
            ["108"],
        ),
        (
            ("How many letter requests did 示例市人社局 get in 2018", "in person?", "fax?", "total of the three"),
            ["13"],
        ),
        (("示例市人社局2017年信函申请几件", "网络呢", "两者比例"), ["7", "0.53"]),
        (("示例市教育局2021年律所提了几件", "商业企业呢", "哪个多"), ["3"]),
        (("示例市人社局2022年收到多少申请", "区里的呢", "差多少"), ["39"]),
        (("示例市人社局2022年处罚多少", "比临湖区人社局多多少"), ["4"]),
        (("示例市人社局2022年收到多少申请", "比上年多多少"), ["7"]),
        (("云溪区政府办2018年信函申请几件", "2017年呢", "涨了多少", "网络的呢"), ["6", "42.9"]),
        (("2022年市人社局和临湖区人社局许可一共多少",), ["1828"]),
    ],
)
def test_what_earlier_turns_come_to(turns: tuple[str, ...], computed: list[str]) -> None:
    assert values(ask(*turns)) == computed


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("示例市人社局2022年收到多少申请", "我说的是区里那个"), "12"),
        (("示例市人社局2022年收到多少申请", "另一个人社局呢"), "12"),
        (("How many licences did 临湖区人社局 grant in 2022?", "I meant the city one"), "1410"),
        (("How many penalties at 示例市人社局 in 2022", "and in the district?"), "8"),
        (("How many penalties did 示例市教育局 impose in 2020?", "and the year before that?", "and licences?"), "96"),
        (
            ("How many requests at 示例市教育局 in 2019", "from individuals?", "and companies in the following year?"),
            "3",
        ),
        (("How many requests at 示例市教育局 in 2019", "from individuals?", "total in 2020?"), "69"),
        (("How many requests from companies at 示例市教育局 in 2019", "regardless of type?"), "62"),
        (("示例市教育局2021年予以公开多少", "企业的呢", "不分类型的2020年呢"), "42"),
        (("示例市教育局2019年企业申请几件", "2020年全部申请呢"), "69"),
        (("示例市教育局2020年收到多少申请", "结转到下一年的呢"), "1"),
        (("示例市教育局2020年收到多少申请", "上年结转的呢"), "2"),
    ],
)
def test_what_is_said_by_the_turn_before(turns: tuple[str, ...], value: str) -> None:
    assert values(ask(*turns), "table") == [value]


def test_the_years_after_the_one_talked_about() -> None:
    assert values(ask("示例市人社局2021年处罚多少", "接下来两年呢"), "table") == ["12", "15"]
    assert ask("示例市人社局2023年处罚多少", "三年前呢").status is Status.NOT_FOUND


@pytest.mark.parametrize(
    "question",
    [
        "示例市教育局2020年收到多少申请|2021年临湖人社局许可多少|差多少",
        "示例市人社局2017年微博和2018年微信相差多少",
        "示例市人社局头两年的平均申请数",
    ],
)
def test_what_cannot_be_put_together_is_not(question: str) -> None:
    assert not values(ask(*question.split("|")))


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("What percentage of company requests at 示例市教育局 in 2021 were granted?", "60"),
        ("示例市教育局2021年企业的申请有几成被公开", "60"),
        ("示例市教育局2020年律所申请有几成拿到了", "75"),
        ("What percentage of individuals' requests at 示例市教育局 in 2021 were partly granted?", "12.7"),
        ("示例市教育局2020年全部或部分公开占比", "75.7"),
        ("示例市教育局2021年自然人占予以公开的比例", "89.2"),
    ],
)
def test_the_base_that_the_question_names(question: str, share: str) -> None:
    assert values(ask(question)) == [share]


def test_a_calculation_that_was_not_made_is_said() -> None:
    answer = ask("示例市人社局2023年的申请量是区里的几倍")
    assert not values(answer)
    assert answer.answer.startswith("题中要的计算没有作")
    assert not ask("示例市人社局2023年的申请量是多少").answer.startswith("题中")


@pytest.mark.parametrize(
    "question",
    [
        "示例市人社局最高和最低的申请数差多少",
        "Highest and lowest number of requests at 示例市人社局, what is the difference?",
    ],
)
def test_the_range_of_an_order(question: str) -> None:
    assert values(ask(question)) == ["23"]


def test_the_second_of_the_channels() -> None:
    assert "第2位是政务微信公开政府信息数，175条" in ask("示例市人社局2018年哪个渠道发得第二多").answer


@pytest.mark.parametrize(
    ("turns", "shown"),
    [
        # Rows of one report, or all bodies, are no figures of the turns before.
        (("示例市人社局2022年收到多少申请", "2021年呢", "哪类申请人最多"), "自然人"),
        (
            ("示例市人社局2022年收到多少申请", "临湖区人社局呢", "全部单位里哪家最多"),
            "示例市人力资源和社会保障局2022年，51件",
        ),
        # "More" that sets nothing against anything.
        (("示例市人社局2021年处罚多少", "许可呢", "还有更多吗"), "1284件"),
        (("云溪区政府办2017年微博多少条", "微信呢", "公报呢", "第一个和第三个差多少"), "625条"),
        (("示例市教育局2019年企业申请几件", "any in 2020?"), ": 3"),
        (("示例市人社局2022年收到多少申请", "比临湖区人社局2020年多多少"), "43件"),
        (("示例市教育局2021年收到多少申请", "另一家企业呢"), "5件"),
        (("临湖区人社局2022年公开多少", "how many were published on the city's website?"), "Linhu"),
    ],
)
def test_turns_that_only_look_as_if_they_pointed_back(turns: tuple[str, ...], shown: str) -> None:
    assert shown in ask(*turns).answer


@pytest.mark.parametrize(
    "question",
    [
        "示例市教育局2021年各类申请人的收费是多少",
        "How much did each applicant type pay in fees at 示例市教育局 in 2021?",
        "处罚增长率|示例市教育局",
    ],
)
def test_what_fits_several_rows_is_asked_back(question: str) -> None:
    assert ask(*question.split("|")).status is Status.NEEDS_CHOICE


def test_equal_figures_share_a_place() -> None:
    answer = ask("示例市教育局2021处理结果第五多").answer
    assert "并列第4位" in answer
    assert "没有单独的第5位" in answer


@pytest.mark.parametrize("question", ["示例市人社局2022年的申请多吗", "示例市人社局2022年还差多少没办"])
def test_nothing_was_to_be_computed(question: str) -> None:
    assert "题中要的计算" not in ask(question).answer


def test_shares_asked_one_by_one_are_no_ratio() -> None:
    assert values(ask("示例市人社局2017年网络申请和信函申请的比例分别是多少")) == ["53.6", "28.6"]
    assert not values(ask("云溪区政府办微博2017年和微信2018年差多少"))


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("市人社局2022年律所申请办结几件", "其中予以公开的呢"), "2"),
        (("市人社局2022年企业申请予以公开的有几件", "部分公开的呢"), "0"),
        (("市人社局2022年企业提了几件申请", "都公开了吗"), "2"),
        (("示例市教育局2020年社会公益组织提了几件", "公开了几件"), "1"),
        (("How many companies asked Shili HRSS for information in 2022?", "how many of those were granted?"), "2"),
        (("示例市人社局2021年年初有几件没办完的", "年底呢"), "3"),
        # No form tells reviews by applicant.
        (("示例市教育局2020年企业申请几件", "行政复议几件"), "3"),
    ],
)
def test_another_row_of_the_same_applicants(turns: tuple[str, ...], value: str) -> None:
    assert values(ask(*turns), "table") == [value]


@pytest.mark.parametrize(
    ("turns", "computed"),
    [
        (("市人社局2022年个人提了几件", "其中予以公开几件", "占比多少"), "55.3"),
        (("示例市教育局2020年个人申请的公开率",), "58.3"),
        (("临湖区人社局2020年企业申请予以公开了几件", "占企业申请几成"), "100"),
        (("示例市教育局2019年保护第三方的占不予公开的比例", "2020年呢"), "42.9"),
        (("What share of unavailable cases at Shili Education Bureau in 2019 was not held?",), "87.5"),
        (("2018年哪家的专项经费多", "多多少"), "3.6"),
        (("Which body got more requests in 2022?", "what is the difference?"), "39"),
        (("示例市人社局2017年和2018年申请合计多少", "再加上云溪区政府办的呢"), "123"),
        (("市人社局2021年申请多少", "把2022和2023年也加上"), "141"),
    ],
)
def test_what_a_turn_carries_on(turns: tuple[str, ...], computed: str) -> None:
    assert values(ask(*turns)) == [computed]


@pytest.mark.parametrize(
    "turns",
    [
        ("示例市教育局2020年不予公开占几成", "2021年呢", "差多少"),
        ("Who besides individuals made requests to Shili HRSS in 2022?",),
        ("除了个人，还有谁向示例市人社局2022年提了申请",),
    ],
)
def test_what_is_not_told_is_not_answered(turns: tuple[str, ...]) -> None:
    assert not [figure for figure in ask(*turns).figures if figure.value is not None]
