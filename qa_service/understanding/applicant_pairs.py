"""Figures that are each asked of an applicant type of their own: "自然人收到几件，企业被拒几件"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from qa_service.understanding.put_aside import is_content, is_inside
from qa_service.understanding.reading import Reader, Reading

_PART_ENDS = re.compile(r"[，,;；？?。]|\band (?=how|what)")
_COUNT_WORDS = re.compile(r"多少|几|how many|what number")


def find_applicant_pairs(reader: Reader, reading: Reading, chosen: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """ "自然人收到几件，企业被拒几件": each applicant type with the figure of its own part of the question; () where all go
    with all."""
    cuts = [0, *(match.end() for match in _PART_ENDS.finditer(reading.text)), len(reading.text)]
    pairs: list[tuple[str, str]] = []
    before = ""
    for start, end in pairwise(cuts):
        words = [word for word in reading.words if is_inside(reading, word, [(start, end)])]
        found = [m for m in reader.names.match([word for word in words if is_content(word)]) if m.score > 0]
        concept = found[0].concept.id if found else before
        applicants = [applicant for word in words for applicant in sorted(word.values("applicant"))]
        counts = concept in chosen or (bool(found) and bool(_COUNT_WORDS.search(reading.text[start:end])))
        if len(applicants) > 1 or (applicants and not counts) or (found and not applicants and pairs):
            return ()
        pairs += [(concept, applicant) for applicant in applicants]
        before = concept
    several = len({concept for concept, _ in pairs}) > 1 and len({applicant for _, applicant in pairs}) > 1
    return tuple(pairs) if several else ()
