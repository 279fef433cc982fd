"""A question in words -> what to look for in the running text: Chinese terms, whatever the language of the question.

Bodies, years and the words of asking are taken out, for the scope already says whose reports are read. What is left is
looked for as pairs of characters; English and everyday words through the Chinese words they stand for.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from qa_service.understanding.normal_form import normalise
from qa_service.understanding.question import Question
from qa_service.understanding.reading import Reader, Reading
from vectorstore.query_terms import Term, query_terms

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
    (
        "topic",
        r"关于什么|什么内容|哪方面|(?:问|想?要|查|申请|索取)的?(?:都|主要|大多|主要想要|主要是|都是)?(?:是|问|想?要)?(?:些|的|的是)?(?:什么|啥)(?!时候)|什么材料|什么事|"
        r"\babout\s*\?|about\s*$|what .* about\b|what subject",
    ),
    ("when", r"什么时候|何时|哪一?年|几月|日期|时间|\bwhen\b|\bwhat (?:date|year|time)\b"),
    ("number", r"多少|几[个件条次项份名人家期种篇场位封]|\bhow (?:many|much|often|long)\b"),
)

# What is asked for without being named.
_WANTED = {"topic": Term(("内容", "查询", "涉及"), said=False)}


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
    found = query_terms(normalise(text))
    terms = (*found.terms, *(_WANTED[want] for want in sorted(wants) if want in _WANTED))
    return ProseQuery(found.text, terms, wants, found.asked)


def without_scope(reading: Reading) -> str:
    """The text as read, less the bodies and years it names. A kind of body alone ("help for the subdistricts") names none."""
    spans = list(reading.year.spans)
    spans += [
        (reading.units[mention.start].start, reading.units[mention.end - 1].end)
        for mention in reading.mentions
        if mention.start < mention.end and (mention.candidates or mention.place)
    ]
    text = reading.text
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return re.sub(r"^\s*年|\s年(?:度)?(?=\s|[\u4e00-\u9fff])", " ", text)
