"""Passages: they cover the prose, keep sentences and table rows whole, stay within bounds, and keep their ids."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from indicators.observation import Missing, Observation
from ingest.passages import LONGEST, SHORTEST, make_passages
from ingest.read_report import read_report
from ingest.sentences import split_clauses, split_sentences
from reports.agency import Agency
from reports.citation import Citation
from reports.document import Paragraph, Source
from reports.place import Place
from reports.report import Report, Section
from reports.table import Cell, Table
from tests.ingest.real_reports import SHARED, TEXT_REPORTS, needs_reports, report_path

_SENTENCE = st.text(alphabet="公开信息申请答复全年共条件，、“”（）《》0123456789", min_size=1, max_size=90)
_PARAGRAPH = st.lists(st.tuples(_SENTENCE, st.sampled_from("。；！？")), min_size=1, max_size=12).map(
    lambda parts: "".join(text + end for text, end in parts)
)


def _report(*sections: tuple[tuple[str, ...], list[str]], tables: tuple[Table, ...] = ()) -> Report:
    return Report(
        id="moon_2022-0a1b2c3d",
        agency=Agency("moon", "月亮湾市档案局"),
        year=2022,
        title="",
        edition=None,
        source=Source("moon.txt", "0a1b2c3d", "text", 1),
        sections=tuple(
            Section(path, tuple(Paragraph(text, Place(line=n + 1)) for n, text in enumerate(texts)))
            for path, texts in sections
        ),
        tables=tables,
    )


@given(st.lists(_PARAGRAPH, min_size=1, max_size=8))
def test_passages_cover_the_prose_in_order_without_gap_or_repeat(paragraphs: list[str]) -> None:
    passages = make_passages(_report((("一、总体情况",), paragraphs)))
    assert "".join(passage.text for passage in passages).replace("\n", "") == "".join(paragraphs)


@given(st.lists(_PARAGRAPH, min_size=1, max_size=8))
def test_passages_stay_within_bounds(paragraphs: list[str]) -> None:
    passages = make_passages(_report((("一、总体情况",), paragraphs)))
    assert all(len(passage.text) <= LONGEST for passage in passages)
    # Two neighbours are never both short: they would have been one passage.
    for left, right in pairwise(passages):
        assert len(left.text) >= SHORTEST or len(left.text) + len(right.text) >= LONGEST


@given(st.lists(_PARAGRAPH, min_size=1, max_size=6))
def test_sentence_offsets_tile_the_passage(paragraphs: list[str]) -> None:
    for passage in make_passages(_report(((), paragraphs))):
        covered = "".join(passage.text[start:end] for start, end in passage.sentences)
        assert covered == passage.text.replace("\n", "")


@given(st.text(max_size=300))
def test_splitting_any_text_covers_it(text: str) -> None:
    assert "".join(text[start:end] for start, end in split_sentences(text)) == text
    assert "".join(text[start:end] for start, end in split_clauses(text)) == text


def test_sentences_are_not_split_inside_quotations_brackets_or_book_titles() -> None:
    text = "坚持“先审查。后公开”原则（含镇、街道；下同）办理《信息；公开办法》。共3件；均已答复！"
    assert [text[a:b] for a, b in split_sentences(text)] == [
        "坚持“先审查。后公开”原则（含镇、街道；下同）办理《信息；公开办法》。",
        "共3件；",
        "均已答复！",
    ]


def test_an_unclosed_bracket_does_not_swallow_the_paragraph() -> None:
    text = "本年（含上年公开12条。其中网站9条。"
    assert len(split_sentences(text)) == 2


def test_a_full_stop_before_the_closing_mark_ends_the_sentence() -> None:
    text = "他说：“都已公开。”随后散会。"
    assert [text[a:b] for a, b in split_sentences(text)] == ["他说：“都已公开。”", "随后散会。"]


def test_a_thousands_comma_is_no_clause_end() -> None:
    text = "公开信息12,345条，其中网站9,000条。"
    assert [text[a:b] for a, b in split_clauses(text)] == ["公开信息12,345条，", "其中网站9,000条。"]


def test_an_overlong_sentence_is_cut_at_a_comma() -> None:
    text = "推进政务公开，" * 90
    passages = make_passages(_report(((), [text])))
    assert "".join(passage.text for passage in passages) == text
    assert all(passage.text.endswith("，") and len(passage.text) <= LONGEST for passage in passages)


def test_passages_never_cross_sections() -> None:
    passages = make_passages(_report((("一、总体情况",), ["甲。"]), (("二、主动公开",), ["乙。"])))
    assert [(passage.section, passage.text) for passage in passages] == [
        ("一、总体情况", "甲。"),
        ("二、主动公开", "乙。"),
    ]


def test_ids_are_stable_and_unique() -> None:
    report = _report((("一",), ["无。"]), (("二",), ["无。"]), (("二",), ["无。"]))
    first, second = make_passages(report), make_passages(report)
    assert first == second
    assert len({passage.id for passage in first}) == len(first) == 3
    assert all(re.fullmatch(r"moon_2022-0a1b2c3d-[0-9a-f]{12}", passage.id) for passage in first)


def _cell(row_label: str, column_label: str | None, raw: str, row: int, column: int) -> Observation:
    citation = Citation(
        "moon_2022", raw, "", table="t1", row=row, column=column, row_label=row_label, column_label=column_label
    )
    if raw:
        return Observation(None, row_label, "moon", 2022, citation, value=Decimal(raw), unit="件")
    return Observation(None, row_label, "moon", 2022, citation, missing=Missing.BLANK, unit="件")


def test_table_rows_become_sentences_of_their_own() -> None:
    table = Table("t1", (Cell("收到申请数", 0, 0), Cell("3", 0, 1)))
    observations = [
        _cell("收到申请数", None, "3", 0, 1),
        _cell("传真申请数", None, "", 1, 1),
        _cell("本年新收", "自然人", "1", 2, 1),
        _cell("本年新收", "总计", "4", 2, 6),
    ]
    passages = make_passages(_report(((), ["甲。"]), tables=(table,)), observations)
    assert [(passage.kind, passage.text) for passage in passages] == [
        ("prose", "甲。"),
        ("table_row", "收到申请数：3件"),
        ("table_row", "传真申请数：（空白）"),
        ("table_row", "本年新收：自然人 1件，总计 4件"),
    ]


def test_rows_of_an_unread_table_list_their_cells() -> None:
    table = Table("t9", (Cell("历年\n累计", 0, 0), Cell("12", 0, 1), Cell("", 0, 2)), caption="附表")
    (passage,) = make_passages(_report(tables=(table,)))
    assert (passage.kind, passage.section, passage.text) == ("table_row", "附表", "历年累计 | 12")


EVIDENCE = ("narrative_only", "narrative_how", "commitments")


@needs_reports
@pytest.mark.parametrize("name", TEXT_REPORTS)
def test_the_evidence_of_real_questions_stands_whole_in_one_passage(name: str) -> None:
    questions = yaml.safe_load((SHARED / "domain" / "questions.yaml").read_text(encoding="utf-8"))["questions"]
    quotes = [
        evidence["quote"]
        for question in questions
        if question["type"] in EVIDENCE
        for evidence in question["evidence"]
        if evidence["report"] == name and "quote" in evidence
    ]
    passages = read_report(report_path(name)).passages
    assert quotes
    assert [quote for quote in quotes if not any(quote in passage.text for passage in passages)] == []
    assert all(len(passage.text) <= LONGEST for passage in passages if passage.kind == "prose")


@needs_reports
def test_the_rows_of_a_real_table_can_be_found() -> None:
    texts = {passage.text for passage in read_report(report_path("yinzhou_hrss_2017")).passages}
    assert any(text.endswith("收到申请数：3件") for text in texts)
    assert any(text.endswith("参加或举办新闻发布会总次数：（空白）") for text in texts)
