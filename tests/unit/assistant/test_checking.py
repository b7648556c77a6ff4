"""Single sentences against the two records they may cite: what print says stays, what it does not say is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.composing.drafts import Source
from assistant.generating.checking import Checked, problem_of
from assistant.generating.evidence import Shown
from ingest.plan_items import PlanItem
from tests.made_up import an_item

STATES = frozenset({"完了", "実施中", "遅れ", "新規", "継続", "拡充"})
CARS = an_item(
    id="cars",
    title="公用車の見直し",
    owners=("施設管理課", "財務課"),
    schedule="令和6年度～令和9年度",
    schedule_kind="range",
    target_fiscal_years=(2024, 2025, 2026, 2027),
    goals=("公用車を、72台（令和5年度）から60台（令和9年度）に減らす。",),
    progress="実施中",
    status="継続",
    result="令和6年度に4台を減らした。電気自動車への切替えを検討した。売却は行っていない。",
)
BOOKING = an_item(
    id="booking",
    title="来庁予約の拡大",
    owners=("行政窓口課",),
    schedule="～令和8年度",
    schedule_kind="by",
    target_fiscal_years=(2026,),
    goals=("予約できる手続を30種類にする。",),
    progress="遅れ",
    status="拡充",
)


def shown(number: int, item: PlanItem) -> Shown:
    fields: dict[str, str | None] = {
        "title": item.title,
        "status": item.status,
        "owner": "、".join(item.owners),
        "schedule": item.schedule,
        "goal": item.goals[0],
        "progress": item.progress,
        "result": item.result,
    }
    said = {name: text for name, text in fields.items() if text}
    return Shown(number, item.title, said, Source.of_item(item), item)


ONE, TWO = shown(1, CARS), shown(2, BOOKING)


def problem(sentence: str, *cited: Shown, opening: str = "") -> str | None:
    return problem_of(sentence, cited or (ONE, TWO), (ONE, TWO), Checked(STATES, opening))


@pytest.mark.parametrize(
    "sentence",
    [
        "「公用車の見直し」の所管課は、施設管理課と財務課です。",
        "公用車の見直しは、施設管理課、財務課が担当しています。",
        "公用車の見直しの目標は、公用車を60台に減らすことです。",
        "公用車の見直しは、2024年度から2027年度まで実施します。",
        "公用車の見直しは、R6から取り組み、令和6年度に4台を減らしました。",
        "公用車の見直しの進捗区分は「実施中」です。",
        "「公用車の見直し」は継続の取組として載っています。",
        "公用車の見直しでは、電気自動車への切替えを検討しました。",
        "公用車の見直しでは、売却は行っていません。",
        "来庁予約の拡大の期限は令和8年度です。",
        "公用車の見直しは施設管理課と財務課、来庁予約の拡大は行政窓口課が担当しています。",
        "公用車は、令和5年度に72台です。",
        "公用車を72台から60台に減らします。",
        "公用車の見直しの目標は、「公用車を、72台（令和5年度）から60台（令和9年度）に減らす」ことです。",
    ],
)
def test_what_is_printed_may_be_said(sentence: str) -> None:
    assert problem(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("公用車の見直しの所管課は、窓口課です。", "fact"),
        ("来庁予約の拡大の所管課は、窓口課です。", "fact"),
        ("公用車の見直しの所管課は、行政窓口課です。", "fact"),
        ("来庁予約の拡大は施設管理課と財務課、公用車の見直しは行政窓口課が担当しています。", "fact"),
        ("公用車の見直しと来庁予約の拡大は、どちらも財務課が担当しています。", "fact"),
        ("財務課が担当しているのは、公用車の見直しと来庁予約の拡大です。", "fact"),
        ("公用車の見直しの目標は、4台です。", "fact"),
        ("公用車の見直しの実施時期は、令和5年度です。", "fact"),
        ("公用車の見直しの期限は、令和8年度です。", "fact"),
        ("公用車の見直しは、令和9年度から実施します。", "pair"),
        ("公用車の見直しは、令和7年度までに実施します。", "fact"),
        ("公用車の見直しは、令和6年度までに実施します。", "pair"),
        ("来庁予約の拡大は、令和8年度から実施します。", "pair"),
        ("公用車は、令和9年度に72台です。", "pair"),
        ("公用車は、令和5年度に60台です。", "pair"),
        ("公用車を72人に減らします。", "fact"),
        ("公用車を72台に減らします。", "pair"),
        ("公用車を60台から72台に減らします。", "pair"),
        ("公用車の見直しの進捗区分は遅れです。", "field"),
        ("公用車の見直しの進捗区分は、完了です。", "field"),
        ("公用車の見直しは、新規の取組として載っています。", "field"),
        ("公用車の見直しでは、売却を行いました。", "negation"),
        ("公用車の見直しでは、電気自動車への切替えを実施しました。", "negation"),
        ("公用車の見直しは好評です。", "word"),
        ("公用車の見直しは、値上げです。", "word"),
        ("「全員に配る」と書かれています。", "quote"),
        ("公用車の見直しの目標は、「予約できる手続を30種類にする」です。", "quote"),
        ("公用車の見直しの目標は、「電気自動車への切替えを検討した」です。", "quote"),
        ("公用車の見直しの進捗区分は、「遅れ」です。", "quote"),
        ("公用車の見直しの予算の記載はありません。", "absence"),
        ("課題は示されていません。", "absence"),
        ("はい、公用車の見直しは財務課の担当です。", "assent"),
        ("<b>公用車</b>の見直しです。", "address"),
        ("公用车由财务科负责。", "language"),
        ("The cars are the duty of 財務課の.", "language"),
    ],
)
def test_what_is_not_printed_is_named(sentence: str, reason: str) -> None:
    assert problem(sentence) == reason


def test_a_sentence_without_a_passage_is_none() -> None:
    assert problem_of("財務課です。", (), (ONE,), Checked(STATES, "")) == "no_citation"


def test_a_record_proves_only_what_is_said_of_it() -> None:
    assert problem("公用車の見直しの所管課は、施設管理課です。", ONE) is None
    assert problem("公用車の見直しの所管課は、施設管理課です。", TWO) in ("title", "quote", "word")
    assert problem("所管課は、行政窓口課です。", TWO) == "title"


def test_assent_is_given_where_the_rules_give_it() -> None:
    sentence = "はい、公用車の見直しは財務課の担当です。"
    assert problem(sentence, opening="はい。「公用車の見直し」の所管課は、財務課です。") is None
    assert problem(sentence, opening="いいえ。") == "assent"


@given(st.integers(1990, 2060))
def test_only_printed_years_may_be_said(year: int) -> None:
    assert (problem(f"公用車の見直しの期限は、{year}年度です。") is None) == (year in (2024, 2027))


@given(st.integers(0, 10**6))
def test_only_printed_numbers_may_be_said(number: int) -> None:
    assert (problem(f"公用車の見直しの目標は、{number:,}台に減らすことです。") is None) == (number == 60)


@given(st.text("総務財政企画管理施設人事税", min_size=1, max_size=4))
def test_only_printed_departments_may_be_said(name: str) -> None:
    is_owner = f"{name}課" in CARS.owners
    assert (problem(f"公用車の見直しの所管課は、{name}課です。") is None) == is_owner
