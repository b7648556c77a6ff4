"""What can be found and cited: items, prose by section, footnotes, other tables."""

from ingest.pieces import PASSAGE_LENGTH
from ingest.plan_items import Passage
from tests.unit.ingest.plans import extraction_of, table


def passages_of(text: str) -> tuple[Passage, ...]:
    return extraction_of(text).passages


def test_an_item_has_one_passage_with_its_fields_labelled() -> None:
    plan = "見本市改革プラン\n\n(1) 窓口\n\n" + table(
        "取組項目|内容|実施時期|所管課", "甲の推進|改める。【目標】10件|毎年度|くらし課"
    )
    (passage,) = [passage for passage in passages_of(plan) if passage.kind == "item"]
    assert passage.text == "甲の推進 改める。【目標】10件 毎年度 くらし課"
    for part in ("見本市", "見本市改革プラン", "(1) 窓口", "甲の推進", "改める。", "目標 10件", "毎年度", "くらし課"):
        assert part in passage.search_text


def test_prose_is_merged_by_section_and_never_over_a_heading() -> None:
    text = "1 目的\n\n甲です。\n\n乙です。\n\n2 方針\n\n丙です。\n"
    assert [(p.section, p.text) for p in passages_of(text)] == [
        (("1 目的",), "甲です。\n乙です。"),
        (("2 方針",), "丙です。"),
    ]


def test_passages_stay_short_but_a_list_keeps_its_lead_in() -> None:
    long = "見本市では、窓口の待ち時間を減らすために、来庁する時刻の予約を広げます。" * 6
    entries = "\n".join(f"- 取組その{n}として、支所にも相談の場所を設けて職員を置きます。" for n in range(10))
    text = f"1 目的\n\n{long}\n\n{long}\n\n次のことを行います。\n\n{entries}\n"
    passages = passages_of(text)
    assert len(passages) == 3
    assert passages[2].text.startswith("次のことを行います。\n- 取組その0")
    assert all(len(passage.text) <= PASSAGE_LENGTH for passage in passages[:2])


def test_a_very_long_paragraph_is_cut_at_sentences() -> None:
    passages = passages_of("見本市では、窓口を改めます。" * 200)
    assert len(passages) > 3
    assert all(passage.text.endswith("。") for passage in passages)


def test_headings_with_nothing_under_them_can_be_found() -> None:
    text = "基本方針1 みんなで決める\n\n基本方針2 資源を使う\n\n第1章 目的\n\n甲です。\n"
    assert "基本方針1 みんなで決める\n基本方針2 資源を使う" in passages_of(text)[0].text


def test_a_footnote_is_a_passage_of_its_own_with_the_word_it_explains() -> None:
    passages = passages_of("甲ハブ※を置く。\n\n※甲ハブ：人をつなぐ場所。\n")
    (note,) = [passage for passage in passages if passage.kind == "footnote"]
    assert (note.term, note.text) == ("甲ハブ", "※甲ハブ：人をつなぐ場所。")


def test_rows_that_are_no_items_stay_findable() -> None:
    text = "第1章 名簿\n\n" + table("氏名|役職", "甲野|会長", "乙山|委員")
    (passage,) = passages_of(text)
    assert (passage.kind, passage.section) == ("table", ("第1章 名簿",))
    assert "甲野" in passage.text
    assert "会長" in passage.text


def test_bullets_of_one_cell_have_each_their_own_text() -> None:
    passages = passages_of(table("カテゴリ|取組事項", "参画|<ul> ・意見の聴取 ・提案の募集"))
    assert [passage.text for passage in passages] == ["・意見の聴取", "・提案の募集"]


def test_a_markdown_table_keeps_its_header_above_the_rule() -> None:
    text = "## 職員数\n\n| 年度 | R6 | R7 |\n|---|---|---|\n| 採用 | 3人 | 4人 |\n| 退職 | 5人 | 6人 |\n\n文です。\n"
    (passage,) = [
        p for p in passages_of("# 見本市計画\n\n## 委員\n\n" + text.replace("年度", "氏名")) if p.kind == "table"
    ]
    assert passage.text == "氏名\tR6\tR7\n採用\t3人\t4人\n退職\t5人\t6人"
    assert passage.table_header == ""


def test_the_header_of_a_long_table_is_indexed_with_every_part_of_it() -> None:
    rows = [f"委員{n}の氏名である甲野乙太郎|見本大学の教授であり会長を務める者{n}" for n in range(60)]
    passages = [p for p in passages_of("第1章 名簿\n\n" + table("氏名|役職", *rows)) if p.kind == "table"]
    assert len(passages) > 2
    assert [p.table_header for p in passages] == ["", *["氏名\t役職"] * (len(passages) - 1)]
    assert all("氏名\t役職" in p.search_text for p in passages)
    assert passages[1].text.startswith("委員")


def test_a_sum_below_items_is_found_by_the_labels_of_their_table() -> None:
    text = table("事業名|所管課|効果額（千円）", "甲の推進|資金課|120", "乙の推進|庶務課|40", "合計||160")
    (passage,) = [p for p in passages_of(text) if p.kind == "table"]
    assert (passage.text, passage.table_header) == ("合計\t\t160", "事業名\t所管課\t効果額（千円）")
