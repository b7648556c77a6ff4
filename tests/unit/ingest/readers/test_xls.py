import pytest

from ingest.errors import IngestError
from ingest.readers import read_bytes
from ingest.readers.layout import TablePart
from ingest.readers.xls import read_layout
from ingest.sandbox import Limits, Sandbox
from tests.unit.ingest.readers.layouts import headings_of, remarks_of, tables_of, texts_of
from tests.unit.ingest.readers.old_workbooks import DATE, OldSheet, old_workbook

CELLS: dict[tuple[int, int], str | float | tuple[float, int]] = {
    (0, 0): "見本市行政改革プラン",
    (2, 0): "取組項目",
    (2, 1): "担当課",
    (2, 2): "目標",
    (3, 0): "窓口の一本化",
    (3, 1): "市民課",
    (3, 2): 12.5,
    (4, 0): "公用車の削減",
    (4, 2): (45383, DATE),
}


def test_an_old_workbook_is_read_with_its_merged_cells_and_places():
    layout = read_layout("plan.xls", old_workbook({"Sheet1": OldSheet(CELLS, [(3, 4, 1, 1)])}))
    assert texts_of(layout) == ["見本市行政改革プラン"]
    assert tables_of(layout) == [
        [
            ("取組項目", "担当課", "目標"),
            ("窓口の一本化", "市民課", "12.5"),
            ("公用車の削減", "市民課", "2024年4月1日"),
        ]
    ]
    table = layout.parts[1]
    assert isinstance(table, TablePart)
    assert (table.rows[2].place.sheet, table.rows[2].place.cells) == ("Sheet1", "A5:C5")
    assert layout.facts["merged_cells"] == 1


def test_what_cannot_be_read_of_an_old_workbook_is_said():
    layout = read_layout("plan.xls", old_workbook({"Sheet1": OldSheet(CELLS)}))
    assert "read without their formats; save it as XLSX" in remarks_of(layout)


def test_hidden_sheets_are_left_out_and_said_and_names_of_several_sheets_are_headings():
    sheets = {
        "総務部": OldSheet(CELLS),
        "作業用": OldSheet({(0, 0): "未公表"}, is_hidden=True),
        "市民部": OldSheet(CELLS),
    }
    layout = read_layout("plan.xls", old_workbook(sheets))
    assert headings_of(layout) == [(1, "総務部"), (1, "市民部")]
    assert "hidden sheets are left out: 「作業用」" in remarks_of(layout)


def test_an_old_workbook_is_known_by_its_content():
    document = read_bytes("plan.xls", old_workbook({"Sheet1": OldSheet(CELLS)}))
    assert (document.encoding, document.title) == ("xls", "見本市行政改革プラン")


# Found by changing bytes at random: calamine panics on the first, and ends the process on the others.
@pytest.mark.parametrize(
    ("at", "noise"),
    [
        (76, b"\xfe\xff\xff\xff"),
        (1664, b"\xea"),
        (1669, b"\xf9"),
        (1815, b"\xff\xff\xff\x7f"),
        (1858, b"\xfe\xff\xff\xff"),
    ],
)
def test_a_damaged_old_workbook_ends_at_most_the_process_that_reads_it(at: int, noise: bytes):
    data = old_workbook({"Sheet1": OldSheet(CELLS, [(3, 4, 1, 1)])})
    damaged = data[:at] + noise + data[at + len(noise) :]
    sandbox = Sandbox(Limits(seconds=60))
    with pytest.raises(IngestError, match=r"plan\.xls: "):
        sandbox.run("plan.xls", read_bytes, "plan.xls", damaged)
    assert sandbox.run("plan.xls", read_bytes, "plan.xls", data).title == "見本市行政改革プラン"
    sandbox.close()


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_a_cut_off_old_workbook_is_refused_by_name(share: float):
    data = old_workbook({"Sheet1": OldSheet(CELLS)})
    with pytest.raises(IngestError, match=r"plan\.xls: "):
        read_bytes("plan.xls", data[: int(len(data) * share)])
