"""Keeps a run in a folder, so that it can be read, compared and reported later."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.listing import render_failures, render_set
from eval.measures import measure
from eval.scoring import Score, TurnScore


def write_run(
    folder: Path, scores: Mapping[str, Sequence[Score]], names: Mapping[str, str], about: Mapping[str, str]
) -> None:
    """Writes summary.json, results.jsonl (one question a line) and failures.txt. names: agency id -> official name."""
    folder.mkdir(parents=True, exist_ok=True)
    summary = {"about": dict(about), "sets": {name: asdict(measure(found)) for name, found in scores.items()}}
    (folder / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    with (folder / "results.jsonl").open("w", encoding="utf-8") as file:
        for name, found in scores.items():
            for score in found:
                file.write(json.dumps({"set": name, **_entry(score)}, ensure_ascii=False) + "\n")
    texts = (f"{render_set(name, found)}\n\n{render_failures(found, names)}\n" for name, found in scores.items())
    (folder / "failures.txt").write_text("\n".join(texts), encoding="utf-8")


def _entry(score: Score) -> dict[str, Any]:
    question = score.question
    return {
        "id": question.id,
        "type": question.type,
        "language": question.language,
        "split": question.split,
        "outcome": score.outcome,
        "cited": score.cited,
        "turns": [_turn(turn) for turn in score.turns],
    }


def _turn(turn: TurnScore) -> dict[str, Any]:
    answer = turn.reply.answer
    return {
        "question": turn.question,
        "outcome": turn.outcome,
        "reason": turn.reason,
        "seconds": round(turn.reply.seconds, 5),
        "failure": turn.reply.failure,
        "status": answer and answer.status,
        "answer": answer and answer.answer,
        "figures": [asdict(figure) for figure in answer.figures] if answer else [],
    }
