"""Gold questions: the files keep their form, and every figure in them stands in the reports as they are stored."""

import json
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from eval.corpora import Corpus
from eval.gold_file import GoldError, read_gold, write_gold
from eval.question import ExpectedFigure
from eval.sets import GOLD_FOLDER
from indicators.catalogue import load_catalogue
from indicators.observation import Observation
from tests.eval.corpora_here import find_set, generated_questions, samples_corpus, tiny_synthetic

SCHEMA = json.loads(files("eval").joinpath("gold", "schema.json").read_text(encoding="utf-8"))
LINE = '{"id": "a", "language": "zh", "type": "lookup", "turns": [{"question": "?"}]}'


@pytest.mark.parametrize("path", sorted(GOLD_FOLDER.glob("*.jsonl")), ids=lambda path: path.stem)
def test_gold_files_fit_the_schema(path: Path) -> None:
    validator = Draft202012Validator(SCHEMA)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        errors = [error.message for error in validator.iter_errors(json.loads(line))]
        assert not errors, f"line {number}: {errors}"


def test_written_questions_read_back_the_same(tmp_path: Path) -> None:
    questions = (*generated_questions(samples_corpus()), *read_gold(GOLD_FOLDER / "real.jsonl"))
    write_gold(tmp_path / "gold.jsonl", questions)
    assert read_gold(tmp_path / "gold.jsonl") == questions


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "must be an object"),
        (LINE.replace('"zh"', '"fr"'), "language 'fr'"),
        (LINE.replace('[{"question": "?"}]', "[]"), "at least one turn"),
        (LINE.replace('"type"', '"kind"'), "unknown field 'kind'"),
        (LINE.replace('"?"', '"?", "expect": {"figures": [{"value": "12件"}]}'), "'12件' is no decimal"),
        (LINE.replace('"?"', '"?", "expect": {"figures": [{"value": null}]}'), "a reason why it is missing"),
        (LINE.replace('"?"', '"?", "expect": {"statuses": ["maybe"]}'), "status 'maybe'"),
        (LINE.replace('"a"', '"first"'), "used twice"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(LINE.replace('"a"', '"first"') + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(GoldError, match=r"gold.jsonl, line 2: ") as error:
        read_gold(path)
    assert reason in str(error.value)


@pytest.mark.parametrize("name", ["real", "domain", "samples"])
def test_every_figure_stands_in_the_store(name: str, tmp_path: Path) -> None:
    questions = find_set(name)
    expected = {
        figure
        for question in questions.load()
        for turn in question.turns
        if turn.expect
        for figure in (*turn.expect.figures, *turn.expect.also)
        if figure.operation == "lookup"
        and figure.indicators
        and figure.missing != "not_in_form"
        and "narrative" not in str(figure.indicators)
    }
    stored = stored_figures(questions.corpus, tmp_path)
    assert expected
    assert not [figure for figure in expected if not stored & slots(figure)]


@pytest.mark.parametrize("make", [samples_corpus, tiny_synthetic, lambda: find_set("real").corpus])
def test_facts_are_what_is_stored(make: object, tmp_path: Path) -> None:
    assert callable(make)
    corpus: Corpus = make()
    with corpus.open(tmp_path) as library:
        names = {agency.id: agency.name for agency in library.store.agencies()}
        observations = [each for agency in names for each in library.store.observations(agencies=[agency])]
    stored = {
        (names[each.agency], each.year, each.indicator, each.applicant): (each.value, each.missing, each.unit)
        for each in observations
        if each.origin == "table" and each.indicator
    }
    assert stored == {key: (fact.value, fact.missing, fact.unit) for key, fact in corpus.facts.cells.items()}


def stored_figures(corpus: Corpus, folder: Path) -> set[tuple[object, ...]]:
    with corpus.open(folder) as library:
        names = {agency.id: agency.name for agency in library.store.agencies()}
        found = [each for agency in names for each in library.store.observations(agencies=[agency])]
    return {stored_slot(each, names[each.agency]) for each in found}


def stored_slot(each: Observation, agency: str) -> tuple[object, ...]:
    return (agency, each.year, each.indicator, each.applicant, each.value, each.missing)


def slots(figure: ExpectedFigure) -> set[tuple[object, ...]]:
    """The figure as the store would hold it, under each of its indicators."""
    value = None if figure.value is None else Decimal(figure.value)
    return {(figure.agency, figure.year, name, figure.applicant, value, figure.missing) for name in figure.indicators}


def test_indicators_of_gold_figures_are_in_the_catalogue() -> None:
    catalogue = load_catalogue()
    for path in GOLD_FOLDER.glob("*.jsonl"):
        for question in read_gold(path):
            for turn in question.turns:
                for figure in turn.expect.figures if turn.expect else ():
                    assert all(catalogue.find(name) for name in figure.indicators), question.id
