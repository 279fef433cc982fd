"""Training: what is held out stays out, the same seed gives the same model, a written model is read back."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from tests.imports import ROOT
from vectorstore.fusion import fuse_ranks, fuse_scores
from vectorstore.token_table import TokenTable
from vectorstore.training.bm25 import Bm25
from vectorstore.training.composed_table import fragment_buckets
from vectorstore.training.corpora import (
    GlossaryRow,
    Law,
    LayQuestion,
    SentencePair,
    Term,
    alias_held_out,
    read_glossary,
    read_terms,
)
from vectorstore.training.export import quantise, write_model
from vectorstore.training.measures import measure
from vectorstore.training.train import TrainingOptions, train
from vectorstore.training.training_texts import TrainingTexts, count_texts, read_training_texts
from vectorstore.training.validation_sets import Query, build_validation_sets
from vectorstore.training.vocabulary import VocabularyOptions, learn_tokenizer

SHARED = ROOT.parent / "shared"
CATALOGUE = ROOT / "indicators" / "catalogue"
needs_corpora = pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason="../shared/corpora is not here")


def small_texts() -> TrainingTexts:
    """A few invented sentences of every source."""
    parts = ("养犬人应当登记", "犬只必须免疫", "遛犬应当牵绳", "违反规定的处罚款", "公园里禁止放养", "噪声扰民可以投诉")
    paragraphs = tuple(
        (f"第一章 {heading}", "，".join(parts[(start + step) % 6] for step in range(4)) + "。")
        for heading in ("登记", "管理")
        for start in range(6)
    )
    return TrainingTexts(
        laws=(Law("某市养犬管理条例", paragraphs), Law("某省动物防疫条例", paragraphs[::-1])),
        pairs=(
            SentencePair("我们改善了供水。", "We improved water supply."),
            None,
            SentencePair("路修好了。", "Roads are mended."),
        ),
        questions=(LayQuestion("狗咬人了怎么办？", (("某市养犬管理条例第九条", "犬只伤人的，养犬人应当赔偿。"),)),),
        terms=(
            Term("收到申请数", "Requests received", "件", ("申请量",), ("requests",)),
            Term("收费", "Fees", "元", (), ()),
        ),
        glossary=(GlossaryRow(("登记", "注册"), ("registration", "register")), GlossaryRow(("犬", "狗"), ("dog",))),
    )


@pytest.fixture(scope="module")
def small_tokenizer() -> Tokenizer:
    options = VocabularyOptions(han_pieces=200, min_count=(2, 2), min_cohesion=(0.5, 1.0), fragments=50)
    return learn_tokenizer(*count_texts(small_texts()), options)


def test_pieces_are_words_not_what_stands_across_their_borders() -> None:
    subjects, verbs = ("机关", "企业", "学校", "医院"), ("公开", "登记", "处理", "答复")
    texts = Counter({subject + "应当" + verb: 5 for subject in subjects for verb in verbs})
    options = VocabularyOptions(han_pieces=200, min_count=(2, 2), min_cohesion=(1.0, 2.5))
    tokenizer = learn_tokenizer(texts, Counter(), options)
    assert tokenizer.encode("企业应当处理").tokens == ["企业", "应当", "处理"]


def test_same_seed_gives_the_same_table(small_tokenizer: Tokenizer) -> None:
    options = TrainingOptions(dimensions=16, batch=8, steps=12)
    first, again = (train(small_texts(), small_tokenizer, options) for _ in range(2))
    assert first.shape == (small_tokenizer.get_vocab_size(), 16)
    np.testing.assert_array_equal(first, again)
    other = train(small_texts(), small_tokenizer, TrainingOptions(dimensions=16, batch=8, steps=12, seed=1))
    assert not np.array_equal(first, other)


def test_written_model_reads_back(small_tokenizer: Tokenizer, tmp_path: Path) -> None:
    table = np.random.default_rng(0).normal(size=(small_tokenizer.get_vocab_size(), 32)).astype(np.float32)
    write_model(tmp_path, small_tokenizer, table)
    text = "养犬人应当登记"
    expected = table[small_tokenizer.encode(text).ids].sum(axis=0)
    expected /= np.linalg.norm(expected)
    assert TokenTable.read(tmp_path).encode([text])[0] @ expected > 0.999


def test_quantised_rows_are_within_half_a_step() -> None:
    table = np.random.default_rng(0).normal(size=(50, 8)).astype(np.float32)
    table[3] = 0
    rows, factors = quantise(table)
    assert np.all(np.abs(rows * factors[:, None] - table) <= factors[:, None] * 0.5001)


def test_an_inflection_shares_fragments_and_a_single_character_has_none() -> None:
    assert set(fragment_buckets("disclose")) & set(fragment_buckets("disclosed"))
    assert set(fragment_buckets("信息公开")) & set(fragment_buckets("信息"))
    assert fragment_buckets("的") == fragment_buckets("2017") == []


@needs_corpora
def test_training_sees_nothing_that_validation_asks() -> None:
    texts = read_training_texts(SHARED / "corpora", CATALOGUE)
    seen = {question.text for question in texts.questions}
    seen |= {text for pair in texts.pairs if pair for text in (pair.zh, pair.en) if len(pair.zh) > 8}
    titles = {law.title for law in texts.laws}
    sets = list(build_validation_sets(SHARED / "corpora", CATALOGUE, SHARED / "no reports"))
    assert len(sets) == 10
    for task in sets:
        assert task.queries
        if task.name.startswith(("lay", "English sentence", "Chinese sentence")):
            assert not seen & {query.text for query in task.queries}, task.name
        if task.name.startswith("law title"):
            assert not titles & {query.text.split(" ")[0] for query in task.queries}
    assert not [
        alias for term in texts.terms for alias in (*term.aliases_zh, *term.aliases_en) if alias_held_out(alias)
    ]


def test_glossary_is_two_columns_of_alternatives() -> None:
    for row in read_glossary():
        assert all(expression.strip() == expression != "" for expression in (*row.zh, *row.en)), row
        assert all(expression.isascii() for expression in row.en), row
        assert not any(expression.isascii() and not expression.isdigit() for expression in row.zh), row


def test_terms_are_the_catalogue() -> None:
    labels = {term.zh for term in read_terms(CATALOGUE)}
    assert {"本年新收政府信息公开申请数量", "主动公开政府信息数"} <= labels


def test_measures_of_a_known_ranking() -> None:
    scores = np.array([[0.1, 0.9, 0.5, 0.5], [0.9, 0.1, 0.2, 0.3]], np.float32)
    queries = [Query("a", frozenset({2})), Query("b", frozenset({1, 2}), allowed=frozenset({1, 2, 3}))]
    result = measure(queries, scores)
    assert result.mrr == pytest.approx((1 / 2 + 1 / 2) / 2)
    assert result.recall == pytest.approx(1.0)
    best = (1 / np.log2(2) + 1 / np.log2(3)) ** -1
    second = (1 / np.log2(3) + 1 / np.log2(4)) * best
    assert result.ndcg == pytest.approx((1 / np.log2(3) + second) / 2)


def test_bm25_never_passes_its_ceiling_and_prefers_rare_words() -> None:
    texts = ["收到申请三件", "收到投诉", "收到建议，收到意见", "公开指南"]
    queries = ["收到申请", "收到投诉未知", "guide"]
    index = Bm25(texts)
    scores, ceilings = index.scores(queries), index.ceilings(queries)
    assert scores.argmax(axis=1)[:2].tolist() == [0, 1]
    assert (scores <= ceilings[:, None]).all()
    assert scores[2].max() == 0 < ceilings[2]


def test_score_fusion_leaves_the_embedding_alone_where_no_keyword_matches() -> None:
    cosines = np.array([0.2, 0.7, 0.1], np.float32)
    nothing = np.zeros(3, np.float32)
    np.testing.assert_allclose(fuse_scores(cosines, nothing, 12.0), cosines)
    assert fuse_scores(cosines, np.array([12, 0, 0], np.float32), 12.0).argmax() == 0
    assert fuse_ranks(cosines, cosines).argmax() == 1
