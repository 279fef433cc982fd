"""Keeps a run in a folder, question by question, so that it can be gone on with, compared and reported later."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.gold_file import compact_question, parse_question
from eval.listing import render_failures, render_set
from eval.measures import group_by, measure
from eval.record import Record, TurnRecord
from eval.scoring import Outcome

_RESULTS, _ABOUT, _SUMMARY, _FAILURES = "results.jsonl", "about.json", "summary.json", "failures.txt"


class RunError(ValueError):
    """A folder holds no run, or a damaged one; the message names the file and what to do."""


@dataclass(frozen=True)
class Run:
    """A run as kept. about: commit, machine, corpora and the like, each in words."""

    about: Mapping[str, str]
    records: tuple[Record, ...]


def begin_run(folder: Path, about: Mapping[str, str]) -> tuple[Record, ...]:
    """Makes the folder ready; returns what an interrupted run of the same kind kept there.

    about: what the run is of. A folder with a run of another commit, corpus or target is refused with RunError: its
    records would be mixed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / _ABOUT
    if not file.exists():
        file.write_text(_json(dict(about)), encoding="utf-8")
        return ()
    kept = json.loads(file.read_text(encoding="utf-8"))
    for key in ("commit", "asked"):
        if kept.get(key) != about.get(key):
            raise RunError(
                f"{folder} holds a run with {key} {kept.get(key)!r}, this one has {about.get(key)!r}: "
                "choose another folder for --out, or delete that one"
            )
    return tuple(_read_results(folder / _RESULTS)) if (folder / _RESULTS).exists() else ()


def keep_record(folder: Path, record: Record) -> None:
    """Adds one question to the run."""
    with (folder / _RESULTS).open("a", encoding="utf-8") as file:
        file.write(json.dumps(_entry(record), ensure_ascii=False) + "\n")


def finish_run(folder: Path, records: Iterable[Record], hide: bool) -> None:
    """Writes summary.json and failures.txt. hide: leave failures of held-out wordings out."""
    sets = group_by(records, lambda record: record.set)
    (folder / _SUMMARY).write_text(
        _json({name: asdict(measure(found)) for name, found in sets.items()}), encoding="utf-8"
    )
    texts = []
    for name, found in sets.items():
        shown = [record for record in found if not hide or record.question.split == "dev"]
        texts.append(f"{render_set(name, found)}\n\n{render_failures(shown)}\n")
    (folder / _FAILURES).write_text("\n".join(texts), encoding="utf-8")


def read_run(folder: Path) -> Run:
    """A run as kept in a folder. Raises RunError if there is none."""
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        return Run(about, tuple(_read_results(folder / _RESULTS)))
    except (OSError, json.JSONDecodeError) as error:
        raise RunError(f"{folder} holds no run (made with `python -m eval run --out`): {error}") from error


def _read_results(path: Path) -> Iterable[Record]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        try:
            yield _record(json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            if number == len(lines):
                # The last line of an interrupted run may be half written: its question is asked again.
                path.write_text("".join(f"{each}\n" for each in lines[:-1]), encoding="utf-8")
                return
            raise RunError(f"{path}, line {number}: {error}; delete the folder and run again") from error


def _entry(record: Record) -> dict[str, Any]:
    entry = {"set": record.set, "edition": record.edition, "format": record.format, "outcome": record.outcome}
    return {**entry, "turns": [asdict(turn) for turn in record.turns], "gold": compact_question(record.question)}


def _record(entry: Mapping[str, Any]) -> Record:
    turns = tuple(_turn(turn) for turn in entry["turns"])
    return Record(entry["set"], parse_question(entry["gold"]), turns, entry["edition"], entry["format"])


def _turn(entry: Mapping[str, Any]) -> TurnRecord:
    uncited = None if entry["uncited"] is None else tuple(entry["uncited"])
    given = {**entry, "outcome": Outcome(entry["outcome"]), "accepted": tuple(entry["accepted"]), "uncited": uncited}
    return TurnRecord(**given)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
