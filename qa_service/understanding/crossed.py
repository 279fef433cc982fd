"""Questions that set one figure of one year against another figure of another year ("2017年微博和2018年微信差多少").

What is computed is computed for the same rows in each year, or for several rows of each year: such a question would come out
crossed, each row in both years.
"""

from collections.abc import Sequence

from qa_service.understanding.put_aside import is_content
from qa_service.understanding.reading import Reader, Reading

_TWO = 2
_CHANGE = "_change"


def find_crossed(reader: Reader, reading: Reading, concepts: Sequence[str]) -> str:
    """The part of the question that pairs two rows with two years, "" where every row is asked for every year."""
    spans = reading.year.spans
    if len(concepts) != _TWO or len(reading.year.years) != _TWO or len(spans) != _TWO:
        return ""
    if any(concept.endswith(_CHANGE) for concept in concepts):
        # "Increased or decreased" is no second row.
        return ""
    first, second = (reader.names.by_id[concept] for concept in concepts)
    names, units = reader.names, reading.units
    own: dict[str, list[int]] = {first.id: [], second.id: []}
    for word in reading.words:
        covering = [concept.id for concept in (first, second) if is_content(word) and names.covers(concept, word)]
        if len(covering) == 1:
            own[covering[0]].append(units[word.start].start)
    border = spans[1][0]
    before, after = own[first.id], own[second.id]
    if before and after and spans[0][0] < min(before) <= max(before) < border < min(after):
        return reading.text[spans[0][0] : spans[1][1]]
    return ""
