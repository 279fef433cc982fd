"""Where each cell of an edition stands in its table: what the citation of a synthetic figure says."""

from dataclasses import dataclass
from functools import cache

from eval.forms import APPLICANT_HEADS, APPLICANTS, ARTICLE_20, DISPUTES, MATRIX, OUTCOMES, annex_rows, bare_label
from indicators.catalogue import load_catalogue

_ANNEX, _ART20, _REQUESTS, _DISPUTES = "t1", "t1", "t2", "t3"
_SECTIONS = ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况")


@dataclass(frozen=True, slots=True)
class CellPlace:
    """The printed surroundings of a cell; row and column are 0-based grid positions."""

    label: str
    unit: str | None
    table: str
    table_title: str
    section: str
    row: int
    column: int
    row_label: str
    column_label: str


@cache
def cell_places(edition: str) -> dict[tuple[str, str | None], CellPlace]:
    """The place of every cell of the form, by indicator and applicant type, in printed order."""
    return _annex_places() if edition == "A" else {**_article20(edition), **_matrix(edition), **_dispute_places()}


def _unit(indicator: str) -> str | None:
    return load_catalogue().get(indicator).unit


def _annex_places() -> dict[tuple[str, str | None], CellPlace]:
    places: dict[tuple[str, str | None], CellPlace] = {}
    heads: list[str] = []
    title = "政府信息公开情况统计表"
    for position, row in enumerate(annex_rows(ten_section=False), 1):
        depth = 0 if row.label[1] == "、" or row.label[2] == "、" else 1 if row.label.startswith("（") else 2
        heads = [*heads[:depth], row.label]
        if row.indicator:
            path = " / ".join(heads)
            places[row.indicator, None] = CellPlace(
                bare_label(row.label), row.unit, _ANNEX, title, title, position, 2, path, "统计数"
            )
    return places


def _article20(edition: str) -> dict[tuple[str, str | None], CellPlace]:
    places: dict[tuple[str, str | None], CellPlace] = {}
    line = 0
    for block in ARTICLE_20[edition]:
        line += 2
        for label, names in block.rows:
            for column, (name, head) in enumerate(zip(names, block.heads, strict=True), 1):
                row_label = f"{block.title} / {label}"
                places[name, None] = CellPlace(
                    f"{label}：{head}", _unit(name), _ART20, _SECTIONS[0], _SECTIONS[0], line, column, row_label, head
                )
            line += 1
    return places


def _matrix(edition: str) -> dict[tuple[str, str | None], CellPlace]:
    organisation = (f"法人或其他组织 / {head}" for head in APPLICANT_HEADS)
    heads = dict(zip((*APPLICANTS, "total"), ("自然人", *organisation, "总计"), strict=True))
    return {
        (row.indicator, applicant): CellPlace(
            bare_label(row.path[-1]),
            "件",
            _REQUESTS,
            _SECTIONS[1],
            _SECTIONS[1],
            line,
            column,
            " / ".join(row.path),
            head,
        )
        for line, row in enumerate(MATRIX[edition], 3)
        for column, (applicant, head) in enumerate(heads.items(), 3)
    }


def _dispute_places() -> dict[tuple[str, str | None], CellPlace]:
    groups = ("行政复议", "行政诉讼 / 未经复议直接起诉", "行政诉讼 / 复议后起诉")
    return {
        (name, None): CellPlace(
            OUTCOMES[at % 5],
            "件",
            _DISPUTES,
            _SECTIONS[2],
            _SECTIONS[2],
            3,
            at,
            "",
            f"{groups[at // 5]} / {OUTCOMES[at % 5]}",
        )
        for at, name in enumerate(DISPUTES)
    }
