"""Years, schedules and goals as plans print them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fiscal_year import find_years, format_fiscal_year, goal_years, parse_schedule
from ingest.plan_items import ScheduleKind

PLAN_LIKE = st.text(
    st.sampled_from(
        "令和平成昭RHＲ元〇一二十0123456789２７年度月日間から～~-・、/.()（）’FY末まで以降毎 \n比実績目標は㋿"
    )
)


def years_in(text: str) -> list[int]:
    return [mention.year for mention in find_years(text)]


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("令和7年度", 2025),
        ("令和７年度", 2025),
        ("令和七年度", 2025),
        ("令 和 7 年 度", 2025),
        ("R7", 2025),
        ("Ｒ７", 2025),
        ("R7年度", 2025),
        ("R.7", 2025),
        ("R07", 2025),
        ("㋿7年度", 2025),
        ("令和元年度", 2019),
        ("R元", 2019),
        ("H31", 2019),
        ("平成31年度", 2019),
        ("平成三十一年度", 2019),
        ("平成32年度", 2020),
        ("昭和63年度", 1988),
        ("S63", 1988),
        ("2025年度", 2025),
        ("2025", 2025),
        ("二〇二五年度", 2025),
        ("二○二五年度", 2025),
        ("’25", 2025),
        ("FY2025", 2025),
        ("FY25", 2025),
        ("fiscal 2025", 2025),
        ("fiscal year 2025", 2025),
        ("令和3（2021）年度", 2021),
        ("2021(令和3)年度", 2021),
        ("平成31（令和元）年度", 2019),
        ("令和7年度（2025年度）", 2025),
        ("2019年度（平成31年度／令和元年度）", 2019),
    ],
)
def test_a_year_is_read_in_every_spelling(printed: str, year: int) -> None:
    (mention,) = find_years(printed)
    assert (mention.year, mention.text, mention.is_fiscal) == (year, printed, printed != "2025")


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("令和3年5月", 2021),
        ("令和3年3月", 2020),
        ("令和六年三月", 2023),
        ("R4.3.31", 2021),
        ("R4/4/1", 2022),
        ("Ｒ６．３", 2023),
        ("2027年3月", 2026),
        ("2027.3", 2026),
        ("2027-03-31", 2026),
        ("令和5(2023)年3月", 2022),
        ("平成28年4月1日", 2016),
    ],
)
def test_a_date_falls_in_the_fiscal_year_that_began_before_it(printed: str, year: int) -> None:
    (mention,) = find_years(printed)
    assert (mention.year, mention.text, mention.is_fiscal) == (year, printed, False)


@pytest.mark.parametrize(
    "text",
    [
        "25年度",
        "翌年度",
        "5年間",
        "10年度計画",
        "同一年度",
        "令和〇年度",
        "令和○年度",
        "令和99年度",
        "2025人",
        "2000万円",
        "2,025件",
        "約2000",
        "電話 0000-2025",
        "第2025号",
        "RPA2",
        "AR7",
        "H2O",
        "S3",
        "令和",
        "",
    ],
)
def test_what_names_no_year_is_none(text: str) -> None:
    assert years_in(text) == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("令和4～6年度", [2022, 2024]),
        ("令和４から６年度", [2022, 2024]),
        ("R4～7", [2022, 2025]),
        ("R4・5", [2022, 2023]),
        ("R4,5,6", [2022, 2023, 2024]),
        ("R3R4R5", [2021, 2022, 2023]),
        ("2023～25年度", [2023, 2025]),
        ("平成30～令和4年度", [2018, 2022]),
        ("平成30年度から4年度", [2018, 2022]),
        ("令和3年度に調査し、5年度に着工", [2021, 2023]),
        ("R4・5施設", [2022]),
        ("令和4年度、5、6年度", [2022, 2023, 2024]),
        ("令和4年度、5、6施設", [2022]),
        ("令和4年度、5か所", [2022]),
        ("R7-1", [2025]),
        ("R3年4.5%", [2021]),
    ],
)
def test_a_number_alone_takes_the_era_before_it(text: str, years: list[int]) -> None:
    assert years_in(text) == years


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("R6が期限の項目は？", 2024),
        ("２０２５年度までに何をする", 2025),
        ("items due in 2025, please", 2025),
        ("due by FY2025?", 2025),
    ],
)
def test_years_are_found_in_questions(question: str, year: int) -> None:
    assert years_in(question) == [year]


@pytest.mark.parametrize(
    ("cell", "kind", "years"),
    [
        ("毎年度", "every_year", ()),
        ("毎年", "every_year", ()),
        ("通年", "every_year", ()),
        ("随時", "other", ()),
        ("継続", "other", ()),
        ("未定", "other", ()),
        ("", "other", ()),
        ("令和7年度", "single", (2025,)),
        ("令和7年度中", "single", (2025,)),
        ("令和元年度（2019年度）", "single", (2019,)),
        ("令和5年4月～令和6年3月", "single", (2023,)),
        ("～令和6年度", "by", (2024,)),
        ("令和6年度まで", "by", (2024,)),
        ("令和6年度末までに", "by", (2024,)),
        ("令和6年度以内", "by", (2024,)),
        ("令和6年度以前", "by", (2024,)),
        ("令和3年度～", "from", (2021,)),
        ("令和3年度以降", "from", (2021,)),
        ("令和3年度から", "from", (2021,)),
        ("令和3年度開始", "from", (2021,)),
        ("令和４年度〜 ６年度", "range", (2022, 2023, 2024)),
        ("R4～R6", "range", (2022, 2023, 2024)),
        ("Ｒ４ー６", "range", (2022, 2023, 2024)),
        ("R4→R6", "range", (2022, 2023, 2024)),
        ("令和3年度から5年度まで", "range", (2021, 2022, 2023)),
        ("平成30年度～令和2年度", "range", (2018, 2019, 2020)),
        ("2023-2025年度", "range", (2023, 2024, 2025)),
        ("2023.4～2026.3", "range", (2023, 2024, 2025)),
        ("令和3（2021）年度～令和5（2023）年度", "range", (2021, 2022, 2023)),
        ("令和3年度から5か年", "range", (2021, 2022, 2023, 2024, 2025)),
        ("毎年度（令和3年度～令和5年度）", "range", (2021, 2022, 2023)),
        ("R4・R5", "several", (2022, 2023)),
        ("R4、R6", "several", (2022, 2024)),
        ("令和4年度及び令和6年度", "several", (2022, 2024)),
        ("令和3年度～5年度 検討、令和7年度 実施", "several", (2021, 2022, 2023, 2025)),
        ("R3検討→R4実施", "several", (2021, 2022)),
    ],
)
def test_a_schedule_has_a_kind_and_years(cell: str, kind: ScheduleKind, years: tuple[int, ...]) -> None:
    schedule = parse_schedule(cell)
    assert (schedule.kind, schedule.years) == (kind, years)


@pytest.mark.parametrize(
    ("goal", "targets", "baselines"),
    [
        ("「灯台計画（岬の部）（R3.12）」に基づき直す", (), (2021,)),
        ("点灯の始まり（令和6年4月）", (2024,), ()),
        ("・平成28年度 40か所\n・令和6年度 35か所", (2024,), (2016,)),
        ("12台に増やす。\n※ 令和元年度は9台", (), (2019,)),
        ("令和9年度までに減らす。※ 平成28年10月1日現在の台数との比較", (2027,), (2016,)),
        ("R2実績 50%、R7目標 80%", (2025,), (2020,)),
        ("基準値（R1）120件 目標値（R6）150件", (2024,), (2019,)),
        ("現状値（令和2年度）：30％ 目標値（令和7年度）：50％", (2025,), (2020,)),
        ("平成30年度の15%から令和7年度に20%へ", (2025,), (2018,)),
        ("令和7年度末 120人（令和2年度末 80人）", (2025,), (2020,)),
        ("令和元年度比10%削減", (), (2019,)),
        ("令和7年度までに令和元年度に比べ10％削減", (2025,), (2019,)),
        ("R3：10件、R4：12件、R5：15件", (2021, 2022, 2023), ()),
        ("R3 10件 R5 20件 R7 30件", (2021, 2023, 2025), ()),
        ("H28 10件 H29 12件 H30 15件 → R7 30件", (2025,), (2016, 2017, 2018)),
        ("令和元年度より検討しており、令和5年度に供用を開始する。", (2023,), (2019,)),
        ("令和2年度に策定した計画により、令和6年度に移転する。", (2024,), (2020,)),
        ("見本公園整備指針(H28.2)により R5：設計 R6：工事", (2023, 2024), (2015,)),
        ("供用開始（令和6年4月）", (2024,), ()),
        ("R5：基本計画策定", (2023,), ()),
        ("令和7年度は50件とする", (2025,), ()),
        ("令和4年度に2施設、令和5年度に3施設", (2022, 2023), ()),
        ("利用者を増やす", (), ()),
    ],
)
def test_a_goal_aims_at_some_years_and_measures_from_others(
    goal: str, targets: tuple[int, ...], baselines: tuple[int, ...]
) -> None:
    years = goal_years(goal)
    assert (years.targets, years.baselines) == (targets, baselines)


@pytest.mark.parametrize(
    ("year", "written"),
    [
        (2025, "令和7年度（2025年度）"),
        (2019, "令和元年度（2019年度）"),
        (2018, "平成30年度（2018年度）"),
        (1989, "平成元年度（1989年度）"),
        (1988, "昭和63年度（1988年度）"),
    ],
)
def test_a_year_is_written_as_readers_know_it(year: int, written: str) -> None:
    assert format_fiscal_year(year) == written


@given(st.integers(1990, 2060))
def test_what_is_written_is_read_back(year: int) -> None:
    written = format_fiscal_year(year)
    (mention,) = find_years(written)
    assert (mention.year, mention.text, mention.is_fiscal) == (year, written, True)
    assert parse_schedule(f"～{written}").years == (year,)


@given(st.integers(1990, 2060), st.integers(1, 39), st.sampled_from("~〜～-―ー→"))
def test_every_year_of_a_range_is_named(first: int, length: int, mark: str) -> None:
    schedule = parse_schedule(f"{format_fiscal_year(first)}{mark}{first + length}年度")
    assert (schedule.kind, schedule.years) == ("range", tuple(range(first, first + length + 1)))


@given(st.one_of(PLAN_LIKE, st.text()))
def test_whatever_is_printed_years_lie_inside_the_text_and_in_order(text: str) -> None:
    mentions = find_years(text)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(1926 <= mention.year <= 2100 for mention in mentions)


@given(st.one_of(PLAN_LIKE, st.text()))
def test_whatever_is_printed_a_schedule_and_goal_can_be_read(text: str) -> None:
    schedule, goal = parse_schedule(text), goal_years(text)
    named = {mention.year for mention in find_years(text)}
    assert named <= set(schedule.years)
    assert list(schedule.years) == sorted(set(schedule.years))
    assert set(goal.targets) | set(goal.baselines) == named
    assert not set(goal.targets) & set(goal.baselines)
