"""Which body issued a report (domain guide, section 8)."""

import re
from collections import Counter

from ingest.agency_names import is_body_name, leading_places, split_name
from ingest.labels import folded
from ingest.report_words import LONGEST_TITLE_LINE, REPORT_WORDS, TOPIC, YEAR, YEAR_TOKEN
from reports.document import Document

_REPORTING_UNIT = re.compile(
    r"(?:填报|报送|填表|编制|报告|发布|公开|发文)(?:单位|机关|机构|主体)(?:\((?:盖章|公章)\))?[:：](.+)"
)
_SIGN_DATE = re.compile(rf"{YEAR}年.{{1,3}}月.{{1,3}}日")
_BREAK = re.compile(
    r"[,，。;；:：!！?？“”\"'‘’《》〈〉<>\[\]【】()（）、|/\s]|现将|现公布|现予|特向|公布|根据|按照|依据|由|与|请|向|将|及|的|是|为|对|经|在"
)
_ENDINGS = re.compile(r"委员会|办公室|办公厅|办事处|政府|局|厅|委|署|院|中心")


def find_issuer(title: str, document: Document, opening: str) -> tuple[str, ...]:
    """The forms of the issuer's name that the report prints, longest first; () if none was found.

    Looked for in the title, the 填报单位 line, the sign-off, the opening, later headings, in this order; last, a title
    that names only the place means its government.
    """
    name = _name(title, document, opening)
    return _name_forms(name, document) if name else ()


def _name(title: str, document: Document, opening: str) -> str | None:
    return (
        _name_in_title(title)
        or _reporting_unit(document)
        or _sign_off(document)
        or _name_in_opening(opening)
        or _name_in_heading(document)
        or _government_of_title(title)
    )


def _name_in_title(title: str) -> str | None:
    text = YEAR_TOKEN.sub(" ", title)
    for part in re.split(r"[\s()（）《》:：,，\-—]+", text):
        name = re.sub(r"^(?:关于|附件\d*)|关于$", "", _before_topic(part)).strip("的")
        if is_body_name(name):
            return _trimmed(name)
    return None


def _government_of_title(title: str) -> str | None:
    """The government of a place that the title names without its office (海淀区政府信息公开年报, 高资街道…)."""
    for part in re.split(r"[\s()《》:,\-—]+", YEAR_TOKEN.sub(" ", title)):
        name = _before_topic(part).removeprefix("关于").removesuffix("关于").strip("的")
        if name and "".join(leading_places(name)) == name:
            return name + ("办事处" if name.endswith("街道") else "人民政府")
    return None


def _before_topic(text: str) -> str:
    """The text before 政府信息公开 …; 人民政府信息公开 belongs half to the name."""
    match = TOPIC.search(text)
    if match is None:
        return text
    head = text[: match.start()]
    if head.endswith("人民") and match[0] == "政府信息":
        return head + "政府"
    return head


def _trimmed(name: str) -> str:
    """The name without words in front of its first place (a page's breadcrumb, 公布, 索引)."""
    if leading_places(name):
        return name
    for start in range(1, len(name) - 4):
        if is_body_name(name[start:]) and leading_places(name[start:]) and split_name(name[start:]).kind:
            # 国家税务总局宁波市税务局 is one name, 首页宁波市税务局 is not.
            return name if is_body_name(name[:start]) or name.startswith("中共") else name[start:]
    return name


def _reporting_unit(document: Document) -> str | None:
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for cell in table.cells if "单位" in cell.text]
    for text in texts:
        match = _REPORTING_UNIT.search(folded(text))
        if match:
            name = re.split(r"[(（:：,，;；]|填报|日期|时间|负责人|审核", match[1])[0]
            if is_body_name(name):
                return name
    return None


def _sign_off(document: Document) -> str | None:
    """The name on a line of its own right above a date line, or the last line of the text."""
    lines = [folded(paragraph.text) for paragraph in document.paragraphs]
    for above, below in zip(reversed(lines[:-1]), reversed(lines[1:]), strict=True):
        date = _SIGN_DATE.search(below)
        if date and len(below) <= 14 and is_body_name(above) and not TOPIC.search(above):
            return _trimmed(above)
    for line in lines[-3:]:
        date = _SIGN_DATE.search(line)
        head = line[: date.start()] if date else line
        if is_body_name(head) and not TOPIC.search(head) and not re.match(r"附[件表]|[一二三四五六七八九十]、", head):
            return _trimmed(head)
    return None


def _name_in_opening(opening: str) -> str | None:
    """The body named right before "2016年政府信息公开", or the body that is named most often."""
    for match in re.finditer(rf"{YEAR}年度?(?:政府信息|政务公开|信息公开)", opening):
        name = _last_body(opening[max(0, match.start() - 40) : match.start()])
        if name:
            return name
    found = Counter(
        name
        for piece in _BREAK.split(opening)
        for end in _ENDINGS.finditer(piece)
        if (name := piece[: end.end()]) and is_body_name(name) and leading_places(name) and split_name(name).kind
    )
    return found.most_common(1)[0][0] if found else None


def _last_body(text: str) -> str | None:
    piece = _BREAK.split(text)[-1]
    return _trimmed(piece) if is_body_name(piece) else None


def _name_in_heading(document: Document) -> str | None:
    """A later line that names the report (pages whose title stands below a menu)."""
    for paragraph in document.paragraphs:
        plain = folded(paragraph.text)
        if len(plain) <= LONGEST_TITLE_LINE and REPORT_WORDS.search(plain) and (name := _name_in_title(plain)):
            return name
    return None


def _name_forms(name: str, document: Document) -> tuple[str, ...]:
    """The name with all places in front of it that the report prints, longest first."""
    text = "\n".join(folded(paragraph.text) for paragraph in document.paragraphs)
    forms = {name: None}
    for match in re.finditer(re.escape(name), text):
        before = _BREAK.split(text[max(0, match.start() - 16) : match.start()])[-1]
        for start in range(len(before)):
            front = before[start:]
            if "".join(leading_places(front)) == front and not _is_inner_place(front, name):
                forms[front + name] = None
                break
    return tuple(sorted(forms, key=len, reverse=True))


def _is_inner_place(front: str, name: str) -> bool:
    """Whether the places in front are not around the body's own (a list of districts, not an address)."""
    return (
        bool(leading_places(front))
        and leading_places(front)[-1][-1] in "区县镇乡"
        and leading_places(name)[:1] != ()
        and (leading_places(name)[0][-1] in "市省")
    )
