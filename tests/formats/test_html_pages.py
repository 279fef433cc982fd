"""The article is found on pages of different makers; furniture stays outside; charsets in their order."""

import pytest

from ingest.formats.from_html import read_html
from reports.document import Document, Paragraph
from reports.errors import UnreadableFile

_SENTENCE = "本年度，月亮湾市档案局认真落实条例要求，主动公开政府信息三百余条，及时回应社会关切，接受群众监督。"
_ARTICLE = (
    "<p>月亮湾市档案局2022年政府信息公开工作年度报告</p><p>一、总体情况</p>"
    + f"<p>{_SENTENCE}</p>" * 5
    + "<table border=1><tr><td>信息内容</td><td>本年制发件数</td></tr><tr><td>规章</td><td>3</td></tr></table>"
    + "<p>六、其他需要报告的事项</p><p>无。</p>"
)
_NAVIGATION = "".join(f'<li><a href="/{n}">栏目名称之{n}</a></li>' for n in range(30))
_OTHER_REPORTS = "".join(
    f'<li><a href="/{n}">星河县水利局{n}年政府信息公开工作年度报告</a></li>' for n in range(2014, 2023)
)
_PAGES = {
    "zoom": f"""<div class="top"><ul>{_NAVIGATION}</ul></div><div class="bt-position">当前位置：<a href=#>首页</a> &gt; 年报</div>
      <h1 class="title">月亮湾市档案局2022年政府信息公开工作年度报告</h1><div class="info">发布日期：2023-01-20 来源：市档案局
      浏览次数：<span>12</span></div><div id="zoom">{_ARTICLE}</div><div class="bdsharebuttonbox">分享到：<a>微信</a></div>
      <div class="foot">主办：月亮湾市人民政府 ICP备00000000号 网站标识码0000000000</div>""",
    "TRS_Editor": f"""<table width=1000><tr><td><ul>{_NAVIGATION}</ul></td></tr><tr><td><table><tr><td>
      <div class="TRS_Editor">{_ARTICLE}</div></td></tr></table></td></tr><tr><td>版权所有 月亮湾市人民政府 技术支持：某公司</td></tr></table>""",
    "two columns": f"""<div class="wrap"><div class="left"><ul>{_OTHER_REPORTS}</ul></div><div class="right"><div class="article-content">
      {_ARTICLE}</div><p>上一篇：<a>星河县水利局2021年政府信息公开工作年度报告</a></p><p>【打印】【关闭】</p></div></div>""",
    "bare": _ARTICLE,
    "form around all": f"""<form id="form1"><div class="header"><a>首页</a></div><div id="UCAPCONTENT">{_ARTICLE}</div></form>""",
    "sections apart": "<div class=main>"
    + "".join(f"<div class=part>{part}</div>" for part in (_ARTICLE[:150], f"<p>{_SENTENCE}</p>" * 12, _ARTICLE[150:]))
    + f"</div><div class=footer>版权所有 ICP备1号</div><nav>{_NAVIGATION}</nav>",
}


def _read(page: str) -> Document:
    return read_html(
        f"<html><head><title>年度报告_月亮湾市</title></head><body>{page}</body></html>".encode(), "page.html"
    )


@pytest.mark.parametrize("maker", _PAGES)
def test_article_is_complete(maker: str) -> None:
    document = _read(_PAGES[maker])
    texts = [block.text for block in document.paragraphs]
    assert texts.count(_SENTENCE) >= 5
    assert "六、其他需要报告的事项" in texts
    assert "无。" in texts
    assert any("月亮湾市档案局2022年政府信息公开工作年度报告" in text for text in texts[:4])
    [table] = document.tables
    assert [cell.text for cell in table.cells] == ["信息内容", "本年制发件数", "规章", "3"]


@pytest.mark.parametrize("maker", _PAGES)
def test_furniture_is_left_out(maker: str) -> None:
    text = "".join(block.text for block in _read(_PAGES[maker]).paragraphs)
    for word in ("栏目名称", "ICP备", "版权所有", "分享到", "打印", "当前位置", "星河县"):
        assert word not in text


def test_title_of_the_page_is_put_before_an_article_without_one() -> None:
    page = f"<html><head><meta name='ArticleTitle' content='月亮湾市档案局2022年年度报告'></head><body>{'<p>' + _SENTENCE + '</p>'}</body>"
    first = read_html(page.encode(), "page.html").blocks[0]
    assert isinstance(first, Paragraph)
    assert (first.text, first.heading_level) == ("月亮湾市档案局2022年年度报告", 1)


def test_headings_have_levels() -> None:
    levels = [(block.text, block.heading_level) for block in _read("<h2>一、总体情况</h2><p>" + _SENTENCE).paragraphs]
    assert ("一、总体情况", 2) in levels


@pytest.mark.parametrize(
    ("charset", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "gb2312"),
        ("utf-8", "gb2312"),
        ("utf-8", ""),
        ("gb18030", "gb2312"),
        ("gb18030", "GBK"),
        ("gb18030", ""),
        ("gb18030", "utf-8"),
        ("utf-16", ""),
    ],
)
def test_charset(charset: str, declared: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    page = f"<html><head>{meta}</head><body>{_ARTICLE}<p>镕㙍</p></body></html>"
    texts = [block.text for block in read_html(page.encode(charset), "page.html").paragraphs]
    assert _SENTENCE in texts
    assert "镕㙍" in texts


def test_big5_page() -> None:
    page = "<html><head><meta charset=big5></head><body><p>政府資訊公開工作年度報告，本年度收到申請十二件。</p></body></html>"
    assert "本年度收到申請十二件" in read_html(page.encode("big5"), "page.html").paragraphs[0].text


def test_binary_is_no_page() -> None:
    with pytest.raises(UnreadableFile):
        read_html(bytes(range(256)) * 20, "page.html")


def test_empty_page() -> None:
    with pytest.raises(UnreadableFile):
        read_html(b"", "page.html")
