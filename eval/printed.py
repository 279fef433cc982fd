"""Figures laid out as the official tables, in the two text styles in which reports are exported.

Word export: every cell on a line of its own after a tab, blank cells included, an empty line after each row.
Web export: pipe rows; heading rows and their two blank cells break over three lines.
"""

from collections.abc import Iterable, Mapping, Sequence

from eval.forms import (
    APPLICANT_HEADS,
    APPLICANTS,
    ARTICLE_20,
    DISPUTES,
    MATRIX,
    OUTCOMES,
    RECONCILIATION,
    AnnexRow,
    annex_rows,
)

Figures = Mapping[tuple[str, str | None], str]
"""Raw text as printed, by indicator and applicant type (None where the form has no applicant types)."""


def render_annex_word(figures: Figures, *, ten_section: bool = False) -> str:
    """Form A as a Word export."""
    rows = annex_rows(ten_section=ten_section)
    cells = [[_indented(row.label), row.unit or "——", _figure(figures, row.indicator)] for row in rows]
    return _word([["统　计　指　标", "单位", "统计数"], *cells])


def render_annex_pipes(figures: Figures, *, ten_section: bool = False) -> str:
    """Form A as a web export; labels with half-width brackets, as such pages have them."""
    lines = ["统 计 指 标 | 单位 | 统计数 |", "---|---|---|"]
    for row in annex_rows(ten_section=ten_section):
        label = row.label.replace("（", "(").replace("）", ")").replace("：", ":")
        lines.append(_pipe_row(row, label, figures))
    return "\n".join(lines)


def render_article20_word(figures: Figures, edition: str) -> str:
    """The tables after Art. 20 (section 二 of forms B and C) as a Word export."""
    rows: list[list[str]] = []
    for block in ARTICLE_20[edition]:
        rows += [[block.title], ["信息内容", *block.heads]]
        rows += [[label, *(figures[name, None] for name in names)] for label, names in block.rows]
    return _word(rows)


def render_matrix_word(figures: Figures, edition: str) -> str:
    """The request matrix (section 三 of forms B and C) as a Word export; merged cells are blank leading cells."""
    rows = [
        [RECONCILIATION, "申请人情况"],
        ["", "自然人", "法人或其他组织", "总计"],
        ["", "", *APPLICANT_HEADS, ""],
    ]
    before: tuple[str, ...] = ()
    for row in MATRIX[edition]:
        heads = ["" if before[: depth + 1] == row.path[: depth + 1] else head for depth, head in enumerate(row.path)]
        before = row.path[:-1]
        rows.append([*heads, *(figures[row.indicator, applicant] for applicant in (*APPLICANTS, "total"))])
    return _word(rows)


def render_disputes_word(figures: Figures) -> str:
    """The disputes row (section 四 of forms B and C) as a Word export."""
    rows = [
        ["行政复议", "行政诉讼"],
        [*OUTCOMES, "未经复议直接起诉", "复议后起诉"],
        [*([""] * 5), *OUTCOMES, *OUTCOMES],
        [figures[name, None] for name in DISPUTES],
    ]
    return _word(rows)


def _word(rows: Iterable[Sequence[str]]) -> str:
    return "\n".join("".join(f"\t{cell}\n" for cell in row) for row in rows)


def _pipe_row(row: AnnexRow, label: str, figures: Figures) -> str:
    if row.indicator is None:
        return f"{label} |\n|\n|"
    return f"{label} | {row.unit} | {_figure(figures, row.indicator)} |"


def _figure(figures: Figures, indicator: str | None) -> str:
    return figures[indicator, None] if indicator else ""


def _indented(label: str) -> str:
    """Word exports keep the indent of the printed form as full-width blanks."""
    if label[0] in "一二三四五六七八九十" and label[1] == "、":
        return label
    return ("　　" if label.startswith("（") else "　　　　　") + label
