"""One measured figure, and the table of all of them in docs/performance.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measured:
    """value and target as shown ("1.8 s", "≤ 2.5 s"); met: None where there is no target."""

    what: str
    value: str
    target: str = ""
    met: bool | None = None


def below(what: str, value: float, limit: float | None, unit: str, *, least: bool = False) -> Measured:
    """A figure that should not exceed its limit, or (least) not fall below it."""
    shown = f"{value:,.0f} {unit}" if value >= 100 else f"{value:.2f} {unit}"
    if limit is None:
        return Measured(what, shown.strip())
    met = value >= limit if least else value <= limit
    return Measured(what, shown.strip(), f"{'≥' if least else '≤'} {limit:g} {unit}".strip(), met)


def render_table(measured: Sequence[Measured], about: str) -> str:
    """The Markdown table with the machine above it."""
    lines = [f"Machine: {about}", "", "| measure | median | target | kept |", "|---|---|---|---|"]
    verdicts = {True: "yes", False: "**no**", None: ""}
    lines += [f"| {each.what} | {each.value} | {each.target} | {verdicts[each.met]} |" for each in measured]
    return "\n".join(lines)


def write_between_marks(path: Path, text: str, name: str = "bench") -> None:
    """Replaces what stands between the two marks of that name in a file. Raises ValueError if it lacks them."""
    first, last = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    page = path.read_text(encoding="utf-8")
    before, begin, rest = page.partition(first)
    _, end, after = rest.partition(last)
    if not begin or not end:
        raise ValueError(f"{path} lacks the lines {first} and {last}")
    path.write_text(f"{before}{first}\n{text}\n{last}{after}", encoding="utf-8")
