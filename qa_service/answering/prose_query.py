"""A question in words -> what to look for in the running text: Chinese terms, whatever the language of the question.

Bodies, years and the words of asking are taken out, for the scope already says whose reports are read. What is left is
looked for as pairs of characters; English and everyday words through the Chinese words they stand for.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from qa_service.understanding.normal_form import is_han, normalise
from qa_service.understanding.question import Question
from qa_service.understanding.reading import Reader, Reading
from qa_service.understanding.words import stem
from vectorstore.glossary import Glossary, load_glossary
from vectorstore.lexical_tokens import lexical_tokens

_SYNONYM = 0.6
_TRANSLATION = 1.0
_HALVES = 0.6
_LATIN = 1.2
_NUMBER = 1.5
_LONGEST_PHRASE = 5

# Words of asking, of politeness and of every report; longer ones first.
_ASKING = re.compile(
    "|".join(
        sorted(
            (
                "为什么 为何 为啥 什么原因 原因是什么 是什么原因 怎么回事 怎么样的 怎么样 怎样的 怎样 怎么 如何 哪些方面 哪些 "
                "哪几个 哪几项 哪几种 哪几 哪个 哪里 哪儿 哪家 哪 "
                "什么时候 何时 什么 啥 多少 几个 几件 几条 几次 几项 几份 几名 几人 几家 几期 几种 几 是否 是不是 有没有 有无 能否 可否 能不能 可不可以 会不会 "
                "请问 请告诉我 告诉我 我想知道 想知道 想了解 麻烦 帮我 看看 说说 介绍一下 介绍 一下 报告里 报告中 "
                "报告说 年报里 年报中 年报 年度报告 报告 里面 里头 里 中 "
                ""
                "写道 提到 提及 说到 说过 说了 说的 说 写了 写的 谈到 讲到 自己 到底 究竟 具体 当时 当年 那年 这年 这个 那个 它们 他们 它 他 "
                "通过 可以 做 吗 呢 啊 呀 吧 嘛 么 了 的 是 都有 都 也 还 就 才 那 这 该 请 各 年度 全年"
            ).split(),
            key=len,
            reverse=True,
        )
    )
)
_ASKING_EN = frozenset(
    "a an the of in on at to for from by with over about under into through via per during within as and or its it their "
    "them they that this these those there here your you our we i me my please tell is are was were be been being do does "
    "did done has have had having will would could can may might should shall what which who whom whose where when why how "
    "many much any some all each every if so then than not no report reports annual year years say says said state "
    "bureau office agency body issuer issuers issue authority municipal district county city people's describe explain "
    "disclosure information government must happen happens before after anything something sure handles hold holds people member "
    "members public new open old special uses using role play matter matters were moved "
    "give list show mention mentioned use used make made take took get got go goes kind kinds way ways s t".split()
)
_WANTS: tuple[tuple[str, str], ...] = (
    ("why", r"为什么|为何|为啥|原因|缘由|怎么回事|\bwhy\b|\breasons?\b|\bhow come\b"),
    (
        "how",
        r"怎么|怎样|如何|流程|程序|做法|\bhow (?:do|does|did|is|are|was|were|has|have|can)\b|\bin what way\b|procedure|process\b",
    ),
    (
        "list",
        r"哪些|哪几|哪几项|有什么|什么措施|什么制度|内容|方面|分类|分别|各|列出|多少个方面"
        r"|\bwhat (?:\w+ )?(?:were|are|measures|steps|channels|rules|systems|ways)\b|\bwhich\b|\bwhat kinds?\b|\blist\b",
    ),
    (
        "contact",
        r"电话|号码|热线|邮箱|地址|邮编|传真|网址|联系|在哪|哪里|\bphone|telephone|\bcall\b|e-?mail|address|hotline|contact|postcode|\bwhere\b",
    ),
    ("topic", r"关于什么|什么内容|哪方面|\babout\s*\?|about\s*$|what .* about\b|what subject"),
    ("when", r"什么时候|何时|哪一?年|几月|日期|时间|\bwhen\b|\bwhat (?:date|year|time)\b"),
    ("number", r"多少|几[个件条次项份名人家期种篇场位封]|\bhow (?:many|much|often|long)\b"),
)


@dataclass(frozen=True, slots=True)
class Term:
    """Something said in the question. forms: Chinese words or numbers any of which says it. weight: how much it counts.

    said: whether it is the question's own word, rather than a translation or another word for it.
    """

    forms: tuple[str, ...]
    weight: float = 1.0
    said: bool = True


@dataclass(frozen=True)
class ProseQuery:
    """What to look for. text: the question without bodies, years and words of asking, with the Chinese words added.

    asked: the question without bodies and years. wants: what sort of sentence answers it ("why", "how", "list", "contact", "when", "number").
    """

    text: str
    terms: tuple[Term, ...]
    wants: frozenset[str]
    asked: str = ""

    @cached_property
    def is_empty(self) -> bool:
        """Whether nothing is left to look for."""
        return not self.terms


def prose_query(question: Question, reader: Reader) -> ProseQuery:
    """The query of a question; what the glossary does not know stays as it was said."""
    reading = reader.read(question.text)
    rest = without_scope(reading)
    wants = frozenset(want for want, pattern in _WANTS if re.search(pattern, question.text))
    return make_query(rest, wants)


def make_query(text: str, wants: frozenset[str] = frozenset()) -> ProseQuery:
    """The query of words that name no body and no year."""
    glossary = _words()
    plain = normalise(text)
    terms = [*_chinese_terms(plain, glossary), *_latin_terms(plain, glossary), *_numbers(plain)]
    merged: dict[tuple[str, ...], Term] = {}
    for term in terms:
        if all(not _ASKING.sub("", form).strip() for form in term.forms):
            continue
        if term.forms not in merged or merged[term.forms].weight < term.weight:
            merged[term.forms] = term
    added = [form for term in merged.values() if not term.said for form in term.forms[:3]]
    said = " ".join(" ".join(_ASKING.sub(" ", plain).split()).split())
    return ProseQuery(" ".join(dict.fromkeys([said, *added])).strip(), tuple(merged.values()), wants, plain)


@cache
def _words() -> Glossary:
    own = files("qa_service.answering").joinpath("prose_words.tsv").read_text(encoding="utf-8")
    return load_glossary(own)


def without_scope(reading: Reading) -> str:
    """The text as read, less the bodies and years it names."""
    spans = list(reading.year.spans)
    spans += [
        (reading.units[mention.start].start, reading.units[mention.end - 1].end)
        for mention in reading.mentions
        if mention.start < mention.end
    ]
    text = reading.text
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return re.sub(r"^\s*年|\s年(?:度)?(?=\s|[\u4e00-\u9fff])", " ", text)


def _chinese_terms(text: str, glossary: Glossary) -> list[Term]:
    found: list[Term] = []
    for run in re.findall(r"[\u3400-\u9fff]+", _ASKING.sub(" ", text)):
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
            chinese = glossary.english(tuple(stems[at : at + length]))
            if chinese:
                found.append(Term(chinese, _TRANSLATION * (1 + 0.25 * (length - 1)), said=False))
                if all(len(form) >= 4 for form in chinese):
                    # A set phrase may be there in other words: its halves count, but less.
                    halves = dict.fromkeys(half for form in chinese for half in (form[:2], form[-2:]))
                    found.append(Term(tuple(halves), _HALVES, said=False))
                at += length
                break
        else:
            if words[at] not in _ASKING_EN and len(words[at]) > 1:
                found.append(Term((words[at],), _LATIN))
            at += 1
    return found


def _numbers(text: str) -> list[Term]:
    return [
        Term((token,), _NUMBER)
        for token in dict.fromkeys(lexical_tokens(text))
        if token[0].isdigit() and not is_han(token[0]) and len(token) > 1
    ]
