"""What a question says, as something to look for in Chinese texts: each thing once, in any of the words that stand for it.

Words of asking and of politeness are taken out. What is left is looked for as pairs of characters; English and everyday
words through the Chinese words they stand for (`training/glossary.tsv`, `everyday_words.tsv`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from vectorstore.asked_chapters import chapter_words
from vectorstore.glossary import Glossary, load_glossary, stem
from vectorstore.lexical_tokens import lexical_tokens, normalise

_SYNONYM = 0.6
_TRANSLATION = 1.0
_HALVES = 0.6
_LATIN = 1.2
_NUMBER = 1.5
_CHAPTER = 1.0
_LONGEST_PHRASE = 5
# Of the words that stand for one another so many are looked for beside the question's own.
_ADDED = 3

# Words of asking, of politeness and of every report; longer ones first.
_ASKING = re.compile(
    "|".join(
        sorted(
            (
                "为什么 为何 为啥 什么原因 原因是什么 是什么原因 怎么回事 怎么样的 怎么样 怎样的 怎样 怎么 如何 哪些方面 哪些 "
                "哪几个 哪几项 哪几种 哪几 哪个单位 哪个 哪里 哪儿 哪家 哪 谁 是什么意思 什么意思 指什么 含义 "
                "什么时候 何时 什么 啥 多少 几个 几件 几条 几次 几项 几份 几名 几人 几家 几期 几种 几 是否 是不是 有没有 有无 能否 可否 能不能 可不可以 会不会 "
                "请问 请告诉我 告诉我 我想知道 想知道 想了解 麻烦 帮我 看看 说说 介绍一下 介绍 一下 报告里 报告中 "
                "报告说 年报里 年报中 年报 年度报告 报告 里面 里头 里 中 "
                "写道 提到 提及 说到 说过 说了 说的 说 写了 写的 谈到 讲到 自己 到底 究竟 具体 当时 当年 那年 这年 这个 那个 它们 他们 它 他 "
                "通过 可以 做 吗 呢 啊 呀 吧 嘛 么 了 的 是 都有 都 也 还 就 才 那 这 该 请 各 年度 全年"
            ).split(),
            key=len,
            reverse=True,
        )
    )
)
# "两件", "39份": how many of them there are says nothing of what they are.
_COUNTED = re.compile(r"(?:\d+|(?<![\u3400-\u9fff])[一两二三四五六七八九十]+)[件条次项份名家期种篇场封起宗个]")
_ASKING_EN = frozenset(
    "a an the of in on at to for from by with over about under into through via per during within as and or its it their "
    "them they that this these those there here your you our we i me my please tell is are was were be been being do does "
    "did done has have had having will would could can may might should shall what which who whom whose where when why how "
    "many much any some all each every if so then than not no report reports annual year years say says said state "
    "bureau office agency body issuer issuers issue authority municipal district county city people's describe explain "
    "disclosure information government must happen happens before after anything something sure handles hold holds people member "
    "members public new open old special uses using most least best worst role play matter matters were moved mean means meaning "
    "give list show mention mentioned use used make made take took get got go goes kind kinds way ways s t".split()
)
_GRAMMAR = frozenset(
    "在到给被把让对从向和与或及的了着过地得是有没不就都也还再又很太更最可能会要想去来上下里外中前后时们这那哪啥谁怎么吧呢吗啊个些点种样"
    "为以其所此之而且但并如若虽因由则只才用拿靠走看说做搞弄干找叫请将已曾几多少什咋帮您你我他她它咱自己别人家事儿东西情况些跟替按照问知道"
)


@dataclass(frozen=True, slots=True)
class Term:
    """Something said in the question. forms: Chinese words or numbers any of which says it. weight: how much it counts.

    said: whether it is the question's own word, rather than a translation or another word for it.
    """

    forms: tuple[str, ...]
    weight: float = 1.0
    said: bool = True

    @property
    def unsaid_share(self) -> float:
        """How much a term that stands nowhere counts against what is there."""
        if not self.said:
            return 0.25
        # A pair with a word of grammar in it ("怎么没", "下面") names nothing that a report could have left out.
        return 0.05 if has_grammar(self.forms[0]) else 0.6


@dataclass(frozen=True)
class QueryTerms:
    """asked: the question, normalised. terms: what it says, without repetition."""

    asked: str
    terms: tuple[Term, ...]

    @cached_property
    def text(self) -> str:
        """The question without words of asking, and the words that stand for what it says."""
        said = " ".join(without_asking(self.asked).split())
        added = [form for term in self.terms if not term.said for form in term.forms[:_ADDED]]
        return " ".join(dict.fromkeys([said, *added])).strip()


def query_terms(text: str) -> QueryTerms:
    """The terms of a question that names no body and no year."""
    glossary, plain = _words(), normalise(text)
    terms = [*_chinese_terms(plain, glossary), *_latin_terms(plain, glossary), *_numbers(plain)]
    merged: dict[tuple[str, ...], Term] = {}
    for term in terms:
        # Words that stand for one another say as little as the first of them ("how many": 多少, 数量).
        if not without_asking(term.forms[0]).strip():
            continue
        if term.forms not in merged or merged[term.forms].weight < term.weight:
            merged[term.forms] = term
    return QueryTerms(plain, tuple(merged.values()))


def chapter_terms(text: str) -> tuple[Term, ...]:
    """The words of the chapter that a question asks for without naming it, as one term a chapter."""
    return tuple(Term(words, _CHAPTER, said=False) for words in chapter_words(text))


def has_grammar(text: str) -> bool:
    """Whether a word of grammar or of everyday doing stands in it ("怎么", "办了")."""
    return not _GRAMMAR.isdisjoint(text)


def without_asking(text: str) -> str:
    """A normalised text with a blank for each word of asking."""
    return _ASKING.sub(" ", text)


@cache
def _words() -> Glossary:
    return load_glossary(files("vectorstore").joinpath("everyday_words.tsv").read_text(encoding="utf-8"))


def _chinese_terms(text: str, glossary: Glossary) -> list[Term]:
    found: list[Term] = []
    for run in re.findall(r"[\u3400-\u9fff]+", _COUNTED.sub(" ", without_asking(text))):
        if len(run) == 1:
            continue
        found += [Term((run[at : at + 2],)) for at in range(len(run) - 1)]
        for phrase, others in glossary.chinese_in(run):
            alternatives = tuple(other for other in others if other != phrase)
            if alternatives:
                found.append(Term(alternatives, _SYNONYM, said=False))
    return found


def _latin_terms(text: str, glossary: Glossary) -> list[Term]:
    words = re.findall(r"[a-z]+(?:['-][a-z]+)*", text)
    stems = [stem(word) for word in words]
    found: list[Term] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            if length == 1 and words[at] in _ASKING_EN:
                continue
            if chinese := glossary.english(tuple(stems[at : at + length])):
                # Some words are used untranslated too ("App").
                found += _translated((*chinese, words[at]) if length == 1 else chinese, length)
                at += length
                break
        else:
            if words[at] not in _ASKING_EN and len(words[at]) > 1:
                found.append(Term((words[at],), _LATIN))
            at += 1
    return found


def _translated(chinese: Sequence[str], words: int) -> list[Term]:
    """An English phrase of so many words through what stands for it."""
    whole = Term(tuple(chinese), _TRANSLATION * (1 + 0.25 * (words - 1)), said=False)
    if not all(len(form) >= 4 for form in chinese if not form.isascii()):
        return [whole]
    # A set phrase may be there in other words: its halves count, but less.
    halves = dict.fromkeys(half for form in chinese if not form.isascii() for half in (form[:2], form[-2:]))
    return [whole, Term(tuple(halves), _HALVES, said=False)]


def _numbers(text: str) -> list[Term]:
    return [
        Term((token,), _NUMBER)
        for token in dict.fromkeys(lexical_tokens(text))
        if token[0].isdigit() and len(token) > 1
    ]
