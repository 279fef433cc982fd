"""Figures named side by side in one question: which parts of it name one each, and in which order."""

import re
from collections.abc import Sequence
from itertools import pairwise

from qa_service.understanding.indicator_names import Concept
from qa_service.understanding.put_aside import is_content, is_inside
from qa_service.understanding.reading import Reader, Reading
from qa_service.understanding.words import Word

_CONJUNCTIONS = re.compile(
    r"[、,，+]|和|与|及|跟|加上?|减去?|减掉|是(?=[^，,]{1,20}(?:几倍|多少倍|倍数))|(?<=\bmany)\b|\bas\b|(?<!对)比(?![例重率较去上前])|\band\b|\bplus\b|\bminus\b|\bthan\b|\bversus\b|\bvs\b"
)
# Meanings that most questions hold: naming them again is no figure named.
_COMMON = frozenset(("REQUEST", "PUBLISH", "INFO", "PROACTIVE", "RECEIVE", "HANDLE"))


def find_overlooked(reader: Reader, reading: Reading, clause: Sequence[Word], chosen: Sequence[str]) -> list[str]:
    """What stands beside another figure in a sum or a difference though that one's wording may hold it too ("会议和培训班")."""
    names = reader.names
    found: list[str] = []
    asked = [names.by_id[concept] for concept in chosen]
    asked_headings = frozenset().union(*(_headings(reader, concept) for concept in asked))
    needed = [need for concept in asked for need in concept.needs if not need <= _COMMON]
    spans = [(reading.units[word.start].start, reading.units[word.end - 1].end) for word in clause if is_content(word)]
    joints = [_joint(match, spans) for match in _CONJUNCTIONS.finditer(reading.text)]
    cuts = [0, *(joint for joint in joints if joint), len(reading.text)]
    segments = [[word for word in clause if is_inside(reading, word, [(start, end)])] for start, end in pairwise(cuts)]
    segments = [segment for segment in segments if any(is_content(word) for word in segment)]
    for segment in segments if len(segments) > 1 else []:
        meanings = frozenset().union(*(word.values("meaning") | word.values("part") for word in segment))
        labels = frozenset().union(*(word.values("label") for word in segment))
        named = labels & frozenset(member for concept in asked for member in concept.members)
        whole = any(concept.needs and all(need & meanings for need in concept.needs) for concept in asked)
        if named or whole:
            continue
        alone = [match.concept for match in names.match(segment) if match.score > 0 and match.concept.needs]
        beside = [match.concept for match in names.match(segment, clause) if match.score > 0 and match.concept.needs]
        # "信函、网络和当面申请": of what a word may mean, the row of the same section as its neighbours.
        first = [*alone[:1], *beside]
        related = [concept for concept in first if _headings(reader, concept) & asked_headings]
        certain = [concept for concept in alone[:1] if labels & frozenset(concept.members) or len(concept.needs) > 1]
        best = next(iter(certain or related or alone), None)
        if best is None or best.id in (*chosen, *found):
            continue
        # "行政复议和行政诉讼的纠正数": the first names no figure of its own, it shares what the other needs.
        own = any(need & meanings and not any(need & other for other in needed) for need in best.needs)
        if own or labels & frozenset(best.members):
            found.append(best.id)
    return found


def _joint(match: re.Match[str], spans: Sequence[tuple[int, int]]) -> int:
    """Where a conjunction cuts a question; 0 within a longer word (加 in 参加), before a word it runs into (加|上年结转)."""
    if any(start <= match.start() and match.end() <= end for start, end in spans):
        return 0
    return min([match.end(), *(start for start, end in spans if match.start() < start < match.end())])


def _headings(reader: Reader, concept: Concept) -> frozenset[str]:
    """The headings right above the rows that answer a concept."""
    found = [reader.names.catalogue.find(member) for member in concept.members]
    return frozenset(row.parent for row in found if row is not None and row.parent)


def in_order(reader: Reader, clause: Sequence[Word], chosen: list[str]) -> list[str]:
    """The concepts by where the question names them: by the first word that only one of them explains."""
    if len(chosen) < 2:
        return chosen
    names = reader.names

    def place(concept_id: str) -> int:
        covered = [word for word in clause if is_content(word) and names.covers(names.by_id[concept_id], word)]
        others = [names.by_id[other] for other in chosen if other != concept_id]
        own = [word for word in covered if not any(names.covers(other, word) for other in others)]
        return min((word.start for word in own or covered), default=0)

    return sorted(chosen, key=place)
