"""Number marks at the beginning of lines and titles."""

import pytest

from ingest.numbering import is_number, mark_value, read_marker


@pytest.mark.parametrize(
    ("text", "kind", "printed", "rest"),
    [
        ("第3章 財政", "章", "第3章", "財政"),
        ("第一部　総論", "編", "第一部", "総論"),
        ("Ⅱ 組織", "roman", "Ⅱ", "組織"),
        ("II 組織", "roman", "II", "組織"),
        ("1 目的", "1", "1", "目的"),
        ("１．目的", "1", "１．", "目的"),
        ("(4) 方針", "(1)", "(4)", "方針"),
        ("⑷方針", "(1)", "⑷", "方針"),
        ("③ 窓口", "①", "③", "窓口"),
        ("1-2　窓口", "d2", "1-2", "窓口"),
        ("1-1-2 窓口", "d3", "1-1-2", "窓口"),
        ("1-(1)-① 窓口", "d3", "1-(1)-①", "窓口"),
        ("ア 窓口", "ア", "ア", "窓口"),
    ],
)
def test_a_mark_is_told_from_the_text_after_it(text: str, kind: str, printed: str, rest: str) -> None:
    marker = read_marker(text)
    assert marker
    assert (marker.kind, marker.printed, marker.rest) == (kind, printed, rest)


@pytest.mark.parametrize(
    "text", ["第4次計画", "1.5倍にする", "ICTの活用", "I C Tの活用", "10年後の姿", "2040年", "アプリの導入", ""]
)
def test_text_that_only_looks_like_a_mark_has_none(text: str) -> None:
    assert read_marker(text) is None


@pytest.mark.parametrize("text", ["3", "12.", "①", "(4)", "1-2", "Ⅱ-1", "No.5", "1-(1)-①", "A-1", "ア"])
def test_number_cells_hold_nothing_else(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "ICT", "1 窓口", "3件", "令和5年度", "98%"])
def test_other_cells_are_no_numbers(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize(
    ("printed", "value"), [("③", 3), ("(4)", 4), ("Ⅱ", 2), ("VI", 6), ("１２", 12), ("一", 1), ("ア", None)]
)
def test_marks_count(printed: str, value: int | None) -> None:
    assert mark_value(printed) == value
