"""Which public bodies a question speaks of, by any of their names.

No alias is typed in per agency: an official name is taken apart into places and a body, each part has its everyday forms
by rule (鄞州区 → 鄞州, Yinzhou; 人力资源和社会保障局 → 人社局, HRSS), and a question may name the parts together or apart.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from qa_service.understanding.agency_forms import body_id, english_body, inverted, place_forms, romanised, split_name
from qa_service.understanding.normal_form import is_han, normalise
from qa_service.understanding.words import Entry, Unit, Vocabulary
from reports.agency import Agency
from reports.body_kinds import BODY_KINDS

_LEVELS = {
    "省": ("省", "自治区"),
    "市": ("市", "州", "盟", "地区"),
    "区": ("区",),
    "县": ("县", "旗"),
    "镇": ("镇",),
    "乡": ("乡",),
    "街道": ("街道",),
}
_ALL_LEVELS = ("省", "市", "区", "县", "旗", "镇", "乡")
_LEVELS_IN_ENGLISH = {
    "district": ("区", "县"),
    "county": ("县", "旗", "区"),
    "city": ("市", "州", "区"),
    "municipal": ("市", "州"),
    "province": ("省", "区"),
    "provincial": ("省", "区"),
    "town": ("镇",),
    "township": ("乡", "镇"),
}
_GROUP_ZH = (
    "各",
    "所有",
    "全部",
    "哪个",
    "哪家",
    "哪些",
    "哪几家",
    "几家",
    "那几家",
    "这几家",
    "每个",
    "每家",
    "各个",
    "各家",
    "那些",
    "这些",
    "都有谁",
)
_GROUP_EN = re.compile(
    r"\b(?:which|all|every|each|across)\b|\bany (?:of|one|other|agenc|bod|bureau|office|authorit|department|organi)"
)
# "in all" counts, it names no bodies.
_IDIOMS = re.compile(
    r"\b(?:all in all|in all|at all|all told|all together|after all|each time|(?:each|every|all)(?: of)?(?: the| those| these)? years?|which years?)\b"
    r"|\bwhich (?:quantity|number|amount|figure|value|share|part|portion|count)\b|(?<=[a-z] )which (?=(?:the|its|it|this|they) )"
    r"|(?<=[a-z] )which (?=[a-z' ]{0,40}(?:bureau|office|commission|hrss),? [a-z]+ )"
    r"|\ball (?:by|from|of)\b|\bof which\b|\b(?:is|are|was|were) all (?:in|there|on|written)\b"
    r"|哪一?[个项](?:数|指标|年)|各(?:类|种|项|界|方面)(?!单位|机关|部门)"
    # "律所有多少" names no 所有; "那些里" points back to figures.
    r"|所有(?:的?申请人|类型|的呢|呢|人(?!社|力))|(?:全部|所有)的?(?:申请|类型|类别|新收)|全部(?:的?申请人|的呢|呢)"
    r"|\ball (?:applicants?|requesters?|types|kinds|requests|categories)\b"
    r"|(?<=[律究务出])所(?=有)|[那这]些(?:里面?|当?中|里头)"
)
_BEFORE_LEVEL = frozenset("们咱俺该本年度问请查看是的在和与及跟同比把由对向给据")
_BEFORE_PLACE = frozenset((",", "of", "in", "("))
_GLUE = frozenset(
    [
        "的",
        "of",
        "the",
        "in",
        "'s",
        ",",
        "，",
        "(",
        ")",
        "district",
        "county",
        "city",
        "municipal",
        "municipality",
        "province",
        "town",
        "辖区",
    ]
)


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """A place, a body, or both, as said in the question; unit range [start, end).

    candidates: ids of the agencies it can mean, sorted. place: full name of the place said, "" if none. body: kind id or
    official ending said, "" if none. exact: the whole official name or a hand-given alias was said. inside: none of the
    candidates is the place's own body; they belong to places inside it.
    """

    start: int
    end: int
    candidates: tuple[str, ...]
    place: str = ""
    body: str = ""
    exact: bool = False
    inside: bool = False
    level: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    """One agency taken apart."""

    agency: Agency
    places: tuple[str, ...]
    body: str
    level: str


# Unit range of a place, a body or a whole name, with what it can mean.
_Piece = tuple[int, int, frozenset[Entry]]


class AgencyIndex:
    """Finds agencies in questions. Built from the agencies of the corpus; safe to share between threads."""

    def __init__(self, agencies: Sequence[Agency]) -> None:
        self.agencies: Mapping[str, Agency] = {agency.id: agency for agency in agencies}
        self._named = tuple(self._take_apart(agency) for agency in agencies)
        self.vocabulary = Vocabulary()
        self._by_place: dict[str, set[str]] = {}
        self._by_body: dict[str, set[str]] = {}
        self._innermost: dict[str, str] = {}
        self._level: dict[str, str] = {}
        self._body: dict[str, str] = {}
        self._romanised = False
        self._romanising = Lock()
        for named in self._named:
            self._add(named)
        for kind in BODY_KINDS:
            english = (
                kind.english,
                *inverted(kind.english),
                *kind.short_en,
                *(f for name in kind.short_en for f in inverted(name)),
            )
            self._add_body_forms(kind.id, (*kind.endings, *kind.short_zh, *english))

    @staticmethod
    def _take_apart(agency: Agency) -> _Named:
        places, ending = split_name(agency)
        innermost = places[-1] if places else ""
        level = next((level for level, endings in _LEVELS.items() if innermost.endswith(endings)), "")
        return _Named(agency, places, body_id(ending), level)

    def _add(self, named: _Named) -> None:
        agency = named.agency
        places = {normalise(form) for place in named.places for form in place_forms(place)}
        for name in (agency.name, *agency.aliases, *([agency.english] if agency.english else [])):
            # "淮安市" for its government: a place as any other, or 淮安市公安局 would be heard as the government.
            if normalise(name) not in places:
                self.vocabulary.add(normalise(name), Entry("agency", agency.id))
        for place in named.places:
            self._by_place.setdefault(place, set()).add(agency.id)
            for form in place_forms(place):
                self.vocabulary.add(normalise(form), Entry("place", place))
        self._innermost[agency.id] = named.places[-1] if named.places else ""
        self._level[agency.id] = named.level
        self._body[agency.id] = named.body
        self._by_body.setdefault(named.body, set()).add(agency.id)
        self._add_body_forms(named.body, (named.body, *english_body(agency)))

    def _add_body_forms(self, body: str, forms: Iterable[str]) -> None:
        for form in forms:
            self.vocabulary.add(normalise(form), Entry("body", body))

    @cached_property
    def place_names(self) -> frozenset[str]:
        """All places of the corpus, full names."""
        return frozenset(self._by_place)

    def of_body(self, body: str) -> tuple[str, ...]:
        """Ids of all agencies of that kind of body, sorted."""
        return tuple(sorted(self._by_body.get(body, ())))

    def body_of(self, agency_id: str) -> str:
        """The body kind id of an agency."""
        return self._body[agency_id]

    def level_of(self, agency_id: str) -> str:
        """The level of the agency's place ("市", "区", …), "" if its name has none."""
        return self._level[agency_id]

    def innermost(self, agency_id: str) -> str:
        """The innermost place of an agency ("鄞州区"), "" if its name has none."""
        return self._innermost.get(agency_id, "")

    def in_place(self, place: str) -> tuple[str, ...]:
        """Ids of all agencies of that place and of places inside it, sorted."""
        return tuple(sorted(self._by_place.get(place, ())))

    def _romanise(self) -> None:
        """Adds the Latin spellings of the places, at the first question that has Latin letters: the pronunciation tables
        take a while to load."""
        with self._romanising:
            if not self._romanised:
                for place in self._by_place:
                    for form in romanised(place):
                        self.vocabulary.add(form, Entry("place", place))
                self._romanised = True

    def warm(self) -> None:
        """Loads what only questions with Latin names need."""
        self._romanise()

    def find(self, units: Sequence[Unit]) -> list[AgencyMention]:
        """The mentions in reading order. A body said apart from its place is joined to it (拱墅跟镇海，人社局…) and stays
        in the list without candidates."""
        if not self._romanised and any("a" <= unit.key[0] <= "z" for unit in units):
            self._romanise()
        pieces = self._pieces(units)
        mentions = [mention for group in self._grouped(pieces, units) if (mention := self._mention(group, units))]
        return self._share_body(mentions)

    def _pieces(self, units: Sequence[Unit]) -> list[_Piece]:
        pieces: list[_Piece] = []
        index = 0
        while index < len(units):
            found = self.vocabulary.matches(units, index)
            if found:
                end, entries = self._longest(units, found)
                pieces.append((index, end, entries))
                index = end
            else:
                index += 1
        return pieces

    def _longest(
        self, units: Sequence[Unit], found: Sequence[tuple[int, frozenset[Entry]]]
    ) -> tuple[int, frozenset[Entry]]:
        """The match to take: a whole name, unless place and body said one after the other reach further (…府办|公室)."""
        whole = [match for match in found if any(entry.group == "agency" for entry in match[1])]
        parts = [match for match in found if match not in whole]
        if not whole or not parts:
            return max(found, key=lambda match: match[0])
        name, place = max(whole, key=lambda match: match[0]), max(parts, key=lambda match: match[0])
        reach = max((end for end, _ in self.vocabulary.matches(units, place[0])), default=place[0])
        return place if reach > name[0] else name

    def _grouped(self, pieces: Sequence[_Piece], units: Sequence[Unit]) -> list[list[_Piece]]:
        """Neighbouring pieces that make up one name: places, then at most one body, with nothing but glue between them."""
        groups: list[list[_Piece]] = []
        for index, piece in enumerate(pieces):
            last = groups[-1] if groups else None
            following = pieces[index + 1] if index + 1 < len(pieces) else None
            if last and self._joins(last, piece, units) and not self._begins_a_name(last, piece, following, units):
                last.append(piece)
            else:
                groups.append([piece])
        return groups

    def _joins(self, group: Sequence[_Piece], piece: _Piece, units: Sequence[Unit]) -> bool:
        gap = [units[index].text for index in range(group[-1][1], piece[0])]
        if not all(text in _GLUE for text in gap) or len(gap) > 3:
            return False
        has_body = any(not _is_only("place", member[2]) for member in group)
        if not _is_only("place", piece[2]):
            return not has_body
        if not has_body:
            return self._nested(group, piece)
        # "HRSS of Yinzhou", "Yinzhou HRSS, Ningbo": in English a place may follow the body, if it is where the body is.
        # Some names of bodies end with the word that the place follows ("the people's government of").
        follows = _BEFORE_PLACE & {*gap, units[group[-1][1] - 1].text} and not is_han(units[piece[0]].text)
        return bool(follows) and self._nested(group, piece)

    @staticmethod
    def _begins_a_name(group: Sequence[_Piece], piece: _Piece, following: _Piece | None, units: Sequence[Unit]) -> bool:
        """ "A HRSS, Shili Education Bureau": a place after a body that has a body of its own right behind it."""
        has_body = any(not _is_only("place", member[2]) for member in group)
        if not has_body or following is None or _is_only("place", following[2]):
            return False
        return all(units[index].text in _GLUE - {","} for index in range(piece[1], following[0]))

    def _nested(self, group: Sequence[_Piece], piece: _Piece) -> bool:
        """Whether some agency lies in all the places of the group and of the piece."""
        found = set(self.agencies)
        for member in (*group, piece):
            places = [entry.value for entry in member[2] if entry.group == "place"]
            if places:
                found &= set().union(*(self._by_place.get(place, set()) for place in places))
        return bool(found)

    def _mention(self, group: list[_Piece], units: Sequence[Unit]) -> AgencyMention | None:
        start, end = group[0][0], group[-1][1]
        entries = [piece[2] for piece in group]
        exact = [frozenset(e.value for e in piece if e.group == "agency") for piece in entries]
        if any(exact):
            named = frozenset().union(*exact)
            place = next((self._innermost[a] for a in sorted(named)), "")
            return AgencyMention(start, end, tuple(sorted(named)), place, self.body_of(min(named)), exact=True)
        places = [
            sorted({e.value for e in piece if e.group == "place"})
            for piece in entries
            if any(e.group == "place" for e in piece)
        ]
        bodies = sorted({e.value for piece in entries for e in piece if e.group == "body"})
        if places and self._says_another_level(group, units, places[-1]):
            return AgencyMention(start, end + 1, (), places[-1][0], bodies[0] if bodies else "", inside=False)
        level = self._level_before(group, units) if bodies and not places else ""
        candidates, inside = self._narrow(places, bodies, level)
        place = places[-1][0] if places else ""
        return AgencyMention(
            start - (1 if level else 0),
            end,
            candidates,
            place,
            bodies[0] if bodies else "",
            inside=inside,
            level=level if self._begins_with_level(start - 1, units) else "",
        )

    @staticmethod
    def _says_another_level(group: list[_Piece], units: Sequence[Unit], places: Sequence[str]) -> bool:
        """ "淮安区" where only 淮安市 is known, "Huaian District": the same short name, another place."""
        last = next(piece for piece in reversed(group) if any(entry.group == "place" for entry in piece[2]))
        if last[1] >= len(units) or units[last[1] - 1].text in _ALL_LEVELS:
            return False
        if any(piece[0] == last[1] for piece in group):
            # "平峰|市场监管局": the body begins there.
            return False
        following = units[last[1]].text
        said = (following,) if following in _ALL_LEVELS else _LEVELS_IN_ENGLISH.get(following, ())
        return bool(said) and not any(place.endswith(said) for place in places)

    @staticmethod
    def _level_before(group: list[_Piece], units: Sequence[Unit]) -> str:
        before = units[group[0][0] - 1].text if group[0][0] > 0 else ""
        first = units[group[0][0]].text
        return before if before in _LEVELS and is_han(first) else ""

    @staticmethod
    def _begins_with_level(place: int, units: Sequence[Unit]) -> bool:
        """Whether no name stands before the level: 市人社局, where 海曙区人社局 names a place that is not known."""
        before = units[place - 1].text if place > 0 else ""
        return not before or not is_han(before) or before in _BEFORE_LEVEL

    def _narrow(
        self, places: Sequence[Sequence[str]], bodies: Sequence[str], level: str
    ) -> tuple[tuple[str, ...], bool]:
        """(agencies in all the places said, of the body said; whether they are only of places inside it).

        The place's own body comes before bodies of places inside it.
        """
        found = set(self.agencies)
        for forms in places:
            found &= set().union(*(self._by_place.get(form, set()) for form in forms))
        if bodies:
            found &= set().union(*(self._by_body.get(body, set()) for body in bodies))
        if level:
            found = {agency for agency in found if self._level[agency] == level}
        said = {form for forms in places for form in forms}
        own = {agency for agency in found if self._innermost[agency] in said}
        return tuple(sorted(own or found)), bool(places) and bool(found) and not own

    def _share_body(self, mentions: list[AgencyMention]) -> list[AgencyMention]:
        bare = [mention for mention in mentions if mention.place and not mention.body]
        lone = [mention for mention in mentions if mention.body and not mention.place and not mention.exact]
        if bare and not lone:
            # "镇海和拱墅人社局": the body said with the last place holds for the earlier bare ones too.
            with_body = [mention for mention in mentions if mention.place and mention.body]
            lone = with_body[-1:]
        if not bare or not lone:
            return mentions
        body = lone[-1].body
        shared: list[AgencyMention] = []
        for mention in mentions:
            if mention in bare:
                # No body of that kind in the place: then none is meant, not another one of the place.
                narrowed = tuple(a for a in mention.candidates if self.body_of(a) == body)
                shared.append(
                    AgencyMention(mention.start, mention.end, narrowed, mention.place, body, inside=mention.inside)
                )
            elif mention in lone and not mention.place:
                shared.append(AgencyMention(mention.start, mention.end, (), "", body))
            else:
                shared.append(mention)
        return shared


def _is_only(kind: str, entries: frozenset[Entry]) -> bool:
    return all(entry.group == kind for entry in entries)


def says_group(text: str) -> bool:
    """Whether a question in normal form asks over several bodies ("各人社局", "which bureau", "all agencies")."""
    plain = _IDIOMS.sub(" ", text)
    return any(word in plain for word in _GROUP_ZH) or bool(_GROUP_EN.search(plain))
