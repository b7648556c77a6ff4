"""Items that a plan prints as headings or bullets with text, instead of table rows; every plan here is made up."""

import pytest

from tests.unit.ingest.plans import items_of


def entries(*texts: str) -> str:
    """Entries ①②③ with their texts, each set apart by blank lines."""
    return "\n\n".join(f"{mark} {text}" for mark, text in zip("①②③④⑤", texts, strict=False)) + "\n"


def test_entries_whose_last_sentence_names_the_owner_in_brackets_are_items() -> None:
    first, second, third = items_of(
        "# 見本市改革プラン\n\n## 重点１　施設\n\nまとめて減らします。\n\n"
        + entries(
            "車庫の集約\n2か所を1か所にします。令和9年度までに終えます。（担当：財産課）",
            "弓道場の廃止\n取り壊します。（担当課：体育課、跡地を使う各課）",
            "会議室の貸出し\n夜間も貸します。（庶務課・体育課）",
        ),
        "plan.md",
    )
    assert [item.title for item in (first, second, third)] == ["車庫の集約", "弓道場の廃止", "会議室の貸出し"]
    assert (first.number, first.section, first.target_fiscal_years) == ("①", ("重点１ 施設",), (2027,))
    assert (first.content, first.owners) == ("2か所を1か所にします。令和9年度までに終えます。", ("財産課",))
    assert second.owners == ("体育課", "跡地を使う各課")
    assert third.owners == ("庶務課", "体育課")


def test_the_sibling_without_an_owner_is_an_item_too() -> None:
    items = items_of(
        "1 収入\n\n文です。\n\n"
        + entries(
            "甲の推進\n改めます。\n　担当：資金課", "乙の推進\n減らします。\n　担当：庶務課", "丙の推進\n広げます。"
        )
    )
    assert [(item.title, item.owners) for item in items] == [
        ("甲の推進", ("資金課",)),
        ("乙の推進", ("庶務課",)),
        ("丙の推進", ()),
    ]


@pytest.mark.parametrize("owner", ["（担当：資金課）", "（資金課）", "【資金課】", "　　担当課：資金課"])
def test_the_owner_may_stand_behind_the_heading_itself(owner: str) -> None:
    items = items_of(f"第1章 取組み方\n\n(1) 甲の推進{owner}\n\n改めます。\n\n(2) 乙の推進{owner}\n\n減らします。\n")
    assert [(item.title, item.owners) for item in items] == [("甲の推進", ("資金課",)), ("乙の推進", ("資金課",))]


def test_entries_need_no_blank_lines_between_them() -> None:
    items = items_of(
        "見本市改革プラン\n\n第1章 施設\n\n"
        "① 車庫の集約\n1か所にします。\n担当：財産課\n② 弓道場の廃止\n取り壊します。\n担当：体育課\n"
        "③ 会議室の貸出し\n夜間も貸します。（担当：庶務課）\n④ 図面の整理\n捨てます。\n担当：庶務課\n"
    )
    assert [item.title for item in items] == ["車庫の集約", "弓道場の廃止", "会議室の貸出し", "図面の整理"]
    assert [item.owners[0] for item in items] == ["財産課", "体育課", "庶務課", "庶務課"]
    assert items[0].content == "1か所にします。"


def test_a_single_heading_with_a_contact_is_no_item() -> None:
    assert (
        items_of("# 見本市改革プラン\n\n## 背景\n\n文です。\n\n## 問い合わせ\n\n窓口です。\n担当：庶務課\n", "p.md")
        == ()
    )


def test_chapters_of_which_one_names_a_department_are_no_items() -> None:
    text = "1 目的\n\n文です。\n\n2 体制\n\n本部を置きます。（庶務課）\n\n3 公表\n\n毎年公表します。\n"
    assert items_of(text) == ()


def test_bullets_that_name_their_owner_are_items() -> None:
    items = items_of(
        "1 窓口\n\n次のことを行います。\n\n"
        "・予約の受付（くらし課）\n・現金によらない支払い（くらし課、資金課）\n・手話の通訳\n"
    )
    assert [(item.title, item.owners) for item in items] == [
        ("予約の受付", ("くらし課",)),
        ("現金によらない支払い", ("くらし課", "資金課")),
        ("手話の通訳", ()),
    ]


def test_prose_below_a_line_of_status_or_owner_is_the_content() -> None:
    (item,) = items_of(
        "■ 施設の複合化\n区分：新規\n担当課：資産課\n実施時期：令和5年度～\n"
        "二つの館を一つにします。\n駐車場も広げます。\n"
    )
    assert (item.status, item.owners, item.schedule) == ("新規", ("資産課",), "令和5年度～")
    assert item.content == "二つの館を一つにします。\n駐車場も広げます。"


def test_a_labelled_line_goes_on_where_it_cannot_end() -> None:
    (item,) = items_of(
        "■ 施設の複合化\n担当課：資産課、\n教育課\n実施時期：令和5年度 設計\n令和6年度 建築\n"
        "目標：一つにする。\n半分に減らす。\n内容：まとめる。\n"
    )
    assert item.owners == ("資産課", "教育課")
    assert (item.target_fiscal_years, item.printed["schedule"]) == ((2023, 2024), "令和5年度 設計 令和6年度 建築")
    assert item.goals == ("一つにする。", "半分に減らす。")
    assert item.content == "まとめる。"


def test_a_label_alone_on_its_line_names_the_lines_below() -> None:
    (item,) = items_of(
        "■ 施設の複合化\n【担当課】\n・資産課\n・教育課\n【実施時期】\n令和5年度\n【内容】\nまとめる。\n"
    )
    assert (item.owners, item.schedule, item.content) == (("資産課", "教育課"), "令和5年度", "まとめる。")


def test_a_sentence_that_counts_something_is_no_heading() -> None:
    (first, second) = items_of(
        "1 火葬\n\n文です。\n\n"
        + entries(
            "書庫の統合\n隣り合う3課と組み、令和7年4月に一つにします。（担当：環境課）",
            "墓地の整備\n区画を分けます。（担当：環境課）",
        )
    )
    assert [item.owners for item in (first, second)] == [("環境課",), ("環境課",)]


def test_labels_with_their_text_in_brackets_and_a_row_of_years_describe_the_heading_above() -> None:
    text = "見本市改革プラン\n\n第2章 実施計画\n\n1　サービス\n\n1-(1)　窓口\n\n"
    for number, name in (("1-(1)-①", "遠隔の相談"), ("1-(1)-②", "後払いの受付")):
        text += (
            f"{number}　{name}\n\n【担当部署】会計課\n【現状と課題】遠い。\n【取組内容】近くする。\n"
            f"【数値目標】利用者　年300人\n\n" + "R5\tR6\tR7\n\t検討\t実施\n\n"
        )
    first, second = items_of(text)
    assert (first.number, first.title, first.section) == (
        "1-(1)-①",
        "遠隔の相談",
        ("第2章 実施計画", "1 サービス", "1-(1) 窓口"),
    )
    assert (first.owners, first.issues, first.content) == (("会計課",), "遠い。", "近くする。")
    assert (first.goals, first.schedule) == (("利用者 年300人",), "R6 検討、R7 実施")
    assert (second.title, second.target_fiscal_years) == ("後払いの受付", (2024, 2025))


def test_a_timetable_with_its_own_label_belongs_to_the_heading_above() -> None:
    text = "".join(
        f"■ {name}\n担当課：会計課\n内容：改める。\n\n年次計画\tR5\tR6\n\t検討\t実施\n\n"
        for name in ("甲の推進", "乙の推進")
    )
    assert [(item.title, item.schedule) for item in items_of(text)] == [
        ("甲の推進", "R5 検討、R6 実施"),
        ("乙の推進", "R5 検討、R6 実施"),
    ]


def test_a_heading_may_name_owner_and_progress() -> None:
    (first, second) = items_of(
        "見本町実施計画　取組状況報告\n\n１　状況\n\n"
        "No.1　書庫の整理（庶務課）　【達成】\n　計画：半分にする。\n　実績：半分にした。\n　次年度：点検する。\n\n"
        "No.2　広場の芝生化（建設課・こども課）　【未達成】\n　計画：2か所で行う。\n　実績：見送った。\n"
        "　次年度：1か所で行う。\n"
    )
    assert (first.number, first.title, first.owners, first.progress) == ("1", "書庫の整理", ("庶務課",), "達成")
    assert (first.plan_summary, first.result, first.next_steps) == ("半分にする。", "半分にした。", "点検する。")
    assert (second.owners, second.progress) == (("建設課", "こども課"), "未達成")


def test_bullets_of_a_name_and_what_is_done_with_owner_and_year() -> None:
    items = items_of(
        "# 見本村再編プラン\n\n## 1. 方針\n\n- まとめる\n- 手放す\n\n## 2. 取組\n\n### 2.1 まとめる\n\n"
        "- **会館の統合**：一つにします（担当：庶務課、2026年度）\n"
        "- **詰所の再編**：4か所にします（担当：防災係、2025〜2028年度）\n\n"
        "## 3. 点検\n\n毎年行います。\n",
        "plan.md",
    )
    assert [(item.title, item.content, item.owners, item.target_fiscal_years) for item in items] == [
        ("会館の統合", "一つにします", ("庶務課",), (2026,)),
        ("詰所の再編", "4か所にします", ("防災係",), (2025, 2026, 2027, 2028)),
    ]
    assert {item.section for item in items} == {("2.1 まとめる",)}


def test_labels_may_be_spread_and_followed_by_a_blank() -> None:
    (first, second) = items_of(
        "施策1　手続\n\n取組1　引越し\n目　的　来庁を減らす\n内　容　届を電子で受ける\n時　期　令和8年度\n"
        "担　当　くらし課\n\n"
        "取組2　申込み\n目　的　来庁を減らす\n内　容　予約を電子で受ける\n時　期　令和7年度\n"
        "担　当　こども課、情報課\n"
    )
    assert (first.number, first.title, first.owners, first.schedule) == ("1", "引越し", ("くらし課",), "令和8年度")
    assert first.content == "目的 来庁を減らす\n届を電子で受ける"
    assert second.owners == ("こども課", "情報課")


def test_chapters_counted_in_kanji_are_sections() -> None:
    (item, _) = items_of(
        "見本町推進計画\n\n第１　考え方\n\n柱とする。\n\n第２　推進項目\n\n一　組織\n\n"
        "(1)　支所の統合〔くらし課〕\n　集める。\n\n"
        "(2)　課の再編〔庶務課〕\n　減らす。\n\n第３　方法\n\n報告する。\n"
    )
    assert (item.title, item.section, item.owners) == ("支所の統合", ("一 組織",), ("くらし課",))


def test_bullets_of_labels_under_a_heading_describe_it_and_a_kpi_is_its_goal() -> None:
    (item,) = items_of(
        "# 見本町計画\n\n## 1 くらし\n\n### 1-1 窓口\n- 担当: くらし課\n- 期間: 2024年度～2026年度\n"
        "- 概要: 予約を広げる。\n  - 電話でも受ける\n- KPI: 待ち時間 30分 → 15分\n",
        "plan.md",
    )
    assert (item.number, item.title, item.owners) == ("1-1", "窓口", ("くらし課",))
    assert item.goals == ("待ち時間 30分 → 15分",)
    assert item.target_fiscal_years == (2024, 2025, 2026)


def test_two_labels_on_one_line_are_two_fields() -> None:
    (item,) = items_of(
        "(1)　空き店舗の活用\n担当課：商工課、農林課　　実施期間：令和5年度～令和8年度\n家賃を補助する。\n"
    )
    assert (item.owners, item.schedule) == (("商工課", "農林課"), "令和5年度～令和8年度")
    assert item.content == "家賃を補助する。"


def test_lines_of_labels_that_begin_with_a_name_are_one_item_each() -> None:
    first, second = items_of(
        "見本町施設計画\n\n（１）集会施設\n\n"
        "施設名：北の集会所\n所管課：庶務課\n建築年：昭和48年\n方針：廃止\n内容：令和8年度に取り壊す。\n\n"
        "施設名：南の集会所\n所管課：庶務課\n建築年：平成5年\n方針：維持\n内容：使い続ける。\n"
    )
    assert (first.title, first.owners, first.status, first.section) == (
        "北の集会所",
        ("庶務課",),
        "廃止",
        ("（１）集会施設",),
    )
    assert (first.content, first.target_fiscal_years, first.fields) == (
        "令和8年度に取り壊す。",
        (2026,),
        {"建築年": "昭和48年"},
    )
    assert (second.title, second.status, second.line_start, second.line_end) == ("南の集会所", "維持", 11, 15)


def test_numbered_labels_below_a_heading_describe_it() -> None:
    text = "".join(
        f"取組項目{n}　{name}\n\n　（１）現状と課題\n　　　課ごとに買う。\n　（２）取組の内容\n　　　まとめて買う。\n"
        "　（３）スケジュール\n　　　令和5年度　検討\n　　　令和6年度　実施\n　（４）担当課\n　　　会計課\n\n"
        for n, name in enumerate(("備品の共同購入", "用紙の共同購入"), 1)
    )
    first, second = items_of("見本市実施計画書\n\n" + text)
    assert (first.number, first.title, first.owners) == ("1", "備品の共同購入", ("会計課",))
    assert (first.issues, first.content) == ("課ごとに買う。", "まとめて買う。")
    assert (first.target_fiscal_years, second.title) == ((2023, 2024), "用紙の共同購入")


def test_whatever_is_counted_in_brackets_before_a_title_is_its_number() -> None:
    items = items_of(
        "【基本施策１】　行政\n\n＜実施事項①＞　倉庫の統合\n・所管：契約課\n・実施年度：R8\n・取組：一つにする。\n\n"
        "＜実施事項②＞　知らせの一元化\n・所管：広報課\n・実施年度：R7\n・取組：まとめる。\n"
    )
    assert [(item.number, item.title) for item in items] == [("①", "倉庫の統合"), ("②", "知らせの一元化")]
