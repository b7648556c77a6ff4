from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ingest.plan_items import PlanItem
from tests.made_up import an_item
from vectorstore.changes import Changes, FieldChange, changes_between

TITLES = ("来庁予約の拡大", "電話案内の自動化", "集会所の統合", "公用車の台数の見直し", "広告収入の確保")


def items(*titles: str, **values: object) -> tuple[PlanItem, ...]:
    return tuple(an_item(id=f"{title}-{at}", title=title, number=None, **values) for at, title in enumerate(titles))


def told(changes: Changes) -> list[tuple[str, str]]:
    return [(change.kind, (change.new or change.old or an_item()).title) for change in changes.items]


def test_equal_versions_have_no_changes():
    changes = changes_between(items(*TITLES), items(*TITLES))
    assert (changes.items, changes.unchanged) == ((), 5)


def test_added_and_removed_items_are_told_in_the_order_of_the_new_version():
    changes = changes_between(items(*TITLES[:4]), items(TITLES[4], *TITLES[1:4]))
    assert told(changes) == [("added", TITLES[4]), ("removed", TITLES[0])]
    assert changes.unchanged == 3
    assert [change.new for change in changes.of_kind("removed")] == [None]


def test_an_item_in_another_section_is_moved():
    old = items("集会所の統合", section=("柱2", "(1) 施設"))
    new = items("集会所の統合", section=("柱3", "(2) 地域"))
    (change,) = changes_between(old, new).items
    assert (change.kind, change.is_moved) == ("moved", True)
    assert change.fields == (FieldChange("section", "柱2 > (1) 施設", "柱3 > (2) 地域"),)


def test_changed_fields_are_told_with_both_texts():
    before = {"owners": ("施設管理課",), "schedule": "令和6年度", "goals": ("18か所",), "progress": "計画未満"}
    after = {"owners": ("地域振興課",), "schedule": "令和7年度", "goals": ("20か所",), "progress": "計画どおり"}
    (change,) = changes_between(items(TITLES[2], **before), items(TITLES[2], **after)).items
    assert change.kind == "changed"
    assert change.fields == (
        FieldChange("goal", "18か所", "20か所"),
        FieldChange("schedule", "令和6年度", "令和7年度"),
        FieldChange("owner", "施設管理課", "地域振興課"),
        FieldChange("progress", "計画未満", "計画どおり"),
    )


def test_an_item_may_be_moved_and_changed_at_once():
    old, new = items(TITLES[2], section=("柱2",), status="新規"), items(TITLES[2], section=("柱3",), status="継続")
    (change,) = changes_between(old, new).items
    assert (change.kind, change.is_moved, [one.field for one in change.fields]) == (
        "changed",
        True,
        ["section", "status"],
    )


def test_blanks_widths_and_the_order_of_departments_are_no_change():
    old = items("集会所の統合", owners=("施設管理課", "財政課"), content="集会所を２か所 減らす。")
    new = items("集会所 の統合", owners=("財政課", "施設管理課"), content="集会所を2か所減らす。")
    assert changes_between(old, new).items == ()


def test_a_column_that_only_one_version_has_is_no_change_of_every_item():
    old = items(*TITLES)
    new = items(*TITLES, progress="計画どおり", result="始めた。")
    assert changes_between(old, new).items == ()


def test_a_renamed_item_is_found_by_a_similar_title_and_something_else_that_agrees():
    old = items("公用車の台数の見直し", owners=("施設管理課",))
    new = items("公用車台数の見直し", owners=("施設管理課",))
    (change,) = changes_between(old, new).items
    assert change.fields == (FieldChange("title", "公用車の台数の見直し", "公用車台数の見直し"),)


def test_an_item_with_another_name_is_found_by_its_content_and_department():
    content = "よくある問い合わせに、機械の音声で昼も夜も答える。"
    old = items("電話案内の自動化", content=content, owners=("広報課",))
    new = items("ＡＩによる問い合わせへの応答", content=content, owners=("広報課",))
    (change,) = changes_between(old, new).items
    assert [one.field for one in change.fields] == ["title"]


def test_titles_that_differ_by_one_letter_are_two_items_when_nothing_else_agrees():
    old = items("小学校の清掃の仕事の外注", owners=("指導課",), content="小学校3校で始める。")
    new = items("中学校の清掃の仕事の外注", owners=("施設課",), content="検討の場を設けて来年度に決める。")
    assert told(changes_between(old, new)) == [("added", new[0].title), ("removed", old[0].title)]


def test_of_equal_titles_each_meets_the_one_in_its_section():
    old = (
        *items("職員研修", section=("甲",), owners=("人事課",)),
        *items("職員研修", section=("乙",), owners=("総務課",)),
    )
    new = tuple(replace(item, id=f"new-{item.id}") for item in reversed(old))
    assert changes_between(old, new).items == ()


def test_an_aim_that_the_description_states_changes_with_it_and_is_told_once():
    old = items("集会所の統合", content="費用を減らすため、まとめる。", goals=("費用を減らすため",))
    new = items("集会所の統合", content="人を減らすため、まとめる。", goals=("人を減らすため",))
    (change,) = changes_between(old, new).items
    assert [one.field for one in change.fields] == ["content"]


def test_nothing_and_something_are_compared():
    assert changes_between((), ()).items == ()
    assert told(changes_between((), items("集会所の統合"))) == [("added", "集会所の統合")]
    assert told(changes_between(items("集会所の統合"), ())) == [("removed", "集会所の統合")]


some_items = st.lists(
    st.builds(
        an_item,
        title=st.text("集会所公用車の統合見直し", min_size=1, max_size=8),
        owners=st.sampled_from([(), ("財政課",), ("総務課", "財政課")]),
        content=st.sampled_from([None, "集会所をまとめて、地域で使う集会所を残す。", "台数を減らす。"]),
        section=st.sampled_from([("甲",), ("乙",)]),
    ),
    max_size=8,
)


@given(some_items, some_items)
def test_every_item_of_both_versions_is_told_of_once_or_unchanged(old: list[PlanItem], new: list[PlanItem]):
    changes = changes_between(old, new)
    kinds = [change.kind for change in changes.items]
    both = changes.unchanged + kinds.count("moved") + kinds.count("changed")
    assert both + kinds.count("added") == len(new)
    assert both + kinds.count("removed") == len(old)


@given(some_items)
def test_a_version_equals_itself(old: list[PlanItem]):
    assert changes_between(old, tuple(old)).items == ()
