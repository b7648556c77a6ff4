from typing import Any

import pytest

from assistant.board import LONGEST_VALUE, ROWS_OF_A_PAGE, Board, build_board
from assistant.board_figures import SHOWN_OWNERS, figures_of
from assistant.channels.web.board_charts import charts_of, timeline_of
from assistant.channels.web.board_query import BoardQuery
from assistant.channels.web.board_words import BoardWords
from assistant.channels.web.charts import Figure, Span, bar_chart, shortened, timeline
from ingest.plan_items import PlanItem
from tests.made_up import a_stored_document, an_item
from vectorstore.contents import Contents
from vectorstore.corpus import Corpus
from vectorstore.item_filter import ItemFilter

JA = BoardWords("ja")


def item(n: int, **values: object) -> PlanItem:
    return an_item(**{"id": str(n), "number": str(n), "title": f"取組{n}", **values})


def board_of(*items: PlanItem, view: str = "list", page: int = 1, **wanted: Any) -> Board:
    corpus = Corpus.of(Contents(1, (a_stored_document(),), items, ()))
    return build_board(corpus, ItemFilter(**wanted), view, "number", page)  # type: ignore[arg-type]


SHARED = item(1, owners=("窓口課", "財務課"), target_fiscal_years=(2025,), progress="順調")
ALONE = item(2, owners=("財務課",), target_fiscal_years=(2024, 2025))
NOBODY = item(3, status="新規")


def test_totals_tell_what_is_selected_of_all():
    board = board_of(SHARED, ALONE, NOBODY, owner="財務課")
    assert (board.total, board.of, [row.item for row in board.rows]) == (2, 3, [SHARED, ALONE])


def test_a_facet_counts_what_another_value_would_select():
    board = board_of(SHARED, ALONE, NOBODY, owner="窓口課")
    assert board.facets["owner"] == (("財務課", 2), ("窓口課", 1))
    assert board.facets["fiscal_year"] == ((2025, 1),)
    assert dict(board_of(SHARED, ALONE, NOBODY, missing="owner").facets["missing"])["progress"] == 2


def test_what_is_too_long_for_a_condition_is_no_facet():
    board = board_of(item(1, owners=("課" * (LONGEST_VALUE + 1), "窓口課")))
    assert board.facets["owner"] == (("窓口課", 1),)


def test_an_item_stands_under_each_of_its_departments_the_largest_first():
    board = board_of(SHARED, ALONE, NOBODY, view="owner")
    assert [(group.value, group.count) for group in board.groups] == [("財務課", 2), ("窓口課", 1), (None, 1)]
    assert [row.item for row in board.rows] == [SHARED, ALONE, SHARED, NOBODY]
    assert [row.group.value if row.group else "-" for row in board.rows] == ["財務課", "-", "窓口課", None]


def test_groups_of_years_follow_time_and_only_the_year_asked_for_is_shown():
    assert [group.value for group in board_of(SHARED, ALONE, NOBODY, view="year").groups] == [2024, 2025, None]
    assert [group.value for group in board_of(SHARED, ALONE, view="year", fiscal_year=2024).groups] == [2024]


def test_a_group_goes_on_on_the_next_page():
    many = tuple(item(n, owners=("窓口課",)) for n in range(ROWS_OF_A_PAGE + 5))
    board = board_of(*many, item(99, owners=("財務課",)), view="owner", page=9)
    assert (board.page, board.pages, len(board.rows)) == (2, 2, 6)
    assert [row.group.value for row in board.rows if row.group] == ["窓口課", "財務課"]
    assert [group.page for group in board.groups] == [1, 2]


def test_nothing_selected_is_one_empty_page():
    board = board_of(ALONE, owner="ない課", view="owner")
    assert (board.rows, board.page, board.pages, board.groups) == ((), 1, 1, ())


def test_figures_count_items_that_print_nothing_too():
    figures = figures_of((SHARED, ALONE, NOBODY))
    assert figures.years == ((2024, 1), (2025, 2), (None, 1))
    assert figures.progress == (("順調", 1), (None, 2))
    assert figures.owners == (("財務課", 2), ("窓口課", 1), (None, 1))


def test_departments_beyond_the_chart_are_told_in_sum():
    items = [item(n, owners=(f"第{n:02}課", f"別{n:02}課")) for n in range(SHOWN_OWNERS)]
    figures = figures_of(items)
    assert (len(figures.owners), figures.other_owners, figures.other_owners_items) == (SHOWN_OWNERS, 20, 20)
    assert charts_of(items, JA)[-1].rows[-1].name == "ほか20課"


def test_bars_are_as_long_as_what_they_count():
    chart = bar_chart([Figure("順調", 10, "10"), Figure("遅れ", 5, "5"), Figure("中止", 0, "0")])
    widths = [bar.width for bar in chart.bars]
    assert widths[0] == pytest.approx(2 * widths[1], abs=1)
    assert widths[2] == 1
    assert all(number.x > bar.x + bar.width for bar, number in zip(chart.bars, chart.numbers, strict=True))
    assert bar_chart([]).height == 0


def test_a_gap_between_years_is_a_gap_in_the_timeline():
    years = [(year, str(year)) for year in range(2024, 2028)]
    chart = timeline(years, [Span("一", (2024, 2025, 2027), "")])
    first, second = chart.bars
    assert first.x + first.width < second.x - 4
    assert second.x + second.width <= chart.width


def test_a_misprinted_year_does_not_stretch_the_timeline():
    shown = timeline_of([item(1, target_fiscal_years=(1024,)), item(2, target_fiscal_years=(2025,)), NOBODY], JA)
    assert shown.chart.width < 1000
    assert shown.undated == 1


def test_names_are_cut_to_the_room_there_is():
    assert shortened("窓口案内の見直し", 4) == "窓口案…"
    assert shortened("abcdefgh", 4) == "abcdefgh"
    assert shortened("窓口", 4) == "窓口"


def test_addresses_hold_what_is_set_and_begin_anew_when_it_changes():
    query = BoardQuery.model_validate({"owner": "財務課", "q": "", "page": 3, "columns": ["title"], "utm": "x"})
    assert query.at("ja", page=4) == "/items?owner=%E8%B2%A1%E5%8B%99%E8%AA%B2&page=4&columns=title"
    assert query.at("en", owner=None, status="新規") == "/items?columns=title&status=%E6%96%B0%E8%A6%8F&lang=en"
    assert query.file("ja", "csv") == "/v1/items.csv?owner=%E8%B2%A1%E5%8B%99%E8%AA%B2&headings=ja"
    assert query.file("ja", "xlsx") == "/v1/items.xlsx?owner=%E8%B2%A1%E5%8B%99%E8%AA%B2"


def test_years_in_a_row_are_told_by_their_ends():
    assert JA.years(item(1, target_fiscal_years=(2024, 2025, 2026))) == "令和6年度（2024年度）〜令和8年度（2026年度）"
    assert JA.years(item(1, target_fiscal_years=(2024, 2026))) == "令和6年度（2024年度）、令和8年度（2026年度）"
    assert BoardWords("en").year(2025) == "FY2025 (令和7年度)"
