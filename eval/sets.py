"""The named sets of questions and the corpus each is asked over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from eval.corpora import Corpus, real_agencies, real_corpus, samples_corpus, synthetic_corpus
from eval.domain_questions import read_domain_questions
from eval.generated.generator import Generator
from eval.gold_file import read_gold
from eval.question import GoldQuestion

GOLD_FOLDER = Path(__file__).parent / "gold"
# Questions of each type, language and split that are generated over a corpus.
PER_TYPE = {"real": 3, "samples": 3, "synthetic": 5}


@dataclass(frozen=True)
class QuestionSet:
    """Questions over one corpus. needs: files without which the set is left out, which the run then says."""

    name: str
    corpus: Corpus
    load: Callable[[], Sequence[GoldQuestion]]
    needs: tuple[Path, ...] = ()

    @property
    def missing(self) -> Path | None:
        """The first thing it needs that is not there."""
        return next((path for path in self.needs if not path.exists()), None)


def question_sets(shared: Path, per_type: int | None = None) -> tuple[QuestionSet, ...]:
    """All sets, those over the real reports first. shared: the folder with `reports/` and `domain/`.

    per_type: questions of each type, language and split to generate over each corpus, instead of `PER_TYPE`.
    """
    real, samples, synthetic = real_corpus(shared), samples_corpus(), synthetic_corpus()
    reports, facts, questions = (
        shared / "reports",
        shared / "domain" / "facts_gold.jsonl",
        shared / "domain" / "questions.yaml",
    )
    return (
        QuestionSet("real", real, partial(read_gold, GOLD_FOLDER / "real.jsonl"), (reports, facts)),
        QuestionSet(
            "domain",
            real,
            lambda: read_domain_questions(questions, real.facts, real_agencies(shared)),
            (reports, facts, questions),
        ),
        QuestionSet("phrasings", real, partial(read_gold, GOLD_FOLDER / "phrasings.jsonl"), (reports, facts)),
        QuestionSet("passages", real, partial(read_gold, GOLD_FOLDER / "passages_real.jsonl"), (reports, facts)),
        QuestionSet("real-generated", real, partial(_generate, real, per_type), (reports, facts)),
        QuestionSet("samples", samples, partial(read_gold, GOLD_FOLDER / "samples.jsonl")),
        QuestionSet("passages-samples", samples, partial(read_gold, GOLD_FOLDER / "passages_samples.jsonl")),
        QuestionSet("samples-generated", samples, partial(_generate, samples, per_type)),
        QuestionSet("synthetic", synthetic, partial(_generate, synthetic, per_type)),
    )


def _generate(corpus: Corpus, per_type: int | None) -> tuple[GoldQuestion, ...]:
    return tuple(Generator(corpus.facts, corpus.name).questions(per_type or PER_TYPE[corpus.name]))
