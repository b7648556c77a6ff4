"""Items that a plan and its reports print, as one item."""

from assistant.composing.drafts import Source
from assistant.editions import Edition
from assistant.united import UnitedItem, unite, versions
from tests.made_up import an_item

PLAN = an_item(
    id="plan-1",
    document_id="plan",
    owners=("窓口課",),
    owner_text="窓口課",
    goals=("待ち時間を10分にする。",),
    goal_fiscal_years=(2026,),
    schedule="～令和8年度",
    schedule_kind="by",
    target_fiscal_years=(2026,),
    status="新規",
    fields={"備考": "計画の備考"},
    printed={"title": "窓口案内の見直し", "owner": "窓口課", "goal": "待ち時間を10分にする。", "row": "計画の行"},
)
OLD = an_item(
    id="old-1",
    document_id="old",
    owners=("市民課",),
    progress="計画未満",
    result="試した。",
    fields={"備考": "古い備考", "効果": "少し"},
    printed={"owner": "市民課", "progress": "計画未満", "result": "試した。", "row": "古い行"},
)
NEW = an_item(
    id="new-1",
    document_id="new",
    title="窓口案内の 見直し",
    progress="目標達成",
    issues="混む日がある。",
    printed={"progress": "目標達成", "issues": "混む日がある。", "row": "新しい行"},
)
EDITIONS = {
    "plan": Edition("plan", frozenset({2024})),
    "old": Edition("report", frozenset({2024})),
    "new": Edition("report", frozenset({2025})),
}


def united() -> UnitedItem:
    (item,) = unite((OLD, PLAN, NEW), EDITIONS)
    assert isinstance(item, UnitedItem)
    return item


def test_equal_titles_of_one_municipality_are_one_item() -> None:
    assert [member.id for member in united().members] == ["plan-1", "new-1", "old-1"]


def test_the_plan_says_owner_goal_schedule_and_status() -> None:
    item = united()
    assert (item.id, item.document_id, item.owners, item.status) == ("plan-1", "plan", ("窓口課",), "新規")
    assert (item.goals, item.goal_fiscal_years) == (("待ち時間を10分にする。",), (2026,))
    assert (item.schedule, item.schedule_kind, item.target_fiscal_years) == ("～令和8年度", "by", (2026,))


def test_the_newest_report_says_progress_and_an_older_one_what_it_leaves_out() -> None:
    item = united()
    assert (item.progress, item.issues, item.result) == ("目標達成", "混む日がある。", "試した。")


def test_what_the_plan_leaves_out_is_taken_from_a_report() -> None:
    bare_plan = an_item(id="plan-1", document_id="plan", goals=("10分にする。",))
    (item,) = unite((bare_plan, OLD), EDITIONS)
    assert (item.id, item.owners) == ("plan-1", ("市民課",))


def test_further_columns_of_all_documents_are_kept_the_plan_winning() -> None:
    assert united().fields == {"備考": "計画の備考", "効果": "少し"}


def test_a_field_is_quoted_from_the_document_that_prints_it() -> None:
    item = united()
    assert item.holder(("owner",)).id == "plan-1"
    assert item.holder(("progress",)).id == "new-1"
    assert item.holder(("result",)).id == "old-1"
    assert item.holder(("next_steps",)).id == "plan-1"
    source = Source.of_item(item, "progress")
    assert (source.document_id, source.quote, source.item_id) == ("new", "目標達成", "new-1")


def test_a_sentence_is_quoted_from_the_row_that_holds_it() -> None:
    assert Source.of_item(united(), "content", sentence="古い行").document_id == "old"


def test_equal_titles_of_other_municipalities_stay_apart() -> None:
    items = (PLAN, an_item(id="town-1", document_id="town", municipality="試作町"))
    assert unite(items, EDITIONS) == items


def test_equal_titles_inside_one_document_stay_apart() -> None:
    items = (PLAN, an_item(id="plan-2", document_id="plan"), OLD)
    assert {item.id for item in unite(items, EDITIONS)} == {"plan-1", "plan-2", "old-1"}


def test_an_item_of_one_document_stays_as_it_is() -> None:
    assert unite((PLAN,), EDITIONS) == (PLAN,)


def test_nothing_is_united_from_nothing() -> None:
    assert unite((), {}) == ()


def test_two_reports_without_a_plan_are_united_around_the_older() -> None:
    (item,) = unite((NEW, OLD), EDITIONS)
    assert (item.id, item.progress, item.owners) == ("old-1", "目標達成", ("市民課",))


def test_a_plans_field_has_as_many_versions_as_documents_print_different_values() -> None:
    assert [row.id for row in versions(united(), "owner")] == ["plan-1", "old-1"]
    assert [row.id for row in versions(united(), "schedule")] == ["plan-1"]


def test_a_goal_printed_in_short_and_a_schedule_worded_otherwise_are_no_other_version() -> None:
    short = an_item(
        id="old-1",
        document_id="old",
        goals=("10分にする。",),
        schedule="令和8年度まで",
        schedule_kind="by",
        target_fiscal_years=(2026,),
    )
    (item,) = unite((PLAN, short), EDITIONS)
    assert [row.id for row in versions(item, "goal")] == ["plan-1"]
    assert [row.id for row in versions(item, "schedule")] == ["plan-1"]


def test_a_report_that_fills_goals_is_not_taken_for_the_plan() -> None:
    report = an_item(id="new-1", document_id="new", goals=("5分にする。",), schedule="毎年度", owners=("市民課",))
    plan = an_item(id="plan-1", document_id="plan", owners=("窓口課",))
    (item,) = unite((report, plan), EDITIONS)
    assert (item.id, item.owners) == ("plan-1", ("窓口課",))


def test_a_blank_mark_of_the_newest_report_stays_blank_where_it_marks_progress() -> None:
    marking = {**EDITIONS, "new": Edition("report", frozenset({2025}), frozenset({"progress"}))}
    (item,) = unite((PLAN, OLD, an_item(id="new-1", document_id="new", result="始めた。")), marking)
    assert (item.progress, item.result) == (None, "始めた。")
