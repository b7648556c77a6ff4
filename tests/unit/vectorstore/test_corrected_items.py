"""A correction finds its item again after a new reading, or says that it does not; it never takes another for it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.plan_items import PlanItem, Repair
from tests.made_up import a_passage, an_item
from vectorstore.corrected_items import CORRECTABLE, StoredCorrection, corrected, new_correction, with_corrected_texts
from vectorstore.errors import BadCorrection


def a_correction(**values: object) -> StoredCorrection:
    given: dict[str, Any] = {
        "id": 1,
        "document_id": "doc-1",
        "source": "mihon.txt",
        "item_id": "earlier-id",
        "section": ("1 窓口",),
        "number": "1",
        "title": "窓口案内の見直し",
        "field": "owner",
        "raw": "窓口課",
        "value": "市民課",
        "reason": "組織改正",
        "created_at": datetime(2026, 4, 1, 20, tzinfo=UTC),
    }
    given.update(values)
    return StoredCorrection(**given)


def read(**values: object) -> PlanItem:
    return an_item(**{"owners": ("窓口課",), "owner_text": "窓口課", "printed": {"owner": "窓口課"}, **values})


def state_of(*items: PlanItem, **values: object) -> str:
    return corrected(items, [a_correction(**values)]).placed[0].state


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ({}, "applied"),
        ({"title": "窓口 案内の　見直し", "number": "7"}, "applied"),
        ({"title": "窓口案内の見なおし"}, "applied"),
        ({"title": "窓口案内の見なおし", "number": "2"}, "lost"),
        ({"title": "庁舎の建て替え"}, "lost"),
        ({"title": "庁舎の建て替え", "id": "earlier-id"}, "applied"),
        ({"document_id": "doc-2"}, "lost"),
        ({"owners": ("案内課",), "owner_text": "案内課"}, "print_changed"),
        ({"owners": ("市民課",), "owner_text": "市民課"}, "in_print"),
    ],
)
def test_an_item_is_known_again_by_its_number_and_title(now: dict[str, object], state: str):
    assert state_of(read(**now)) == state


def test_of_two_items_that_fit_neither_is_taken():
    assert state_of(read(id="a"), read(id="b", line_start=20, line_end=20)) == "lost"


@pytest.mark.parametrize("other", [{"number": "2"}, {"section": ("2 施設",)}])
def test_of_two_items_of_one_title_number_and_section_tell(other: dict[str, object]):
    found = corrected((read(id="a"), read(id="b", **other)), [a_correction()])
    assert [item.owners for item in found.items] == [("市民課",), ("窓口課",)]


def test_the_print_stays_and_how_it_was_misread_goes():
    repaired = read(repairs=(Repair("owner", "窓囗課", "窓口課"), Repair("title", "x", "y")))
    (item,) = corrected((repaired,), [a_correction()]).items
    assert item.printed == {"owner": "窓口課"}
    assert item.owner_text == "窓口課"
    assert [repair.field for repair in item.repairs] == ["title"]
    (told,) = item.corrections
    assert (told.raw, told.value, told.reason) == ("窓口課", "市民課", "組織改正")
    assert told.date == "2026-04-02", "the day in Japan"


def test_a_field_that_is_not_known_harms_nobody():
    assert state_of(read(), field="colour") == "lost"


def test_corrections_of_several_fields_stand_together():
    corrections = [a_correction(), a_correction(id=2, field="schedule", raw="", value="～令和9年度")]
    (item,) = corrected((read(),), corrections).items
    assert (item.owners, item.schedule_kind, item.target_fiscal_years) == (("市民課",), "by", (2027,))
    assert [one.field for one in item.corrections] == ["owner", "schedule"]


@pytest.mark.parametrize(
    ("value", "kind", "years"),
    [
        ("令和8年度", "single", (2026,)),
        ("2026", "single", (2026,)),
        ("２０２６、２０２７", "range", (2026, 2027)),
        ("令和8年度、令和10年度", "several", (2026, 2028)),
    ],
)
def test_target_years_are_read_as_staff_write_them(value: str, kind: str, years: tuple[int, ...]):
    correction = a_correction(field="target_fiscal_years", raw="", value=value)
    (item,) = corrected((read(),), [correction]).items
    assert (item.schedule_kind, item.target_fiscal_years) == (kind, years)


def test_a_passage_is_found_by_what_its_item_says_now():
    old = read(title="来庁予約")
    correction = a_correction(title="来庁予約", field="title", raw="来庁予約", value="窓口の予約")
    found = corrected((old,), [correction])
    passage = a_passage(
        item_id=old.id, kind="item", text="来庁予約", search_text="見本市\n項目 1 来庁予約\n所管課 担当 窓口課"
    )
    (changed, other) = with_corrected_texts((passage, a_passage(id="p2")), (old,), found.items)
    assert changed.search_text == "見本市\n項目 1 窓口の予約\n所管課 担当 窓口課\n来庁予約"
    assert changed.text == "来庁予約"
    assert other == a_passage(id="p2")


@given(st.sampled_from(CORRECTABLE), st.text(max_size=60), st.text(max_size=20))
def test_any_text_may_be_given_for_any_field(field: str, value: str, reason: str):
    before = read()
    try:
        new = new_correction(before, field, value, reason)
    except BadCorrection:
        return
    (item,) = corrected((before,), [replace(new, id=1)]).items
    assert (item.id, item.printed, item.owner_text) == (before.id, before.printed, before.owner_text)
    assert {one.field for one in item.corrections} <= {field}
