"""Generated questions: many, distinct, the same for the same seed, and with other words where they are held out."""

import re
from collections import Counter

from eval.agency_names import pinyin_place
from eval.facts import Facts
from eval.generated.generator import Generator
from eval.generated.wordings import load_words
from indicators.catalogue import load_catalogue
from tests.eval.corpora_here import SMALL, samples_corpus


def all_questions(facts: Facts, seed: int = 0) -> list[str]:
    return [
        " / ".join(turn.question for turn in question.turns) for question in Generator(facts, "t", seed).questions(2)
    ]


def test_the_same_seed_gives_the_same_questions_and_another_others() -> None:
    facts = samples_corpus().facts
    first = all_questions(facts)
    assert first == all_questions(facts)
    assert len(set(first)) == len(first)
    assert set(first) != set(all_questions(facts, seed=1))


def test_there_are_enough_of_every_type_and_split() -> None:
    synthetic = list(Generator(SMALL.facts(), "synthetic").questions(5))
    samples = list(Generator(samples_corpus().facts, "samples").questions(3))
    assert len(synthetic) + len(samples) >= 300
    assert len({question.id for question in (*synthetic, *samples)}) == len(synthetic) + len(samples)
    counts = Counter((question.type, question.split, question.language) for question in synthetic)
    assert set(counts.values()) == {5}
    assert len(counts) == 26 * 2 * 2


def test_held_out_wordings_are_other_wordings() -> None:
    words = load_words()
    for concept in words.concepts.values():
        for language in ("zh", "en"):
            for kind in ("np", "ask"):
                assert not {*concept.words[language, kind, "dev"]} & {*concept.words[language, kind, "heldout"]}
    for name, language, split in words.frames:
        if split == "dev":
            assert words.frames[name, language, "dev"] != words.frames[name, language, "heldout"]


def test_concepts_name_indicators_that_the_form_has() -> None:
    catalogue = load_catalogue()
    for concept in load_words().concepts.values():
        for edition, name in concept.ids.items():
            assert catalogue.get(name).in_edition(edition), (concept.id, edition)


def test_an_ambiguous_name_expects_a_question_back_and_a_clear_one_does_not() -> None:
    for question in Generator(SMALL.facts(), "t").questions(4):
        first = question.turns[0].expect
        assert first is not None
        assert ("needs_choice" in first.statuses) is (
            question.type in ("ambiguous_agency", "choice", "absent_agency")
        ), question.id


def test_a_choice_is_marked_by_what_stands_in_the_name_of_one_body_alone() -> None:
    facts = SMALL.facts()
    questions = list(Generator(facts, "t").questions(40, kinds=("choice",)))
    marked = [question for question in questions if question.turns[1].choose]
    assert {question.language for question in marked} == {"zh", "en"}
    for question in marked:
        asked, chosen = question.turns
        assert asked.expect is not None
        assert chosen.choose in asked.expect.choices
        assert [mark for mark in asked.expect.choices if chosen.choose.lower() in mark.lower()] == [chosen.choose]


def test_an_absent_body_sounds_like_no_present_one() -> None:
    for facts in (SMALL.facts(), samples_corpus().facts):
        bodies = facts.bodies.values()
        present = {pinyin_place(place) for body in bodies for place in (body.city, body.district) if place}
        questions = [
            question.turns[0].question
            for question in Generator(facts, "t").questions(30, kinds=("absent_agency",))
            if question.language == "en"
        ]
        assert questions
        for asked in questions:
            assert not present & set(re.findall(r"[A-Z][a-z]+", asked)), asked
