"""Everyday words to indicators."""

import pytest

from indicators.catalogue import load_catalogue
from qa_service.understanding.indicator_names import load_indicator_names
from qa_service.understanding.normal_form import normalise
from qa_service.understanding.words import segment, units_of

CATALOGUE = load_catalogue()
NAMES = load_indicator_names(CATALOGUE)


def best(text: str) -> str | None:
    phrase = normalise(text)
    matches = NAMES.match(segment(units_of(phrase), phrase, [NAMES.vocabulary]))
    return matches[0].concept.id if matches else None


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("收到多少件政府信息公开申请", "requests_received"),
        ("网上提交的申请", "request_online"),
        ("网站上发了多少条信息", "website"),
        ("online requests", "request_online"),
        ("items on the government website", "website"),
        ("部分公开的申请", "partial"),
        ("复议后被纠正的", "review_corrected"),
        ("复议后起诉", "after_review_total"),
        ("requests carried over from last year", "carried_over"),
        ("结转到下年度的申请", "carried_forward"),
        ("行政处罚决定", "penalty_decisions"),
        ("行政许可", "license"),
        ("收费", "fee"),
        ("其他情形数", "dispute_other"),
        ("people trained", "trainees"),
        ("training courses", "trainings"),
    ],
)
def test_words(text: str, concept: str) -> None:
    assert best(text) == concept


def test_labels_that_several_rows_share_name_none_of_them() -> None:
    shared = NAMES.vocabulary.phrases[normalise("其他情形数")]
    assert not [entry for entry in shared if entry.group == "label"]


def test_most_catalogue_aliases_lead_to_their_indicator() -> None:
    """The catalogue's aliases were collected apart from the lexicon, so they measure it."""
    right = total = 0
    for indicator in CATALOGUE.indicators:
        if not indicator.has_figure or not indicator.forms:
            continue
        for alias in (*indicator.aliases_zh, *indicator.aliases_en):
            concept = NAMES.by_id.get(best(alias) or "")
            options = [concept, *(NAMES.by_id[other] for other in (*concept.choose, *concept.sum))] if concept else []
            right += any(indicator.id in option.members for option in options)
            total += 1
    assert right / total >= 0.93, f"{right} of {total}"


def test_no_word_is_both_a_meaning_and_an_unquoted_yaml_boolean() -> None:
    assert "true" not in NAMES.vocabulary.phrases
    assert "false" not in NAMES.vocabulary.phrases
