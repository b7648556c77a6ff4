"""Whatever is extracted comes back from its JSON as it was."""

import json

from hypothesis import given
from hypothesis import strategies as st

from ingest.plan_items import IngestReport, Passage, PlanItem
from vectorstore.serialization import from_json, to_json

# A page has neither infinite places nor places that are no numbers.
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))

plan_items = st.builds(PlanItem, confidence=st.floats(0, 1))


@given(st.lists(plan_items, max_size=3))
def test_plan_items_come_back_equal(items: list[PlanItem]):
    assert from_json(PlanItem, map(to_json, items)) == tuple(items)


@given(st.from_type(Passage))
def test_a_passage_comes_back_equal(passage: Passage):
    assert from_json(Passage, [to_json(passage)]) == (passage,)


@given(st.from_type(IngestReport))
def test_a_report_comes_back_equal(report: IngestReport):
    assert from_json(IngestReport, [to_json(report)]) == (report,)


@given(st.lists(st.text()).map(tuple))
def test_lines_come_back_equal_and_without_a_nul_in_their_json(lines: tuple[str, ...]):
    text = to_json(lines)
    assert "\0" not in text
    assert from_json(tuple[str, ...], [text]) == (lines,)


def test_a_field_that_was_added_or_removed_since_is_no_obstacle():
    stored = {
        "id": "item-1",
        "document_id": "document-1",
        "source": "計画.txt",
        "municipality": None,
        "plan": "見本市改革計画",
        "section": ["第1章"],
        "number": None,
        "title": "窓口の案内",
        "line_start": 3,
        "line_end": 3,
        "a_field_of_earlier_times": "値",
    }
    (item,) = from_json(PlanItem, [json.dumps(stored)])
    assert (item.title, item.section, item.owners, item.confidence) == ("窓口の案内", ("第1章",), (), 1.0)
