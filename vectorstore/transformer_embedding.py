"""Any sentence-transformers model as an embedding, from this machine's files only.

The only module that imports sentence-transformers, and only when a vector is asked for: the import takes seconds.
"""

import hashlib
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from reports.errors import SettingsError, StoreError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# The library asks the hub about newer versions even of models that it has. It reads these when it is imported.
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
_BATCH = 64


class TransformerEmbedding:
    """Implements `vectorstore.embedding.Embedding`."""

    def __init__(self, name_or_path: str) -> None:
        """Raises SettingsError when neither a folder nor a model of that name is on this machine."""
        self._name = name_or_path
        self._folder = _find_folder(name_or_path)
        self._lock = Lock()

    @property
    def name(self) -> str:
        """The name or path it was asked for by."""
        return self._name

    @property
    def dimensions(self) -> int:
        """Length of a vector. Loads the model."""
        return int(self.encode([]).shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over the paths and contents of all files in the model's folder."""
        digest = hashlib.sha256()
        for path in sorted(path for path in self._folder.rglob("*") if path.is_file()):
            digest.update(path.relative_to(self._folder).as_posix().encode() + b"\0")
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors [len(texts), dimensions], float32, of length 1; all zeros where the model gives no direction."""
        with self._lock:
            model = self._model
            if not texts:
                return np.zeros((0, int(model.get_embedding_dimension() or 0)), np.float32)
            raw = model.encode(list(texts), batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True)
        vectors = np.asarray(raw, np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit = np.zeros_like(vectors)
        np.divide(vectors, norms, out=unit, where=norms > 0)
        return unit

    @cached_property
    def _model(self) -> "SentenceTransformer":
        os.environ.update(_OFFLINE)
        from sentence_transformers import SentenceTransformer

        try:
            # No trust_remote_code: a model's own Python is never run.
            return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        # whatever a damaged or foreign folder makes the library raise
        except Exception as error:
            raise StoreError(
                f"The embedding model in {self._folder} cannot be opened ({error}). Fetch it again or choose another.",
                f"无法打开向量模型 {self._folder}（{error}）。请重新获取或改用其他模型。",
            ) from error


def _find_folder(name_or_path: str) -> Path:
    folder = Path(name_or_path).expanduser()
    if folder.is_dir():
        return folder.resolve()
    os.environ.update(_OFFLINE)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    # sentence-transformers' own models are known by their bare names
    names = [name_or_path] if "/" in name_or_path else [f"sentence-transformers/{name_or_path}", name_or_path]
    for name in names:
        try:
            return Path(snapshot_download(name, local_files_only=True))
        except (HFValidationError, LocalEntryNotFoundError):
            continue
    raise SettingsError(
        f"The embedding model {name_or_path!r} is not on this machine: no such folder, and not in the Hugging Face cache. "
        f'Fetch it where there is internet ("hf download {names[0]}") and give its folder, or leave the setting empty '
        "for the shipped model.",
        f"本机没有向量模型 {name_or_path!r}：既无此文件夹，也不在 Hugging Face 缓存中。请先在可联网处下载并填写其文件夹，或留空以使用自带模型。",
    )
