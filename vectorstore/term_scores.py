"""How much of what a question says a passage says: each thing once, whichever of its words is used."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.lexical_tokens import lexical_tokens
from vectorstore.query_terms import Term
from vectorstore.ranking import K1, Candidate, Statistics

# Passages differ in length because paragraphs do, not because they say more: less correction than among whole texts.
_B = 0.3


def term_tokens(terms: Sequence[Term]) -> list[str]:
    """The keyword tokens that `term_weights` needs the frequencies of."""
    return list(dict.fromkeys(token for term in terms for form in term.forms for token in lexical_tokens(form)))


def term_weights(terms: Sequence[Term], statistics: Statistics) -> list[float]:
    """Each term by how rare it is; what nobody says counts less, for other words may have been meant.

    A form stands in about as many passages as its rarest token.
    """
    weights = []
    for term in terms:
        times = sum(
            min((statistics.frequencies.get(token, 0) for token in lexical_tokens(form)), default=0)
            for form in term.forms
        )
        rarity = math.log(1 + statistics.count / (min(times, statistics.count) + 0.5))
        weights.append(term.weight * rarity * (1.0 if times else term.unsaid_share))
    return weights


def term_shares(
    candidates: Sequence[Candidate], terms: Sequence[Term], statistics: Statistics
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """([candidates], [candidates]): which share of the terms' weight a passage says with its headings, things said twice
    counting a little more (BM25's saturation), and which share its best single sentence says."""
    weights = term_weights(terms, statistics)
    total = max(sum(weights), 1e-6)
    shares = np.zeros((2, len(candidates)), np.float32)
    for row, candidate in enumerate(candidates):
        soft = K1 * (1 - _B + _B * candidate.length / statistics.average_length)
        said = 0.0
        plain, sentences = candidate.plain, candidate.sentences
        in_sentences = [0.0] * len(sentences)
        for term, weight in zip(terms, weights, strict=True):
            present = [form for form in term.forms if form in plain]
            if not present:
                continue
            times = max(map(plain.count, present))
            said += weight * times / (times + soft)
            for place, sentence in enumerate(sentences):
                if any(form in sentence for form in present):
                    in_sentences[place] += weight
        shares[:, row] = said / total, max(in_sentences, default=0.0) / total
    return shares[0], shares[1]
