"""Which sentences of some passages answer a question: whole sentences as printed, ranked; lists are kept together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa_service.answering.prose_query import ProseQuery
from reports.passage import Passage
from vectorstore.lexical_tokens import normalise
from vectorstore.query_terms import Term


class Nearness(Protocol):
    """What an embedding knows of sentences, in the order of `split_passage`; None where it is not there."""

    def cosines(self, text: str, passages: Sequence[Passage]) -> NDArray[np.float32] | None:
        """[sentences]: cosine of the text and each."""
        ...

    def likeness(self, terms: Sequence[Term], passages: Sequence[Passage]) -> NDArray[np.float32] | None:
        """[terms, sentences]: how near the nearest word of a sentence is to a term, 0 to 1."""
        ...


_HEADING_SHARE = 0.45
_CONTEXT_SHARE = 0.3
# A word that means nearly the same counts as this much of the word itself; from this cosine on, fully from that one on.
_ALIKE, _LEAST_LIKENESS, _FULL_LIKENESS = 0.7, 0.45, 0.75
_COSINE_WEIGHT = 0.45
# What the cosine adds to how sure one can be of a sentence; without an embedding, what it adds on average.
_CERTAINTY_OF_COSINE, _UNKNOWN_CERTAINTY = 0.5, 0.15
_USUAL_COSINE = 0.15
_WANTED = 0.12
_SHORTEST = 6
_KEPT = 4_096
# A sentence is shown beside the best one if its score is at least this share of the best one's.
NEAR = 0.7
_AROUND = 0.4
# A plan is no answer to how things are done; whoever asks for plans is answered from the commitments.
_PLANS = re.compile(r"存在的?主要?问题|问题.{0,6}改进|改进(?:情况|措施)|不足")
_AHEAD = re.compile(r"下一步|今后|明年|\d{4}年,?我[局办委]将")
_ITEM = re.compile(
    r"\s*(?:其?[一二三四五六七八九十]{1,2}是|[一二三四五六七八九十]要|首先|其次|再次|最后|第[一二三四五六七八九十][，,、]"
    r"|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.．、]|[①-⑳]|[一二三四五六七八九十]{1,2}、)"
)
_FIRST_ITEM = re.compile(r"\s*(?:一是|首先|第一|[（(][一1][）)]|1[.．、]|①)")
_SIGNS: dict[str, re.Pattern[str]] = {
    "why": re.compile(r"因|由于|为了|^为|为[^，,。]{2,20}[，,]|鉴于|根据|按照|针对|主要原因"),
    "how": re.compile(r"通过|采取|实行|建立|完善|严格|[一1]是|流程|程序|[-—－]"),
    "list": re.compile(r"[一二]是|[；;].*[；;]|、[^、]{1,20}、[^、]{1,20}、|《[^》]+》.*《|包括|分别"),
    "contact": re.compile(r"\d{5,}|http|@|www\.|路\d+号|电话|地址"),
    "topic": re.compile(r"内容|查询|涉及|关于|包括"),
    "when": re.compile(r"\d{4}年|\d月|年初|年底|每年|每半年|每月|定期"),
    "number": re.compile(r"\d+[余多]?[个件条次项份名人家期篇场位封%]|[百千万]余|近[百千万]"),
}
# What stands in every report: its composition, its legal basis, where it can be downloaded.
_BOILERPLATE = re.compile(
    r"本(?:年度)?报告?(?:由|包括|中|根据|依据)|电子版可|统计期限|特向社会公布|现公布|编制(?:而成|本)|勾稽关系"
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence to be quoted. start, end: its place in the passage's text. score: higher answers better.

    coverage: which share of what is asked it says itself, with its heading and the sentences around it. certainty: the
    same and what the meaning adds: what floors are compared with.
    """

    passage: Passage
    start: int
    end: int
    score: float
    coverage: float
    certainty: float

    @property
    def text(self) -> str:
        """The sentence as printed, outer white space removed."""
        return self.passage.text[self.start : self.end].strip()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: its place in the passage's text, and its words as words are compared."""

    passage: Passage
    start: int
    end: int
    text: str


def rank_sentences(
    query: ProseQuery, passages: Sequence[Passage], nearness: Nearness | None = None
) -> tuple[Quote, ...]:
    """All sentences of the passages, best first. nearness: what the meaning adds, where an embedding is there.

    The passages given are all that is compared: a word that each of them has tells nothing.
    """
    sentences = [sentence for passage in passages for sentence in split_passage(passage)]
    if not sentences or query.is_empty:
        return ()
    said = _said_shares(query.terms, sentences)
    weights = _weights(query.terms, said)
    if nearness is not None and (likeness := nearness.likeness(query.terms, passages)) is not None:
        alike = _ALIKE * np.clip((likeness - _LEAST_LIKENESS) / (_FULL_LIKENESS - _LEAST_LIKENESS), 0.0, 1.0)
        said = np.maximum(said, alike * np.array([[term.said] for term in query.terms]))
    coverages = weights @ said / (weights.sum() or 1.0)
    cosines = nearness.cosines(query.text, passages) if nearness is not None else None
    # Some models find everything alike: what is usual for them is no certainty. For the shipped one it hardly ever is.
    usual = 0.0 if cosines is None else max(0.0, float(np.median(cosines)) - _USUAL_COSINE)
    quotes = []
    for row, sentence in enumerate(sentences):
        coverage, cosine = float(coverages[row]), 0.0 if cosines is None else max(0.0, float(cosines[row]))
        score = _score(query, sentence, coverage, cosine)
        above = max(0.0, cosine - usual)
        certainty = coverage + (_UNKNOWN_CERTAINTY if cosines is None else _CERTAINTY_OF_COSINE * above)
        figures = (round(each, 6) for each in (score, coverage, certainty))
        quotes.append(Quote(sentence.passage, sentence.start, sentence.end, *figures))
    return tuple(sorted(quotes, key=lambda quote: (-quote.score, _order(quote))))


def _score(query: ProseQuery, sentence: Sentence, coverage: float, cosine: float) -> float:
    heading, _ = _around(sentence.passage)
    bonus = sum(_WANTED for want in query.wants if want in _SIGNS and _SIGNS[want].search(sentence.text))
    # A sign alone is no answer: it counts only as far as the sentence is about what is asked.
    score = coverage + _COSINE_WEIGHT * cosine + bonus * min(1.0, 2.5 * coverage)
    if _BOILERPLATE.search(sentence.text) and "contact" not in query.wants:
        score *= 0.6
    if _AHEAD.match(sentence.text) or _PLANS.search(heading):
        score *= 0.7
    if sentence.text.strip("。:：;； ") in heading:
        score *= 0.4
    if len(sentence.text) < _SHORTEST or not re.search(r"[，,。；;：:!！]", sentence.text):
        score *= 0.3
    return score


def _order(quote: Quote) -> tuple[str, int, int, int]:
    return quote.passage.agency, quote.passage.year, quote.passage.position, quote.start


@lru_cache(maxsize=_KEPT)
def split_passage(passage: Passage) -> tuple[Sentence, ...]:
    """Its sentences in order, those without a word left out."""
    spans = passage.sentences or ((0, len(passage.text)),)
    return tuple(
        Sentence(passage, start, end, text)
        for start, end in spans
        if (text := normalise(passage.text[start:end].strip()))
    )


@lru_cache(maxsize=_KEPT)
def _around(passage: Passage) -> tuple[str, str]:
    """Its heading path and its whole text, as words are compared."""
    return normalise(passage.section), normalise(passage.text)


def _said_shares(terms: Sequence[Term], sentences: Sequence[Sentence]) -> NDArray[np.float64]:
    """[terms, sentences]: 1 where a sentence says a term, more where its heading does too, less where what stands
    around it does."""
    shares = np.zeros((len(terms), len(sentences)))
    for column, sentence in enumerate(sentences):
        heading, context = _around(sentence.passage)
        for row, term in enumerate(terms):
            shares[row, column] = _said(term, sentence.text, heading, context)
    return shares


def _weights(terms: Sequence[Term], said: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each term by how rare it is here; what nobody says counts less, for other words may have been meant."""
    times = (said >= 1.0).sum(axis=1)
    rarity = np.log(1 + said.shape[1] / (times + 0.5))
    shares = np.array([1.0 if found else term.unsaid_share for term, found in zip(terms, times, strict=True)])
    weights = np.array([term.weight for term in terms]) * rarity * shares
    return np.asarray(weights, np.float64)


def _said(term: Term, sentence: str, heading: str, context: str) -> float:
    under = _HEADING_SHARE if any(form in heading for form in term.forms) else 0.0
    if any(form in sentence for form in term.forms):
        return 1.0 + under
    return max(under, _CONTEXT_SHARE if any(form in context for form in term.forms) else 0.0)


def choose_quotes(
    ranked: Sequence[Quote], query: ProseQuery, floor: float, *, most: int = 3, near: float = NEAR
) -> tuple[Quote, ...]:
    """The best sentence and those nearly as good, at most `most`, none saying the same; lists whole and in their order.

    floor: the least certainty of a sentence that is chosen for itself; the entries of a list come with the list.
    """
    chosen: list[Quote] = []
    telling = query.wants & {"how", "why", "list", "contact"}
    for quote in ranked:
        if len(chosen) == most:
            break
        if chosen:
            # How and why take more than a sentence: what stands around the best one tells more than what stands elsewhere.
            around = telling and quote.passage.id == chosen[0].passage.id
            if quote.score < (_AROUND if around else near) * chosen[0].score:
                continue
        if quote.certainty < floor * (0.5 if chosen else 1.0):
            continue
        if not any(_alike(quote.text, other.text) for other in chosen):
            chosen.append(quote)
    if not chosen:
        return ()
    spread = _with_list(chosen, ranked) if query.wants & {"list", "how"} else chosen
    # A list is read from its first entry; single sentences begin with the one that answers best.
    return tuple(chosen if len(spread) == len(chosen) else sorted(spread, key=_order))


def _alike(one: str, other: str) -> bool:
    a, b = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    return bool(a and b) and len(a & b) / min(len(a), len(b)) > 0.75


def _with_list(chosen: Sequence[Quote], ranked: Sequence[Quote], most: int = 8) -> list[Quote]:
    """The chosen sentences; where one opens a list or is an entry of one, its entries too (一是…；二是…)."""
    reading = sorted(ranked, key=_order)
    places = {(quote.passage.id, quote.start): at for at, quote in enumerate(reading)}
    kept = {(quote.passage.id, quote.start): quote for quote in chosen}
    at = places[(chosen[0].passage.id, chosen[0].start)]
    if _ITEM.match(reading[at].text):
        first = at
        while (
            first > 0 and not _FIRST_ITEM.match(reading[first].text) and _continues(reading[first - 1], reading[first])
        ):
            first -= 1
        entries = reading[first:]
    elif at + 1 < len(reading) and _FIRST_ITEM.match(reading[at + 1].text):
        entries = reading[at + 1 :]
    else:
        return list(chosen)
    same = entries[0].passage
    for entry in entries[:most]:
        if entry.passage.report != same.report or entry.passage.section != same.section or not _ITEM.match(entry.text):
            break
        kept.setdefault((entry.passage.id, entry.start), entry)
    return list(kept.values())


def _continues(before: Quote, after: Quote) -> bool:
    return before.passage.section == after.passage.section and bool(_ITEM.match(before.text))
