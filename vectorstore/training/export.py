"""Writes a trained table as a folder that both sentence-transformers and `vectorstore.token_table` open."""

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from vectorstore.token_table import TOKENIZER_FILE, WEIGHTS_FILE

_MODULES = [
    {"idx": 0, "name": "0", "path": "0_StaticEmbedding", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]
_CONFIG: dict[str, object] = {
    "model_type": "SentenceTransformer",
    "prompts": {},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def quantise(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as int8 and the factor [rows] by which each row is multiplied to get it back: its largest value / 127."""
    factors = np.abs(table).max(axis=1) / 127
    factors[factors == 0] = 1
    return np.round(table / factors[:, None]).astype(np.int8), factors.astype(np.float32)


def write_model(folder: Path, tokenizer: Tokenizer, table: NDArray[np.float32]) -> str:
    """Writes the model and returns the SHA-256 of its weights file.

    The two tensors have the names that `StaticEmbedding` knows from model2vec: it multiplies them itself.
    """
    rows, factors = quantise(table)
    for path in (WEIGHTS_FILE, TOKENIZER_FILE, Path("1_Normalize/config.json")):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS_FILE).write_bytes(_safetensors({"embeddings": rows, "weights": factors}))
    (folder / TOKENIZER_FILE).write_text(tokenizer.to_str(pretty=False), encoding="utf-8")
    (folder / "1_Normalize/config.json").write_text("{}\n", encoding="utf-8")
    (folder / "modules.json").write_text(json.dumps(_MODULES, indent=2) + "\n", encoding="utf-8")
    (folder / "config_sentence_transformers.json").write_text(json.dumps(_CONFIG, indent=2) + "\n", encoding="utf-8")
    return hashlib.sha256((folder / WEIGHTS_FILE).read_bytes()).hexdigest()


def _safetensors(tensors: dict[str, NDArray[np.int8] | NDArray[np.float32]]) -> bytes:
    from safetensors.numpy import save

    return bytes(save(tensors))
