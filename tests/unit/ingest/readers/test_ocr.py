"""Scanned plans: what OCR and the rules on the picture give together, how sure it is, and a scan without OCR."""

import sys

import pytest

from ingest.errors import UnreadableDocument
from ingest.plan_items import Extraction, PlanItem
from ingest.readers import read_bytes
from ingest.readers.pdf import read_layout
from ingest.reading import PlanFile, read_plan
from ingest.sandbox import Limits, Sandbox
from tests.unit.ingest.readers.pdf_files import HEIGHT, both, lines, pdf, table
from tests.unit.ingest.readers.scans import Scanner, scanned

HEADER = ["分野", "取組項目", "目標", "実施時期", "所管課"]
WIDTHS = [50.0, 150.0, 130.0, 80.0, 85.0]
FIRST: list[list[str | None]] = [
    [*HEADER],
    ["窓口", "窓口の予約を広げる", "予約率60%", "令和8年度", "窓口課"],
    [None, "電話の案内を自動にする", "待ち時間を10分にする", "毎年度", "広報課・総務課"],
    ["施設", "集会所を統合する", "18か所に減らす", "R7～R9", "施設管理課"],
]
SECOND: list[list[str | None]] = [
    [*HEADER],
    ["", "学校を共同で使う", "利用を年300件にする", "令和9年度まで", "教育総務課"],
    ["財政", "公用車を共同で使う", "台数を20台減らす", "令和9年度まで", "財務課"],
    [None, "・紙の申請を減らす\n・押印をなくす", "年1,200千円", "検討", "地域づくり\n推進課"],
]
INDICATORS: list[list[str | None]] = [
    ["指標", "現状値", "目標値（令和9年度）"],
    ["オンライン申請の割合", "32.5%", "60%"],
    ["公共施設の数", "128施設", "110施設"],
]
PAPER = pdf(
    both(lines("見本市しごと改革プラン", "本市は、次の取組を進めます。"), table(FIRST, WIDTHS, top=600)),
    both(table(SECOND, WIDTHS, top=60), lines("職員の仕事を見直し、市民の手続を軽くします。", top=400)),
    both(lines("3 指標", top=50), table(INDICATORS, [200.0, 100.0, 150.0], top=80)),
)
SCANNERS = (Scanner(tilt=0.8), Scanner(tilt=-1.4, noise=18, paper=0.8), Scanner(dpi=110, noise=6))


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    # As the service reads it: in a child process, which gives back nothing of a library's.
    sandbox = Sandbox(Limits())
    plan = sandbox.run("scan.pdf", read_plan, PlanFile("scan.pdf", scanned(PAPER, SCANNERS)))
    sandbox.close()
    document = plan.document
    assert (document.title, document.municipality) == ("見本市しごと改革プラン", "見本市")
    assert dict(document.facts)["scanned_pages"] == 3
    assert any("read by OCR, check them" in remark for remark in document.remarks)
    return plan.extraction


def the_item(extraction: Extraction, title: str) -> PlanItem:
    return next(item for item in extraction.items if item.title == title)


def test_the_rules_on_tilted_noisy_paper_give_the_table_and_its_items(extraction: Extraction) -> None:
    assert [(item.title, item.goals, item.target_fiscal_years, item.owners) for item in extraction.items[:5]] == [
        ("窓口の予約を広げる", ("予約率60%",), (2026,), ("窓口課",)),
        ("電話の案内を自動にする", ("待ち時間を10分にする",), (), ("広報課", "総務課")),
        ("集会所を統合する", ("18か所に減らす",), (2025, 2026, 2027), ("施設管理課",)),
        ("学校を共同で使う", ("利用を年300件にする",), (2027,), ("教育総務課",)),
        ("公用車を共同で使う", ("台数を20台減らす",), (2027,), ("財務課",)),
    ]


def test_a_merged_cell_of_a_scan_holds_for_its_rows_also_over_the_end_of_a_page(extraction: Extraction) -> None:
    assert [item.section[0] for item in extraction.items[:5]] == ["窓口", "窓口", "施設", "施設", "財政"]


def test_dots_before_entries_and_between_departments_are_those_of_japanese(extraction: Extraction) -> None:
    assert {"紙の申請を減らす", "押印をなくす"} <= {item.title for item in extraction.items}
    assert the_item(extraction, "電話の案内を自動にする").owner_text == "広報課・総務課"
    assert the_item(extraction, "紙の申請を減らす").owners == ("地域づくり推進課",)


def test_letters_that_ocr_writes_as_chinese_has_them_are_japanese(extraction: Extraction) -> None:
    indicator = the_item(extraction, "公共施設の数")
    assert (indicator.goals, indicator.fields) == (("110施設",), {"現状値": "128施設"})
    assert the_item(extraction, "電話の案内を自動にする").schedule == "毎年度"


def test_what_ocr_reads_is_less_sure_and_has_its_place(extraction: Extraction) -> None:
    assert all(item.confidence <= 0.9 for item in extraction.items)
    places = [item.place for item in extraction.items]
    assert [place.page for place in places if place] == [1] * 3 + [2] * 4 + [3] * 2
    first = places[0]
    assert first is not None
    assert first.box is not None
    assert [abs(edge - wanted) < 8 for edge, wanted in zip(first.box, (50, 628, 545, 656), strict=True)] == [True] * 4


def test_without_ocr_a_scan_is_refused_and_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    # As it is where the extra is not installed: Python finds no such module.
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(UnreadableDocument, match=r"scan\.pdf: all 3 pages are pictures .*install the extra ocr"):
        read_bytes("scan.pdf", scanned(PAPER, SCANNERS))


def test_without_ocr_a_scanned_page_among_others_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    stamped = scanned(pdf(lines("紙の表")), (Scanner(),), stamp="- 2 -")
    layout = read_layout("scan.pdf", stamped)
    assert dict(layout.facts) == {"pages": 1, "scanned_pages": 1, "pictures": 1}
    assert layout.remarks == ("1 pages are pictures of text, not read: install the extra ocr or publish text",)


def test_the_letters_of_a_cover_over_a_picture_are_read_as_they_are() -> None:
    cover = scanned(pdf(lines("", top=300)), (Scanner(),), stamp="MIHON CITY PLAN 2026")
    document = read_bytes("cover.pdf", cover)
    assert (document.lines, document.facts.get("scanned_pages")) == (("MIHON CITY PLAN 2026",), None)


def test_a_number_that_the_scanner_stamps_on_a_page_does_not_hide_the_scan() -> None:
    stamped = scanned(pdf(lines("窓口の予約を広げる。", top=300)), (Scanner(),), stamp=f"{HEIGHT:.0f}")
    text = "".join(read_bytes("scan.pdf", stamped).lines)
    assert "窓口の予約を広げる。" in text
