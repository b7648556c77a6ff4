"""The traps of the real Office files, read in place: what they say is in the shared folder only."""

import re
import zipfile
from pathlib import Path

import pytest

from ingest.documents import Document
from ingest.readers import read_document


def the_file(shared_dir: Path, pattern: str) -> Path:
    return next((shared_dir / "documents").glob(pattern))


@pytest.fixture(scope="module")
def facilities(shared_dir: Path) -> Document:
    return read_document(the_file(shared_dir, "L3_*.docx"))


@pytest.fixture(scope="module")
def schedule(shared_dir: Path) -> Document:
    return read_document(the_file(shared_dir, "n10_*.xlsx"))


def rows_of(document: Document, table: int) -> list[tuple[str, ...]]:
    return [row.cells for row in [block for block in document.blocks if block.kind == "table"][table].rows]


def test_a_vertically_merged_label_stands_in_every_row_of_the_document(facilities: Document):
    rows = rows_of(facilities, 0)
    assert len(rows) == 17
    assert [len({row[0] for row in part}) for part in (rows[:2], rows[2:13], rows[13:])] == [1, 1, 1]


def test_a_header_over_two_rows_keeps_both_and_fills_what_spans_them(facilities: Document):
    first, second = rows_of(facilities, 0)[:2]
    assert first[2] == first[3] != second[3]
    assert [first[at] == second[at] for at in (0, 1, 4)] == [True, True, True]


def test_merged_text_is_in_its_cells_once(facilities: Document):
    assert all(
        len(cell) % 2 or cell[: len(cell) // 2] * 2 != cell
        for row in rows_of(facilities, 0)
        for cell in row
        if len(cell) > 3
    )


def test_the_row_of_totals_is_read_as_printed(facilities: Document):
    assert [row[1] for row in rows_of(facilities, 0)].count("合計") == 1


def test_the_running_header_of_the_document_is_no_text_of_it(facilities: Document, shared_dir: Path):
    with zipfile.ZipFile(the_file(shared_dir, "L3_*.docx")) as archive:
        header = re.sub("<[^>]+>", "", archive.read("word/header1.xml").decode()).strip()
    assert facilities.title == header
    assert facilities.lines.count(header) == 1


def test_vertically_merged_owners_stand_in_every_row_of_the_schedule(schedule: Document):
    body = rows_of(schedule, 0)[2:]
    assert all(row[0] and row[1] for row in body)
    assert len({row[1] for row in body}) == 3


def test_horizontally_merged_years_stand_over_every_column_of_the_schedule(schedule: Document):
    years = rows_of(schedule, 0)[0][2:]
    assert [years.count(year) for year in dict.fromkeys(years)] == [3, 9]


def test_arrows_of_the_schedule_are_said_not_to_be_read(schedule: Document):
    assert any("not read, and what years and states they show not known: shapes: 20" in one for one in schedule.remarks)


def test_full_width_digits_of_amounts_stay_as_printed(shared_dir: Path):
    document = read_document(the_file(shared_dir, "n11_*.docx"))
    amounts = re.findall(r"[\d，,]+円", "\n".join(document.lines))
    assert len(amounts) >= 6
    assert not any(re.search("[0-9,]", amount) for amount in amounts)
