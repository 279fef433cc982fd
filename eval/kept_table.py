"""A table of results that belongs to a run: kept beside it as JSON, shown in the report and in docs/accuracy.md."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_FOLDER = "tables"


@dataclass(frozen=True)
class KeptTable:
    """name: of its file. note: what a reader must know, as plain text. rows: cells as shown."""

    name: str
    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def keep_table(run: Path | None, table: KeptTable) -> None:
    """Keeps the table in a run's folder; nothing where there is none."""
    if run is not None:
        folder = run / _FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(table), ensure_ascii=False, indent=1)
        (folder / f"{table.name}.json").write_text(f"{text}\n", encoding="utf-8")


def read_tables(run: Path) -> tuple[KeptTable, ...]:
    """The tables kept with a run, by name."""
    files = sorted((run / _FOLDER).glob("*.json"))
    return tuple(_table(json.loads(path.read_text(encoding="utf-8"))) for path in files)


def _table(entry: dict[str, Sequence[str]]) -> KeptTable:
    rows = tuple(tuple(row) for row in entry["rows"])
    name, title, note = (str(entry[key]) for key in ("name", "title", "note"))
    return KeptTable(name, title, note, tuple(entry["heads"]), rows)


def render_text(table: KeptTable) -> str:
    """The table for a terminal: the first column to the left, the others to the right."""
    lines = [table.heads, *table.rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(table.heads))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def render_markdown(table: KeptTable) -> str:
    """The table as Markdown under a heading, its note above it."""
    escaped = ([cell.replace("|", "\\|") for cell in row] for row in table.rows)
    rows = [f"| {' | '.join(row)} |" for row in escaped]
    marks = "|".join("---" if at == 0 else "---:" for at in range(len(table.heads)))
    return "\n".join(
        [f"## {table.title}", "", table.note, "", f"| {' | '.join(table.heads)} |", f"|{marks}|", *rows, ""]
    )
