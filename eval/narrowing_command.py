"""`python -m eval narrowing`: questions that a word narrows to what no table has, and questions with talk around them."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from random import Random

from eval.corpora import samples_corpus
from eval.kept_table import KeptTable, keep_table, render_text
from eval.narrowing.frames import Frame, Values, fill_frame, random_values, read_frames
from eval.thresholds import read_narrowing_limits
from qa_service.answering.answer import Answer, Kind, Status
from qa_service.answering.dispatch import Answerer

_SEED = 1
_TRIES = 12
# Of 100 frames: the others found no figure in the samples that their plain question is answered by.
_LEAST_ASKED = 85
_WORDS = frozenset((Kind.PASSAGE, Kind.DEFINITION, Kind.CORPUS, Kind.COMMITMENTS))
_PLAIN = {
    "zh": ("{a}{y}的{np}是多少？", "{a}{y}收到多少申请？"),
    "en": ("What was the number of {np} at {a} in {y}?", "How many requests did {a} receive in {y}?"),
}
_HEADS = ("questions", "language", "asked", "figure shown", "other figure shown", "no figure")
_NOTE = (
    "Frames by writers who saw neither the code nor the frames it learned from, filled with figures that the samples have. Narrowing: a word asks for "
    "a part of the figure that no table tells (“requests by beekeepers”), so that showing the plain figure is wrong. "
    "Harmless: talk beside the question; the same figure as without it is right."
)


def measure_narrowing(thresholds: Path, out: Path | None, *, show: bool) -> int:
    """Prints the table and keeps it with the run `out`. Returns 0 if the limits are kept, otherwise 1.

    show: print the questions that went wrong; frames that were looked at measure nothing any more and belong into train.yaml.
    """
    with (
        tempfile.TemporaryDirectory(prefix="wenbao-narrowing-") as folder,
        samples_corpus().open(Path(folder)) as library,
    ):
        counts, wrong = _ask_all(Answerer(library), read_frames("check"))
    rows = tuple(_rows(counts))
    table = KeptTable("narrowing", "Narrowed questions and talk", _NOTE, _HEADS, rows)
    print(render_text(table))
    keep_table(out, table)
    if show:
        print("\n".join(wrong))
    missed = list(_missed(counts, thresholds))
    print("\n".join(["", "Below the thresholds:", *missed]) if missed else "\nAll thresholds are kept.")
    return 1 if missed else 0


def _ask_all(answerer: Answerer, frames: Iterable[Frame]) -> tuple[Counter[tuple[str, str, str]], list[str]]:
    counts: Counter[tuple[str, str, str]] = Counter()
    wrong = []
    random = Random(_SEED)
    for frame in frames:
        values = _answered_values(answerer, frame, random)
        if values is None:
            continue
        question = fill_frame(frame.text, values)
        outcome = _outcome(answerer.ask(question.text), answerer.ask(_plain(frame, values)), frame)
        counts[frame.kind, frame.language, outcome] += 1
        if outcome != ("none" if frame.kind == "narrowing" else "plain"):
            wrong.append(f"{frame.kind} {outcome}: {question.text}")
    return counts, wrong


def _answered_values(answerer: Answerer, frame: Frame, random: Random) -> Values | None:
    """Values with which the plain question is answered by a figure; None if a dozen draws had none."""
    for _ in range(_TRIES):
        values = random_values(frame.language, random)
        if _shown(answerer.ask(_plain(frame, values))):
            return values
    return None


def _plain(frame: Frame, values: Values) -> str:
    """The plain question; for a narrowing frame without a noun phrase what stays without its narrowing words."""
    named, unnamed = _PLAIN[frame.language]
    if "{np}" in frame.text:
        return fill_frame(named, values).text
    return fill_frame(frame.text, values).plain if frame.kind == "narrowing" else fill_frame(unnamed, values).text


def _outcome(answer: Answer, plain: Answer, frame: Frame) -> str:
    shown = _shown(answer)
    if not shown:
        return "none"
    # Without a noun phrase a harmless frame has a figure of its own choice.
    return "plain" if "{np}" not in frame.text or shown[0] == _shown(plain)[0] else "other"


def _shown(answer: Answer) -> list[str]:
    """The values of the figures that answer, none where words do."""
    if answer.status is not Status.ANSWERED or answer.kind in _WORDS:
        return []
    return [str(figure.value) for figure in answer.figures if figure.value is not None]


def _rows(counts: Counter[tuple[str, str, str]]) -> Iterator[tuple[str, ...]]:
    for kind, language in dict.fromkeys((kind, language) for kind, language, _ in counts):
        found = [counts[kind, language, outcome] for outcome in ("plain", "other", "none")]
        yield (kind, language, str(sum(found)), *(f"{100 * each / sum(found):.1f} %" for each in found))


def _missed(counts: Counter[tuple[str, str, str]], thresholds: Path) -> Iterator[str]:
    limits = read_narrowing_limits(thresholds)
    for kind, language in product(("harmless", "narrowing"), ("zh", "en")):
        asked = sum(counts[kind, language, outcome] for outcome in ("plain", "other", "none"))
        if asked < _LEAST_ASKED:
            yield f"{kind} {language}: only {asked} frames could be asked, wanted at least {_LEAST_ASKED}"
    for kind, language in dict.fromkeys((kind, language) for kind, language, _ in counts):
        asked = sum(counts[kind, language, outcome] for outcome in ("plain", "other", "none"))
        shown = counts[kind, language, "plain"] / asked
        other = counts[kind, language, "other"] / asked
        if kind == "narrowing" and shown + other > limits["shown"]:
            yield f"narrowing {language}: a figure is shown for {shown + other:.3f}, wanted at most {limits['shown']}"
        if kind == "harmless" and shown < limits["right"]:
            yield f"harmless {language}: right is {shown:.3f}, wanted at least {limits['right']}"
        if kind == "harmless" and other > limits["other"]:
            yield f"harmless {language}: another figure is shown for {other:.3f}, wanted at most {limits['other']}"
