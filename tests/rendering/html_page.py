"""A Document as a web page with its true spans."""

from html import escape

from reports.document import Document, Paragraph
from reports.table import Cell, Table

_PAGE = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>{title}_月亮湾市人民政府网</title></head>
<body>
<div class="header"><ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>
<div class="dqwz">您当前的位置：<a href="/">首页</a> &gt; <a href="/zwgk">政府信息公开年报</a></div>
<div class="content">
{body}
</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<div class="footer">主办单位：月亮湾市人民政府办公室 版权所有 网站标识码：0000000000</div>
</body></html>
"""


def render_html(document: Document, charset: str = "utf-8") -> bytes:
    """The page in `charset` (utf-8 or gb18030), which it also declares (as gb2312 for gb18030, as real pages do)."""
    body = "\n".join(
        f"<p>{_text(block.text)}</p>" if isinstance(block, Paragraph) else _table(block) for block in document.blocks
    )
    title = next((block.text for block in document.blocks if isinstance(block, Paragraph)), "")
    declared = "gb2312" if charset == "gb18030" else charset
    return _PAGE.format(charset=declared, title=escape(title), body=body).encode(charset)


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _table(table: Table) -> str:
    rows = "\n".join(f"<tr>{''.join(map(_cell, table.row_cells(row)))}</tr>" for row in range(table.rows))
    return f'<table border="1" cellspacing="0">\n{rows}\n</table>'


def _cell(cell: Cell) -> str:
    spans = "".join(
        f' {name}="{span}"' for name, span in (("rowspan", cell.row_span), ("colspan", cell.column_span)) if span > 1
    )
    return f"<td{spans}>{_text(cell.text) or '&nbsp;'}</td>"
