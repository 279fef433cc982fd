"""`python -m eval baselines`: the same questions asked of simpler systems and of the product."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.asking import InProcess
from eval.baselines.figures import DEPTHS, figure_questions, measure_answers, measure_ranker
from eval.baselines.pipelines import BigramPipeline, Chunk, Ranker, TutorialPipeline, split_reports
from eval.corpora import SAMPLES_FOLDER, open_library, save_files
from eval.generated.generator import Generator
from eval.kept_table import KeptTable, keep_table, render_text
from eval.question import GoldQuestion
from eval.scoring import Known
from eval.sets import question_sets
from eval.synthetic.corpus import SyntheticCorpus
from qa_service.answering.dispatch import Answerer
from vectorstore.embedding import Embedding, load_embedding

# Thirty bodies whose names compete, all editions.
_MANY = SyntheticCorpus(agencies=30, years=tuple(range(2014, 2026)), seed=3)
_PER_KIND = 30
_NOTE = (
    "Single-figure questions. A baseline hits when one of its best k chunks (500 characters, 50 shared) is of the right "
    "report and holds the right number; evidence: the label of its row too. The product hits when its one answer is right "
    "in value, unit, body, year, item and applicant type: a harder test. Blank cells and zeros are left to the sets above."
)

RANKERS: dict[str, Callable[[Sequence[Chunk], Embedding], Ranker]] = {
    "LangChain tutorial (shipped embedding)": TutorialPipeline,
    "character-bigram BM25": lambda chunks, _: BigramPipeline(chunks),
}


@dataclass(frozen=True)
class Reading:
    """Reports as files, and questions about them."""

    name: str
    files: Sequence[Path]
    questions: Sequence[GoldQuestion]


def measure_baselines(shared: Path, out: Path | None) -> int:
    """Prints the table and keeps it with the run `out`; always 0."""
    with tempfile.TemporaryDirectory(prefix="wenbao-baselines-") as folder:
        rows = [row for each in readings(shared, Path(folder)) for row in measure_reading(each, Path(folder))]
    heads = ("reports", "system", "questions", *(f"top {depth}" for depth in DEPTHS))
    table = KeptTable(
        "baselines", "Baselines", _NOTE, (*heads, *(f"evidence, top {depth}" for depth in DEPTHS)), tuple(rows)
    )
    print(render_text(table))
    keep_table(out, table)
    return 0


def readings(shared: Path, folder: Path) -> Iterator[Reading]:
    """The real reports if they are at hand, the samples, and many synthetic reports written into the folder."""
    sets = {each.name: each for each in question_sets(shared) if each.missing is None}
    real = [question for name in ("real", "real-generated") if name in sets for question in sets[name].load()]
    if real:
        yield Reading("5 real", sorted((shared / "reports").glob("*.txt")), figure_questions(real))
    samples = [question for name in ("samples", "samples-generated") for question in sets[name].load()]
    files = sorted(path for path in SAMPLES_FOLDER.iterdir() if path.is_file())
    yield Reading(f"{len(files)} samples", files, figure_questions(samples))
    texts = list(_MANY.write_texts(folder / "texts"))
    many = Generator(_MANY.facts(), "baseline").questions(_PER_KIND, ("dev",), ("lookup", "by_applicant"))
    yield Reading(f"{len(texts)} synthetic", texts, figure_questions(many))


def measure_reading(reading: Reading, folder: Path) -> Iterator[tuple[str, ...]]:
    """A row for each baseline, then the product's own. folder: where it may keep its data."""
    chunks, embedding = split_reports(reading.files), load_embedding()
    for name, make in RANKERS.items():
        found = list(measure_ranker(make(chunks, embedding), reading.questions))
        shares = (*(each.figure for each in found), *(each.evidence for each in found))
        yield (reading.name, name, str(len(reading.questions)), *(f"{100 * share.rate:.1f} %" for share in shares))
    with open_library(folder / f"data-{reading.name}") as library:
        save_files(library, reading.files)
        names = {agency.id: agency.name for agency in library.store.agencies()}
        right, wrong = measure_answers(InProcess(Answerer(library), names), reading.questions, Known(None, names))
    rest = ("",) * (2 * len(DEPTHS) - 1)
    for what, share in (("right", right), ("wrong figure", wrong)):
        yield (reading.name, f"Wenbao, its one answer: {what}", str(share.n), f"{100 * share.rate:.1f} %", *rest)
