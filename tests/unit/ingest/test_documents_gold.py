"""The real plans in other formats than text, beside the repository, judged by their own gold and traps."""

import importlib.util
import json
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ingest.documents import Document
from ingest.extract import extract
from ingest.fiscal_year import find_years
from ingest.plan_items import Extraction, PlanItem
from ingest.readers import read_document

LEAST_FOUND = 0.95
LEAST_FIELDS = 0.95


class Plans:
    """The real documents, each read once and when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.paths = sorted(folder.iterdir())
        self._documents: dict[str, Document] = {}
        self._extractions: dict[str, Extraction] = {}

    def document(self, label: str) -> Document:
        (path,) = [path for path in self.paths if path.name.startswith(label)]
        if path.name not in self._documents:
            self._documents[path.name] = read_document(path)
        return self._documents[path.name]

    def extraction(self, label: str) -> Extraction:
        document = self.document(label)
        if document.source not in self._extractions:
            self._extractions[document.source] = extract(document)
        return self._extractions[document.source]

    def items(self, label: str) -> tuple[PlanItem, ...]:
        return self.extraction(label).items


@pytest.fixture(scope="module")
def plans(shared_dir: Path) -> Plans:
    return Plans(shared_dir / "documents")


@pytest.fixture(scope="module")
def expectations(shared_dir: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((shared_dir / "gold" / "expectations_documents.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def gold(shared_dir: Path) -> list[dict[str, Any]]:
    lines = (shared_dir / "gold" / "items_documents.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@pytest.fixture(scope="module")
def rules(shared_dir: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_items", shared_dir / "score" / "score_items.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_expected_count_of_rows_is_met(expectations: list[dict[str, Any]], plans: Plans) -> None:
    wanted = {e["doc"]: e["item_rows"] for e in expectations if e["item_rows"] is not None}
    assert {name: len(plans.items(name)) for name in wanted} == wanted


def test_items_and_their_fields_reach_the_marks(rules: ModuleType, gold: list[dict[str, Any]], plans: Plans) -> None:
    pool = [as_json(item) for path in plans.paths for item in plans.items(path.name)]
    found, rights, misses = 0, [], []
    for wanted in gold:
        match = next((i for i in pool if i["source"] == wanted["doc"] and same(rules, i, wanted)), None)
        if match is None:
            misses.append(f"missing in {wanted['doc']}")
            continue
        pool.remove(match)
        found += 1
        for field, right, _, _ in rules.compare(wanted, match):
            rights.append(right)
            misses += [] if right else [f"wrong {field} {wanted['doc']} line {match['line_start']}"]
    assert found / len(gold) >= LEAST_FOUND, misses
    assert sum(rights) / len(rights) >= LEAST_FIELDS, misses


def test_title_municipality_and_period_are_those_printed_not_those_of_the_file(plans: Plans, rules: ModuleType) -> None:
    """Also where the title is a row above a header, or stands in quotes in the text."""
    for path in plans.paths:
        document = plans.document(path.name)
        assert document.title_is_printed, path.name
        assert rules.norm(document.title) in rules.norm("".join(document.lines)), path.name
    assert plans.document("L1").period == plans.document("L2").period == (2026, 2028)
    assert plans.document("L3").period == (2017, 2036)
    assert plans.document("n07").period == (2015, 2019)
    assert plans.document("n03").period == (2022, 2022)
    assert plans.document("n03").municipality is None


def test_two_title_rows_blank_cells_and_six_subtotals_of_the_csv(plans: Plans) -> None:
    extraction = plans.extraction("L1")
    assert all(len(item.section) == 2 for item in extraction.items)
    assert not [item.title for item in extraction.items if item.title == "計"]
    sums = [passage.text for passage in extraction.passages if passage.item_id is None and passage.kind == "table"]
    assert sum(text.count("計") for text in sums) >= 6


def test_two_rows_with_the_same_title_stay_two_items_with_their_own_sums(plans: Plans) -> None:
    items = plans.items("L1")
    titles = [item.title for item in items]
    twins = [item for item in items if titles.count(item.title) == 2]
    assert len(twins) == 2
    assert len({item.id for item in twins}) == 2
    assert len({amount(item) for item in twins}) == 2


def test_a_row_one_year_short_ends_a_year_earlier(plans: Plans) -> None:
    items = plans.items("L1")
    short = [item for item in items if item.target_fiscal_years != (2026, 2027, 2028)]
    assert [item.target_fiscal_years for item in short] == [(2026, 2027)]


def test_sums_of_the_unit_above_the_table_keep_it_in_their_label(plans: Plans) -> None:
    for item in plans.items("L1"):
        assert [label for label in item.fields if "千円" in label], item.title


def test_rowspan_colspan_and_the_site_around_the_page(plans: Plans) -> None:
    extraction = plans.extraction("L2")
    assert {item.schedule for item in extraction.items} == {"R8 ○、R9 ○、R10 ○"}
    text = "\n".join(passage.text for passage in extraction.passages)
    assert "本文へスキップ" not in text
    assert "ページの先頭" not in text


def test_vertical_merges_a_two_row_header_and_a_sum_in_the_word_file(plans: Plans) -> None:
    items = plans.items("L3")
    assert [len({item.section for item in items}), len(items)] == [2, 14]
    assert {len(item.fields) for item in items} == {2}


def test_full_width_digits_of_a_letter_are_found_and_make_no_items(plans: Plans) -> None:
    extraction = plans.extraction("n11")
    assert extraction.items == ()
    assert any(
        "78210000円" in passage.search_text.replace(",", "").replace("，", "").translate(DIGITS)
        for passage in extraction.passages
    )


def test_budget_years_a_torn_department_and_two_rows_alone_on_the_last_page(plans: Plans) -> None:
    items = plans.items("n03")
    assert [item.number for item in items] == [str(n) for n in range(1, 28)]
    assert {item.target_fiscal_years for item in items} == {(2022,)}
    assert [item.page for item in items[-2:]] == [3, 3]
    assert not [item.title for item in items if any("\n" in owner or owner == "課" for owner in item.owners)]
    for item in items:
        before, now = [label for label in item.fields if "年度当初予算額" in label]
        assert ("３" in before, "４" in now) == (True, True)


def test_the_misprinted_year_is_quoted_and_flagged_and_no_target(plans: Plans) -> None:
    extraction = plans.extraction("n03")
    (misprinted,) = [i for i in extraction.items if any(m.year < 2000 for m in find_years(i.schedule or ""))]
    assert misprinted.target_fiscal_years == (2022,)
    assert any(str(misprinted.schedule) in remark.message for remark in extraction.report.remarks)


def test_indicators_of_split_tables_with_doubled_headings(plans: Plans) -> None:
    items = plans.items("n07")
    assert {item.target_fiscal_years for item in items} == {(2019,)}
    assert all(item.goals and not item.owners for item in items)
    assert {len(item.fields) for item in items} == {1}


def test_bars_of_a_drawn_chart_take_no_year_from_the_word_beside_them(plans: Plans) -> None:
    for item in plans.items("n01"):
        # What a bar covers is said to be from the chart; nothing else of a drawing is a schedule.
        assert item.schedule is None or "（工程表の帯）" in item.schedule
        assert bool(item.target_fiscal_years) <= bool(item.schedule)


def test_lanes_and_merged_years_of_the_workbook(plans: Plans) -> None:
    items = plans.items("n10")
    assert {year for item in items for year in item.target_fiscal_years} == {2021, 2022}
    assert all(len(item.owners) == 1 for item in items)
    assert all(item.place and item.place.cells for item in items)


DIGITS = {0xFF10 + n: str(n) for n in range(10)}


def same(rules: ModuleType, item: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return bool(rules.norm(item["title"]) == rules.norm(wanted["title"]))


def amount(item: PlanItem) -> str:
    return next(text for label, text in item.fields.items() if "千円" in label)


def as_json(item: PlanItem) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(item).items()}
