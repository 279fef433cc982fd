"""Readings with told passages: an agency, a year, and what its report says."""

from collections.abc import Sequence
from dataclasses import replace

from reports.agency import Agency
from reports.passage import Commitment, Passage
from reports.place import Place
from tests.indicators.readings import Reading, make_agency, make_reading

OFFICE = make_agency()
BUREAU = Agency("linhu_hrss", "示例市临湖区人力资源和社会保障局", region=("示例市", "临湖区"))
SECTION = "二、依申请公开"

SECRECY = "拟公开的信息先经科室负责人审核，再由保密审查小组逐条审查，未经审查不得发布。"
CHANNELS = "通过门户网站、微信公众号和档案查阅点公开信息，微博账号已于年初关停。"
TRAINING = "全年举办业务培训四期，参训工作人员一百余人次，请来法律顾问讲授答复文书的写法。"
REQUESTS = "全年收到申请三件，均在法定期限内答复，内容涉及社会保险和职称评定。"
TEXTS = (SECRECY, CHANNELS, TRAINING, REQUESTS)
ROW = "收到申请数：3件"


def told(
    agency: Agency = OFFICE,
    year: int = 2017,
    texts: Sequence[str] = TEXTS,
    received: str = "3",
    row: str | None = ROW,
    file: str = "report.txt",
) -> Reading:
    """A reading whose prose is these texts, one passage each, and one table row."""
    reading = make_reading(agency, year, received, file, extra=0)
    report = reading.report
    kinds = [*(("prose", text) for text in texts), *([("table_row", row)] if row else [])]
    passages = tuple(
        Passage(
            f"{report.id}-{position:012x}", report.id, agency.id, year, SECTION, kind, text, position,
            ((0, len(text)),), Place(line=position + 1),
        )
        for position, (kind, text) in enumerate(kinds)
    )  # fmt: skip
    return replace(reading, passages=passages)


def with_commitments(reading: Reading, *quotes: str) -> Reading:
    """The reading with these promises in place of its own."""
    report = reading.report
    made = tuple(
        Commitment(
            f"{report.id}.C{number}",
            report.id,
            report.agency.id,
            report.year,
            "commitment",
            quote,
            "五、改进",
            ("training",),
            position=number,
        )
        for number, quote in enumerate(quotes, start=1)
    )
    return replace(reading, commitments=made)
