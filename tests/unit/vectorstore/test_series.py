from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from tests.made_up import a_passage, a_report, a_stored_document, an_item
from vectorstore.contents import Contents, StoredDocument
from vectorstore.series import Version, is_report, title_key, versions_of, without_outdated

TITLES = ("来庁予約の拡大", "電話案内の自動化", "集会所の統合", "公用車の台数の見直し", "広告収入の確保")


def document(name: str, title: str, **values: object) -> StoredDocument:
    return a_stored_document(id=name, source=name, title=title, **({"period": None} | values))


def contents(*documents: StoredDocument, titles: Mapping[str, tuple[str, ...]] | None = None) -> Contents:
    printed = {one.id: TITLES for one in documents} | dict(titles or {})
    items = tuple(
        an_item(id=f"{name}-{at}", document_id=name, title=title)
        for name, found in printed.items()
        for at, title in enumerate(found)
    )
    return Contents(1, documents, items, ())


def links(
    *documents: StoredDocument, titles: Mapping[str, tuple[str, ...]] | None = None
) -> dict[str, tuple[str, str]]:
    versions = versions_of(contents(*documents, titles=titles))
    return {
        name: (version.superseded_by, version.relation or "")
        for name, version in versions.items()
        if version.superseded_by
    }


@pytest.mark.parametrize(
    "edition", ["（案）", "(素案)", " 素案", "【最終案】", " 骨子", " 原案", "（パブリックコメント版）"]
)
def test_a_draft_is_superseded_by_the_plan(edition: str):
    draft, plan = document("a.pdf", f"見本市改革プラン{edition}"), document("b.pdf", "見本市改革プラン")
    assert links(draft, plan) == links(plan, draft) == {"a.pdf": ("b.pdf", "revision")}


def test_a_plan_is_superseded_by_its_revision_and_the_draft_by_the_plan():
    documents = (
        document("3", "見本市改革プラン（改訂版）"),
        document("1", "見本市改革プラン（案）"),
        document("2", "見本市改革プラン（策定版）"),
    )
    assert links(*documents) == {"1": ("2", "revision"), "2": ("3", "revision")}


def test_of_two_versions_without_edition_the_printed_date_decides():
    old = document("new name", "見本市改革プラン", as_of="令和4年3月", ingested_at=datetime(2026, 5, 1, tzinfo=UTC))
    new = document("old name", "見本市改革プラン", as_of="令和5年10月現在")
    assert links(old, new) == {"new name": ("old name", "revision")}
    assert versions_of(contents(old, new))["old name"] == Version("old name", "令和5年10月現在", True)


def test_a_misprinted_date_decides_nothing():
    wrong = document(
        "a", "見本市改革プラン", period=(2022, 2026), as_of="平成5年1月", ingested_at=datetime(2026, 5, 1, tzinfo=UTC)
    )
    other = document("b", "見本市改革プラン", period=(2022, 2026), as_of="令和4年2月")
    changed = {"b": (*TITLES[:4], "使用料の見直し")}
    assert links(wrong, other, titles=changed) == {"a": ("b", "revision")}
    assert versions_of(contents(wrong))["a"].date == "平成5年1月"


def test_without_a_printed_date_the_day_of_ingest_is_told():
    version = versions_of(contents(document("a", "見本市改革プラン")))["a"]
    assert (version.date, version.date_is_printed) == ("2026年4月1日取り込み", False)


def test_reports_of_following_years_are_successors():
    documents = [document(f"r{year}", f"見本市改革プラン 令和{year}年度 進捗報告書") for year in (4, 2, 3)]
    assert links(*documents) == {"r2": ("r3", "successor"), "r3": ("r4", "successor")}


def test_short_years_in_titles_are_years():
    assert links(document("a", "R2進捗状況一覧"), document("b", "R3進捗状況一覧")) == {"a": ("b", "successor")}


def test_a_plan_and_its_report_are_not_versions_of_each_other():
    assert links(document("plan", "見本市改革プラン"), document("report", "見本市改革プラン 進捗状況報告書")) == {}


def test_one_plan_in_two_formats_is_counted_once():
    pdf = document("plan.pdf", "見本市改革プラン", encoding="pdf", as_of="令和6年3月")
    text = document("plan.md", "見本市 改革プラン", encoding="utf-8")
    assert links(pdf, text) == {"plan.md": ("plan.pdf", "format")}


def test_the_format_that_was_read_best_stands_for_both():
    pdf = document("plan.pdf", "見本市改革プラン", encoding="pdf", report=a_report(missing={"owner": 3}))
    text = document("plan.md", "見本市改革プラン", encoding="utf-8")
    assert links(pdf, text) == {"plan.pdf": ("plan.md", "format")}


def test_a_draft_and_its_plan_in_two_formats_each_form_one_line():
    documents = (
        document("draft.pdf", "見本市改革プラン（案）", encoding="pdf"),
        document("draft.txt", "見本市改革プラン（案）"),
        document("plan.pdf", "見本市改革プラン", encoding="pdf"),
        document("plan.txt", "見本市改革プラン"),
    )
    assert links(*documents) == {
        "draft.txt": ("draft.pdf", "format"),
        "draft.pdf": ("plan.pdf", "revision"),
        "plan.txt": ("plan.pdf", "format"),
    }


def test_plans_of_two_cities_are_never_linked():
    assert links(document("a", "改革プラン"), document("b", "改革プラン（案）", municipality="手本市")) == {}


def test_a_plan_without_a_printed_city_may_be_of_any():
    assert links(document("a", "しごと改革プラン（案）", municipality=None), document("b", "しごと改革プラン")) != {}


def test_parts_of_a_plan_with_other_items_are_not_versions():
    parts = {"b": ("橋の塗り替え", "公園の遊具の点検", "樹木の点検")}
    assert links(document("a", "見本市実施計画"), document("b", "見本市実施計画"), titles=parts) == {}


def test_the_next_plan_is_another_plan():
    assert links(document("a", "第3次見本市改革プラン"), document("b", "第4次見本市改革プラン")) == {}


@pytest.mark.parametrize(("shared", "linked"), [(5, True), (3, False)])
def test_documents_whose_titles_are_made_up_must_share_more(shared: int, linked: bool):
    old, new = (
        document(f"r{year}", f"見本市 行政改革の取組項目 令和{year}年度進捗状況一覧", title_is_printed=False)
        for year in (2, 3)
    )
    others = ("橋の塗り替え", "公園の遊具の点検", "樹木の点検", "道の見回り", "空き家の調べ")
    titles = {"r3": TITLES[:shared] + others[shared:]}
    assert links(old, new, titles=titles) == ({"r2": ("r3", "successor")} if linked else {})


def test_a_told_series_links_whatever_the_titles_say():
    old = document("a", "改革の手引き", series="改革", as_of="令和4年3月")
    new = document("b", "しごとの進め方", series="改革", as_of="令和5年3月")
    assert links(old, new, titles={"b": ("橋の塗り替え",)}) == {"a": ("b", "revision")}


def test_documents_without_items_are_compared_by_their_text():
    old, new = document("a", "見本市改革ビジョン（案）"), document("b", "見本市改革ビジョン")
    texts = ("人口が減る。", "職員も減る。", "手続を早くする。")
    passages = tuple(
        a_passage(id=f"{name}{at}", document_id=name, text=text) for name in "ab" for at, text in enumerate(texts)
    )
    versions = versions_of(Contents(1, (old, new), (), passages))
    assert versions["a"].superseded_by == "b"


def test_outdated_documents_are_left_out_where_the_newer_one_is_there():
    draft, plan = document("draft", "見本市改革プラン（案）"), document("plan", "見本市改革プラン")
    report, later = document("r2", "見本市R2進捗報告書"), document("r3", "見本市R3進捗報告書")
    versions = versions_of(contents(draft, plan, report, later))
    assert without_outdated(versions, versions) == {"plan", "r2", "r3"}
    assert without_outdated({"draft"}, versions) == {"draft"}
    assert without_outdated({"draft", "r2"}, versions) == {"draft", "r2"}


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("見本市改革プラン（案）", "改革プラン"),
        ("見本市改革プラン【令和6年度～令和10年度】改訂版", "改革プラン"),
        ("第２次 見本市 改革プラン", "第2次見本市改革プラン"),
        ("R2進捗状況一覧", "進捗状況一覧"),
        ("見本市改革プラン ～市民とともに～", "改革プラン"),
        ("見本市改革プラン － 小さくても頼れる市役所 －（案）", "改革プラン"),
        ("見本市実施計画（令和6年度～令和8年度） 政策の柱4", "実施計画政策の柱4"),
        ("～市民とともに～見本市改革プラン", "市民とともに見本市改革プラン"),
        ("見本市提案制度の見直し方針", "提案制度の見直し方針"),
    ],
)
def test_what_the_titles_of_all_versions_share(title: str, key: str):
    assert title_key(title, "見本市") == key


def test_what_was_told_wins_over_the_title():
    assert is_report("改革プラン 進捗報告書", None)
    assert not is_report("改革プラン 進捗報告書", "plan")
    assert is_report("改革プラン", "report")
