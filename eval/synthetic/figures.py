"""Coherent figures of one agency and year: the sums of the form hold, pending requests carry over, some cells are blank."""

import random
from collections import Counter

from eval.forms import APPLICANTS, ARTICLE_20, DISPUTES, MATRIX, annex_rows, edition_of

_APPLICANT_WEIGHTS = (60, 12, 2, 2, 6, 3)
_OUTCOME_WEIGHTS = {"granted": 40, "partial": 12, "unavailable.not_held": 18, "denied.third_party": 6}
_MATRIX_ROWS = {
    edition: tuple(
        row.indicator
        for row in rows
        if row.indicator.startswith("requests.results.") and row.indicator != "requests.results.total"
    )
    for edition, rows in MATRIX.items()
}
_MATRIX_WEIGHTS = {
    edition: [_OUTCOME_WEIGHTS.get(row.removeprefix("requests.results."), 1) for row in rows]
    for edition, rows in _MATRIX_ROWS.items()
}
_ANNEX_CELLS = tuple((row.indicator, None) for row in annex_rows(ten_section=False) if row.indicator)

Raw = dict[tuple[str, str | None], str]


def draw_figures(seed: int, agency: int, year: int) -> Raw:
    """Raw text of every cell of the form of that year, in printed order; the same for the same arguments."""
    rng = random.Random(f"{seed}/{agency}/{year}")
    # An agency keeps its size over the years and drifts a little, so that trends and rankings mean something.
    size = random.Random(f"{seed}/{agency}").lognormvariate(3.2, 0.9) * (1 + 0.06 * (year % 7)) + 1
    edition = edition_of(year)
    if edition == "A":
        return _annex(rng, size)
    matrix = _matrix(rng, size, edition, *(_pending(seed, agency, each) for each in (year - 1, year)))
    return _article20(rng, size, edition, agency) | matrix | _disputes(rng, size)


def _annex(rng: random.Random, size: float) -> Raw:
    values: dict[str, int | str] = {}

    def whole(name: str, count: int, leaves: str, weights: str) -> None:
        values[name] = count
        parts = _split(rng, count, tuple(map(int, weights.split())))
        values.update({f"{name}.{leaf}": part for leaf, part in zip(leaves.split(), parts, strict=True)})

    published = int(size * rng.uniform(8, 30)) + 5
    website = int(published * rng.uniform(0.5, 0.95))
    values |= {
        "proactive.info_total": published,
        "proactive.channels.gazette": rng.randint(0, 9),
        "proactive.channels.website": website,
        "proactive.channels.weibo": int(published * rng.uniform(0.05, 0.4)),
        "proactive.channels.wechat": int(published * rng.uniform(0.05, 0.4)),
        "proactive.channels.other": published - website + rng.randint(0, 20),
        "proactive.normative_docs_issued": (issued := rng.randint(0, 12)),
        "proactive.normative_docs_disclosed": max(0, issued - rng.randint(0, 2)),
        "response.hot_issues": rng.randint(0, 15),
        "response.channels.policy_explainers": rng.randint(0, 40),
        "response.channels.weibo_wechat_replies": rng.randint(0, 90),
        "response.channels.other_replies": rng.randint(0, 400),
    }
    for name in ("press_conferences", "online_interviews"):
        count = rng.randint(0, 6)
        blank = rng.random() < 0.1
        values[f"response.channels.{name}"] = "" if blank else count
        values[f"response.channels.{name}.by_chief"] = "" if blank else rng.randint(0, count)
    received = int(size * rng.uniform(0.5, 1.5))
    whole("requests.received", received, "in_person fax online letter", "10 1 50 30")
    closed = max(0, received - rng.choice((0, 0, 0, 1, 2)))
    whole("requests.closed", closed, "on_time extended", "95 5")
    replies = "already_public granted partial refused not_this_body not_exist supplement other_channel"
    whole("requests.replied", closed, replies, "15 40 10 8 12 10 2 3")
    grounds = "state_secret commercial_secret personal_privacy security_stability not_gov_info other_legal"
    whole("requests.replied.refused", int(values["requests.replied.refused"]), grounds, "1 3 6 1 4 3")
    whole("review", _few(rng, size), "upheld corrected other", "6 2 2")
    whole("litigation", _few(rng, size / 3), "upheld corrected other", "7 1 2")
    values["complaints"] = _few(rng, size / 4)
    values["fees_collected"] = rng.choice(("0", "0", "0", "0.02", "0.15"))
    whole("institution.staff", rng.randint(1, 8), "full_time part_time", "3 5")
    values |= {"institution.offices": rng.randint(0, 2), "institution.reading_points": rng.randint(0, 9)}
    values["institution.budget"] = f"{rng.randint(0, 300) / 10:g}"
    trainings = rng.randint(0, 6)
    values |= {
        "meetings.meetings": rng.randint(0, 9),
        "meetings.trainings": trainings,
        "meetings.trainees": trainings * rng.randint(20, 90) + (trainings and rng.randint(0, 19)),
    }
    return {cell: str(values[cell[0].removeprefix("legacy.")]) for cell in _ANNEX_CELLS}


def _article20(rng: random.Random, size: float, edition: str, agency: int) -> Raw:
    raw: Raw = {}
    for block in ARTICLE_20[edition]:
        for _, names in block.rows:
            # A body without a power marks the whole row "/", the same in every year.
            absent = ("coercion" in names[0] and agency % 3 == 0) or (
                "admin_fees.items" in names[0] and agency % 4 == 1
            )
            raw |= {(name, None): "/" if absent else _article20_cell(rng, size, name) for name in names}
    return raw


def _article20_cell(rng: random.Random, size: float, name: str) -> str:
    row, measure = name.split(".")[1:]
    if row == "regulations":
        return "0"
    if measure == "amount":
        amount = f"{rng.randint(100, 90_000) / 100:g}"
        return f"{amount}万元" if row == "procurement" else ("" if rng.random() < 0.04 else amount)
    if measure == "decisions":
        scale = {"license": 40, "other_services": 400, "penalty": 2, "coercion": 0.2}[row]
        return str(int(size * scale * rng.uniform(0.4, 1.6)))
    if measure == "items_change":
        return rng.choice(("0", "0", "+1", "-1", "-3", "2"))
    return str(rng.randint(20, 90) if measure in ("in_force", "total_disclosed") else rng.randint(0, 40))


def _matrix(
    rng: random.Random, size: float, edition: str, carried_over: tuple[int, ...], pending: tuple[int, ...]
) -> Raw:
    extra = _split(rng, int(size * rng.uniform(0.5, 1.5)), _APPLICANT_WEIGHTS)
    new = tuple(more + left for more, left in zip(extra, pending, strict=True))
    done = tuple(a + b - c for a, b, c in zip(new, carried_over, pending, strict=True))
    columns = [_split(rng, count, tuple(_MATRIX_WEIGHTS[edition])) for count in done]
    rows = dict(zip(_MATRIX_ROWS[edition], zip(*columns, strict=True), strict=True))
    rows |= {
        "requests.new_received": new,
        "requests.carried_over": carried_over,
        "requests.results.total": done,
        "requests.carried_forward": pending,
    }
    with_total = {name: (*row, sum(row)) for name, row in rows.items()}
    return {
        (line.indicator, applicant): str(count)
        for line in MATRIX[edition]
        for applicant, count in zip((*APPLICANTS, "total"), with_total[line.indicator], strict=True)
    }


def _pending(seed: int, agency: int, year: int) -> tuple[int, ...]:
    """Requests of each applicant type left at the end of a year; nothing is known of the years before form B."""
    if year < 2019:
        return (0,) * len(APPLICANTS)
    rng = random.Random(f"{seed}/{agency}/{year}/pending")
    return _split(rng, rng.choice((0, 0, 0, 1, 2, 4)), _APPLICANT_WEIGHTS)


def _disputes(rng: random.Random, size: float) -> Raw:
    counts: list[int] = []
    for scale in (1.0, 0.3, 0.2):
        parts = _split(rng, _few(rng, size * scale), (6, 1, 2, 1))
        counts += (*parts, sum(parts))
    return {(name, None): str(count) for name, count in zip(DISPUTES, counts, strict=True)}


def _few(rng: random.Random, size: float) -> int:
    return min(int(rng.expovariate(1 / (0.03 * size + 0.2))), 40)


def _split(rng: random.Random, count: int, weights: tuple[int, ...]) -> tuple[int, ...]:
    """A count divided at random into parts of about these weights."""
    drawn = Counter(rng.choices(range(len(weights)), weights, k=count)) if count else Counter[int]()
    return tuple(drawn[index] for index in range(len(weights)))
