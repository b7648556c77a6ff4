"""Charts of bars over years in PDF files: a bar stands under the years that it is drawn over, and nothing else does."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.colors import lightblue, lightgrey
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import Document
from ingest.extract import extract
from ingest.plan_items import PlanItem
from ingest.readers import read_bytes
from ingest.readers.pdf_charts import find_charts
from tests.unit.ingest.readers.pdf_files import HEIGHT, both, lines, pdf, table

YEARS = ("令和6年度", "令和7年度", "令和8年度", "令和9年度")
LEFT, WIDTH, TOP, STEP = 200.0, 80.0, 120.0, 40.0
Bar = tuple[int, float, float, str]
STEPS: tuple[Bar, ...] = (
    (0, 0.05, 0.95, "灯台守の募集"),
    (0, 1.0, 4.0, "灯台守の育成"),
    (1, 1.5, 3.0, "霧笛の設計・更新"),
    (2, 3.1, 4.2, "新しい航路の運用"),
)
LANES = ("人を育てる", "機械を直す", "航路を変える")


def chart(bars: Sequence[Bar], lanes: Sequence[str] = LANES, grounds: bool = False) -> Callable[[Canvas], None]:
    """Draw bars (lane, first and last year as a fraction, text) under a row of years, with labels left of them."""

    def draw(canvas: Canvas) -> None:
        for at, year in enumerate(YEARS):
            canvas.drawCentredString(LEFT + (at + 0.5) * WIDTH, HEIGHT - TOP, year)
        for at, lane in enumerate(lanes):
            y = HEIGHT - TOP - (at + 1) * STEP
            if grounds:
                canvas.setFillColor(lightblue)
                for column in range(len(YEARS)):
                    canvas.rect(LEFT + column * WIDTH, y - 14, WIDTH - 1, STEP - 8, fill=1, stroke=0)
                canvas.setFillGray(0)
            canvas.drawString(80, y, lane)
        for lane_number, start, end, text in bars:
            y = HEIGHT - TOP - (lane_number + 1) * STEP
            canvas.setFillColor(lightgrey)
            canvas.rect(LEFT + start * WIDTH, y - 4, (end - start) * WIDTH, 14, fill=1, stroke=0)
            canvas.setFillGray(0)
            canvas.drawString(LEFT + start * WIDTH + 2, y, text)

    return draw


def read(*draws: Callable[[Canvas], None]) -> Document:
    return read_bytes("plan.pdf", pdf(both(lines("見本市 海の工程表"), *draws)))


def items_of(*draws: Callable[[Canvas], None]) -> dict[str, PlanItem]:
    return {item.title: item for item in extract(read(*draws)).items}


@pytest.mark.parametrize("grounds", [False, True])
def test_a_bar_is_due_in_the_years_it_is_drawn_over(grounds: bool) -> None:
    items = items_of(chart(STEPS, grounds=grounds))
    assert {title: item.target_fiscal_years for title, item in items.items()} == {
        "灯台守の募集": (2024,),
        "灯台守の育成": (2025, 2026, 2027),
        "霧笛の設計・更新": (2025, 2026),
        "新しい航路の運用": (2027,),
    }


def test_the_years_of_a_bar_are_said_to_come_from_its_place() -> None:
    item = items_of(chart(STEPS))["霧笛の設計・更新"]
    assert item.schedule == "令和7年度～令和8年度（工程表の帯）"
    assert item.section[-1] == "機械を直す"
    assert item.confidence < 1
    assert item.place is not None
    assert item.place.box is not None


def test_the_same_few_phases_in_every_lane_are_the_schedule_of_its_label() -> None:
    phases: tuple[Bar, ...] = ((0, 0, 1, "検討"), (0, 1, 4, "実施"), (1, 0, 2, "検討"), (1, 2, 4, "実施"))
    items = items_of(chart(phases, LANES[:2]))
    assert items["人を育てる"].schedule == "令和6年度 検討、令和7年度 実施、令和8年度 実施、令和9年度 実施"
    assert items["機械を直す"].target_fiscal_years == (2024, 2025, 2026, 2027)


def test_letters_of_a_chart_are_not_printed_again_beside_it() -> None:
    document = read(chart(STEPS))
    assert "\n".join(document.lines).count("灯台守の募集") == 1


def test_an_item_table_with_coloured_years_stays_a_table() -> None:
    rows = [["取組項目", "所管課", *YEARS], *([f"灯台{n}号の点検", "港湾課", "○", "○", "", ""] for n in "一二三")]

    def colours(canvas: Canvas) -> None:
        canvas.setFillColor(lightgrey)
        for row in range(3):
            for column in range(2):
                canvas.rect(50 + 190 + column * 65, HEIGHT - 100 - 28 * (row + 2) + 2, 60, 22, fill=1, stroke=0)
        canvas.setFillGray(0)

    items = items_of(both(colours, table(rows, [120.0, 70.0, 65.0, 65.0, 65.0, 65.0])))
    assert set(items) == {f"灯台{n}号の点検" for n in "一二三"}
    assert all(item.owners == ("港湾課",) for item in items.values())
    assert all(item.target_fiscal_years == (2024, 2025) for item in items.values())


def test_two_bars_are_no_chart() -> None:
    assert not read(chart(STEPS[:2])).blocks[-1].is_chart


_PLACES = st.floats(0, 500)
_LETTERS = st.builds(
    lambda text, x, top: {"text": text, "x0": x, "x1": x + 8, "top": top, "bottom": top + 8, "size": 8.0},
    st.sampled_from("令和6年度R7検討"),
    _PLACES,
    _PLACES,
)
_SHAPES = st.builds(
    lambda x, top, width, height: {"x0": x, "x1": x + width, "top": top, "bottom": top + height},
    _PLACES,
    _PLACES,
    st.floats(0, 200),
    st.floats(0, 60),
)


@given(st.lists(_LETTERS, max_size=60), st.lists(_SHAPES, max_size=20))
def test_whatever_is_drawn_the_rows_of_a_chart_have_as_many_cells(letters: list[dict], shapes: list[dict]) -> None:  # type: ignore[type-arg]
    for found in find_charts(letters, shapes):
        assert len({len(row.cells) for row in found.rows}) == 1
