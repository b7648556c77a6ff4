"""The real plans in other formats than text, beside the repository, judged by their own gold and traps."""

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.documents import Document
from ingest.extract import extract
from ingest.plan_items import Extraction, PlanItem
from ingest.readers import read_document


class Plans:
    """The real documents, each read once and when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.paths = sorted(folder.iterdir())
        self._documents: dict[str, Document] = {}
        self._extractions: dict[str, Extraction] = {}

    def document(self, ending: str) -> Document:
        (path,) = [path for path in self.paths if path.name.endswith(ending)]
        if path.name not in self._documents:
            self._documents[path.name] = read_document(path)
        return self._documents[path.name]

    def extraction(self, ending: str) -> Extraction:
        document = self.document(ending)
        if document.source not in self._extractions:
            self._extractions[document.source] = extract(document)
        return self._extractions[document.source]

    def items(self, ending: str) -> tuple[PlanItem, ...]:
        return self.extraction(ending).items


@pytest.fixture(scope="module")
def plans(shared_dir: Path) -> Plans:
    return Plans(shared_dir / "documents")


@pytest.fixture(scope="module")
def expectations(shared_dir: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((shared_dir / "gold" / "expectations_documents.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("ending", [".csv", ".html", "kanri.docx", "setsumei.docx"])
def test_every_expected_count_of_rows_is_met(ending: str, expectations: list[dict[str, Any]], plans: Plans) -> None:
    (wanted,) = [e["item_rows"] for e in expectations if e["doc"].endswith(ending)]
    assert len(plans.items(ending)) == wanted


def test_two_title_rows_blank_cells_and_six_subtotals_of_the_csv(plans: Plans) -> None:
    extraction = plans.extraction("hashira4.csv")
    assert all(len(item.section) == 2 for item in extraction.items)
    assert not [item.title for item in extraction.items if item.title == "計"]
    sums = [passage.text for passage in extraction.passages if passage.item_id is None and passage.kind == "table"]
    assert sum(text.count("計") for text in sums) >= 6


def test_two_rows_with_the_same_title_stay_two_items_with_their_own_sums(plans: Plans) -> None:
    items = plans.items("hashira4.csv")
    titles = [item.title for item in items]
    twins = [item for item in items if titles.count(item.title) == 2]
    assert len(twins) == 2
    assert len({item.id for item in twins}) == 2
    assert len({amount(item) for item in twins}) == 2


def test_a_row_one_year_short_ends_a_year_earlier(plans: Plans) -> None:
    items = plans.items("hashira4.csv")
    short = [item for item in items if item.target_fiscal_years != (2026, 2027, 2028)]
    assert [item.target_fiscal_years for item in short] == [(2026, 2027)]


def test_sums_of_the_unit_above_the_table_keep_it_in_their_label(plans: Plans) -> None:
    for item in plans.items("hashira4.csv"):
        assert [label for label in item.fields if "千円" in label], item.title


def test_rowspan_colspan_and_the_site_around_the_page(plans: Plans) -> None:
    extraction = plans.extraction("hashira5.html")
    assert {item.schedule for item in extraction.items} == {"R8 ○、R9 ○、R10 ○"}
    text = "\n".join(passage.text for passage in extraction.passages)
    assert "本文へスキップ" not in text
    assert "ページの先頭" not in text


def test_vertical_merges_a_two_row_header_and_a_sum_in_the_word_file(plans: Plans) -> None:
    items = plans.items("shisetsu_kanri.docx")
    assert [len({item.section for item in items}), len(items)] == [2, 14]
    assert {len(item.fields) for item in items} == {2}


def test_full_width_digits_of_a_letter_are_found_and_make_no_items(plans: Plans) -> None:
    extraction = plans.extraction("setsumei.docx")
    assert extraction.items == ()
    assert any(
        "78210000円" in passage.search_text.replace(",", "").replace("，", "").translate(DIGITS)
        for passage in extraction.passages
    )


def test_lanes_and_merged_years_of_the_workbook(plans: Plans) -> None:
    items = plans.items(".xlsx")
    assert {year for item in items for year in item.target_fiscal_years} == {2021, 2022}
    assert all(len(item.owners) == 1 for item in items)
    assert all(item.place and item.place.cells for item in items)


DIGITS = {0xFF10 + n: str(n) for n in range(10)}


def amount(item: PlanItem) -> str:
    return next(text for label, text in item.fields.items() if "千円" in label)
