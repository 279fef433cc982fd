"""Which bodies one question asks about: settled, to be chosen, or not in the corpus."""

import re
from collections.abc import Sequence

from qa_service.understanding.agencies import AgencyMention, says_group
from qa_service.understanding.normal_form import is_han
from qa_service.understanding.question import Asked
from qa_service.understanding.reading import Reader, Reading

_SHORTEST_PLACE = 2


# "除了淮安，谁收到的最多", "excluding Huai'an": what stands right after these is left out.
_LEAVES_OUT = re.compile(
    r"(?:除了?|除去|不算|不计|不包括|不含|剔除|排除|撇开|刨去|去掉)(?!以)\s*$"
    r"|\b(?:excluding|except(?:ing)?(?: for)?|apart from|aside from|other than|besides|leaving out|not counting|not including)\s+(?:the )?$"
)


def find_asked_agencies(reader: Reader, reading: Reading) -> Asked:
    """The bodies asked about, by the question alone."""
    left_out = find_left_out(reading)
    asked = _find_named(reader, reading, left_out)
    if not left_out or not (asked.everything or asked.agencies):
        return asked
    excluded = {agency for mention in left_out for agency in mention.candidates}
    kept = asked.agencies or tuple(sorted(reader.agencies.agencies))
    return Asked(tuple(agency for agency in kept if agency not in excluded), group=True, said=asked.said)


def find_left_out(reading: Reading) -> list[AgencyMention]:
    """The bodies that the question names only to leave them out."""
    found: list[AgencyMention] = []
    for mention in reading.mentions:
        start = reading.units[mention.start].start if mention.start < mention.end else 0
        joined = bool(found) and reading.text[_end(reading, found[-1]) : start].strip() in (
            "和",
            "与",
            "、",
            "及",
            "and",
            ",",
        )
        if mention.candidates and (joined or _LEAVES_OUT.search(reading.text[:start])):
            found.append(mention)
    return found


def _end(reading: Reading, mention: AgencyMention) -> int:
    return reading.units[mention.end - 1].end


def _find_named(reader: Reader, reading: Reading, left_out: Sequence[AgencyMention]) -> Asked:
    agencies: list[str] = []
    choices: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    lone = ""
    group = bool(reading.cues & {"ALL", "PAIR", "WHICH", "COUNT", "MOST", "LEAST", "RANK"}) or says_group(reading.text)
    unknown = _unknown_agency(reading)
    mentions = [mention for mention in reading.mentions if mention not in left_out]
    said = " ".join(_text_of(reading, mention) for mention in mentions)
    for mention in mentions:
        if not mention.candidates and mention.place:
            # Both place and body are known, but no such body is in the corpus.
            near = near or tuple(reader.agencies.in_place(mention.place))
            unknown = unknown or _text_of(reading, mention)
        elif len(mention.candidates) == 1 and not mention.inside and (mention.place or mention.exact or mention.level):
            agencies.append(mention.candidates[0])
        elif mention.candidates and group:
            agencies.extend(mention.candidates)
        elif mention.place and mention.body and mention.inside:
            near, unknown = mention.candidates, unknown or _text_of(reading, mention)
        elif mention.candidates:
            choices = mention.candidates
        elif mention.body and not mention.place and not reader.agencies.of_body(mention.body):
            lone = lone or _text_of(reading, mention)
    if lone and not (agencies or choices or group):
        # "财政局" where the corpus has none: another body of the conversation is not meant.
        unknown = unknown or lone
    if unknown:
        return Asked(unknown=unknown, near=near, agencies=tuple(dict.fromkeys(agencies)), said=said)
    if agencies and choices:
        # One body is certain, another vague one beside it ("鄞州和人社局"): only the vague one must be asked back.
        agencies = [agency for agency in agencies if agency not in choices] if len(mentions) > 1 else agencies
    everything = not mentions and group
    return Asked(tuple(dict.fromkeys(agencies)), choices if not agencies else (), "", near, group, everything, said)


def _text_of(reading: Reading, mention: AgencyMention) -> str:
    if mention.start >= mention.end:
        return ""
    return reading.text[reading.units[mention.start].start : reading.units[mention.end - 1].end]


def _unknown_agency(reading: Reading) -> str:
    """A body or place that is named but not in the corpus: a real place elsewhere, or unknown text right before a body."""
    for word in reading.foreign:
        after = next((mention for mention in reading.mentions if mention.start in (word.end, word.end + 1)), None)
        full = word.text[-1] in "省市区县旗州盟"
        if after and not after.place:
            return word.text + _text_of(reading, after)
        if full or not any(mention.candidates for mention in reading.mentions):
            return word.text
    for word in reading.words:
        beside = next(
            (m for m in reading.mentions if m.place and not m.body and not m.exact and word.start == m.end), None
        )
        if beside is not None and word.has("other_body"):
            return _text_of(reading, beside) + word.text
    for word in reading.unknown:
        beside = next(
            (m for m in reading.mentions if m.place and not m.body and not m.exact and word.start == m.end), None
        )
        if beside is not None and is_han(word.text[0]):
            # "盐城大学", "鄞州中学": the place's name goes on with something that is not known.
            return _text_of(reading, beside) + word.text
        if len(word.text) < _SHORTEST_PLACE:
            continue
        after = next(
            (
                mention
                for mention in reading.mentions
                if mention.start == word.end and not mention.place and mention.body
            ),
            None,
        )
        if after:
            return (word.text + ("" if is_han(word.text[-1]) else " ") + _text_of(reading, after)).strip()
    return ""
