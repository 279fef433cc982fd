"""Headings of every kind, numbered or not, and what belongs under them."""

from ingest.formats.from_text import read_text
from ingest.sections import find_sections

TEXT = """一、总体情况
总述。
（一）主动公开情况
全年公开信息。
1、夯实基础。全年主动公开。
（二）依申请公开情况
收到申请。
二、主动公开政府信息情况
（一）强化保障。
具体做法如下。
（二）要求各单位严格执行先审查、后公开、一事一审等保密审查规定，做好记录。
概述
无编号标题下的文字。
附件：2017年度统计表
"""


def test_paths_and_paragraphs() -> None:
    found = find_sections(read_text(TEXT.encode(), "report.txt"))
    assert [(section.path, [p.text for p in section.paragraphs]) for section in found.sections] == [
        (("一、总体情况",), ["总述。"]),
        (("一、总体情况", "（一）主动公开情况"), ["全年公开信息。"]),
        (("一、总体情况", "（一）主动公开情况", "1、夯实基础"), ["1、夯实基础。全年主动公开。"]),
        (("一、总体情况", "（二）依申请公开情况"), ["收到申请。"]),
        (("二、主动公开政府信息情况",), []),
        (("二、主动公开政府信息情况", "（一）强化保障"), ["具体做法如下。"]),
        (("二、主动公开政府信息情况",), ["（二）要求各单位严格执行先审查、后公开、一事一审等保密审查规定，做好记录。"]),
        (("概述",), ["无编号标题下的文字。"]),
        (("附件：2017年度统计表",), []),
    ]


def test_no_text_is_lost() -> None:
    document = read_text(TEXT.encode(), "report.txt")
    found = find_sections(document)
    kept = {paragraph.text for section in found.sections for paragraph in section.paragraphs}
    headings = {heading for section in found.sections for heading in section.path}
    for paragraph in document.paragraphs:
        assert paragraph.text in kept or paragraph.text.rstrip("。") in headings
