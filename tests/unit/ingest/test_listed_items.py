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
            "斎場の統合\n隣接する2町と組み、令和10年4月に開きます。（担当：環境課）",
            "墓地の整備\n区画を分けます。（担当：環境課）",
        )
    )
    assert [item.owners for item in (first, second)] == [("環境課",), ("環境課",)]
