"""Trains the embedding that is shipped in vectorstore/model.

    python -m vectorstore.training.train --corpora ../shared/corpora --out vectorstore/model

Learns the tokenizer, then the table of token vectors by contrast within batches (symmetric InfoNCE), and writes the model. One
processor core, the same seed: the same table on the same machine. No GPU is needed or used.
"""

import argparse
import logging
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from vectorstore.training.composed_table import ComposedTable
from vectorstore.training.export import write_model
from vectorstore.training.pairs import PairBatch, PairOptions, PairSources
from vectorstore.training.training_texts import TrainingTexts, count_texts, read_training_texts
from vectorstore.training.vocabulary import VocabularyOptions, learn_tokenizer

_LOG = logging.getLogger(__name__)
_REPORT_EVERY = 100

# How often a batch comes from each source: questions and names are seen thirty times over, translations seven, laws four.
_MIX = {
    "sentence": 0.64,
    "heading": 0.05,
    "neighbour": 0.16,
    "translation": 0.04,
    "next": 0.03,
    "question": 0.02,
    "indicator": 0.02,
    "glossary": 0.04,
}


@dataclass(frozen=True)
class TrainingOptions:
    """learning_rate rises over `warm_up` steps and falls linearly to a fiftieth."""

    dimensions: int = 256
    batch: int = 1024
    steps: int = 1500
    learning_rate: float = 4e-3
    warm_up: int = 50
    decay: float = 0.3
    seed: int = 0
    threads: int = 1
    pairs: PairOptions = field(default_factory=PairOptions)
    vocabulary: VocabularyOptions = field(default_factory=VocabularyOptions)


def train(texts: TrainingTexts, tokenizer: Tokenizer, options: TrainingOptions) -> NDArray[np.float32]:
    """The table [tokens, dimensions]."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    random = np.random.default_rng(options.seed)
    sources = PairSources(texts, tokenizer, options.pairs, random)
    pieces = [tokenizer.id_to_token(token) or "" for token in range(tokenizer.get_vocab_size())]
    model = ComposedTable(pieces, sources.token_counts(), options.dimensions)
    optimizer = _optimizer(model, options)
    shares = np.array([_MIX[kind] for kind in sources.kinds])
    schedule = random.choice(len(shares), options.steps, p=shares / shares.sum())
    progress = _Progress()
    for step, kind in enumerate(schedule.tolist()):
        for group in optimizer.param_groups:
            group["lr"] = options.learning_rate * _rate_share(step, options)
        batch = sources.draw(sources.kinds[kind], options.batch)
        if len(batch.left) < 2:  # nothing to tell a pair apart from
            continue
        loss = contrast(model, batch)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        progress.add(sources.kinds[kind], loss.item())
        if (step + 1) % _REPORT_EVERY == 0:
            progress.report(step + 1, model.scale.item())
    return model.table()


def _optimizer(model: ComposedTable, options: TrainingOptions) -> torch.optim.Optimizer:
    """Adam. The tokens' own parts decay, so that a token seen seldom leans on its fragments."""
    own = [parameter for name, parameter in model.named_parameters() if name == "own"]
    others = [parameter for name, parameter in model.named_parameters() if name != "own"]
    groups = [{"params": own, "weight_decay": options.decay}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=options.learning_rate, betas=(0.9, 0.98), fused=True)


def contrast(model: ComposedTable, batch: PairBatch) -> Tensor:
    """How badly each side of a pair finds the other among the whole batch: symmetric cross entropy over scaled cosines."""
    left, right = model(batch.left, batch.right)
    cosines = left @ right.T * model.scale
    groups = torch.from_numpy(batch.groups)
    same = (groups[:, None] == groups[None]).fill_diagonal_(False)
    cosines = cosines.masked_fill(same, -1e4)
    own = torch.arange(len(groups))
    return (functional.cross_entropy(cosines, own) + functional.cross_entropy(cosines.T, own)) / 2


class _Progress:
    """Mean loss by kind of pair since the last report."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._losses: dict[str, list[float]] = {}

    def add(self, kind: str, loss: float) -> None:
        self._losses.setdefault(kind, []).append(loss)

    def report(self, step: int, scale: float) -> None:
        means = ", ".join(f"{kind} {np.mean(losses):.2f}" for kind, losses in sorted(self._losses.items()))
        _LOG.info("step %d, %.0f s, scale %.1f, loss: %s", step, time.monotonic() - self._start, scale, means)
        self._losses.clear()


def _rate_share(step: int, options: TrainingOptions) -> float:
    return min(1.0, (step + 1) / options.warm_up) * max(0.02, 1 - step / options.steps)


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--catalogue", type=Path, default=Path("indicators/catalogue"))
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--steps", type=int, default=TrainingOptions.steps)
    parser.add_argument("--dimensions", type=int, default=TrainingOptions.dimensions)
    parser.add_argument("--threads", type=int, default=TrainingOptions.threads)
    parser.add_argument("--tokenizer", type=Path, help="a tokenizer.json learnt before, to save two minutes")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options = TrainingOptions(steps=arguments.steps, dimensions=arguments.dimensions, threads=arguments.threads)
    texts = read_training_texts(arguments.corpora, arguments.catalogue)
    learnt = arguments.tokenizer
    tokenizer = Tokenizer.from_file(str(learnt)) if learnt else learn_tokenizer(*count_texts(texts), options.vocabulary)
    _LOG.info("tokenizer of %d pieces", tokenizer.get_vocab_size())
    digest = write_model(arguments.out, tokenizer, train(texts, tokenizer, options))
    _LOG.info("written to %s, weights %s", arguments.out, digest)


if __name__ == "__main__":
    main()
