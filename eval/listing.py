"""What a run prints: a table per set and every failure with what was asked, expected and got."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from eval.matching import given_figure
from eval.measures import Measures, latency, measure, measure_by_type, measure_status
from eval.scoring import Outcome, Score, TurnScore, describe, describe_expected

_WIDTH = 160
_SYMBOL = {
    Outcome.WRONG_FIGURE: "!!",
    Outcome.FAILED: "xx",
    Outcome.WRONG: "x ",
    Outcome.REFUSED: "- ",
    Outcome.ASKED: "? ",
}


def render_set(name: str, scores: Sequence[Score]) -> str:
    """The table of one set: a line per type, with right per language, then the totals."""
    lines = [
        f"\n{name}",
        f"  {'type':<22}{'n':>4} {'right':>6} {'zh':>6} {'en':>6}  {'wrong figure':>12} {'wrong':>6} {'refused':>8} "
        f"{'asked':>6} {'failed':>7} {'cited':>6}",
    ]
    measured = measure_by_type(scores)
    types = dict.fromkeys(type_ for type_, _ in measured)
    lines += [_line(type_, measured) for type_ in types]
    by_language = {("all", language): measure(_of(scores, language)) for language in ("zh", "en")}
    lines.append(_line("all", {("all", "all"): measure(scores), **by_language}))
    splits = dict.fromkeys(score.question.split for score in scores)
    lines += [_split_line(split, scores) for split in splits if len(splits) > 1]
    refusals, questions = measure_status(scores, "not_found"), measure_status(scores, "needs_choice")
    p50, p95, p99 = (1000 * seconds for seconds in latency(scores))
    lines.append(
        f"  refusals: precision {refusals.precision:.2f} recall {refusals.recall:.2f} ({refusals.called_for} called for)"
        f" · asking back: precision {questions.precision:.2f} recall {questions.recall:.2f} ({questions.called_for})"
        f" · ms per turn: p50 {p50:.1f} p95 {p95:.1f} p99 {p99:.1f}"
    )
    return "\n".join(lines)


def _split_line(split: str, scores: Sequence[Score]) -> str:
    part = [score for score in scores if score.question.split == split]
    by_language = {("", language): measure(_of(part, language)) for language in ("zh", "en")}
    line = _line("", {("", "all"): measure(part), **by_language})
    return f"  {split:<22}{line[24:]}"


def _of(scores: Iterable[Score], language: str) -> list[Score]:
    return [score for score in scores if score.question.language == language]


def _line(type_: str, measured: Mapping[tuple[str, str], Measures]) -> str:
    every = measured[type_, "all"]
    languages = " ".join(_rate(measured.get((type_, language))) for language in ("zh", "en"))
    cited = f"{100 * every.cited_rate:5.0f}%" if every.citable else "     ·"
    counts = (every.wrong, every.refused, every.asked, every.failed)
    wrong, refused, asked, failed = (str(count or "·") for count in counts)
    return (
        f"  {type_:<22}{every.n:>4} {_rate(every)} {languages}  {every.wrong_figure or '·':>12} {wrong:>6} {refused:>8} "
        f"{asked:>6} {failed:>7} {cited}"
    )


def _rate(measures: Measures | None) -> str:
    return f"{100 * measures.right_rate:5.0f}%" if measures and measures.n else "     ·"


def render_failures(scores: Iterable[Score], names: Mapping[str, str], limit: int | None = None) -> str:
    """Every question that is not right, wrong figures first: what was asked, expected, got and understood.

    names: the service's agency ids with official names.
    """
    failures = [score for score in scores if score.outcome is not Outcome.RIGHT]
    failures.sort(key=lambda score: list(_SYMBOL).index(score.outcome))
    shown = failures if limit is None else failures[:limit]
    lines = [line for score in shown for line in _failure(score, names)]
    if len(shown) < len(failures):
        lines.append(f"… and {len(failures) - len(shown)} more (--failures all, or --out FOLDER)")
    return "\n".join(lines)


def _failure(score: Score, names: Mapping[str, str]) -> Iterator[str]:
    turn = score.worst
    yield f"{_SYMBOL[score.outcome]} {score.question.id}  {score.outcome}: {turn.reason}"
    yield "     asked  " + " ⏎ ".join(each.question for each in score.turns[: score.turns.index(turn) + 1])
    yield f"     wanted {_wanted(turn)}"
    yield f"     got    {_got(turn, names)}"
    if turn.reply.answer is not None:
        yield f"     read   {_understood(turn)}"


def _wanted(turn: TurnScore) -> str:
    if turn.expect is None:
        return "an answer"
    parts = ["/".join(turn.expect.statuses), *(describe_expected(figure) for figure in turn.expect.figures[:4])]
    parts += [f"saying {word!r}" for word in turn.expect.must_contain]
    parts += [f"not saying {word!r}" for word in turn.expect.must_not_contain]
    parts += [f"offering {word}" for word in turn.expect.choices]
    return _clip(" · ".join(parts))


def _got(turn: TurnScore, names: Mapping[str, str]) -> str:
    answer = turn.reply.answer
    if answer is None:
        return turn.reply.failure or "nothing"
    try:
        figures = [describe(given_figure(figure, names)) for figure in answer.figures[:3]]
    except ValueError as error:
        figures = [str(error)]
    offered = [f"[{choice.label}]" for choice in answer.choices[:4]]
    text = " ".join(answer.answer.split())
    return _clip(" · ".join([answer.status, *figures, *offered, f"“{text}”"]))


def _understood(turn: TurnScore) -> str:
    assert turn.reply.answer is not None
    read = turn.reply.answer.interpretation
    slots = (read.indicators, read.agencies, read.years, read.applicants)
    shown = ["+".join(map(str, slot[:4])) + ("…" if len(slot) > 4 else "") for slot in slots if slot]
    return _clip(" · ".join([read.operation, *shown]))


def _clip(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
