"""The words of generated questions: concepts, frames, applicant types and years, for development and held out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from eval.agency_names import BodyName, chinese_wordings, english_wordings
from eval.forms import edition_of


@dataclass(frozen=True)
class Concept:
    """Something asked about. ids: indicator by edition; words: by (language, "np" or "ask", split)."""

    id: str
    ids: Mapping[str, str]
    words: Mapping[tuple[str, str, str], tuple[str, ...]]

    def indicator(self, year: int) -> str | None:
        """The indicator that the form of that year has for it; None if it has none."""
        return self.ids.get(edition_of(year))


@dataclass(frozen=True, slots=True)
class Share:
    """A part and the whole it is a part of."""

    part: str
    whole: str
    editions: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """Everything a generated question is put together from."""

    concepts: Mapping[str, Concept]
    frames: Mapping[tuple[str, str, str], tuple[str, ...]]
    shares: tuple[Share, ...]
    applicants: Mapping[tuple[str, str, str], tuple[str, ...]]
    by_applicant: tuple[str, ...]
    years: Mapping[tuple[str, str], tuple[str, ...]]


@cache
def load_words() -> Words:
    """The words of the package's YAML files."""
    parts = _read("parts")
    return Words(
        concepts={entry["id"]: _concept(entry) for entry in _read("concepts")},
        frames=_by_language_and_split(_read("phrasings")),
        shares=tuple(Share(each["part"], each["whole"], tuple(each["editions"])) for each in parts["shares"]),
        applicants=_by_language_and_split(parts["applicants"]),
        by_applicant=tuple(parts["by_applicant"]),
        years={
            (language, split): tuple(frames)
            for language, both in parts["years"].items()
            for split, frames in zip(("dev", "heldout"), both, strict=True)
        },
    )


@dataclass(frozen=True, slots=True)
class Wording:
    """A way to write an agency, and the official names it may mean."""

    text: str
    names: tuple[str, ...]


def agency_wordings(bodies: Iterable[BodyName]) -> dict[str, Wording]:
    """Every wording of the bodies by its lower-case form; kinds alone ("人社局", "the HRSS") are in it too."""
    texts: dict[str, str] = {}
    meanings: dict[str, dict[str, None]] = {}
    for body in bodies:
        kind = body.kind
        for text in (
            *(wording for split in ("dev", "heldout") for wording in chinese_wordings(body, split)),
            *(wording for split in ("dev", "heldout") for wording in english_wordings(body, split)),
            *(kind.short[0], f"the {kind.english[-1]}"),
            *((f"区{kind.short[0]}",) if body.district else ()),
        ):
            texts.setdefault(text.lower(), text)
            meanings.setdefault(text.lower(), {})[body.official] = None
    return {key: Wording(texts[key], tuple(names)) for key, names in meanings.items()}


def _read(name: str) -> Any:
    return yaml.safe_load(files("eval.generated").joinpath(f"{name}.yaml").read_text(encoding="utf-8"))


def _concept(entry: Mapping[str, Any]) -> Concept:
    words = {
        (language, kind, split): tuple(wordings)
        for language in ("zh", "en")
        for kind in ("np", "ask")
        for split, wordings in zip(("dev", "heldout"), entry[f"{language}_{kind}"], strict=True)
    }
    return Concept(entry["id"], {edition: entry[edition] for edition in "ABC" if edition in entry}, words)


def _by_language_and_split(entries: Mapping[str, Any]) -> dict[tuple[str, str, str], tuple[str, ...]]:
    return {
        (name, language, split): tuple(frames)
        for name, languages in entries.items()
        for language, both in languages.items()
        for split, frames in zip(("dev", "heldout"), both, strict=True)
    }
