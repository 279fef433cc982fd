"""Synthetic reports as the parts that reading a file would give, and as text files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path

from eval.agency_names import BodyName, pinyin_place
from eval.facts import Facts, make_facts, parse_cell
from eval.forms import edition_of
from eval.printed import render_annex_word, render_article20_word, render_disputes_word, render_matrix_word
from eval.synthetic.bodies import fictional_bodies
from eval.synthetic.figures import Raw, draw_figures
from eval.synthetic.layout import cell_places
from indicators.observation import Missing, Observation
from ingest.ingestion import Ingestion
from reports.agency import Agency
from reports.citation import Citation
from reports.document import Source
from reports.place import Place
from reports.report import Report

_NO_PLACE = Place()
_ABSENT = {"": Missing.BLANK, "/": Missing.NOT_APPLICABLE}


@dataclass(frozen=True)
class SyntheticCorpus:
    """A corpus of `agencies` fictional bodies, one report for each of `years`; the same for the same seed."""

    agencies: int
    years: tuple[int, ...]
    seed: int = 0

    @property
    def bodies(self) -> tuple[BodyName, ...]:
        """The agencies' names, in the order of their numbers."""
        return _bodies(self.agencies, self.seed)

    def ingestions(self) -> Iterator[Ingestion]:
        """All reports, agency by agency, as reading their files would give them (figures, no prose, no table grid)."""
        for number, agency in enumerate(self._agencies()):
            for year in self.years:
                yield make_ingestion(agency, year, draw_figures(self.seed, number, year))

    def facts(self, agencies: Sequence[int] | None = None, years: Sequence[int] | None = None) -> Facts:
        """Every cell of every report, or of those of the given agencies (by number) and years; always all bodies."""
        units = {edition: {key: place.unit for key, place in cell_places(edition).items()} for edition in "ABC"}
        cells = make_facts(
            parse_cell(
                f"s{number}_{year}",
                self.bodies[number].official,
                year,
                key,
                raw,
                {key[0]: units[edition_of(year)][key]},
            )
            for number in (range(self.agencies) if agencies is None else agencies)
            for year in (self.years if years is None else years)
            for key, raw in draw_figures(self.seed, number, year).items()
        )
        return replace(cells, bodies={body.official: body for body in self.bodies})

    def write_texts(self, folder: Path) -> Iterator[Path]:
        """The same reports as text files (Word export style), one after the other."""
        folder.mkdir(parents=True, exist_ok=True)
        for number, body in enumerate(self.bodies):
            for year in self.years:
                path = folder / f"s{number}_{year}.txt"
                path.write_text(render_text(body, year, draw_figures(self.seed, number, year)), encoding="utf-8")
                yield path

    def _agencies(self) -> tuple[Agency, ...]:
        return tuple(_agency(body, number) for number, body in enumerate(self.bodies))


@cache
def _bodies(count: int, seed: int) -> tuple[BodyName, ...]:
    return fictional_bodies(count, seed)


def _agency(body: BodyName, number: int) -> Agency:
    places = tuple(place for place in (body.city, body.district) if place)
    english = " ".join((*(pinyin_place(place) for place in reversed(places)), body.kind.english[0]))
    return Agency(f"s{number}", body.official, english, places)


def make_ingestion(agency: Agency, year: int, raw: Raw) -> Ingestion:
    """One report with all its figures."""
    edition = edition_of(year)
    places = cell_places(edition)
    digest = sha256(f"{agency.id}/{year}/{agency.name}".encode()).hexdigest()
    report_id = f"{agency.id}_{year}-{digest[:8]}"
    observations = []
    for key, text in raw.items():
        place = places[key]
        missing = _ABSENT.get(text)
        unit = "万元" if text.endswith("万元") else place.unit
        observations.append(
            Observation(
                indicator=key[0],
                label=place.label,
                agency=agency.id,
                year=year,
                citation=Citation(
                    report_id,
                    text,
                    f"{place.row_label} | {place.column_label} | {text}",
                    place.section,
                    place.table,
                    place.table_title,
                    place.row,
                    place.column,
                    place.row_label,
                    place.column_label,
                    _NO_PLACE,
                ),
                applicant=key[1],
                value=None if missing else Decimal(text.removesuffix("万元")),
                missing=missing,
                unit=unit,
            )
        )
    source = Source(f"{agency.id}_{year}.txt", digest, "text", len(raw) * 20)
    title = f"{agency.name}{year}年政府信息公开工作年度报告"
    return Ingestion(Report(report_id, agency, year, title, edition, source, (), ()), tuple(observations))


def render_text(body: BodyName, year: int, raw: Raw, overview: str = "本报告为测试用的虚构数据。") -> str:
    """One report as a text file. overview: the prose of its first section."""
    edition = edition_of(year)
    title = f"{body.official}\n{year}年政府信息公开工作年度报告\n\n"
    if edition == "A":
        annex = render_annex_word(raw)
        return f"{title}一、概述\n{overview}\n\n附件\n政府信息公开情况统计表\n（{year}年度）\n填报单位：{body.official}\n{annex}"
    return (
        f"{title}一、总体情况\n{overview}\n\n二、主动公开政府信息情况\n{render_article20_word(raw, edition)}\n"
        f"三、收到和处理政府信息公开申请情况\n{render_matrix_word(raw, edition)}\n"
        f"四、政府信息公开行政复议、行政诉讼情况\n{render_disputes_word(raw)}\n"
        "五、存在的主要问题及改进情况\n无。\n\n六、其他需要报告的事项\n无。\n"
    )
