"""The bilingual glossary as something to ask: which Chinese words stand for an English or an everyday one."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import snowballstemmer

_LONGEST = 12
# Forms that a stemmer does not fold.
_IRREGULAR = dict(
    each.split(":")
    for each in (
        "sent:send drawn:draw drew:draw written:write wrote:write lost:lose won:win gave:give given:give held:hold "
        "brought:bring made:make taken:take took:take got:get gone:go went:go came:come ran:run kept:keep left:leave "
        "spent:spend paid:pay sought:seek began:begin begun:begin withdrew:withdraw withdrawn:withdraw dealt:deal met:meet "
        "fell:fall fallen:fall rose:rise risen:rise grew:grow grown:grow told:tell found:find stood:stand taught:teach "
        "built:build bought:buy sold:sell led:lead chose:choose chosen:choose sued:sue seen:see saw:see shown:show"
    ).split()
)


@dataclass(frozen=True)
class Glossary:
    """by_chinese: word -> the words that mean the same. by_english: stems of a phrase -> Chinese words."""

    by_chinese: dict[str, tuple[str, ...]]
    by_english: dict[tuple[str, ...], tuple[str, ...]]

    def chinese_in(self, run: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(word, all words that mean the same, itself included) for the words of a run of Chinese characters, longest first."""
        at = 0
        while at < len(run):
            for end in range(min(len(run), at + _LONGEST), at + 1, -1):
                if others := self.by_chinese.get(run[at:end]):
                    yield run[at:end], others
                    at = end - 1
                    break
            at += 1

    def english(self, stems: tuple[str, ...]) -> tuple[str, ...]:
        """Chinese words for an English phrase given by its stems; () if it is not known."""
        return self.by_english.get(stems, ())


@lru_cache(maxsize=8_192)
def stem(word: str) -> str:
    """An English word in lower case as phrases are compared."""
    # A stemmer keeps what it works on in itself: threads must not share one.
    return str(snowballstemmer.stemmer("english").stemWord(_IRREGULAR.get(word, word)))


@cache
def load_glossary(*more: str) -> Glossary:
    """The glossary that the embedding learned from (`training/glossary.tsv`), and `more` texts of the same form.

    A line holds Chinese words apart by |, a tab, and English phrases apart by |; lines that begin with # are remarks.
    """
    chinese: dict[str, dict[str, None]] = {}
    english: dict[tuple[str, ...], dict[str, None]] = {}
    text = files("vectorstore.training").joinpath("glossary.tsv").read_text(encoding="utf-8")
    for line in "\n".join((text, *more)).splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        zh, en = (tuple(part.strip() for part in side.split("|")) for side in line.split("\t", 1))
        for word in zh:
            chinese.setdefault(word, {}).update(dict.fromkeys(zh))
        for phrase in en:
            stems = tuple(stem(word) for word in phrase.lower().replace("'s", "").split())
            english.setdefault(stems, {}).update(dict.fromkeys(zh))
    return Glossary(
        {word: tuple(others) for word, others in chinese.items() if len(word) > 1},
        {stems: tuple(words) for stems, words in english.items()},
    )
