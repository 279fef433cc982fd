"""Frames of two kinds: those whose words in [brackets] narrow a figure to what no table has, and those with harmless talk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

import yaml

from eval.generated.wordings import load_words

_BRACKETS = re.compile(r"\[([^\]]*)\]")
BODIES = {
    "zh": ("示例市人社局", "云溪区政府办公室", "示例市教育局", "临湖区人力资源和社会保障局"),
    "en": ("Shili HRSS", "the Yunxi Government Office", "Shili Education Bureau", "Linhu's HRSS"),
}
YEARS = range(2014, 2024)
_APPLICANTS = {"zh": ("自然人", "企业", "律师事务所"), "en": ("natural persons", "companies", "law firms")}


@dataclass(frozen=True, slots=True)
class Frame:
    """kind: "narrowing", "harmless", or the type of question that it asks."""

    kind: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A question. narrowing: the character ranges of the words that narrow it, none in a harmless one."""

    text: str
    narrowing: tuple[tuple[int, int], ...] = ()

    @property
    def plain(self) -> str:
        """The question without its narrowing words."""
        text = self.text
        for start, end in reversed(self.narrowing):
            text = text[:start] + text[end:]
        return text


@dataclass(frozen=True, slots=True)
class Values:
    """What placeholders stand for."""

    bodies: Sequence[str]
    years: tuple[str, str]
    figures: tuple[str, str]
    clause: str
    applicant: str


@cache
def read_frames(split: str) -> tuple[Frame, ...]:
    """The frames of "train" or of "check", narrowing and harmless ones."""
    text = files("eval.narrowing").joinpath(f"{split}.yaml").read_text(encoding="utf-8")
    return tuple(
        Frame(kind, language, frame)
        for kind, languages in yaml.safe_load(text).items()
        for language, frames in languages.items()
        for frame in frames
    )


def random_values(language: str, random: Random) -> Values:
    """Any bodies, years and figures of the samples, whether or not the figure is in the report."""
    words = load_words()

    def said(form: str) -> list[str]:
        return [phrase for each in words.concepts.values() for phrase in each.words.get((language, form, "dev"), ())]

    first, second = sorted(random.sample(YEARS, 2))
    suffix = "年" if language == "zh" else ""
    return Values(
        bodies=random.sample(BODIES[language], 3),
        years=(f"{first}{suffix}", f"{second}{suffix}"),
        figures=(random.choice(said("np")), random.choice(said("np"))),
        clause=random.choice(said("ask")),
        applicant=random.choice(_APPLICANTS[language]),
    )


def fill_frame(frame: str, values: Values) -> Filled:
    """The question of a frame with these values."""
    body, year = values.bodies[0], values.years[0]
    texts = {
        **dict(zip("abc", values.bodies, strict=True)),
        "y": year,
        "z": values.years[1],
        "np": values.figures[0],
        "mp": values.figures[1],
        "ask": values.clause.replace("{a}", body).replace("{y}", year),
        "who": values.applicant,
        "u": "件",
        "choice_number": "2",
        "choice_label": body,
    }
    text = re.sub(r"\{(\w+)\}", lambda match: texts[match.group(1)], frame)
    ranges: list[tuple[int, int]] = []
    for found, match in enumerate(_BRACKETS.finditer(text)):
        # Both brackets of those before are gone by then, and the one before it.
        start = match.start() - 2 * found
        ranges.append((start, start + len(match.group(1))))
    return Filled(_BRACKETS.sub(r"\1", text), tuple(ranges))
