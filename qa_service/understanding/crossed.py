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
    rows = sorted((places for places in own.values() if places), key=min)
    if len(rows) != _TWO or max(rows[0]) > min(rows[1]):
        return ""
    # Year, row, year, row, or row, year, row, year.
    years = [start for start, _ in spans]
    in_turns = (
        years[0] < min(rows[0]) <= max(rows[0]) < years[1] < min(rows[1]),
        (max(rows[0]) < years[0] < min(rows[1]) <= max(rows[1]) < years[1]),
    )
    return reading.text[min(years[0], min(rows[0])) : spans[1][1]] if any(in_turns) else ""
