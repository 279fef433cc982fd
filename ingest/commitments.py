"""What an agency calls a problem and what it says it will do, in its own words.

Cues after guide.md section 11: problems are named before a turning point (下一步, 今后, 针对上述问题, "2023年，我局将"),
measures after it. In the section on problems every listed measure counts; elsewhere only a sentence that looks ahead
and says 将. Deeds already done (已, 了) are no commitments.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from ingest.commitment_cues import (
    ACTION,
    AHEAD,
    DONE,
    DONE_HEADING,
    EMPTY_LEAD,
    GENERIC_PROBLEM,
    HEAD_LONGEST,
    LEAD_IN,
    LIST_MARK,
    MEASURE_HEADING,
    MODAL,
    NEXT_YEAR,
    PAST,
    PROBLEM_CUE,
    PROBLEM_HEADING,
    REMEDIED,
    SHORTEST,
    SILENT_MARK,
    STARTS_WITH_ACTION,
    TAKES,
    TO_OVERCOME,
    TURN,
    WE_WILL,
    WILL,
    WITH_SPECIFIC,
    YEAR_AHEAD,
)
from ingest.commitment_items import split_items
from ingest.sentences import split_clauses, split_sentences
from reports.document import Paragraph
from reports.passage import Commitment
from reports.place import Place
from reports.report import Section
from reports.theme import match_themes

# Longer than any sentence a clerk writes: a table or a list run together, nothing to be quoted.
_LONGEST_ITEM = 1200


class _Mode(Enum):
    BEFORE = "before"  # nothing said yet
    PROBLEMS = "problems"
    DONE = "done"  # what was done about last year's problems
    MEASURES = "measures"


@dataclass(frozen=True, slots=True)
class _Find:
    kind: str
    quote: str
    cue: str
    target_year: int | None
    section: str
    place: Place


@dataclass(slots=True)
class _State:
    """Where the reader stands in the section on problems; carried over its sub-sections."""

    mode: _Mode = _Mode.BEFORE
    announced: bool = False  # the items that follow were announced as problems ("主要问题：")
    target_year: int | None = None
    cue: str = ""
    top: str = ""
    # What the item before was, where a semicolon or a colon says that the list goes on.
    chained: str | None = None


def find_commitments(sections: Sequence[Section], agency: str, year: int, report_id: str) -> tuple[Commitment, ...]:
    """The problems and commitments of one report in reading order, each an exact quote with its section and themes.

    agency: the agency's id; year: the data year. Problems get ids P1, P2, …; commitments C1, C2, ….
    """
    finds: list[_Find] = []
    state = _State()
    for section in sections:
        if _is_on_problems(section):
            if section.path and section.path[0] != state.top:
                state = _State(top=section.path[0])
            finds.extend(_read_problem_section(section, state, year))
        else:
            finds.extend(_read_other_section(section, year))
    return _with_links(_numbered(finds, agency, year, report_id))


def _is_on_problems(section: Section) -> bool:
    return any(
        PROBLEM_HEADING.search(heading) and not re.search(r"复议|收费|附件", heading) for heading in section.path
    )


def _read_problem_section(section: Section, state: _State, year: int) -> Iterator[_Find]:
    path = " / ".join(section.path)
    if len(section.path) > 1:
        _turn_at_heading(section.path[-1], state)
    for paragraph in section.paragraphs:
        for find in _read_paragraph(paragraph, state, year):
            yield replace(find, section=path)


def _turn_at_heading(heading: str, state: _State) -> None:
    if DONE_HEADING.search(heading):
        state.mode = _Mode.DONE
    elif re.search(r"问题|不足|困难|短板", heading) and not MEASURE_HEADING.search(heading):
        state.mode = _Mode.PROBLEMS
        state.announced = True
    elif MEASURE_HEADING.search(heading):
        state.mode = _Mode.MEASURES
        state.cue = heading


def _read_paragraph(paragraph: Paragraph, state: _State, year: int) -> Iterator[_Find]:
    text = paragraph.text
    if len(text) <= HEAD_LONGEST and not re.search(r"[。；;！!，,]", text) and _is_heading(text):
        _turn_at_heading(text.rstrip("：: "), state)
        state.target_year = _stated_year(text, year) or state.target_year
        return
    heading, items = split_items(text)
    state.cue = heading or state.cue
    state.chained = None
    for start, end in items:
        if end - start > _LONGEST_ITEM:
            continue
        item = text[start:end]
        found = list(_read_item(item, paragraph.place, state, year))
        yield from found
        state.chained = _goes_on(item, found, state)


def _goes_on(item: str, found: Sequence[_Find], state: _State) -> str | None:
    """The kind of what follows in the same list: 将公开…；推行…；  还有差距：…；…。 None where the sentence is at its end."""
    last = item.rstrip()[-1:]
    if last in "；;" and found:
        return found[-1].kind
    return "problem" if last in "：:" and state.announced and state.mode is _Mode.PROBLEMS else None


def _is_heading(text: str) -> bool:
    title = text.rstrip("：: ")
    return bool(re.search(r"(?:问题|不足|困难|短板)$", title) or MEASURE_HEADING.search(title))


def _read_item(item: str, place: Place, state: _State, year: int) -> Iterator[_Find]:
    """The problems and commitments in one sentence or list entry; moves the state on."""
    turn = _find_turn(item, year, state)
    if turn is not None:
        start, target = turn
        if start:
            yield from _read_problems(item[:start], place, state)
        for match in TO_OVERCOME.finditer(item):
            yield _Find("problem", match["what"], "克服", None, "", place)
        state.mode = _Mode.MEASURES
        state.announced = False
        state.target_year = target or state.target_year
        rest = item[start:]
        state.cue = _cue_of(rest)
        if lead := EMPTY_LEAD.search(rest):
            rest = rest[lead.end() :]
        if _promises(rest.strip()):
            yield _commitment(rest, place, state, year)
        return
    if REMEDIED.search(item) and PAST.search(item):
        state.mode = _Mode.DONE
        return
    if item.rstrip().endswith(("：", ":")) and _announces(item, state):
        return
    found = list(_read_problems(item, place, state)) if _may_be_problem(item, state) else []
    if found:
        yield from found
    elif _is_announced_problem(item, state):
        mark = LIST_MARK.match(item)
        yield _Find("problem", _trimmed(item), mark["mark"] if mark else state.cue, None, "", place)
    elif _is_measure(item, state):
        yield _commitment(item, place, state, year)


def _announces(item: str, state: _State) -> bool:
    """Whether words before a colon announce a list of problems or measures; turns the state to it."""
    heading = _bare(item).rstrip("：: ")
    if _is_heading(heading):
        _turn_at_heading(heading, state)
        return True
    if state.mode is _Mode.MEASURES or not GENERIC_PROBLEM.search(item):
        return False
    state.mode = _Mode.PROBLEMS
    state.announced = True
    return True


def _promises(sentence: str) -> bool:
    """Whether the sentence at the turning point promises something itself, rather than lead in a list."""
    if LEAD_IN.search(sentence) or len(sentence) < 6:
        return False
    said = re.split(r"将|计划|打算", sentence, maxsplit=1)[-1].rstrip("：:。；; ")
    # "2022年将重点推进：" only leads in what follows.
    return len(said) >= (8 if sentence[-1] in "：:" else 4) and bool(ACTION.search(sentence) or "将" in sentence)


def _find_turn(item: str, year: int, state: _State) -> tuple[int, int | None] | None:
    """(offset of the clause where the item turns to what will be done, target year if stated), or None."""
    if state.mode is not _Mode.MEASURES and re.match(r"\s*(?:虽然|尽管)", item) and not re.search(AHEAD, item):
        return None
    for start, end in split_clauses(item):
        for match in TURN.finditer(item, start, end):
            rest = item[match.start() :]
            if not WILL.search(rest) or (match["answer"] and PAST.search(rest)):
                continue
            if match["year"]:
                if int(match["year"]) <= year or not re.search(r"[将拟要]|计划", rest):
                    continue
                return start, int(match["year"])
            return start, year + 1 if NEXT_YEAR.search(item[start:]) else _stated_year(rest, year)
        will = WE_WILL.search(item, start, end)
        if will and not TAKES.match(item[will.end() :]) and not PROBLEM_CUE.search(item, 0, start):
            return start, _stated_year(item[start:], year)
    return None


def _may_be_problem(item: str, state: _State) -> bool:
    if not PROBLEM_CUE.search(item):
        return False
    if state.mode is not _Mode.MEASURES:
        return not item.rstrip().endswith(("：", ":")) and not (state.mode is _Mode.DONE and PAST.search(item))
    # After the turning point only a new list entry that itself complains goes back to problems (1.不足…。今后…。2.…).
    bare = _bare(item)
    first = bare[: split_clauses(bare)[0][1]] if bare else ""
    return bool(
        LIST_MARK.match(item)
        and PROBLEM_CUE.search(first)
        and not STARTS_WITH_ACTION.match(bare)
        and not re.match(r"针对|对于|解决|克服|着力", bare)
    )


def _is_announced_problem(item: str, state: _State) -> bool:
    """An entry of a list headed "主要问题：" is a problem, whatever its words."""
    bare = _bare(item)
    listed = (bool(LIST_MARK.match(item)) or state.chained == "problem") and len(bare) >= 6
    return state.announced and state.mode is _Mode.PROBLEMS and listed and not STARTS_WITH_ACTION.match(bare)


def _read_problems(item: str, place: Place, state: _State) -> Iterator[_Find]:
    if specific := WITH_SPECIFIC.search(item):
        what = specific["what"]
        if PROBLEM_CUE.search(what) and not LIST_MARK.match(item):
            state.mode = _Mode.PROBLEMS
            for part in _parts(what):
                yield _Find("problem", part, "存在…问题", None, "", place)
            return
    in_list = state.mode is _Mode.PROBLEMS or bool(LIST_MARK.match(item))
    if (generic := GENERIC_PROBLEM.search(item)) and not (LIST_MARK.match(item) and PROBLEM_CUE.search(item)):
        rest = item[generic.end() :]
        if not PROBLEM_CUE.search(rest):
            if state.mode is not _Mode.MEASURES:
                state.mode = _Mode.PROBLEMS
            if not in_list or re.search(r"[：:]\s*$", item) or not _names_subject(item, generic.start()):
                return
        else:
            state.mode = _Mode.PROBLEMS
            clause_end = next((b for a, b in split_clauses(item) if b >= generic.end()), len(item))
            item = item[clause_end:] if PROBLEM_CUE.search(item[clause_end:]) else item
    quotes = list(_problem_quotes(item))
    if quotes:
        state.mode = _Mode.PROBLEMS
        for quote in quotes:
            yield _Find("problem", quote, PROBLEM_CUE.search(quote)[0], None, "", place)  # type: ignore[index]


def _names_subject(item: str, until: int) -> bool:
    """Whether something specific stands before 还有一定差距 ("公开的深度与群众需求相比还有差距")."""
    return bool(re.search(r"(?:公开|解读|回应|内容|平台|队伍|机制|制度)(?!工作)[^，,]{2,}", item[:until]))


def _problem_quotes(item: str) -> Iterator[str]:
    """A list entry whole; a sentence clause by clause where each clause complains of something else."""
    clauses = split_clauses(item)
    with_cue = [bool(PROBLEM_CUE.search(item[a:b])) for a, b in clauses]
    if not any(with_cue):
        return
    first = with_cue.index(True)
    if LIST_MARK.match(item):
        yield _trimmed(item)
    elif all(with_cue[first:]) and all(_is_whole(item[a:b]) for a, b in clauses[first:]):
        for a, b in clauses[first:]:
            yield _trimmed(item[a:b])
    else:
        # The subject of the complaint may stand in the clause before the first cue.
        start = first if _is_whole(item[clauses[first][0] : clauses[first][1]]) else max(0, first - 1)
        yield _trimmed(item[clauses[start][0] :])


def _is_whole(clause: str) -> bool:
    """Whether a clause names what it complains of."""
    return len(_trimmed(clause)) >= 6 and not re.match(r"(?:且|而且|但|也|还|仍|尚)", clause)


def _parts(what: str) -> list[str]:
    """公开要素不够全、更新频率不够高 -> each, if each complains by itself."""
    parts = re.split(r"[、，,]", what)
    return parts if all(PROBLEM_CUE.search(part) and len(part) >= 4 for part in parts) else [what]


def _is_measure(item: str, state: _State) -> bool:
    bare = _bare(item)
    listed = bool(LIST_MARK.match(item)) or state.chained == "commitment"
    if len(bare) < (5 if listed else SHORTEST) or LEAD_IN.search(bare):
        return False
    if not ACTION.search(bare) and not (listed and state.mode is _Mode.MEASURES):
        return False
    if bare == item.strip() and not re.search(r"[。；，,;!！]", bare):
        return False  # a caption or the title of an annex, not a sentence
    if state.mode is _Mode.MEASURES:
        return not (DONE.search(_without_purpose(bare)) and not re.search(r"[将拟]", bare))
    return listed and bool(STARTS_WITH_ACTION.match(bare)) and not PAST.search(bare) and state.mode is not _Mode.DONE


def _without_purpose(text: str) -> str:
    """确保信息有序可查，保障了高效性: a 了 in a clause of purpose is no deed done."""
    return re.sub(r"(?:保障|确保|保证|为)[^，,。；;]*|“[^”]*”", "", text)


def _commitment(item: str, place: Place, state: _State, year: int) -> _Find:
    mark = LIST_MARK.match(item)
    cue = mark["mark"] if mark else state.cue
    quote = SILENT_MARK.sub("", item, count=1) if SILENT_MARK.match(item) else item
    quote = quote.strip().rstrip("：:；;，,")
    return _Find("commitment", quote, cue, _stated_year(quote, year) or state.target_year, "", place)


def _stated_year(text: str, year: int) -> int | None:
    years = [int(match["year"]) for match in YEAR_AHEAD.finditer(text)]
    return next((one for one in years if one > year), None)


def _cue_of(text: str) -> str:
    match = re.match(r"[^。；;]{0,24}?将|[^，,。；;]{1,12}", text.strip())
    return match[0] if match else ""


def _bare(item: str) -> str:
    mark = LIST_MARK.match(item)
    return item[mark.end() :].strip() if mark else item.strip()


def _trimmed(quote: str) -> str:
    quote = SILENT_MARK.sub("", quote, count=1) if SILENT_MARK.match(quote) else quote
    return quote.strip().rstrip("，,。；;：:、").strip()


def _read_other_section(section: Section, year: int) -> Iterator[_Find]:
    """Plans told outside the section on problems: a look ahead and a 将 that is no 把, from that clause on."""
    for paragraph in section.paragraphs:
        for start, end in split_sentences(paragraph.text):
            sentence = paragraph.text[start:end]
            if len(sentence) > _LONGEST_ITEM:
                continue
            if (found := _find_plan(sentence, year)) is None:
                continue
            offset, target = found
            quote = sentence[offset:].strip().rstrip("；;：:")
            yield _Find("commitment", quote, _cue_of(quote), target, " / ".join(section.path), paragraph.place)


def _find_plan(sentence: str, year: int) -> tuple[int, int | None] | None:
    for start, end in split_clauses(sentence):
        clause = sentence[start:end]
        ahead = re.search(AHEAD, clause)
        dated = re.match(r"\s*(?:从|自)?(?P<year>20\d\d)年(?:度)?(?P<from>起)?", clause)
        if dated and not (int(dated["year"]) > year or (int(dated["year"]) == year and dated["from"])):
            dated = None
        if not ahead and not dated:
            continue
        if any(not TAKES.match(modal["rest"]) for modal in MODAL.finditer(sentence, start)):
            stated = int(dated["year"]) if dated else None
            return start, stated or (year + 1 if NEXT_YEAR.search(clause) else _stated_year(sentence, year))
    return None


def _numbered(finds: Sequence[_Find], agency: str, year: int, report_id: str) -> list[Commitment]:
    counts = {"problem": 0, "commitment": 0}
    numbered = []
    for position, find in enumerate(finds):
        counts[find.kind] += 1
        numbered.append(
            Commitment(
                id=f"{report_id}.{find.kind[0].upper()}{counts[find.kind]}",
                report=report_id,
                agency=agency,
                year=year,
                kind=find.kind,
                quote=find.quote,
                section=find.section,
                themes=match_themes(find.quote) or ("general",),
                cue=find.cue,
                target_year=find.target_year,
                position=position,
                place=find.place,
            )
        )
    return numbered


def _with_links(found: list[Commitment]) -> tuple[Commitment, ...]:
    """Each commitment with the problems that share a theme with it; a shared theme is all that is claimed."""
    problems = [one for one in found if one.kind == "problem"]
    return tuple(
        replace(
            one,
            answers=tuple(problem.id for problem in problems if set(problem.themes) & set(one.themes) - {"general"}),
        )
        if one.kind == "commitment"
        else one
        for one in found
    )
