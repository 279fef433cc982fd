"""What a run prints: a table per set and every failure with what was asked, expected and got."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from eval.measures import (
    NO_ANSWER,
    Measures,
    Share,
    citation_support,
    conflict_recall,
    confusion,
    follow_up_accuracy,
    group_by,
    latency,
    measure,
    measure_by_type,
    measure_status,
    slot_accuracy,
)
from eval.question import STATUSES
from eval.record import Record
from eval.scoring import Outcome

_SYMBOL = {
    Outcome.WRONG_FIGURE: "!!",
    Outcome.FAILED: "xx",
    Outcome.WRONG: "x ",
    Outcome.REFUSED: "- ",
    Outcome.ASKED: "? ",
}


def render_set(name: str, records: Sequence[Record]) -> str:
    """The table of one set: a line per type, with right per language, then the totals and the other measures."""
    lines = [
        f"\n{name}",
        f"  {'type':<22}{'n':>4} {'right':>6} {'zh':>6} {'en':>6}  {'wrong figure':>12} {'wrong':>6} {'refused':>8} "
        f"{'asked':>6} {'failed':>7} {'cited':>6}",
    ]
    measured = measure_by_type(records)
    lines += [_line(type_, measured) for type_ in dict.fromkeys(type_ for type_, _ in measured)]
    lines.append(_group_line("all", records))
    for part in ("split", "edition", "format"):
        groups = group_by(records, lambda record, part=part: _part(record, part))  # type: ignore[misc]
        if len(groups) > 1:
            lines += [_group_line(f"{part} {key}", group) for key, group in sorted(groups.items())]
    return "\n".join([*lines, *_further(records)])


def _further(records: Sequence[Record]) -> Iterator[str]:
    refusals, questions = measure_status(records, "not_found"), measure_status(records, "needs_choice")
    yield (
        f"  refusals: precision {refusals.precision:.2f} recall {refusals.recall:.2f} ({refusals.called_for} called for)"
        f" · asking back: precision {questions.precision:.2f} recall {questions.recall:.2f} ({questions.called_for})"
    )
    counts = confusion(records)
    cells = (
        f"{wanted}→{given} {counts[wanted, given]}"
        for wanted in STATUSES
        for given in (*STATUSES, NO_ANSWER)
        if (wanted, given) in counts
    )
    yield f"  status (proper→given): {' · '.join(cells)}"
    slots = " · ".join(f"{slot} {_percent(share)}" for slot, share in slot_accuracy(records).items() if share.n)
    yield f"  understood: {slots or 'no figures expected'}"
    yield (
        f"  every number cited: {_percent(citation_support(records))} · conflicts shown: "
        f"{_percent(conflict_recall(records))} · last turn of conversations right: {_percent(follow_up_accuracy(records))}"
    )
    p50, p95, p99 = (1000 * seconds for seconds in latency(records))
    yield f"  ms per turn: p50 {p50:.1f} p95 {p95:.1f} p99 {p99:.1f}"


def _percent(share: Share) -> str:
    return f"{100 * share.rate:.1f}% of {share.n}" if share.n else "none called for"


def _part(record: Record, part: str) -> str:
    return record.question.split if part == "split" else str(getattr(record, part))


def _group_line(name: str, records: Sequence[Record]) -> str:
    by_language = {(name, language): measure(_of(records, language)) for language in ("zh", "en")}
    return _line(name, {(name, "all"): measure(records), **by_language})


def _of(records: Iterable[Record], language: str) -> list[Record]:
    return [record for record in records if record.question.language == language]


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


def render_failures(records: Iterable[Record], limit: int | None = None) -> str:
    """Every question that is not right, wrong figures first: what was asked, expected, got and understood."""
    failures = [record for record in records if record.outcome is not Outcome.RIGHT]
    failures.sort(key=lambda record: list(_SYMBOL).index(record.outcome))
    shown = failures if limit is None else failures[:limit]
    lines = [line for record in shown for line in _failure(record)]
    if len(shown) < len(failures):
        lines.append(f"… and {len(failures) - len(shown)} more (--failures all, or --out FOLDER)")
    return "\n".join(lines)


def _failure(record: Record) -> Iterator[str]:
    turn = record.worst
    yield f"{_SYMBOL[record.outcome]} {record.question.id}  {record.outcome}: {turn.reason}"
    yield "     asked  " + " ⏎ ".join(each.question for each in record.turns[: record.turns.index(turn) + 1])
    yield f"     wanted {turn.wanted}"
    yield f"     got    {turn.got}"
    if turn.read:
        yield f"     read   {turn.read}"
