"""What an agency calls a problem and what it says it will do, in its own words.

Cues after guide.md section 11: problems are named before a turning point (下一步, 今后, 针对上述问题, "2023年，我局将"),
measures after it. In the section on problems every listed measure counts; elsewhere only a sentence that looks ahead
and says 将. Deeds already done (已, 了) are no commitments.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from ingest.sentences import split_clauses, split_sentences
from reports.document import Paragraph
from reports.passage import Commitment
from reports.place import Place
from reports.report import Section
from reports.theme import match_themes

_PROBLEM_HEADING = re.compile(r"问题|不足|困难|短板|改进|整改|努力方向|下一步|下步|今后|工作(打算|计划|安排|思路)|展望")
_MEASURE_HEADING = re.compile(r"改进(措施|情况|方向|思路|办法|意见)?$|整改措施|努力方向|下一?步|今后|打算|计划|安排|思路|展望")

_GENERIC = (
    r"(?:一些|不少|一定的?|许多|以下|下列|较大的?|诸多|明显的?|几个|几点|几项|一系列|几方面|几个方面的?|部分|如下|若干|个别|的|主要){0,4}"
    r"(?:差距|不足之处|不足|问题|薄弱环节|短板|困难|地方|情况)(?:[和与、及](?:不足|差距|问题|短板|薄弱环节|困难))*"
)
_GENERIC_PROBLEM = re.compile(
    rf"(?:存在|存有|有|面临|是)(?:着|的)?{_GENERIC}(?![的])|需要加强和改进的|不足之处|主要(?:问题|表现|存在|是)"
)
_PROBLEM_CUE = re.compile(
    r"有待|不够|薄弱|不平衡|不均衡|不足|不高|不强|不深|不全|不细|不多|不畅|不严|不熟|不广|不实|不大|不明显|不一致|不统一"
    r"|不及时|不到位|不完善|不规范|不健全|不丰富|不完整|不充分|不主动|不理想|不准确|不精准|不通俗|不紧密|不稳定"
    r"|[尚仍还][需须]|(?<!实际)(?<!客观)需要?(?:进一步|继续|加强|提升|提高|完善|加大|强化)|亟[需待]|欠缺|缺乏|缺少|缺失|滞后|单一|单调|简单|较少"
    r"|较弱|较低|较慢|较窄|偏[窄低少弱慢高]|[率度]低|短缺|紧张|参差不齐|脱节|流于形式|差距|短板|困难|未能|尚未|还没有|有限(?!公司|责任)|重视程度|流动性|相对薄"
)
_WITH_SPECIFIC = re.compile(r"存在(?:着|的)?(?:一些|个别)?(?P<what>[^，,；;。：:]{5,80}?)(?:等|的)+(?:方面的?)?(?:问题|不足|情况|现象)")
_TO_OVERCOME = re.compile(r"克服(?P<what>[^，,；;。：:]{4,60}?(?:困难|问题|不足))")

_LIST_MARK = re.compile(
    r"\s*(?P<mark>[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}\s*[.．、](?!\d)|[一二三四五六七八九十]{1,2}、|[①-⑳]"
    r"|[一二三四五六七八九十]{1,2}(?:是|要)|第[一二三四五六七八九十][，,是]?|首先[，,]?|其次[，,]?|再次[，,]?|最后[，,])\s*"
)
_INNER_MARK = re.compile(r"[一二三四五六七八九十]{1,2}(?:是|要)(?!否)|首先|其次|再次|第[一二三四五六七八九十][，,是]")
_SILENT_MARK = re.compile(r"\s*(?:\d{1,2}\s*[.．、](?!\d)|[①-⑳])\s*")

_AHEAD = (
    r"下一?步|下一?阶段|今后|接下来|明年|来年|新的一年|下一?年度|未来|往后|后续工作中|以后的工作"
)
_ANSWERING = r"(?:(?:针对|对于?|围绕|结合|对照)(?:存在的?|这些|此类|发现的?|自身)|(?:针对|对于?|围绕|结合|对照)?(?:上述|以上))[^，,。；;]{0,10}(?:问题|不足|情况|短板)|为此|对此|具体来说"
_TURN = re.compile(rf"(?P<ahead>{_AHEAD})|(?P<answer>(?<![虽尽])(?:{_ANSWERING}))|(?P<year>20\d\d)年(?:度|起|以来)?")
_WILL = re.compile(r"[将拟]|预计|正在|计划|继续|进一步|着力|打算|要|重点|努力|切实")
_NEXT_YEAR = re.compile(r"明年|来年|新的一年|下一?年度")
_YEAR_AHEAD = re.compile(r"(?P<year>20\d\d)\s*年")

# 将 that means 把 ("将公开工作列入考核", "将政策及时公开") announces nothing.
_MODAL = re.compile(
    r"(?:我[局市区县委办院厅镇乡校处]|本[局机关单位部门]+|我们|[局委办府厅院处区县市镇乡]|工作|均|都|也|还)?将"
    r"(?P<rest>[^，,。；;]{0,40})"
)
_TAKES = re.compile(
    r"^(?!把|对|进一步|继续)[^，,。；;]{1,30}?(?:列入|列为|纳入|作为|落实到|归入|予以|进行|融入|贯穿|置于|摆在|放在|录入|报送|公布在|及时公开|公开在|上传)"
)

_WE_WILL = re.compile(r"(?:我[局市区县委办院厅镇乡校处们]|我街道|我中心|我单位|本[局机关单位部门]+|学校)(?:还|也)?将")

_PAST = re.compile(
    r"已(?!有)|了(?!解)|(?<![通超])过(?![程渡])|一年来|今年以来|本年度|取得|截至|全年(?!龄)|同比|先后|达到?\d|举办.{0,8}\d+[场期次]|较上年"
)
_DONE_HEADING = re.compile(r"(?:上一?年度?|去年|20\d\d年)[^，,。；;]{0,14}(?:问题|不足)[^，,。；;]{0,10}(?:整改|改进|落实|解决)")
_REMEDIED = re.compile(r"针对[^，,。；;]{0,40}(?:问题|不足|短板|情况)|" + _DONE_HEADING.pattern)
_LEAD_IN = re.compile(
    r"(?:以下|下列|如下|具体来说|具体如下|几个?方面(?:的)?(?:工作|措施|加以改进|着手|入手|努力|改进)?|重点抓好|主要做好|主要从)[^，,。；;：:]{0,16}[：:。]?$"
)
_ACTION = re.compile(
    r"加强|完善|健全|建立|强化|优化|拓展|拓宽|加大|推进|推动|确保|提升|提高|规范|落实|畅通|整合|创新|深化|严格|做好|开展|丰富|扩大|增强|继续|组织|充实"
    r"|进一步|探索|细化|梳理|打造|构建|改进|改版|压实|抓好|坚持|围绕|聚焦|明确|制定|及时|定期|积极|加快|常态化|归集|配齐|配强|引导|注重|杜绝|升级|编制|公开|发布|培训|学习|融合|依托|督促|以"
)
_STARTS_WITH_ACTION = re.compile(
    r"(?:进一步|继续|不断|切实|着力|持续|全面|积极|深入|认真|充分|大力|严格|加快|更加|努力|扎实|及时|定期)*"
    r"(?:加强|完善|健全|建立|强化|优化|拓展|拓宽|加大|推进|推动|提升|提高|规范|落实|畅通|整合|创新|深化|严格|做好|开展|丰富|扩大|增强|组织|充实|探索|细化|梳理|打造|构建|改进|压实|抓好|坚持|围绕|聚焦|明确|制定|加快|配齐|注重|升级|以|按照|通过|抓)"
)
# "在明年的工作中，我们将切实按照上级要求，" tells neither who nor what: the promise begins after it.
_EMPTY_LEAD = re.compile(
    r"我们将(?:切实|严格|认真|继续|努力|积极)*(?:(?:按照|根据|依照|对照|围绕)[^，,]{0,20}(?:要求|部署|精神)|克服[^，,]{0,50}困难)[，,]"
)
_HEAD_LONGEST = 30
_SHORTEST = 8


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
    target_year: int | None = None
    cue: str = ""
    top: str = ""


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
    return any(_PROBLEM_HEADING.search(heading) and not re.search(r"复议|收费|附件", heading) for heading in section.path)


def _read_problem_section(section: Section, state: _State, year: int) -> Iterator[_Find]:
    path = " / ".join(section.path)
    if len(section.path) > 1:
        _turn_at_heading(section.path[-1], state)
    for paragraph in section.paragraphs:
        for find in _read_paragraph(paragraph, state, year):
            yield replace(find, section=path)


def _turn_at_heading(heading: str, state: _State) -> None:
    if _DONE_HEADING.search(heading):
        state.mode = _Mode.DONE
    elif re.search(r"问题|不足|困难|短板", heading) and not _MEASURE_HEADING.search(heading):
        state.mode = _Mode.PROBLEMS
    elif _MEASURE_HEADING.search(heading):
        state.mode = _Mode.MEASURES
        state.cue = heading


def _read_paragraph(paragraph: Paragraph, state: _State, year: int) -> Iterator[_Find]:
    text = paragraph.text
    if len(text) <= _HEAD_LONGEST and not re.search(r"[。；;！!，,]", text) and _is_heading(text):
        _turn_at_heading(text.rstrip("：: "), state)
        state.target_year = _stated_year(text, year) or state.target_year
        return
    for start, end in _items(text, state):
        yield from _read_item(text[start:end], paragraph.place, state, year)


def _is_heading(text: str) -> bool:
    title = text.rstrip("：: ")
    return bool(re.search(r"(?:问题|不足|困难|短板)$", title) or _MEASURE_HEADING.search(title))


def _items(text: str, state: _State) -> Iterator[tuple[int, int]]:
    """Sentences; those of one 一是… entry together, a run-in heading with the one sentence it introduces."""
    spans = [span for sentence in split_sentences(text) for span in _before_lists(text, *sentence)]
    spans = [(start, end) for start, end in spans if text[start:end].strip()]
    has_list = sum(bool(_INNER_MARK.match(text[start:end].lstrip())) for start, end in spans) > 0
    merged: list[tuple[int, int]] = []
    inside = False
    for start, end in spans:
        words = text[start:end].lstrip()
        if _INNER_MARK.match(words):
            inside = True
        elif inside and _begins_anew(words):
            inside = False
        elif inside and text[merged[-1][1] - 1] in "。！!；;":
            merged[-1] = (merged[-1][0], end)
            continue
        merged.append((start, end))
    yield from _without_heading(text, merged, has_list, state)


def _begins_anew(words: str) -> bool:
    """Whether a sentence after a list entry is no part of that entry."""
    return bool(re.match(r"同时|此外|另外|总之|特此", words) or _TURN.search(words, 0, 16))


def _before_lists(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, cut after a colon that opens a list ("主要表现为：", "重点抓好以下工作：一是")."""
    for a, b in split_clauses(text, start, end):
        rest = text[b:end].lstrip()
        opens = text[b - 1] in "：:" and (
            _INNER_MARK.match(rest)
            or _LEAD_IN.search(text[start:b])
            or re.search(r"(?:表现[为在于]|体现在|问题|不足|短板|差距|困难|薄弱环节|方面|是|有|措施)[：:]$", text[a:b])
        )
        lists_now = text[b - 1] in "，," and re.match(r"[一二三四五六七八九]是|一要|首先|第[二三四五六]，", rest)
        if rest and (opens or lists_now):
            yield start, b
            start = b
    if start < end:
        yield start, end


def _without_heading(
    text: str, spans: list[tuple[int, int]], has_list: bool, state: _State
) -> Iterator[tuple[int, int]]:
    if len(spans) > 1 and (mark := _LIST_MARK.match(text)) and not _INNER_MARK.match(mark["mark"]):
        start, end = spans[0]
        head = text[start:end].strip()
        if len(head) <= _HEAD_LONGEST and head[-1] in "。：:":
            fragment = not re.search("[，,]", head)
            if fragment and len(spans) == 2 and not has_list and not _PROBLEM_CUE.search(head):
                yield start, spans[1][1]
                return
            if not _PROBLEM_CUE.search(head):
                state.cue = head
                spans = spans[1:]
    yield from spans


def _read_item(item: str, place: Place, state: _State, year: int) -> Iterator[_Find]:
    """The problems and commitments in one sentence or list entry; moves the state on."""
    turn = _find_turn(item, year, state)
    if turn is not None:
        start, target = turn
        if start:
            yield from _read_problems(item[:start], place, state)
        for match in _TO_OVERCOME.finditer(item):
            yield _Find("problem", match["what"], "克服", None, "", place)
        state.mode = _Mode.MEASURES
        state.target_year = target or state.target_year
        rest = item[start:]
        state.cue = _cue_of(rest)
        if lead := _EMPTY_LEAD.search(rest):
            rest = rest[lead.end() :]
        if _promises(rest.strip()):
            yield _commitment(rest, place, state, year)
        return
    if _REMEDIED.search(item) and _PAST.search(item):
        state.mode = _Mode.DONE
        return
    if item.rstrip().endswith(("：", ":")) and not _is_heading(_bare(item)) and _GENERIC_PROBLEM.search(item) and state.mode is not _Mode.MEASURES:
        state.mode = _Mode.PROBLEMS
        return
    if item.rstrip().endswith(("：", ":")) and _is_heading(_bare(item)):
        _turn_at_heading(_bare(item).rstrip("：: "), state)
        return
    found = list(_read_problems(item, place, state)) if _may_be_problem(item, state) else []
    if found:
        yield from found
    elif _is_measure(item, state):
        yield _commitment(item, place, state, year)


def _promises(sentence: str) -> bool:
    """Whether the sentence at the turning point promises something itself, rather than lead in a list."""
    if _LEAD_IN.search(sentence) or len(sentence) < 6:
        return False
    said = re.split(r"将|计划|打算", sentence, maxsplit=1)[-1].rstrip("：:。；; ")
    return len(said) >= 4 and bool(_ACTION.search(sentence) or "将" in sentence)


def _find_turn(item: str, year: int, state: _State) -> tuple[int, int | None] | None:
    """(offset of the clause where the item turns to what will be done, target year if stated), or None."""
    if state.mode is not _Mode.MEASURES and re.match(r"\s*(?:虽然|尽管)", item) and not re.search(_AHEAD, item):
        return None
    for start, end in split_clauses(item):
        for match in _TURN.finditer(item, start, end):
            rest = item[match.start() :]
            if not _WILL.search(rest) or (match["answer"] and _PAST.search(rest)):
                continue
            if match["year"]:
                if int(match["year"]) <= year or not re.search(r"[将拟要]|计划", rest):
                    continue
                return start, int(match["year"])
            return start, year + 1 if _NEXT_YEAR.search(item[start:]) else _stated_year(rest, year)
        will = _WE_WILL.search(item, start, end)
        if will and not _TAKES.match(item[will.end() :]) and not _PROBLEM_CUE.search(item, 0, start):
            return start, _stated_year(item[start:], year)
    return None


def _may_be_problem(item: str, state: _State) -> bool:
    if not _PROBLEM_CUE.search(item):
        return False
    if state.mode is not _Mode.MEASURES:
        return not item.rstrip().endswith(("：", ":")) and not (state.mode is _Mode.DONE and _PAST.search(item))
    # After the turning point only a new list entry that itself complains goes back to problems (1.不足…。今后…。2.…).
    bare = _bare(item)
    first = bare[: split_clauses(bare)[0][1]] if bare else ""
    return bool(
        _LIST_MARK.match(item)
        and _PROBLEM_CUE.search(first)
        and not _STARTS_WITH_ACTION.match(bare)
        and not re.match(r"针对|对于|解决|克服|着力", bare)
    )


def _read_problems(item: str, place: Place, state: _State) -> Iterator[_Find]:
    if specific := _WITH_SPECIFIC.search(item):
        what = specific["what"]
        if _PROBLEM_CUE.search(what) and not _LIST_MARK.match(item):
            state.mode = _Mode.PROBLEMS
            for part in _parts(what):
                yield _Find("problem", part, "存在…问题", None, "", place)
            return
    in_list = state.mode is _Mode.PROBLEMS or bool(_LIST_MARK.match(item))
    if (generic := _GENERIC_PROBLEM.search(item)) and not (_LIST_MARK.match(item) and _PROBLEM_CUE.search(item)):
        rest = item[generic.end() :]
        if not _PROBLEM_CUE.search(rest):
            if state.mode is not _Mode.MEASURES:
                state.mode = _Mode.PROBLEMS
            if not in_list or re.search(r"[：:]\s*$", item) or not _names_subject(item, generic.start()):
                return
        else:
            state.mode = _Mode.PROBLEMS
            clause_end = next((b for a, b in split_clauses(item) if b >= generic.end()), len(item))
            item = item[clause_end:] if _PROBLEM_CUE.search(item[clause_end:]) else item
    quotes = list(_problem_quotes(item))
    if quotes:
        state.mode = _Mode.PROBLEMS
        for quote in quotes:
            yield _Find("problem", quote, _PROBLEM_CUE.search(quote)[0], None, "", place)  # type: ignore[index]


def _names_subject(item: str, until: int) -> bool:
    """Whether something specific stands before 还有一定差距 ("公开的深度与群众需求相比还有差距")."""
    return bool(re.search(r"(?:公开|解读|回应|内容|平台|队伍|机制|制度)(?!工作)[^，,]{2,}", item[:until]))


def _problem_quotes(item: str) -> Iterator[str]:
    """A list entry whole; a sentence clause by clause where each clause complains of something else."""
    clauses = split_clauses(item)
    with_cue = [bool(_PROBLEM_CUE.search(item[a:b])) for a, b in clauses]
    if not any(with_cue):
        return
    first = with_cue.index(True)
    if _LIST_MARK.match(item):
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
    return parts if all(_PROBLEM_CUE.search(part) and len(part) >= 4 for part in parts) else [what]


def _is_measure(item: str, state: _State) -> bool:
    bare = _bare(item)
    listed = bool(_LIST_MARK.match(item))
    if len(bare) < (5 if listed else _SHORTEST) or _LEAD_IN.search(bare):
        return False
    if not _ACTION.search(bare) and not (listed and state.mode is _Mode.MEASURES):
        return False
    if bare == item.strip() and not re.search(r"[。；，,;!！]", bare):
        return False  # a caption or the title of an annex, not a sentence
    if state.mode is _Mode.MEASURES:
        return not (_PAST.search(_without_purpose(bare)) and not re.search(r"[将拟]", bare))
    return listed and bool(_STARTS_WITH_ACTION.match(bare)) and not _PAST.search(bare) and state.mode is not _Mode.DONE


def _without_purpose(text: str) -> str:
    """确保信息有序可查，保障了高效性: a 了 in a clause of purpose is no deed done."""
    return re.sub(r"(?:保障|确保|保证|为)[^，,。；;]*|“[^”]*”", "", text)


def _commitment(item: str, place: Place, state: _State, year: int) -> _Find:
    mark = _LIST_MARK.match(item)
    cue = mark["mark"] if mark else state.cue
    quote = _SILENT_MARK.sub("", item, count=1) if _SILENT_MARK.match(item) else item
    quote = quote.strip().rstrip("：:；;，,")
    return _Find("commitment", quote, cue, _stated_year(quote, year) or state.target_year, "", place)


def _stated_year(text: str, year: int) -> int | None:
    years = [int(match["year"]) for match in _YEAR_AHEAD.finditer(text)]
    return next((one for one in years if one > year), None)


def _cue_of(text: str) -> str:
    match = re.match(r"[^。；;]{0,24}?将|[^，,。；;]{1,12}", text.strip())
    return match[0] if match else ""


def _bare(item: str) -> str:
    mark = _LIST_MARK.match(item)
    return item[mark.end() :].strip() if mark else item.strip()


def _trimmed(quote: str) -> str:
    quote = _SILENT_MARK.sub("", quote, count=1) if _SILENT_MARK.match(quote) else quote
    return quote.strip().rstrip("，,。；;：:、").strip()


def _read_other_section(section: Section, year: int) -> Iterator[_Find]:
    """Plans told outside the section on problems: a look ahead and a 将 that is no 把, from that clause on."""
    for paragraph in section.paragraphs:
        for start, end in split_sentences(paragraph.text):
            sentence = paragraph.text[start:end]
            if (found := _find_plan(sentence, year)) is None:
                continue
            offset, target = found
            quote = sentence[offset:].strip().rstrip("；;：:")
            yield _Find("commitment", quote, _cue_of(quote), target, " / ".join(section.path), paragraph.place)


def _find_plan(sentence: str, year: int) -> tuple[int, int | None] | None:
    for start, end in split_clauses(sentence):
        clause = sentence[start:end]
        ahead = re.search(_AHEAD, clause)
        dated = re.match(r"\s*(?:从|自)?(?P<year>20\d\d)年(?:度)?(?P<from>起)?", clause)
        if dated and not (int(dated["year"]) > year or (int(dated["year"]) == year and dated["from"])):
            dated = None
        if not ahead and not dated:
            continue
        if any(not _TAKES.match(modal["rest"]) for modal in _MODAL.finditer(sentence, start)):
            stated = int(dated["year"]) if dated else None
            return start, stated or (year + 1 if _NEXT_YEAR.search(clause) else _stated_year(sentence, year))
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
            answers=tuple(
                problem.id for problem in problems if set(problem.themes) & set(one.themes) - {"general"}
            ),
        )
        if one.kind == "commitment"
        else one
        for one in found
    )
