"""Sums of money that tables print, compared with their rows; every plan here is made up."""

import pytest

from ingest.amounts import amount_of, is_amount, is_spent, stated_unit, with_unit
from tests.unit.ingest.printed import merged, read

HEADER = "分野|事業名|所管課|事業費（千円）"


def totals(*rows: str) -> list[tuple[tuple[str, ...], str, int, int]]:
    report = read(merged(HEADER, *rows)).report
    return [(total.section, total.label, total.printed, total.found) for total in report.printed_totals]


def test_a_subtotal_is_the_sum_of_the_rows_since_the_last_one_and_a_total_that_of_all() -> None:
    rows = ("水|橋|A課|1,000", "|堤|A課|20", "|小計||1,020", "緑|苗|B課|５", "|小計||5", "合計|||1,025")
    assert totals(*rows) == [
        (("水", "小計"), "事業費（千円）", 1020, 1020),
        (("緑", "小計"), "事業費（千円）", 5, 5),
        (("合計",), "事業費（千円）", 1025, 1025),
    ]


def test_a_printed_sum_that_its_rows_do_not_make_is_told() -> None:
    assert totals("水|橋|A課|1,000", "|堤|A課|△ 20", "|計||1,020") == [(("水", "計"), "事業費（千円）", 1020, 980)]


def test_a_total_without_figures_and_a_table_without_money_are_no_sums() -> None:
    assert totals("水|橋|A課|1,000", "|計||") == []
    assert read(merged("事業名|所管課|備考", "橋|A課|3", "計||3")).report.printed_totals == ()


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("1,465", 1465), ("３，０００", 3000), ("△ 300", -300), ("▲5,200", -5200), ("−7", -7), ("12千円", 12), ("0", 0)]
    + [(text, None) for text in ("1.5", "p.12", "12人", "97%", "", "―", "約10", "R5", "1,46")],
)
def test_amounts_are_read_as_printed(cell: str, amount: int | None) -> None:
    assert amount_of(cell) == amount
    assert is_amount(cell) == (amount is not None or cell == "1.5")
    assert is_spent(cell) == (cell == "1.5" or bool(amount))


def test_a_unit_is_added_to_a_label_that_prints_none() -> None:
    assert stated_unit(["見本市", "（単位 ： 百万円）"]) == "百万円"
    assert stated_unit(["単位：人"]) is None
    assert with_unit("事業費", "千円") == "事業費（千円）"
    assert with_unit("事業費（円）", "千円") == "事業費（円）"
    assert with_unit("事業費", None) == "事業費"
