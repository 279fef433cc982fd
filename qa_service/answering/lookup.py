"""Fetches what the reports say about concepts, bodies and years, and settles which indicator of the form answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indicators.arithmetic import add
from indicators.catalogue import Catalogue, Comparable, Indicator
from indicators.observation import Exactness, Missing, Observation, Origin
from qa_service.answering.corpus import Corpus
from qa_service.answering.datum import Absence, Datum
from qa_service.understanding.asked_concepts import unit_fits
from qa_service.understanding.indicator_names import Concept, IndicatorNames


@dataclass
class Lookup:
    """Fetches the figures of many (body, year, concept) at once: one query, whatever the number.

    usual: where the wording fits several indicators, take the first (most usual) one instead of asking back.
    """

    corpus: Corpus
    usual: bool = False
    _found: dict[tuple[str, int, str], list[Observation]] = field(default_factory=dict)

    @property
    def _names(self) -> IndicatorNames:
        return self.corpus.reader.names

    @property
    def _catalogue(self) -> Catalogue:
        return self.corpus.catalogue

    def fetch(self, points: Sequence[tuple[str, int]], concepts: Sequence[Concept]) -> None:
        """Loads what `datum` will need."""
        ids = self._indicator_ids(concepts)
        pairs = [
            point
            for point in points
            if self.corpus.edition(*point) is not None or point[1] in self.corpus.years(point[0])
        ]
        if not ids or not pairs:
            return
        agencies = sorted({agency for agency, _ in pairs})
        years = sorted({year for _, year in pairs})
        every = len(agencies) > 400
        for observation in self.corpus.observations(ids, None if every else agencies, years):
            self._found.setdefault((observation.agency, observation.year, observation.indicator or ""), []).append(
                observation
            )

    def _indicator_ids(self, concepts: Sequence[Concept]) -> list[str]:
        ids: dict[str, None] = {}
        pending = list(concepts)
        seen: set[str] = set()
        while pending:
            concept = pending.pop()
            if concept.id in seen:
                continue
            seen.add(concept.id)
            for member in concept.members:
                indicator = self._catalogue.get(member)
                for wanted in (
                    member,
                    *indicator.sum_of,
                    *(link.id for link in indicator.comparable_with),
                    *self._topic(indicator),
                ):
                    ids[wanted] = None
            pending += [self._names.by_id[other] for other in (*concept.choose, *concept.sum)]
        return list(ids)

    def _topic(self, indicator: Indicator) -> list[str]:
        return [other.id for other in self._catalogue.of_topic(indicator.topic)] if indicator.topic else []

    def datum(
        self,
        agency: str,
        year: int,
        concept: Concept,
        applicant: str | None = None,
        unit: str = "",
        labels: Sequence[str] = (),
    ) -> Datum:
        """The outcome for one point; `fetch` must have been called with it."""
        edition = self.corpus.edition(agency, year)
        if year not in self.corpus.years(agency):
            return Datum(agency, year, concept, self._representative(concept), applicant, absence=Absence.NO_REPORT)
        member = self._member(concept, edition, agency, year, labels)
        if member is not None:
            return self._of_indicator(agency, year, concept, member, applicant)
        if concept.sum:
            return self._of_sum(agency, year, concept, applicant)
        if concept.choose:
            return self._of_choice(agency, year, concept, edition, applicant, unit)
        return self._not_in_form(agency, year, concept, applicant, labels)

    def _member(
        self, concept: Concept, edition: str | None, agency: str, year: int, labels: Sequence[str]
    ) -> Indicator | None:
        members = [self._catalogue.get(member) for member in concept.members]
        named = [member for member in members if member.id in labels]
        for member in (*named, *members):
            asked_by_form = member.in_edition(edition) or (
                bool(member.sum_of) and any(self._catalogue.get(part).in_edition(edition) for part in member.sum_of)
            )
            if asked_by_form and (member.forms[edition or ""].only_in is None if edition in member.forms else True):
                return member
            if self._found.get((agency, year, member.id)):
                return member
        return None

    def _of_indicator(
        self, agency: str, year: int, concept: Concept, indicator: Indicator, applicant: str | None
    ) -> Datum:
        if applicant and not indicator.by_applicant:
            whole = self._cells(agency, year, indicator, None)
            return Datum(
                agency,
                year,
                concept,
                indicator,
                applicant,
                absence=Absence.NOT_BY_APPLICANT,
                comparable=tuple(
                    (cell, Comparable(indicator.id, "similar", "all applicants together")) for cell in whole[:1]
                ),
                texts=self._sentences(agency, year, indicator),
            )
        column = applicant or ("total" if indicator.by_applicant else None)
        if applicant and (group := self._applicant_group(applicant)):
            cells = [cell for part in group for cell in self._cells(agency, year, indicator, part)[:1]]
            if not indicator.sum_of or cells:
                return self._sum_of_cells(agency, year, concept, indicator, applicant, cells)
        cells = self._cells(agency, year, indicator, column)
        if cells:
            texts = () if applicant not in (None, "total") else self._disagreeing(agency, year, indicator, cells[0])
            return Datum(agency, year, concept, indicator, applicant, cells[0], texts=texts)
        if indicator.sum_of:
            parts = [
                cell
                for part in indicator.sum_of
                for cell in self._cells(
                    agency, year, self._catalogue.get(part), column if self._catalogue.get(part).by_applicant else None
                )[:1]
            ]
            if parts:
                return self._sum_of_cells(agency, year, concept, indicator, applicant, parts)
        texts = self._sentences(agency, year, indicator) if applicant in (None, "total") else ()
        if texts:
            return Datum(
                agency,
                year,
                concept,
                indicator,
                applicant,
                texts[0],
                texts=tuple(text for text in texts[1:] if text.value != texts[0].value),
            )
        return Datum(
            agency,
            year,
            concept,
            indicator,
            applicant,
            absence=Absence.NOT_IN_REPORT,
            comparable=self._comparables(agency, year, indicator),
        )

    def _applicant_group(self, applicant: str) -> tuple[str, ...]:
        return self._catalogue.applicant(applicant).sum_of

    def _cells(self, agency: str, year: int, indicator: Indicator, applicant: str | None) -> list[Observation]:
        found = self._found.get((agency, year, indicator.id), [])
        return [
            observation
            for observation in found
            if observation.origin is Origin.TABLE and observation.applicant == applicant
        ]

    def _sentences(self, agency: str, year: int, indicator: Indicator) -> tuple[Observation, ...]:
        """Sentences that state the indicator: under its own id or under an id of the same topic."""
        ids = [
            indicator.id,
            *(
                other
                for other in self._topic(indicator)
                if other != indicator.id
                and not self._catalogue.get(other).in_edition(self.corpus.edition(agency, year))
            ),
        ]
        return tuple(
            observation
            for other in ids
            for observation in self._found.get((agency, year, other), [])
            if observation.origin is Origin.TEXT
        )

    def _disagreeing(self, agency: str, year: int, indicator: Indicator, cell: Observation) -> tuple[Observation, ...]:
        exact = [
            text
            for text in self._sentences(agency, year, indicator)
            if text.exactness is Exactness.EXACT and text.value is not None
        ]
        different = [text for text in exact if text.value != cell.value]
        by_value = {text.value: text for text in reversed(different)}
        return tuple(text for text in different if by_value[text.value] is text)

    def _sum_of_cells(
        self,
        agency: str,
        year: int,
        concept: Concept,
        indicator: Indicator,
        applicant: str | None,
        cells: Sequence[Observation],
    ) -> Datum:
        filled = [cell for cell in cells if cell.value is not None]
        blanks = tuple(cell for cell in cells if cell.value is None)
        if not filled or any(cell.missing is Missing.UNREADABLE for cell in blanks):
            return Datum(agency, year, concept, indicator, applicant, (blanks or tuple(cells) or (None,))[0])
        return Datum(agency, year, concept, indicator, applicant, derived=add(filled), blanks=blanks)

    def _of_sum(self, agency: str, year: int, concept: Concept, applicant: str | None) -> Datum:
        parts = [self.datum(agency, year, self._names.by_id[other], applicant) for other in concept.sum]
        cells = [part.observation for part in parts if part.observation is not None]
        representative = parts[0].indicator
        if not cells or any(part.absence for part in parts):
            return self._not_in_form(agency, year, concept, applicant)
        assert representative is not None
        if any(cell.indicator and self._catalogue.get(cell.indicator).kind == "change" for cell in cells):
            return self._of_change(agency, year, concept, representative, cells)
        heading = self._catalogue.find(representative.parent) or representative
        above = self._catalogue.find(heading.parent) or heading
        summed = self._sum_of_cells(agency, year, concept, above, applicant, cells)
        # The sum of one outcome over two headings is no indicator of its own: it must not bear the heading's id.
        outcome, outcome_en = representative.zh.split("：")[-1], representative.en.split(": ")[-1]
        return replace(
            summed,
            indicator=None,
            label=f"{above.zh}：{outcome}",
            label_en=f"{above.en}: {outcome_en} ({above.zh}：{outcome})",
        )

    def _of_change(
        self, agency: str, year: int, concept: Concept, before: Indicator, cells: Sequence[Observation]
    ) -> Datum:
        """What there is now: the number of the year before and this year's change, both of which must be there."""
        missing = next((cell for cell in cells if cell.value is None), None)
        if missing is not None or len({cell.unit for cell in cells}) > 1:
            return Datum(agency, year, concept, before, None, missing or cells[0])
        heading = self._catalogue.find(before.parent) or before
        return Datum(
            agency,
            year,
            concept,
            derived=add(cells),
            label=f"{heading.zh}：本年项目数量",
            label_en=f"{heading.en}: number of matters this year ({heading.zh}：本年项目数量)",
        )

    def _of_choice(
        self, agency: str, year: int, concept: Concept, edition: str | None, applicant: str | None, unit: str
    ) -> Datum:
        options = [option for other in concept.choose for option in self._with_parts(other, edition, agency, year)]
        present = [
            (option, member)
            for option in options
            if (member := self._member(option, edition, agency, year, ())) is not None
        ]
        fitting = (
            [
                (option, member)
                for option, member in present
                if unit_fits(self.corpus.reader, option.id, unit) and unit_is(member, unit)
            ]
            if unit
            else []
        )
        chosen = fitting if len(fitting) == 1 else present[:1] if self.usual else present
        if len(chosen) == 1:
            return self.datum(agency, year, chosen[0][0], applicant)
        if present:
            options_named = tuple(dict.fromkeys(member.id for _, member in chosen))
            choices = tuple(self._catalogue.get(member) for member in options_named)
            return Datum(agency, year, concept, None, applicant, choices=choices)
        return self._not_in_form(agency, year, options[0] if options else concept, applicant)

    def _with_parts(self, concept_id: str, edition: str | None, agency: str, year: int) -> list[Concept]:
        """The concept, or the concepts that add up to it where the form has no row of its own for it."""
        concept = self._names.by_id[concept_id]
        if concept.sum and self._member(concept, edition, agency, year, ()) is None:
            return [self._names.by_id[part] for part in concept.sum]
        return [concept]

    def _not_in_form(
        self, agency: str, year: int, concept: Concept, applicant: str | None, labels: Sequence[str] = ()
    ) -> Datum:
        named = next((member for member in concept.members if member in labels), None)
        indicator = self._catalogue.get(named) if named else self._representative(concept)
        if indicator is not None and not indicator.forms:
            return Datum(agency, year, concept, indicator, applicant, absence=Absence.NOT_IN_REPORT)
        comparable = self._comparables(agency, year, indicator) if indicator else ()
        return Datum(agency, year, concept, indicator, applicant, absence=Absence.NOT_IN_FORM, comparable=comparable)

    def _representative(self, concept: Concept) -> Indicator | None:
        if concept.members:
            return self._catalogue.get(concept.members[0])
        others = (*concept.choose, *concept.sum)
        return self._representative(self._names.by_id[others[0]]) if others else None

    def _comparables(self, agency: str, year: int, indicator: Indicator) -> tuple[tuple[Observation, Comparable], ...]:
        """What the same report has that the catalogue links to the indicator, with the link that says how far it compares."""
        found: list[tuple[Observation, Comparable]] = []
        for link in indicator.comparable_with:
            if link.level == "not_comparable":
                continue
            linked = self._catalogue.get(link.id)
            cells = self._cells(agency, year, linked, "total" if linked.by_applicant else None)
            cells = cells or [
                text for text in self._found.get((agency, year, linked.id), []) if text.origin is Origin.TEXT
            ]
            found += [(cell, link) for cell in cells[:1]]
        return tuple(found)


def unit_is(indicator: Indicator, unit: str) -> bool:
    """Whether the measure word said is the indicator's own unit ("件", "项", "万元")."""
    same = {"元": "万元", "钱": "万元", "起": "件", "份": "件", "宗": "件", "个": indicator.unit or ""}
    return (indicator.unit or "") == same.get(unit, unit)
