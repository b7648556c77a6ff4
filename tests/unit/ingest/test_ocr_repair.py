"""Titles and labels of made-up plans, torn as scans tear them; and the real scan, read in place."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.drafts import Draft
from ingest.extract import extract
from ingest.normalize import squeeze
from ingest.ocr_repair import (
    complete_end,
    complete_start,
    mend_drafts,
    mend_long_vowel,
    mend_title,
    mend_words,
    squeezed_cells,
)
from ingest.plan_items import PlanItem, Repair
from ingest.readers import read_document
from tests.unit.ingest.plans import items_of

SCAN_LIKE = st.text(
    st.sampled_from("灯台港歩道整備計画の推進見直しを深める点検指針にて沿うう 　\n\t①全化るAl:"), max_size=60
)


@pytest.mark.parametrize(
    ("title", "stray", "context", "mended"),
    [
        ("歩道の整計画", "備", "公園の整備計画\n歩道の整計画", "歩道の整備計画"),
        ("歩道の整", "備", "公園の整備\n歩道の整", "歩道の整備"),
        ("交流を深催しの開催", "め", "絆を深める\n互いを深め合う\n交流を深催しの開催", "交流を深め催しの開催"),
    ],
)
def test_a_character_goes_back_into_the_gap_it_left(title: str, stray: str, context: str, mended: str) -> None:
    result = mend_title(title, stray, squeezed_cells(context))
    assert (result.text, result.repairs) == (mended, (Repair("title", title, mended),))


@pytest.mark.parametrize(
    ("title", "stray", "context"),
    [
        ("歩道の計画", "備", "公園の整備計画\n歩道の計画\n港の計画"),
        ("歩道の整計画", "比", "公園の整備計画\n歩道の整計画"),
        ("歩道の整計画", "1", "公園の整1計画\n歩道の整計画"),
        ("業務の点検推進", "化", "明文化と点検化\n業務の点検推進"),
        ("歩道の整計画", "備", "歩道の整計画"),
        ("", "備", "整備"),
    ],
)
def test_a_character_without_a_gap_that_fits_goes_nowhere(title: str, stray: str, context: str) -> None:
    result = mend_title(title, stray, squeezed_cells(context))
    assert (result.text, result.repairs) == (title, ())


ROW = "灯台の保全の点検を毎年行う。点検の結果は指針に反映する。"
CONTEXT = squeezed_cells(
    f"港の点検\n橋の点検\n{ROW}\n指針に沿う\n指針により灯台を守る\n灯台の保全の点険と並びに指に沿う運用"
)


def test_a_word_torn_by_a_blank_is_read_as_its_row_reads_in_the_same_surroundings() -> None:
    title, printed = "灯台の保全の点険", "灯台の保全の点 険"
    assert mend_words(title, printed, squeezed_cells(ROW), CONTEXT).text == "灯台の保全の点検"
    assert mend_words(title, title, squeezed_cells(ROW), CONTEXT).text == title


@pytest.mark.parametrize("word", ["朝市", "点灯"])
def test_a_torn_word_that_no_scanner_takes_for_another_stays_as_printed(word: str) -> None:
    context, printed = CONTEXT.replace("点険", word), " ".join(word)
    assert mend_words(f"灯台の保全の{word}", f"灯台の保全の{printed}", squeezed_cells(ROW), context).repairs == ()


def test_a_word_cut_short_behind_a_particle_is_completed_from_its_row() -> None:
    title = "保全並びに指に沿う運用"
    result = mend_words(title, title, squeezed_cells(ROW), CONTEXT)
    assert (result.text, result.repairs[0].raw) == ("保全並びに指針に沿う運用", title)


@pytest.mark.parametrize(
    "title", ["保全並びに人に沿う運用", "目指すに足る指針", "港の点検と橋の点検", "海と山と川の会"]
)
def test_a_title_that_is_whole_stays_as_printed(title: str) -> None:
    assert mend_words(title, title, squeezed_cells(ROW), CONTEXT + "\n" + title).repairs == ()


def test_a_cut_label_gets_its_first_character_back() -> None:
    context = squeezed_cells("この桟橋修繕を行う\nまた桟橋修繕と桟橋修理\n橋修繕の計画")
    assert complete_start("橋修繕の計画", context).text == "桟橋修繕の計画"


def test_no_single_character_is_given_back_of_a_longer_word() -> None:
    context = squeezed_cells("公共桟橋の管理\n公共桟橋の点検\n桟橋の清掃")
    assert complete_start("桟橋の清掃", context).repairs == ()


def test_a_cut_label_gets_the_ending_of_the_others() -> None:
    labels = ["桟橋の見直", "灯台の見直し", "歩道の見直し"]
    context = squeezed_cells("\n".join(labels))
    assert complete_end("桟橋の見直", labels, context).text == "桟橋の見直し"
    assert complete_end("灯台の見直し", labels, context).repairs == ()
    assert complete_end("桟橋の見直", ["桟橋の見直", "灯台の見直し"], context).repairs == ()
    assert complete_end("桟橋の受付", ["桟橋の受付", "港の受付け", "船の受付け", "灯台の受付"], context).repairs == ()


def test_an_item_is_mended_together_with_its_owner_and_section() -> None:
    sections = (("(1) 桟橋の見直",), ("(2) 灯台の見直し",), ("(3) 歩道の見直し",))
    titles, owners = ("歩道の整計画", "公園の整備計画", "港の整備計画"), ("備灯台課", "灯台課", "灯台課")
    drafts = [
        Draft(section, title, line, line, f"{title}\t{owner}", cells={"title": title, "owner": owner})
        for line, (section, title, owner) in enumerate(zip(sections, titles, owners, strict=True), 1)
    ]
    context = "\n".join(f"{draft.section[0]}\t{draft.row}" for draft in drafts)
    mended = mend_drafts(drafts, context)
    assert mended[0].title == "歩道の整備計画"
    assert mended[0].section == ("(1) 桟橋の見直し",)
    assert {repair.field for repair in mended[0].repairs} == {"title", "section"}
    assert mended[0].confidence < 1
    assert mended[1:] == tuple(drafts[1:])


@given(SCAN_LIKE, SCAN_LIKE, SCAN_LIKE)
def test_whatever_is_printed_a_repair_keeps_every_printed_character(title: str, stray: str, context: str) -> None:
    text = squeezed_cells(f"{title}\n{context}")
    for result in (mend_title(title, stray, text), complete_start(title, text), complete_end(title, [context], text)):
        assert not result.repairs or result.repairs[0].raw == title
        rest = iter(squeeze(result.text))
        assert all(character in rest for character in squeeze(title))


@given(SCAN_LIKE, SCAN_LIKE, SCAN_LIKE)
def test_whatever_is_printed_words_are_only_mended_with_a_record(title: str, row: str, context: str) -> None:
    result = mend_words(squeeze(title), title, squeezed_cells(row), squeezed_cells(f"{title}\n{row}\n{context}"))
    assert (result.text == squeeze(title)) == (not result.repairs)


@pytest.fixture(scope="module")
def gold(shared_dir: Path) -> dict[str, list[dict[str, Any]]]:
    by_document: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((shared_dir / "gold").glob("items_00*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            entry = json.loads(line)
            by_document.setdefault(entry["doc"], []).append(entry)
    return by_document


@pytest.fixture(scope="module")
def items(corpus_dir: Path) -> dict[str, tuple[PlanItem, ...]]:
    return {path.name: extract(read_document(path)).items for path in sorted(corpus_dir.glob("*.txt"))}


def at_line(items: tuple[PlanItem, ...], line: int) -> PlanItem:
    return next(item for item in items if item.line_start == line)


def repairs_of(
    gold: dict[str, list[dict[str, Any]]], applied: bool
) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    return [
        (name, entry, repair)
        for name, entries in gold.items()
        for entry in entries
        for repair in entry.get("ocr_repairs", [])
        if repair["applied"] is applied
    ]


def test_the_real_scan_is_repaired_as_by_hand(
    gold: dict[str, list[dict[str, Any]]], items: dict[str, tuple[PlanItem, ...]]
) -> None:
    wanted = repairs_of(gold, applied=True)
    assert wanted
    for name, entry, repair in wanted:
        item = at_line(items[name], entry["line"])
        if repair["field"] == "owners":
            assert list(item.owners) == entry["owners"]
            assert Repair("owners", repair["raw"], repair["clean"]) in item.repairs
        elif repair["field"] == "title":
            assert squeeze(item.title) == squeeze(entry["title"])
            assert any(done.field == "title" for done in item.repairs)
        elif repair["field"] == "section_title":
            assert repair["clean"] in item.section[-1]


def test_what_is_only_suspected_stays_as_printed(
    gold: dict[str, list[dict[str, Any]]], items: dict[str, tuple[PlanItem, ...]]
) -> None:
    fields = {"result_r2": "result", "next_year": "next_steps", "plan_summary_r2": "plan_summary"}
    for name, entry, repair in repairs_of(gold, applied=False):
        if not repair["field"].startswith("section"):
            text = getattr(at_line(items[name], entry["line"]), fields.get(repair["field"], repair["field"]))
            assert squeeze(repair["raw"]) in squeeze(text)


def test_plans_that_no_scan_garbled_need_no_repair_of_names(
    gold: dict[str, list[dict[str, Any]]], items: dict[str, tuple[PlanItem, ...]], samples_dir: Path
) -> None:
    clean = [name for name, entries in gold.items() if not any(entry.get("ocr_repairs") for entry in entries)]
    assert clean
    samples = [
        extract(read_document(path)).items for path in samples_dir.glob("*.*") if path.suffix in (".txt", ".tsv")
    ]
    for found in (*(items[name] for name in clean), *samples):
        assert [r for item in found for r in item.repairs if r.field in ("title", "owners", "section")] == []


@pytest.mark.parametrize(
    ("title", "printed", "mended"),
    [
        ("老人センタ一みほん荘", "老人センタ一みほん荘", "老人センタ一みほん荘"),
        ("センタ一の建替え", "センタ一の建替え", "センターの建替え"),
        ("デ一タの公開", "デ一タの公開", "データの公開"),
        ("みほんプ一ル", "みほんプ 一 ル", "みほんプール"),
        ("交流センタ一灯台荘", "交流センタ 一 灯台荘", "交流センター灯台荘"),
        ("交流センタ一", "交流センタ一", "交流センター"),
        ("サービス一覧の作成", "サ ー ビ ス 一 覧 の作成", "サービス一覧の作成"),
        ("データ一元化", "データ 一元化", "データ一元化"),
        ("メニュー一つの給食", "メニュー一つの給食", "メニュー一つの給食"),
    ],
)
def test_a_long_vowel_read_as_the_number_one_is_mended(title: str, printed: str, mended: str) -> None:
    assert mend_long_vowel(title, printed, "title").text == mended


def test_a_mended_long_vowel_is_a_repair_of_its_item() -> None:
    (item,) = items_of("見本町の施設\n\n施設名\t所管課\n交流センタ 一 灯台荘\t福祉課\n")
    assert item.title == "交流センター灯台荘"
    assert Repair("title", "交流センタ一灯台荘", "交流センター灯台荘") in item.repairs
    assert item.printed["title"] == "交流センタ 一 灯台荘"
