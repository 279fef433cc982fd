"""How a report is called, and how the year of its data is written in a title."""

import re

LONGEST_TITLE_LINE = 60
_HANZI_DIGITS = "零〇○一二三四五六七八九"
YEAR = rf"(?<![\d{_HANZI_DIGITS}])([1-9]\d{{3}}|[一二三][{_HANZI_DIGITS}]{{3}})(?![\d{_HANZI_DIGITS}])"
# A year of data, not part of a date: 2017年度, 2017年, 2017政府信息公开.
YEAR_TOKEN = re.compile(rf"{YEAR}(?:年度|年(?![\d一二三四五六七八九十]{{1,2}}月)|(?=政府信息|政务公开|信息公开))")
REPORT_WORDS = re.compile(r"(?:政府信息|政务信息|政务|信息)公开(?:工作|情况|年度|的)*(?:报告|年报|总结)")
TOPIC = re.compile(r"政府信息|政务公开|信息公开|政务信息|年度报告|年报|工作报告|依申请")
