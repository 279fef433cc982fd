"""`python -m eval.narrowing.train`: learns which unknown words narrow a figure and which clauses are talk.

Writes narrowing.tsv and asides.tsv. Reads train.yaml and the development frames of the generated questions; needs scikit-learn (the extra `eval`).
"""

import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from eval.corpora import samples_corpus
from eval.generated.wordings import load_words
from eval.narrowing.examples import Example, clause_examples, label_examples, word_examples
from eval.narrowing.frames import Frame, read_frames
from qa_service import understanding
from qa_service.answering.dispatch import Answerer
from qa_service.understanding import asides, narrowing
from qa_service.understanding.linear_model import BIAS

FOLDER = Path(str(understanding.__file__)).parent
_SEED = 7
_LEAST_OFTEN = 4
_STRENGTH = 0.3
# Smaller weights decide nothing.
_LEAST_WEIGHT = 0.05


def main() -> None:
    """Writes the tables beside the code that reads them."""
    with (
        tempfile.TemporaryDirectory(prefix="wenbao-narrowing-") as folder,
        samples_corpus().open(Path(folder)) as library,
    ):
        reader = Answerer(library).corpus().reader
        _write(
            asides.MODEL,
            {
                each: [*clause_examples(reader, _frames(each), Random(_SEED)), *label_examples(each)]
                for each in ("zh", "en")
            },
        )
        _write(
            narrowing.MODEL, {each: list(word_examples(reader, _frames(each), Random(_SEED))) for each in ("zh", "en")}
        )


def _frames(language: str) -> list[Frame]:
    generated = [
        Frame(kind, spoken, frame)
        for (kind, spoken, split), frames in load_words().frames.items()
        if split == "dev"
        for frame in frames
    ]
    return [frame for frame in (*generated, *read_frames("train")) if frame.language == language]


def _write(name: str, examples: dict[str, list[Example]]) -> None:
    lines = [line for language, of_language in examples.items() for line in _learn(of_language, language)]
    (FOLDER / f"{name}.tsv").write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
    counts = {each: (len(found), sum(one.label for one in found)) for each, found in examples.items()}
    print(f"{name}: {len(lines)} weights from {counts} examples (all, true)")


def _learn(examples: list[Example], language: str) -> list[str]:
    often = Counter(feature for example in examples for feature in example.features)
    rows = [{each: 1.0 for each in example.features if often[each] >= _LEAST_OFTEN} for example in examples]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=_STRENGTH, max_iter=600, class_weight="balanced")
    model.fit(vectorizer.fit_transform(rows), [example.label for example in examples])
    weights = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    lines = [f"{language}:{name}\t{weight:.2f}" for name, weight in weights if abs(weight) >= _LEAST_WEIGHT]
    return [*lines, f"{language}:{BIAS}\t{model.intercept_[0]:.3f}"]


if __name__ == "__main__":
    main()
