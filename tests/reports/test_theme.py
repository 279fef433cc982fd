"""Themes of sentences."""

from reports.theme import match_themes


def test_a_list_of_rules_names_no_theme() -> None:
    assert "training" in match_themes("加强培训")
    assert "training" not in match_themes("建立健全审查、培训、考核等工作制度")


def test_a_paragraph_that_is_one_long_list_is_read_at_once() -> None:
    # Tried from every character and every mark, this would take hours.
    assert match_themes("、等" * 10_000) == match_themes("、等")
