"""Prose of a report: a passage to be found and quoted, and what an agency called a problem or said it would do."""

from dataclasses import dataclass, field

from reports.place import Place


@dataclass(frozen=True, slots=True)
class Passage:
    """A few whole sentences of one section, or one table row written out.

    id: f"{report}-{12 hex digits}" over content and section: the same text keeps its id when the file is read again.
    section: heading path joined by " / ", "" before the first heading.
    kind: "prose" (verbatim, paragraphs joined by a line break) or "table_row" (labels and figures of one row).
    position: 0-based ordinal in the report's reading order; neighbours in a section differ by one.
    sentences: (start, end) offsets in `text` of its sentences, in order, without overlap.
    """

    id: str
    report: str
    agency: str
    year: int
    section: str
    kind: str
    text: str
    position: int
    sentences: tuple[tuple[int, int], ...] = ()
    place: Place = field(default_factory=Place)

    def sentence_texts(self) -> tuple[str, ...]:
        """Its sentences as printed, outer white space removed."""
        return tuple(self.text[start:end].strip() for start, end in self.sentences)


@dataclass(frozen=True, slots=True)
class Commitment:
    """A problem an agency names, or a measure it promises, in its own words.

    id: f"{report}.P1" for problems, f"{report}.C1" for commitments, counted in reading order.
    kind: "problem" or "commitment". quote: the exact characters of the report.
    themes: ids of `ingest.commitment_themes.THEMES`, the most telling first. cue: the words it was recognised by.
    target_year: the year the measure is meant for, only where the report states one ("2023年，我局将", "明年").
    answers: ids of the problems of the same report that share a theme with it (commitments only).
    position: 0-based ordinal among the report's problems and commitments.
    """

    id: str
    report: str
    agency: str
    year: int
    kind: str
    quote: str
    section: str
    themes: tuple[str, ...] = ()
    cue: str = ""
    target_year: int | None = None
    answers: tuple[str, ...] = ()
    position: int = 0
    place: Place = field(default_factory=Place)
