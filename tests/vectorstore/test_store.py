"""Prose is stored with its report, read back as it was, and goes with it."""

from dataclasses import replace

import pytest

from indicators.store import IndicatorStore
from reports.errors import StoreError
from reports.passage import Passage
from tests.indicators.readings import make_agency, make_reading
from tests.vectorstore.told_reports import BUREAU, CHANNELS, OFFICE, SECRECY, TEXTS, told, with_commitments
from vectorstore.lexical import lexical_index
from vectorstore.store import PassageStore, Scope


def all_passages(passages: PassageStore) -> list[Passage]:
    keys = [key for key, _ in passages.report_keys(Scope(), 1000)]
    return [passage for found in passages.passages_of(keys).values() for _, passage in found]


def indexed(store: IndicatorStore) -> int:
    with store.reading() as connection:
        return lexical_index(connection).count(connection)


def test_what_is_read_is_what_was_written(store: IndicatorStore, passages: PassageStore) -> None:
    reading = told()
    store.save(reading)
    assert all_passages(passages) == list(reading.passages)
    assert passages.commitments() == reading.commitments
    assert passages.find(reading.passages[1].id) == reading.passages[1]
    assert passages.find("nothing-like-that") is None
    assert passages.commitments_by_id([reading.commitments[1].id, "gone.C1"]) == {
        reading.commitments[1].id: reading.commitments[1]
    }


def test_a_body_known_under_another_form_of_its_name_keeps_its_id_in_the_prose(
    store: IndicatorStore, passages: PassageStore
) -> None:
    store.save(told(make_agency("yunxi_office", "示例市云溪区人民政府办公室"), 2016))
    other = make_agency("other_id", "示例省示例市云溪区人民政府办公室")
    saved = store.save(told(other, 2017))
    found = [each for each in all_passages(passages) if each.year == 2017]
    assert saved.report_id.startswith("yunxi_office")
    assert {(each.report, each.agency) for each in found} == {(saved.report_id, "yunxi_office")}
    assert all(each.id.startswith(saved.report_id) for each in found)
    promised = passages.commitments(years=[2017])
    assert promised[1].answers == (promised[0].id,)


def test_only_current_revisions_are_seen(store: IndicatorStore, passages: PassageStore) -> None:
    first = store.save(told(received="3", texts=[SECRECY]))
    second = store.save(told(received="4", texts=[CHANNELS]))
    assert {each.report for each in all_passages(passages)} == {second.report_id}
    assert {each.report for each in passages.commitments()} == {second.report_id}
    assert passages.find(f"{first.report_id}-{0:012x}") is None
    store.remove(second.report_id)
    assert {each.report for each in all_passages(passages)} == {first.report_id}


def test_a_removed_report_leaves_nothing(store: IndicatorStore, passages: PassageStore) -> None:
    saved = store.save(told())
    kept = store.save(told(BUREAU))
    store.remove(saved.report_id)
    assert {each.report for each in all_passages(passages)} == {kept.report_id}
    assert indexed(store) == passages.count() == len(TEXTS) + 1
    store.remove(kept.report_id)
    assert (indexed(store), passages.count(), passages.commitments()) == (0, 0, ())


def test_keys_are_never_given_again(store: IndicatorStore, passages: PassageStore) -> None:
    """An index that still knows a removed report's keys must not take another report's passages for them."""
    saved = store.save(told())
    before = passages.last_key()
    store.remove(saved.report_id)
    store.save(told(BUREAU))
    assert min(key for batch in passages.texts() for key, _ in batch) > before


def test_a_report_that_cannot_be_stored_leaves_no_prose(store: IndicatorStore, passages: PassageStore) -> None:
    reading = told()
    broken = replace(reading, passages=(replace(reading.passages[0], text="half a pair \ud800"),))
    with pytest.raises(StoreError):
        store.save(broken)
    assert (store.coverage(), passages.count(), indexed(store)) == ((), 0, 0)


def test_a_file_stored_before_its_prose_was_kept_gets_it_when_read_again(
    store: IndicatorStore, passages: PassageStore, dsn: str
) -> None:
    with IndicatorStore.open(dsn) as figures_only:
        figures_only.save(told())
    assert passages.count() == 0
    assert store.save(told()).outcome == "unchanged"
    assert passages.count() == len(TEXTS) + 1
    store.save(told())
    assert passages.count() == indexed(store) == len(TEXTS) + 1


def test_neighbours_are_of_the_same_section_and_kind(store: IndicatorStore, passages: PassageStore) -> None:
    reading = told()
    elsewhere = replace(reading.passages[0], section="三、其他")
    reading = replace(reading, passages=(elsewhere, *reading.passages[1:]))
    store.save(reading)
    first, second, third, last = reading.passages[:4]
    assert passages.neighbours(second) == (third,)
    assert passages.neighbours(third) == (second, last)
    assert passages.neighbours(last, reach=2) == (second, third)
    assert passages.neighbours(first) == ()


def test_commitments_by_agency_year_kind_theme_and_words(store: IndicatorStore, passages: PassageStore) -> None:
    store.save(with_commitments(told(OFFICE, 2017), "加强培训。", "健全100%审查机制。"))
    store.save(with_commitments(told(BUREAU, 2018), "加强业务培训。"))

    def quotes(**conditions: list[str] | list[int]) -> list[str]:
        return [each.quote for each in passages.commitments(**conditions)]  # type: ignore[arg-type]

    assert quotes(agencies=[BUREAU.id]) == ["加强业务培训。"]
    assert quotes(years=[2017]) == ["加强培训。", "健全100%审查机制。"]
    assert quotes(words=["加强", "业务"]) == ["加强业务培训。"]
    assert quotes(words=["100%审"]) == ["健全100%审查机制。"]
    assert quotes(words=["%"]) == ["健全100%审查机制。"]
    assert quotes(kinds=["problem"]) == quotes(themes=["secrecy_review"]) == quotes(agencies=[]) == []
    assert len(quotes(themes=["training", "content"])) == 3


def test_a_reading_without_prose_is_a_reading(store: IndicatorStore, passages: PassageStore) -> None:
    store.save(replace(make_reading(), passages=(), commitments=()))
    assert (passages.count(), len(store.coverage())) == (0, 1)
