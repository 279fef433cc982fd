"""The model while it trains: each token's vector is its own part plus those of its fragments, times a weight.

Fragments are the characters and character pairs of a Chinese word, and the 3- to 5-letter pieces of an English one: a rare word
starts near its relatives instead of at random, and an inflection never met still points the right way. After training the sum
is written out as one plain table, and nothing of this is needed any more.
"""

import math
import zlib
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

_BUCKETS = 60_000
_TABLE_CHUNK = 8192
# Smooth inverse frequency (Arora et al. 2017): the weight that a token starts with is a / (a + its share of all tokens).
_SIF = 1e-3
_FIRST_SCALE, _HIGHEST_SCALE = 20.0, 60.0

TokenIds = NDArray[np.int32]


class ComposedTable(nn.Module):
    """Parameters: own [tokens, d], fragment [60000, d], log_weight [tokens], log_scale (of the cosines in the loss)."""

    def __init__(self, pieces: Sequence[str], counts: NDArray[np.int64], dimensions: int) -> None:
        """counts: how often each token occurs in the training texts."""
        super().__init__()
        buckets = [fragment_buckets(piece) for piece in pieces]
        self._lengths = np.array([len(own) for own in buckets])
        self._starts = np.concatenate([[0], np.cumsum(self._lengths)])
        self._buckets = np.array([bucket for own in buckets for bucket in own], np.int64)
        shares = counts / counts.sum()
        weights = _SIF / (_SIF + shares) + 1e-3
        self.own = nn.Parameter(torch.randn(len(pieces), dimensions) * 0.02)
        self.fragment = nn.Parameter(torch.randn(_BUCKETS, dimensions) * 0.05)
        self.log_weight = nn.Parameter(torch.tensor(np.log(weights), dtype=torch.float32))
        self.log_scale = nn.Parameter(torch.tensor(math.log(_FIRST_SCALE)))

    @property
    def scale(self) -> Tensor:
        """What the cosines are multiplied by in the loss."""
        return self.log_scale.exp().clamp(max=_HIGHEST_SCALE)

    def rows(self, tokens: NDArray[np.int64]) -> Tensor:
        """The vectors [len(tokens), d] of distinct tokens."""
        lengths = self._lengths[tokens]
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        places = np.repeat(self._starts[tokens] - offsets[:-1], lengths) + np.arange(offsets[-1])
        shares = np.repeat(1 / np.sqrt(np.maximum(lengths, 1)), lengths).astype(np.float32)
        fragments = functional.embedding_bag(
            torch.from_numpy(self._buckets[places]),
            self.fragment,
            torch.from_numpy(offsets[:-1]),
            mode="sum",
            per_sample_weights=torch.from_numpy(shares),
        )
        index = torch.from_numpy(tokens)
        return (self.own[index] + fragments) * self.log_weight[index].exp()[:, None]

    def forward(self, *sides: Sequence[TokenIds]) -> list[Tensor]:
        """For each side its texts' unit vectors [texts, d]. No text may be without tokens."""
        flat = [np.concatenate(side) for side in sides]
        tokens, inverse = np.unique(np.concatenate(flat), return_inverse=True)
        rows = self.rows(tokens.astype(np.int64))
        vectors, start = [], 0
        for side, ids in zip(sides, flat, strict=True):
            lengths = np.array([len(text) for text in side])
            offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
            own = torch.from_numpy(inverse[start : start + len(ids)])
            summed = functional.embedding_bag(own, rows, torch.from_numpy(offsets), mode="sum")
            vectors.append(functional.normalize(summed, dim=1))
            start += len(ids)
        return vectors

    def table(self) -> NDArray[np.float32]:
        """All vectors [tokens, d], composed."""
        tokens = np.arange(len(self.own))
        with torch.no_grad():
            chunks = [self.rows(tokens[start : start + _TABLE_CHUNK]) for start in range(0, len(tokens), _TABLE_CHUNK)]
            return torch.cat(chunks).numpy()


def fragment_buckets(piece: str) -> list[int]:
    """The hash buckets of a piece's fragments; none for a single character, a number or a word of one or two letters."""
    if piece[0].isascii():
        marked = f"<{piece}>" if len(piece) > 2 and piece.isalpha() else ""
        fragments = {"e" + marked[at : at + size] for size in (3, 4, 5) for at in range(len(marked) - size + 1)}
    else:
        fragments = {"c" + character for character in piece} if len(piece) > 1 else set()
        if len(piece) > 2:
            fragments |= {"b" + piece[at : at + 2] for at in range(len(piece) - 1)}
    return sorted(zlib.crc32(fragment.encode()) % _BUCKETS for fragment in fragments)
