"""The shipped embedding: the same vectors as sentence-transformers, light to load, clear about damage."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.errors import SettingsError, StoreError
from vectorstore.embedding import SHIPPED_MODEL, Embedding, load_embedding
from vectorstore.token_table import TOKENIZER_FILE, WEIGHTS_FILE, TokenTable

TEXTS = [
    "本年新收政府信息公开申请数量",
    "不予公开的理由有哪些？",
    "How many requests were received in 2017?",
    "２０２２年１月，收费26.815万元",
    "信息公開條例",
    "",
    "！？",
    "ΣΑΣ İstanbul ㈱ ½",
]


@pytest.fixture(scope="module")
def shipped() -> Embedding:
    return load_embedding()


@pytest.fixture(scope="module")
def reference() -> Embedding:
    """The same files, read by sentence-transformers."""
    return load_embedding(SHIPPED_MODEL)


def test_vectors_are_unit_float32_and_zero_without_tokens(shipped: Embedding) -> None:
    vectors = shipped.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), shipped.dimensions)
    lengths = np.linalg.norm(vectors, axis=1)
    empty = [not any(c.isalnum() for c in text) for text in TEXTS]
    np.testing.assert_allclose(lengths, np.where(empty, 0, 1), atol=1e-5)
    assert shipped.encode([]).shape == (0, shipped.dimensions)


def test_same_vectors_as_sentence_transformers(shipped: Embedding, reference: Embedding) -> None:
    np.testing.assert_allclose(shipped.encode(TEXTS), reference.encode(TEXTS), atol=1e-5)
    assert reference.dimensions == shipped.dimensions


@given(st.lists(st.text(max_size=40), max_size=4))
@example(["ΑΣ", "İ", "K", "ﬁ", "\u0345", "一\u0301"])
def test_same_vectors_as_sentence_transformers_for_any_text(
    shipped: Embedding, reference: Embedding, texts: list[str]
) -> None:
    np.testing.assert_allclose(shipped.encode(texts), reference.encode(texts), atol=1e-5)


def test_a_text_has_one_vector_whatever_stands_beside_it(shipped: Embedding) -> None:
    together = shipped.encode(TEXTS * 100)
    for row, text in enumerate(TEXTS):
        np.testing.assert_allclose(together[row + 99 * len(TEXTS)], shipped.encode([text])[0], atol=1e-6)


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        ("收到多少申请", "本年新收政府信息公开申请数量", "行政规范性文件现行有效件数"),
        ("打官司的有几件", "行政诉讼", "政府集中采购"),
        ("How many lawsuits were there?", "行政诉讼", "政府集中采购"),
        ("staff training sessions", "举办各类培训班", "行政事业性收费金额"),
        ("Why was the Weibo account closed?", "微博账号已注销", "主动公开规范性文件数"),
    ],
)
def test_what_means_the_same_is_nearer(shipped: Embedding, question: str, answer: str, other: str) -> None:
    asked, near, far = shipped.encode([question, answer, other])
    assert asked @ near > asked @ far + 0.1


def test_loads_without_heavy_libraries() -> None:
    heavy = ("torch", "sentence_transformers", "transformers", "huggingface_hub", "safetensors", "scipy", "chromadb")
    code = (
        "import sys; from vectorstore.embedding import load_embedding; load_embedding().encode(['信息']); "
        f"print(*[name for name in {heavy!r} if name in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.split() == []


def test_model_fits_its_budget() -> None:
    assert sum(path.stat().st_size for path in SHIPPED_MODEL.rglob("*")) <= 20_000_000


def test_fingerprint_follows_the_files(shipped: Embedding, tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(SHIPPED_MODEL, copy)
    assert TokenTable.read(copy).fingerprint == shipped.fingerprint
    changed = bytearray((copy / WEIGHTS_FILE).read_bytes())
    changed[-1] ^= 1
    (copy / WEIGHTS_FILE).write_bytes(changed)
    assert TokenTable.read(copy).fingerprint != shipped.fingerprint


def _without_half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _with_a_shorter_vocabulary(path: Path) -> None:
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    tokenizer["model"]["vocab"].pop()
    path.write_text(json.dumps(tokenizer), encoding="utf-8")


@pytest.mark.parametrize("file", [WEIGHTS_FILE, TOKENIZER_FILE])
@pytest.mark.parametrize("damage", [Path.unlink, _without_half, lambda path: path.write_bytes(b"\xff" * 64)])
def test_damaged_files_are_named(file: Path, damage: object, tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(SHIPPED_MODEL, copy)
    assert callable(damage)
    damage(copy / file)
    with pytest.raises(StoreError, match="Restore its files"):
        TokenTable.read(copy)


def test_weights_of_another_vocabulary_are_refused(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(SHIPPED_MODEL, copy)
    _with_a_shorter_vocabulary(copy / TOKENIZER_FILE)
    with pytest.raises(StoreError, match="vectors"):
        TokenTable.read(copy)


@pytest.mark.parametrize(
    "name", ["BAAI/not-on-this-machine", "not-on-this-machine", "../no-such-folder-for-a-model", "a b/c:d"]
)
def test_a_model_that_is_not_here_is_a_clear_error(name: str) -> None:
    with pytest.raises(SettingsError, match="not on this machine"):
        load_embedding(name)


def test_a_folder_without_a_model_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be opened"):
        load_embedding(tmp_path).encode(["信息"])
