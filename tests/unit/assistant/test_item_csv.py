import csv
import io

import pytest

from assistant.channels.item_csv import BOM, items_as_csv
from ingest.plan_items import PlanItem
from tests.made_up import an_item


def _records(*items: PlanItem) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(items_as_csv(items).removeprefix(BOM), newline="")))


def test_a_spreadsheet_program_recognises_the_encoding() -> None:
    assert items_as_csv([]).encode().startswith(b"\xef\xbb\xbfid,municipality,")


def test_several_values_share_a_cell() -> None:
    item = an_item(owners=("財務課", "窓口課"), target_fiscal_years=(2024, 2025), goals=("①減らす", "②なくす"))
    (record,) = _records(item)
    assert (record["owners"], record["target_fiscal_years"], record["goals"]) == (
        "財務課、窓口課",
        "2024、2025",
        "①減らす\n②なくす",
    )


def test_quotes_commas_and_line_breaks_survive() -> None:
    title = '「案内」, "窓口"\nの見直し'
    assert _records(an_item(title=title))[0]["title"] == title


def test_an_absent_value_is_an_empty_cell() -> None:
    assert _records(an_item(number=None))[0]["number"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\n"])
def test_a_printed_text_is_never_run_as_a_formula(start: str) -> None:
    assert _records(an_item(title=f"{start}1+1"))[0]["title"] == f"'{start}1+1"
