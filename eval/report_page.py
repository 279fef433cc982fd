"""A run as one web page: tables and charts, readable by someone who was not there, nothing loaded from outside."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape

from eval.charts import latency_steps, outcome_bars
from eval.kept_table import KeptTable
from eval.measures import (
    NO_ANSWER,
    Share,
    citation_support,
    conflict_recall,
    confusion,
    follow_up_accuracy,
    group_by,
    latency,
    measure,
    measure_status,
    slot_accuracy,
)
from eval.question import STATUSES
from eval.record import Record
from eval.run_files import Run
from eval.scoring import Outcome

_STYLE = """
:root{color-scheme:light}body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}th,td{border:1px solid #ccc;padding:.2rem .6rem;text-align:right}
th:first-child,td:first-child,table.text td{text-align:left}thead th{background:#f2f2f2}
.bad{background:#f7dfe3;font-weight:bold}svg{max-width:100%;height:auto}details{margin:.3rem 0}
"""
_VERDICTS = """
<p>Every question gets one verdict, the worst of its turns; nothing is left out. <b>Right</b>: the accepted outcome, every
expected figure (value, unit, agency, year, indicator, applicant type) and word. <b>Wrong figure</b>: a figure that is not
the answer: the number that must be zero. <b>Wrong</b>: answered without what was expected. <b>Refused</b>: “there is
nothing”, although there is. <b>Asked</b>: asked back although the question was clear. <b>Failed</b>: no answer at all.</p>
"""
_FAILURES_SHOWN = 200

By = Callable[[Record], str]
_GROUPS: Mapping[str, By] = {
    "type": lambda record: record.question.type,
    "language": lambda record: record.question.language,
    "form edition": lambda record: record.edition,
    "file format": lambda record: record.format,
    "wordings": lambda record: record.question.split,
}


def render_page(run: Run, tables: Sequence[KeptTable] = ()) -> str:
    """The page. tables: what else was measured with the run."""
    sets = group_by(run.records, lambda record: record.set)
    parts = [
        f"<h1>Answer accuracy</h1>{_about(run.about)}{_VERDICTS}<h2>Sets</h2>{_sets(sets)}",
        outcome_bars(_bars(sets)),
        f"<h2>Time to answer</h2>{latency_steps({name: _seconds(found) for name, found in sets.items()})}",
    ]
    parts += [
        f"<h2>{escape(each.title)}</h2><p>{escape(each.note)}</p>{render_table(each.heads, each.rows)}"
        for each in tables
    ]
    parts += [_set(name, found) for name, found in sets.items()]
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Answer accuracy</title>'
        f"<style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )


def render_table(heads: Sequence[str], rows: Iterable[Sequence[object]], kind: str = "") -> str:
    """An HTML table, everything in it escaped; a cell that is a Bad is marked."""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    lines = ("".join(map(_cell, row)) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


class Bad(str):
    """Text that the table marks as something that must not be."""

    __slots__ = ()


def _cell(value: object) -> str:
    mark = ' class="bad"' if isinstance(value, Bad) else ""
    return f"<td{mark}>{escape(str(value))}</td>"


def _about(about: Mapping[str, str]) -> str:
    return render_table(("this run", ""), about.items(), "text")


def _sets(sets: Mapping[str, Sequence[Record]]) -> str:
    heads = ("set", "questions", "right", "wrong figures", "right, cited", "every number cited", "p50 ms", "p99 ms")
    return render_table(heads, (_set_row(name, found) for name, found in sets.items()))


def _set_row(name: str, found: Sequence[Record]) -> list[object]:
    every = measure(found)
    p50, _, p99 = latency(found)
    cited = Share(every.cited, every.citable)
    shares = (percent(cited), percent(citation_support(found)))
    return [name, every.n, f"{100 * every.right_rate:.1f} %", _count(every.wrong_figure), *shares, *_ms(p50, p99)]


def _set(name: str, records: Sequence[Record]) -> str:
    parts = [f"<h2>{escape(name)}</h2>"]
    for title, key in _GROUPS.items():
        groups = group_by(records, key)
        if len(groups) > 1:
            parts.append(f"<h3>By {title}</h3>{_groups(title, groups)}")
    parts.append(outcome_bars(_bars(group_by(records, _GROUPS["type"]))))
    parts.append(f"<h3>Outcome: proper and given</h3>{_confusion(records)}")
    parts.append(f"<h3>Further measures</h3>{_further(records)}{_failures(records)}")
    return "\n".join(parts)


def _groups(title: str, groups: Mapping[str, Sequence[Record]]) -> str:
    heads = (title, "questions", "right", *(outcome.replace("_", " ") for outcome in Outcome if outcome != "right"))
    rows = []
    for key, found in groups.items():
        every = measure(found)
        others = (every.asked, every.refused, every.wrong, _count(every.wrong_figure), every.failed)
        rows.append((key, every.n, f"{100 * every.right_rate:.1f} %", *others))
    return render_table(heads, rows)


def _confusion(records: Sequence[Record]) -> str:
    counts = confusion(records)
    given = (*STATUSES, NO_ANSWER)
    rows = ([wanted, *(counts.get((wanted, got), 0) for got in given)] for wanted in STATUSES)
    return render_table(("proper \\ given", *given), rows)


def _further(records: Sequence[Record]) -> str:
    rows: list[tuple[str, str]] = []
    for name, status in (("refusals", "not_found"), ("asking back", "needs_choice")):
        found = measure_status(records, status)
        rows.append((f"{name}: precision", f"{100 * found.precision:.1f} %"))
        rows.append((f"{name}: recall", f"{100 * found.recall:.1f} % of {found.called_for}"))
    rows += [(f"{slot} understood", percent(share)) for slot, share in slot_accuracy(records).items()]
    rows.append(("every number of the text cited", percent(citation_support(records))))
    rows.append(("conflicts shown", percent(conflict_recall(records))))
    rows.append(("last turn of conversations right", percent(follow_up_accuracy(records))))
    times = zip(("p50", "p95", "p99"), _ms(*latency(records)), strict=True)
    rows += [(f"milliseconds per turn, {name}", value) for name, value in times]
    return render_table(("measure", ""), rows)


def _failures(records: Sequence[Record]) -> str:
    failed = [record for record in records if record.outcome is not Outcome.RIGHT]
    shown = [record for record in failed if record.question.split == "dev"][:_FAILURES_SHOWN]
    if not failed:
        return "<p>No failures.</p>"
    rows = "".join(_failure(record) for record in shown)
    hidden = len(failed) - len(shown)
    note = f"<p>{hidden} more are not listed (held-out wordings, or beyond {_FAILURES_SHOWN}).</p>" if hidden else ""
    return f"<h3>{len(failed)} questions not right</h3>{rows}{note}"


def _failure(record: Record) -> str:
    turn = record.worst
    title = f"{record.outcome.replace('_', ' ')} · {record.question.id} · {turn.question}"
    rows = (("why", turn.reason), ("wanted", turn.wanted), ("got", turn.got), ("read", turn.read))
    return f"<details><summary>{escape(title)}</summary>{render_table(('', ''), rows, 'text')}</details>"


def _bars(groups: Mapping[str, Sequence[Record]]) -> Iterator[tuple[str, str, int]]:
    for name, records in groups.items():
        counts = Counter(record.outcome for record in records)
        yield from ((name, str(outcome), counts[outcome]) for outcome in Outcome if counts[outcome])


def _seconds(records: Iterable[Record]) -> list[float]:
    return [turn.seconds for record in records for turn in record.turns]


def percent(share: Share) -> str:
    """A share in words."""
    return f"{100 * share.rate:.1f} % of {share.n}" if share.n else "none called for"


def _count(number: int) -> str:
    return Bad(number) if number else "0"


def _ms(*seconds: float) -> list[str]:
    return [f"{1000 * each:.1f}" for each in seconds]
