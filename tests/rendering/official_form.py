"""The official form of 2021 as Tables with true spans and given figures, for tests that need many of them."""

from collections.abc import Iterator

from reports.table import Cell, Table

_APPLICANTS = ("自然人", "商业\n企业", "科研\n机构", "社会公益组织", "法律服务机构", "其他", "总计")
_RESULTS = (
    ("（一）予以公开", ()),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ()),
    (
        "（三）不予公开",
        (
            "1.属于国家秘密",
            "2.其他法律行政法规禁止公开",
            "3.危及“三安全一稳定”",
            "4.保护第三方合法权益",
            "5.属于三类内部事务信息",
            "6.属于四类过程性信息",
            "7.属于行政执法案卷",
            "8.属于行政查询事项",
        ),
    ),
    ("（四）无法提供", ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确")),
    (
        "（五）不予处理",
        (
            "1.信访举报投诉类申请",
            "2.重复申请",
            "3.要求提供公开出版物",
            "4.无正当理由大量反复申请",
            "5.要求行政机关确认或重新出具已获取信息",
        ),
    ),
    (
        "（六）其他处理",
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "3.其他",
        ),
    ),
    ("（七）总计", ()),
)
MATRIX_ROWS = 28
MATRIX_WIDTHS = (24.0, 40.0, 130.0, 40.0, 36.0, 36.0, 40.0, 40.0, 36.0, 44.0)


def request_matrix(figures: Iterator[str]) -> Table:
    """The matrix of requests (28 rows, 10 columns); 7 figures a row are taken from `figures`, "" for a blank cell."""
    cells = [
        Cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 0, 0, 3, 3),
        Cell("申请人情况", 0, 3, 1, 7),
        Cell(_APPLICANTS[0], 1, 3, 2, 1),
        Cell("法人或其他组织", 1, 4, 1, 5),
        Cell(_APPLICANTS[6], 1, 9, 2, 1),
        *(Cell(name, 2, 4 + number) for number, name in enumerate(_APPLICANTS[1:6])),
        Cell("一、本年新收政府信息公开申请数量", 3, 0, 1, 3),
        Cell("二、上年结转政府信息公开申请数量", 4, 0, 1, 3),
        Cell("三、本年度办理结果", 5, 0, 22, 1),
        Cell("四、结转下年度继续办理", 27, 0, 1, 3),
    ]
    row = 5
    for group, items in _RESULTS:
        cells.append(Cell(group, row, 1, max(1, len(items)), 1 if items else 2))
        cells += [Cell(item, row + number, 2) for number, item in enumerate(items)]
        row += max(1, len(items))
    cells += [Cell(next(figures), line, column) for line in range(3, MATRIX_ROWS) for column in range(3, 10)]
    return Table("t1", tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))
