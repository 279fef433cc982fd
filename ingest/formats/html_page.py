"""Finds the article on a government web page: what is left of the page without navigation, tools and the foot.

No list of sites: the rules look at where the text is (few links, sentences, tables) and at the words that pages use for
their furniture. When in doubt a part is kept: a line of navigation in the text does less harm than a lost table.
"""

import re

from lxml.html import HtmlElement

from ingest.formats.html_tables import is_layout
from ingest.formats.html_text import is_hidden, shown_text

_FURNITURE_TAGS = frozenset(("nav", "aside", "footer", "menu"))
_FURNITURE_NAME = re.compile(
    r"(?:^|[-_\s])(?:nav\w*|menu\w*|(?:bread)?crumbs?\w*|curpos\w*|location|position|dqwz|weizhi|share\w*|bdshare\w*|bshare\w*|"
    r"social\w*|tool(?:bar|s|box)?|print\w*|foot(?:er)?\w*|copyright|topbar|top|sidebar\w*|side|pag(?:er|ination|e)\w*bar|"
    r"pagination|qr\w*|ewm|erweima|relate\w*|xgyd|xgwj|xglj|comments?|login|search\w*|banner|logo|friend\w*|yqlj|wza|"
    r"links?|header|head)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_FOOT_WORDS = re.compile(
    r"ICP备|公网安备|网站标识码|版权所有|Copyright|主办单位?[:：]|承办单位?[:：]|技术支持|网站地图", re.IGNORECASE
)
_PATH_WORDS = re.compile(
    r"^\s*[\[【]?\s*(?:您?(?:当前|现在|所在)?的?(?:位置|所在位置)|当前页面|首页\s*(?:>|»|›|/|-|＞|→))"
)
_TOOL_WORDS = (
    "打印本页 打印 关闭窗口 关闭本页 关闭 返回顶部 返回 分享到 分享 字体大小 字体 字号 大 中 小 收藏本页 加入收藏 收藏 保存 微信 微博 "
    "新浪微博 腾讯微博 QQ空间 人人网 扫一扫在手机打开当前页 扫一扫 二维码 视力保护色 纠错 我要纠错 朗读 语音播报 下载 "
    "无障碍 无障碍阅读 长者模式 长者助手 繁體 简体 繁体 English 登录 注册 "
    "更多 默认 超大 点击 阅读 浏览 次数 A+ A- A"
).split()
_TOOL_LINE = re.compile(
    r"[\s|｜/、:：,，·>\[\]【】（）()\-+xX×]*(?:(?:"
    + "|".join(map(re.escape, _TOOL_WORDS))
    + r")[\s|｜/、:：,，·>\[\]【】（）()\-+xX×]*)+"
)
_COUNTER_LINE = re.compile(
    r"\s*(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*[:：]?\s*[\[【(（]?\s*\d*\s*[\]】)）]?\s*次?\s*(?:打印|关闭|分享)?\s*"
)
_NEIGHBOUR_LINE = re.compile(
    r"\s*(?:上一[篇条页]|下一[篇条页]|相关(?:阅读|链接|文章|信息|附件|解读)|责任编辑|编辑|审核|校对)\s*[:：].{0,80}"
)
_SENTENCE = re.compile(r"[。；]")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_FIGURE = re.compile(r"\d")
_MOST = 0.8
_IN_TABLE = frozenset(("table", "tbody", "thead", "tfoot", "tr"))
_LARGE_PART = 0.3
_FEW = 300


def is_furniture_line(text: str) -> bool:
    """Whether a short line is a tool, a counter, a path of links or the foot of a page, and no text of the article."""
    if len(text) > 200:
        return False
    return bool(
        _TOOL_LINE.fullmatch(text)
        or _COUNTER_LINE.fullmatch(text)
        or _NEIGHBOUR_LINE.fullmatch(text)
        or _PATH_WORDS.match(text)
        or (len(text) < 120 and len(_FOOT_WORDS.findall(text)) > 1)
    )


def find_article(body: HtmlElement) -> HtmlElement:
    """The element that holds the article; the furniture of the page is taken out of the tree.

    body: the page's body, changed by this.
    """
    weights = _weights(body)
    _remove_furniture(body, weights)
    weights = _weights(body)
    article = _densest(body, weights)
    for ancestor in list(article.iterancestors()):
        if ancestor.tag in ("body", "html"):
            break
        if _adds_text(ancestor, article, weights):
            article = ancestor
    return article


def find_title(page: HtmlElement) -> str | None:
    """The title that a page gives its article: a meta entry, the first <h1>, or <title> without the site's name."""
    for name in ("ArticleTitle", "article:title", "og:title"):
        found = page.xpath(
            f"//meta[translate(@name|@property, '{name.upper()}', '{name.lower()}')=$name]/@content", name=name.lower()
        )
        if found and found[0].strip():
            return str(found[0]).strip()
    headings = [text for heading in page.iter("h1") if not is_hidden(heading) and (text := shown_text(heading))]
    if len(headings) == 1:
        return headings[0]
    titles = [text for element in page.iter("title") if (text := " ".join((element.text or "").split()))]
    if not titles:
        return None
    return max(re.split(r"\s*[_|｜]\s*|\s+-+\s+|--+", titles[0]), key=len).strip() or None


def _weights(body: HtmlElement) -> dict[HtmlElement, tuple[int, int]]:
    """For each element: (characters of text outside links, characters of text in links). Hidden parts weigh nothing."""
    weights: dict[HtmlElement, tuple[int, int]] = {}
    stack: list[tuple[HtmlElement, bool, bool]] = [(body, False, True)]
    while stack:
        element, linked, opening = stack.pop()
        if opening:
            if is_hidden(element) and element is not body:
                weights[element] = (0, 0)
                continue
            linked = linked or element.tag == "a"
            stack.append((element, linked, False))
            stack.extend((child, linked, True) for child in element)
            continue
        plain = link = 0
        for child in element:
            child_plain, child_link = weights[child]
            tail = _characters(child.tail)
            plain += child_plain + (0 if linked else tail)
            link += child_link + (tail if linked else 0)
        own = _characters(element.text)
        weights[element] = (plain + (0 if linked else own), link + (own if linked else 0))
    return weights


def _characters(text: str | None) -> int:
    return len(_CHINESE.findall(text)) + len(_FIGURE.findall(text)) if text else 0


def _remove_furniture(body: HtmlElement, weights: dict[HtmlElement, tuple[int, int]]) -> None:
    total = max(1, weights[body][0])
    for element in list(body.iterdescendants()):
        if element not in weights or element.getparent() is None:
            continue
        plain, link = weights[element]
        if plain > _LARGE_PART * total or element.tag in ("td", "th", "tr", "tbody", "table", "a"):
            continue
        if is_hidden(element) or _is_furniture(element, plain, link):
            element.drop_tree()


def _is_furniture(element: HtmlElement, plain: int, link: int) -> bool:
    if element.tag in _FURNITURE_TAGS:
        return True
    name = f"{element.get('class', '')} {element.get('id', '')}"
    if _FURNITURE_NAME.search(name) and plain < _FEW and not _has_article_parts(element):
        return True
    # A list of links: other reports' titles there must not be taken for this one's.
    return element.tag in ("ul", "ol", "div", "dl", "section") and link > 30 and link > 3 * plain


def _has_article_parts(element: HtmlElement) -> bool:
    """Whether an element holds a heading, a table with figures, or sentences."""
    if element.tag in ("h1", "h2", "h3") or next(element.iter("h1", "h2", "h3"), None) is not None:
        return True
    tables = [table for table in element.iter("table") if _FIGURE.search(shown_text(table))]
    return bool(tables) or len(_SENTENCE.findall(shown_text(element))) > 1


def _densest(body: HtmlElement, weights: dict[HtmlElement, tuple[int, int]]) -> HtmlElement:
    """The innermost element that still holds most of the page's text, not within a data table."""
    best = element = body
    while True:
        heavy = max(element, key=lambda child: weights.get(child, (0, 0))[0], default=None)
        if heavy is None or weights.get(heavy, (0, 0))[0] < _MOST * max(1, weights[element][0]):
            return best
        element = heavy
        if element.tag == "table" and not is_layout(element):
            return best
        if element.tag not in _IN_TABLE and element.tag not in ("p", "span", "font", "b", "strong"):
            best = element


def _adds_text(ancestor: HtmlElement, article: HtmlElement, weights: dict[HtmlElement, tuple[int, int]]) -> bool:
    """Whether an ancestor holds more of the article: a heading, sentences or a table outside the part found so far."""
    plain, link = weights[ancestor]
    plain, link = plain - weights[article][0], link - weights[article][1]
    if plain < 8 or link > plain:
        return False
    extra = shown_text(ancestor, frozenset((article,)))
    if _FOOT_WORDS.search(extra) and len(extra) < _FEW:
        return False
    return bool(_SENTENCE.search(extra) or _FIGURE.search(extra) or "年度报告" in extra)
