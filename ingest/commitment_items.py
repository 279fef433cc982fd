"""A paragraph on problems and measures -> its items: sentences, list entries, run-in headings."""

import re
from collections.abc import Iterator

from ingest.commitment_cues import HEAD_LONGEST, INNER_MARK, LEAD_IN, LIST_MARK, PROBLEM_CUE, TURN
from ingest.sentences import split_clauses, split_sentences


def split_items(text: str) -> tuple[str | None, tuple[tuple[int, int], ...]]:
    """(run-in heading that introduces the rest, (start, end) of each item of a paragraph).

    An item is a sentence, an entry 一是… with all its sentences, or a short run-in heading with the one sentence it
    introduces; a longer heading, or one over several sentences, is no item and is given apart.
    """
    spans = [span for sentence in split_sentences(text) for span in _before_lists(text, *sentence)]
    spans = [(start, end) for start, end in spans if text[start:end].strip()]
    has_list = sum(bool(INNER_MARK.match(text[start:end].lstrip())) for start, end in spans) > 0
    merged: list[tuple[int, int]] = []
    inside = False
    for start, end in spans:
        words = text[start:end].lstrip()
        if INNER_MARK.match(words):
            inside = True
        elif inside and _begins_anew(words):
            inside = False
        elif inside and text[merged[-1][1] - 1] in "。！!；;":
            merged[-1] = (merged[-1][0], end)
            continue
        merged.append((start, end))
    return _without_heading(text, merged, has_list)


def _begins_anew(words: str) -> bool:
    """Whether a sentence after a list entry is no part of that entry."""
    return bool(re.match(r"同时|此外|另外|总之|特此", words) or TURN.search(words, 0, 16))


def _before_lists(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, cut after a colon that opens a list ("主要表现为：", "重点抓好以下工作：一是")."""
    for a, b in split_clauses(text, start, end):
        rest = text[b:end].lstrip()
        opens = text[b - 1] in "：:" and (
            INNER_MARK.match(rest)
            or LIST_MARK.match(rest)
            or LEAD_IN.search(text[start:b])
            or re.search(r"(?:表现[为在于]|体现在|问题|不足|短板|差距|困难|薄弱环节|方面|是|有|措施)[：:]$", text[a:b])
        )
        lists_now = text[b - 1] in "，," and re.match(r"[一二三四五六七八九]是|一要|首先|第[二三四五六]，", rest)
        if rest and (opens or lists_now):
            yield start, b
            start = b
    if start < end:
        yield start, end


def _without_heading(
    text: str, spans: list[tuple[int, int]], has_list: bool
) -> tuple[str | None, tuple[tuple[int, int], ...]]:
    mark = LIST_MARK.match(text)
    if len(spans) < 2 or mark is None or INNER_MARK.match(mark["mark"]):
        return None, tuple(spans)
    start, end = spans[0]
    head = text[start:end].strip()
    if len(head) > HEAD_LONGEST or head[-1] not in "。：:" or PROBLEM_CUE.search(head):
        return None, tuple(spans)
    if len(spans) == 2 and not has_list and not re.search("[，,]", head):
        return None, ((start, spans[1][1]),)
    return head, tuple(spans[1:])
