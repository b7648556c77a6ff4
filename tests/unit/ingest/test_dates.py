import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import date_of, find_as_of


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["見本市改革プラン", "令和6年3月"], "令和6年3月"),
        (["見本市改革プラン", "令 和 6 年 4 月 1 日 現 在"], "令和6年4月1日現在"),
        (["見本市改革プラン", "令和６年３月　策定"], "令和６年３月　策定"),
        (["進捗状況（令和5年3月31日現在）", "令和5年6月"], "令和5年3月31日現在"),
        (["見本市", "（令和4年2月24日）"], "令和4年2月24日"),
        (["進捗", "令和4年度末時点"], "令和4年度末時点"),
        (["改革プラン", "2024年3月改訂"], "2024年3月改訂"),
        (["改革プラン", "H30.4"], None),
        (["令和6年3月に始めた改革を、令和8年度までに終えます。"], None),
        (["計画期間 令和6年度～令和10年度"], None),
        ([], None),
        (["計画", *["本文"] * 100, "令和6年3月 見本市"], None),
        (["計画", *["本文"] * 100, "令和6年3月発行"], "令和6年3月発行"),
        (["計画", *["本文"] * 45, "令和6年3月", *["本文"] * 50], None),
    ],
)
def test_the_date_of_a_document_is_found_as_it_is_printed(lines: list[str], expected: str | None):
    assert find_as_of(lines) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令和5年3月現在", (2023, 3, 0)),
        ("令和元年10月1日", (2019, 10, 1)),
        ("平成２８年２月", (2016, 2, 0)),
        ("2024年12月", (2024, 12, 0)),
        ("R5年3月", (2023, 3, 0)),
        ("令和4年度末時点", (2023, 3, 31)),
        ("来年の春", None),
    ],
)
def test_a_printed_date_can_be_ordered(text: str, expected: tuple[int, int, int] | None):
    assert date_of(text) == expected


@given(st.lists(st.text(alphabet="令和平成元年月日度末現在時点策定0123456789 （）。R", max_size=30), max_size=60))
def test_a_found_date_is_printed_and_has_a_value(lines: list[str]):
    found = find_as_of(lines)
    if found is not None:
        assert any(found in line for line in lines)
        assert date_of(found) is not None
