"""The baselines find what they should, and the sets for passage search are in the layout of BEIR."""

import json
from pathlib import Path

import pytest

from eval.baselines.bigrams import BigramIndex, bigrams
from eval.baselines.figures import figure_questions, measure_ranker
from eval.baselines.passages import make_set, measure_search
from eval.baselines.pipelines import CHUNK, BigramPipeline, Chunk, TutorialPipeline, split_reports
from eval.baselines.stock import stock_searches, stock_set
from eval.question import Evidence, Expectation, GoldQuestion, GoldTurn
from reports.passage import Passage
from tests.eval.corpora_here import find_set
from tests.eval.test_samples import FOLDER
from tests.eval.test_scoring import EXPECT
from vectorstore.embedding import load_embedding

QUESTION = GoldQuestion("q", "zh", "lookup", (GoldTurn("云溪区政府办2017年收到申请数", EXPECT),))


def passage(id_: str, text: str) -> Passage:
    return Passage(id_, "a_2017-12345678", "a", 2017, "一、概述", "prose", text, 0)


def test_bigrams_of_both_languages() -> None:
    assert bigrams("收到申请39件") == ["收到", "到申", "申请", "39", "件"]
    assert bigrams("HRSS ３件") == ["hrss", "3", "件"]


def test_bm25_ranks_the_rarer_words_first() -> None:
    index = BigramIndex(["收到申请", "收到申请，信函申请三件", "收到来信"])
    assert int(index.scores("信函").argmax()) == 1
    assert index.scores("没有这样的话").max() == 0
    assert len(BigramIndex([]).scores("信函")) == 0


def test_a_ranker_hits_with_the_number_in_a_chunk_of_the_right_report() -> None:
    right, label = Chunk("yunxi_office_2017", "共39件"), Chunk("yunxi_office_2017", "收到申请数 | 件 | 39")
    for chunks, figure, evidence in (
        ([right], 1, 0),
        ([label], 1, 1),
        ([Chunk("yunxi_office_2018", "收到申请数 39")], 0, 0),
        ([Chunk("yunxi_office_2017", "收到申请数 1390")], 0, 0),
    ):
        top = next(iter(measure_ranker(BigramPipeline(chunks), [QUESTION])))
        assert (top.depth, top.figure.hits, top.evidence.hits, top.figure.n) == (1, figure, evidence, 1)


def test_every_file_of_the_samples_is_cut_into_chunks_that_the_pipelines_rank() -> None:
    files = sorted(path for path in FOLDER.iterdir() if path.stem.startswith("linhu"))
    chunks = split_reports(files)
    assert {chunk.report for chunk in chunks} == {path.stem for path in files}
    assert all(0 < len(chunk.text) <= CHUNK for chunk in chunks)
    for ranker in (BigramPipeline(chunks), TutorialPipeline(chunks, load_embedding())):
        found = ranker.top("临湖区人社局2021年政务公开存在的问题", 5)
        assert len(found) == 5
        assert set(found) <= set(chunks)


def test_the_stock_pipelines_find_pieces_that_hold_the_answer() -> None:
    question = GoldQuestion(
        "q", "zh", "why", (GoldTurn("目录多久核对一次", Expectation(evidence=(Evidence("linhu_hrss_2022", quote="每月核对一次目录"),))),)
    )  # fmt: skip
    pieces, chunks = stock_set([question], [path for path in FOLDER.iterdir() if path.stem.startswith("linhu")])
    assert len(pieces.passages) == len(chunks)
    assert len(pieces.relevant["q"]) == 1
    searches = stock_searches(chunks)
    # The whole question is one word to a retriever that splits at blanks.
    assert searches["LangChain BM25 (words between blanks)"]("目录多久核对一次") == []
    assert set(searches["LangChain tutorial (shipped embedding)"]("目录多久核对一次")) <= set(pieces.passages)
    assert pieces.part(["other"]).queries == {}


def test_only_questions_with_one_known_cell_are_asked() -> None:
    questions = figure_questions(find_set("samples-generated").load())
    assert {question.type for question in questions} >= {"lookup", "by_applicant"}
    expected = [question.turns[0].expect for question in questions]
    assert all(expect is not None and expect.figures[0].value not in (None, "0") for expect in expected)
    assert figure_questions([GoldQuestion("q", "zh", "t", (GoldTurn("?", Expectation(("not_found",))),))]) == []


def test_passages_with_the_quote_are_relevant_and_lost_ones_count(tmp_path: Path) -> None:
    def ask(id_: str, quote: str) -> GoldQuestion:
        expect = Expectation(evidence=(Evidence(report="a_2017", quote=quote),))
        return GoldQuestion(id_, "zh", "why", (GoldTurn("？", expect),))

    passages = [("a_2017", passage("p1", "每季度碰头一次，登记留痕。")), ("b_2017", passage("p2", "每季度碰头一次。"))]
    retrieval = make_set([ask("q1", "每季度碰头一次"), ask("q2", "此处没有这样的一句话")], passages)
    assert retrieval.relevant == {"q1": frozenset({"p1"}), "q2": frozenset()}
    found = measure_search(retrieval, lambda _: ["p2", "p1"])
    assert found["P@1"] == 0
    assert found["RR@10"] == pytest.approx(0.25)  # second place for one of the two
    assert measure_search(retrieval, lambda _: [])["R@10"] == 0
    retrieval.write_beir(tmp_path)
    lines = (tmp_path / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    assert [sorted(json.loads(line)) for line in lines] == [["_id", "text", "title"]] * 2
    assert (tmp_path / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1] == "q1\tp1\t1"
