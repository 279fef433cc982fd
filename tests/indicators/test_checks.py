"""The identities of the forms on figures made for the purpose."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.catalogue import load_catalogue
from indicators.checks import load_rules, run_checks
from indicators.observation import Imbalance, Missing, Observation
from reports.citation import Citation
from reports.document import Paragraph
from reports.report import Section

CATALOGUE = load_catalogue()
APPLICANTS = [applicant.id for applicant in CATALOGUE.applicants]


def figure(
    indicator: str, value: int | None, applicant: str | None = None, missing: Missing | None = None, row: int = 0
) -> Observation:
    reason = missing or (Missing.BLANK if value is None else None)
    return Observation(
        indicator, indicator, "agency", 2021, Citation("report", "", "", table="t1", row=row, column=1),
        applicant=applicant, value=None if value is None else Decimal(value), missing=reason,
    )  # fmt: skip


def outcome(
    rule: str, figures: list[Observation], edition: str, previous: list[Observation] | None = None
) -> Imbalance:
    found = [each for each in run_checks(figures, edition, CATALOGUE, previous=previous or []) if each.rule == rule]
    return found[0]


def test_every_operand_of_every_rule_is_in_the_catalogue() -> None:
    for rule in load_rules():
        for operand in (*rule.lhs, *rule.rhs):
            name, _, at = operand.partition("@")
            assert name == "{row}" or CATALOGUE.find(name), (rule.id, operand)
            assert at in ("", "year-1", *APPLICANTS)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(-3, 3))
def test_a_sum_holds_exactly_if_it_adds_up(on_time: int, extended: int, error: int) -> None:
    figures = [
        figure("legacy.requests.closed", on_time + extended + error, row=1),
        figure("legacy.requests.closed.on_time", on_time, row=2),
        figure("legacy.requests.closed.extended", extended, row=3),
    ]
    found = outcome("A02", figures, "A")
    assert found.status == ("holds" if error == 0 else "fails")
    assert found.cells == (("t1", 1, 1), ("t1", 2, 1), ("t1", 3, 1))
    assert (found.left, found.right) == (Decimal(on_time + extended + error), Decimal(on_time + extended))


def test_blank_counts_as_zero_and_the_outcome_says_so() -> None:
    figures = [
        figure("legacy.requests.closed", 3),
        figure("legacy.requests.closed.on_time", 3),
        figure("legacy.requests.closed.extended", None),
    ]
    assert outcome("A02", figures, "A").status == "holds_if_blank_is_zero"


def test_a_blank_total_is_no_wrong_total() -> None:
    figures = [
        figure("legacy.requests.closed", None),
        figure("legacy.requests.closed.on_time", 3),
        figure("legacy.requests.closed.extended", 1),
    ]
    assert outcome("A02", figures, "A").status == "not_evaluable"


def test_an_unreadable_or_missing_figure_cannot_be_checked() -> None:
    parts = [figure("legacy.requests.closed.on_time", 3), figure("legacy.requests.closed.extended", 1)]
    unreadable = figure("legacy.requests.closed", None, missing=Missing.UNREADABLE)
    assert outcome("A02", [unreadable, *parts], "A").status == "not_evaluable"
    assert outcome("A02", [figure("legacy.requests.closed", 3), parts[0]], "A").remark == (
        "not in the report: legacy.requests.closed.extended"
    )


def test_the_matrix_is_checked_column_by_column_and_row_by_row() -> None:
    figures = [figure("requests.new_received", 2 if each == "total" else 0, each, row=1) for each in APPLICANTS]
    figures += [figure("requests.carried_over", 0, each, row=2) for each in APPLICANTS]
    figures += [figure("requests.results.total", 2 if each == "total" else 0, each, row=3) for each in APPLICANTS]
    figures += [figure("requests.carried_forward", 0, each, row=4) for each in APPLICANTS]
    outcomes = run_checks(figures, "C", CATALOGUE)
    columns = {each.instance: each.status for each in outcomes if each.rule == "M01"}
    rows = {each.instance: each.status for each in outcomes if each.rule == "M03"}
    assert columns == dict.fromkeys(APPLICANTS, "holds")
    assert rows["requests.new_received"] == "fails"
    assert rows["requests.carried_over"] == "holds"


def test_rules_over_two_years_need_the_year_before() -> None:
    now = [figure("requests.carried_over", 3, "total")]
    assert outcome("X01", now, "C").status == "not_evaluable"
    assert outcome("X01", now, "C", [figure("requests.carried_forward", 3, "total")]).status == "holds"
    assert outcome("X01", now, "C", [figure("requests.carried_forward", 4, "total")]).status == "fails"


def test_rules_on_the_text() -> None:
    def status(rule: str, unpaid: int, five: str | None, six: str) -> str:
        sections = [Section(("六、其他需要报告的事项",), (Paragraph(six),))]
        if five is not None:
            sections.insert(0, Section(("五、存在的主要问题及改进情况",), (Paragraph(five),)))
        figures = [figure("requests.results.other.fee_unpaid", unpaid, "total")]
        found = run_checks(figures, "C", CATALOGUE, sections=sections)
        return next(each.status for each in found if each.rule == rule)

    assert status("T01", 0, "", "无") == "holds"
    assert status("T01", 2, "", "无") == "fails"
    assert status("T01", 2, "", "收取信息处理费20元。") == "holds"
    assert status("T02", 0, "仍有不足。", "无") == "holds"
    assert status("T02", 0, "无。", "无") == "fails"
    assert status("T02", 0, None, "无") == "not_evaluable"


def test_no_rule_runs_without_an_edition() -> None:
    assert run_checks([figure("legacy.requests.closed", 3)], None, CATALOGUE) == []
