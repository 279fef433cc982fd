"""The sources of the sample reports: prose and the figures that are not zero, one YAML file per report."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from eval.forms import APPLICANTS, ARTICLE_20, DISPUTES, MATRIX, annex_rows, edition_of
from eval.printed import (
    Figures,
    render_annex_pipes,
    render_annex_word,
    render_article20_word,
    render_disputes_word,
    render_matrix_word,
)


_FORMATS = ("html", "docx", "pdf")


@dataclass(frozen=True)
class Sample:
    """One sample report. figures: raw text of every cell of its official tables; text has {annex}-like marks.

    style: "word" and "pipes" are the two kinds of text export; "html", "docx" and "pdf" are made from the Word export.
    """

    id: str
    agency: str
    year: int
    edition: str
    style: str
    ten_section: bool
    figures: Figures
    text: str

    @property
    def file_name(self) -> str:
        """The name of its file in samples/."""
        return f"{self.id}.{self.style if self.style in _FORMATS else 'txt'}"

    def render(self) -> str:
        """The report as a text file shows it, tables in place."""
        return self.text.format(**self._tables()).replace("\n\n\n", "\n\n")

    def _tables(self) -> dict[str, str]:
        if self.edition == "A":
            render = render_annex_pipes if self.style == "pipes" else render_annex_word
            return {"annex": render(self.figures, ten_section=self.ten_section)}
        return {
            "article20": render_article20_word(self.figures, self.edition),
            "matrix": render_matrix_word(self.figures, self.edition),
            "disputes": render_disputes_word(self.figures),
        }


def load_samples() -> tuple[Sample, ...]:
    """All samples, sorted by id. Raises ValueError naming the source and the figure that its form does not have."""
    sources = sorted(entry.name for entry in files("eval.samples").iterdir() if entry.name.endswith(".yaml"))
    return tuple(_read_sample(name) for name in sources)


@cache
def sample_formats() -> dict[str, str]:
    """The file format of each sample, by id."""
    return {sample.id: sample.style if sample.style in _FORMATS else "text" for sample in load_samples()}


def _read_sample(name: str) -> Sample:
    source = yaml.safe_load(files("eval.samples").joinpath(name).read_text(encoding="utf-8"))
    edition = edition_of(source["year"])
    ten_section = source.get("ten_section", False)
    figures = dict.fromkeys(_cells(edition, ten_section), "0")
    for key, raw in _given(source):
        if key not in figures:
            raise ValueError(f"{name}: form {edition} has no cell {key}")
        figures[key] = raw
    return Sample(
        id=name.removesuffix(".yaml"),
        agency=source["agency"],
        year=source["year"],
        edition=edition,
        style=source["style"],
        ten_section=ten_section,
        figures=figures,
        text=source["text"],
    )


def _cells(edition: str, ten_section: bool) -> Iterator[tuple[str, str | None]]:
    if edition == "A":
        yield from ((row.indicator, None) for row in annex_rows(ten_section=ten_section) if row.indicator)
        return
    yield from ((name, None) for block in ARTICLE_20[edition] for _, names in block.rows for name in names)
    yield from ((row.indicator, applicant) for row in MATRIX[edition] for applicant in (*APPLICANTS, "total"))
    yield from ((name, None) for name in DISPUTES)


def _given(source: dict[str, Any]) -> Iterator[tuple[tuple[str, str | None], str]]:
    for prefix, values in source["figures"].items():
        for leaf, raw in values.items():
            yield (f"{prefix}.{leaf}" if leaf else prefix, None), str(raw)
    for indicator, row in source.get("applicants", {}).items():
        for applicant, count in zip((*APPLICANTS, "total"), (*row, sum(row)), strict=True):
            yield (indicator, applicant), str(count)
