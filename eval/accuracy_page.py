"""docs/accuracy.md: what a run measured, of which commit, corpora and machine."""

from collections.abc import Iterator, Sequence

from eval.kept_table import KeptTable, render_markdown
from eval.measures import (
    Share,
    citation_support,
    conflict_recall,
    follow_up_accuracy,
    group_by,
    latency,
    measure,
    measure_status,
    slot_accuracy,
)
from eval.record import Record
from eval.run_files import Run

_HEAD = """# Accuracy

Written by `python -m eval report RUN --markdown docs/accuracy.md` from a run; not edited by hand. What the verdicts mean:
[evaluation.md](evaluation.md). Every question counts; what was not answered counts as not right. Questions whose wording
was held out while the product was improved are "heldout".

"""
_SETS = "Share of questions right, and the number that must be zero: answers that show a wrong figure."
_FURTHER = (
    "Refusals and questions back: precision and recall. Slots: what was understood of the questions that expect figures. "
    "Supported: answers each number of which stands in a cited place."
)


def render_accuracy(run: Run, tables: Sequence[KeptTable]) -> str:
    """The page. tables: what else was measured with the run."""
    sets = group_by(run.records, lambda record: record.set)
    about = "\n".join(f"- {key}: {value}" for key, value in run.about.items())
    heads = ("set", "questions", "right", "dev", "heldout", "zh", "en", "wrong figures", "right, cited")
    accuracy = KeptTable("sets", "Answers", _SETS, heads, tuple(_row(name, found) for name, found in sets.items()))
    slots = ("agency", "year", "indicator", "applicant", "operation")
    more = ("set", "refusing", "asking back", *slots, "supported", "conflicts", "last turn", "p50 ms", "p99 ms")
    further = KeptTable("further", "Further measures", _FURTHER, more, tuple(_further(*each) for each in sets.items()))
    parts = [_HEAD + about + "\n", *map(render_markdown, (accuracy, further, *_parts(run.records), *tables))]
    return "\n".join(parts)


def _row(name: str, found: Sequence[Record]) -> tuple[str, ...]:
    every = measure(found)
    splits = [[each for each in found if each.question.split == split] for split in ("dev", "heldout")]
    languages = [[each for each in found if each.question.language == language] for language in ("zh", "en")]
    rates = (_right(part) for part in (found, *splits, *languages))
    return (name, str(every.n), *rates, str(every.wrong_figure), _percent(Share(every.cited, every.citable)))


def _further(name: str, found: Sequence[Record]) -> tuple[str, ...]:
    used = (measure_status(found, status) for status in ("not_found", "needs_choice"))
    statuses = (f"{each.precision:.2f} / {each.recall:.2f}" for each in used)
    shares = (
        *slot_accuracy(found).values(),
        citation_support(found),
        conflict_recall(found),
        follow_up_accuracy(found),
    )
    p50, _, p99 = latency(found)
    return (name, *statuses, *map(_percent, shares), f"{1000 * p50:.1f}", f"{1000 * p99:.1f}")


def _parts(records: Sequence[Record]) -> Iterator[KeptTable]:
    for title, key in (("form edition", lambda each: each.edition), ("file format", lambda each: each.format)):
        groups = sorted(group_by(records, key).items())
        rows = tuple((name, str(len(found)), _right(found), str(measure(found).wrong_figure)) for name, found in groups)
        note = "Of all sets together; “none”: nothing is to be found, “mixed”: several."
        yield KeptTable(title, f"By {title}", note, (title, "questions", "right", "wrong figures"), rows)


def _right(found: Sequence[Record]) -> str:
    return f"{100 * measure(found).right_rate:.1f} %" if found else "·"


def _percent(share: Share) -> str:
    return f"{100 * share.rate:.1f} %" if share.n else "·"
