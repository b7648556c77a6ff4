"""Two versions of a plan and reports of two years, of the made-up city 見本市: the newest answers, and what changed."""

import re
from functools import cache

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.names import bare
from ingest.normalize import squeeze
from tests.unit.assistant.plans import ask, corpus_of

DRAFT = """\
見本市

見本市はなまる改革プラン（案）

令和5年12月

第1章 取組項目

番号 | 取組項目 | 区分 | 取組内容 | 目標 | 実施時期 | 所管課
1 | 来庁予約の拡大 | 拡充 | 福祉の相談も予約できるようにする。 | 予約できる手続を30種類にする。 | 令和8年度 | 窓口課
2 | 電話案内の自動化 | 新規 | よくある問い合わせに機械の音声で答える。 | 電話を年9,000件にする。 | 令和7年度 | 広報課
3 | 公用車の台数の見直し | 継続 | 各課の公用車を共同で使う。 | 公用車を60台にする。 | 毎年度 | 施設管理課
4 | 集会所の統合 | 継続 | 老朽化した集会所をまとめる。 | 集会所を18か所に減らす。 | 令和10年度 | 施設管理課
"""

PLAN = """\
見本市

見本市はなまる改革プラン

令和6年3月

第1章 取組項目

番号 | 取組項目 | 区分 | 取組内容 | 目標 | 実施時期 | 所管課
1 | 来庁予約の拡大 | 拡充 | 福祉の相談も予約できるようにする。 | 予約できる手続を40種類にする。 | 令和8年度 | 窓口課
2 | 電話案内の自動化 | 新規 | よくある問い合わせに機械の音声で答える。 | 電話を年9,000件にする。 | 令和9年度 | 総務課
3 | 集会所の統合 | 継続 | 老朽化した集会所をまとめる。 | 集会所を18か所に減らす。 | 令和10年度 | 施設管理課
4 | 広告収入の確保 | 新規 | 庁舎の壁に広告を載せる。 | 年300万円の広告収入を得る。 | 令和8年度 | 財政課
"""

REPORT_6 = """\
見本市はなまる改革プラン 令和6年度 進捗報告書

見本市

番号 | 取組項目 | 進捗区分 | 実施内容 | 所管課
1 | 来庁予約の拡大 | 計画未満 | 機器の選定が遅れた。 | 窓口課
2 | 電話案内の自動化 | 計画どおり | 原稿を120件つくった。 | 総務課
3 | 集会所の統合 | 計画どおり | 3地区で説明会を開いた。 | 施設管理課
4 | 広告収入の確保 | 計画未満 | 募集が遅れた。 | 財政課
"""

REPORT_7 = """\
見本市はなまる改革プラン 令和7年度 進捗報告書

見本市

番号 | 取組項目 | 進捗区分 | 実施内容 | 所管課
1 | 来庁予約の拡大 | 計画どおり | 予約できる手続を25種類にした。 | 窓口課
2 | 電話案内の自動化 | 計画どおり | 原稿を200件つくった。 | 総務課
3 | 集会所の統合 | 計画どおり | 2か所をまとめた。 | 施設管理課
"""

TEXTS = {
    name: re.sub(" ?\\| ?", "\t", text)
    for name, text in {
        "draft.txt": DRAFT,
        "plan.txt": PLAN,
        "report_r6.txt": REPORT_6,
        "report_r7.txt": REPORT_7,
    }.items()
}


@cache
def loaded(*names: str) -> Assistant:
    corpus = corpus_of({name: TEXTS[name] for name in names})
    return Assistant(lambda: corpus)


def asked(question: str, *names: str) -> Answer:
    return ask(question, assistant=loaded(*(names or tuple(TEXTS))))


def is_cited(answer: Answer) -> bool:
    return all(squeeze(citation.quote) in squeeze(TEXTS[citation.source]) for citation in answer.citations)


def test_the_newest_version_answers_and_its_date_is_said():
    answer = asked("電話案内の自動化の担当はどこですか？", "draft.txt", "plan.txt")
    assert "総務課" in answer.text
    assert "広報課" not in answer.text
    assert "令和6年3月の版" in answer.text
    assert {citation.source for citation in answer.citations} == {"plan.txt"}


def test_a_plan_of_one_version_says_nothing_of_versions():
    assert "版" not in asked("電話案内の自動化の担当はどこですか？", "plan.txt").text


def test_lists_and_counts_leave_out_the_outdated_version():
    answer = asked("取組項目の一覧は？", "draft.txt", "plan.txt")
    assert answer.total == 4
    assert "公用車" not in answer.text


def test_a_selected_draft_answers_itself():
    from assistant.answers import Scope

    scope = Scope("見本市", "見本市はなまる改革プラン（案）")
    answer = ask("公用車の台数の見直しの目標は？", scope=scope, assistant=loaded("draft.txt", "plan.txt"))
    assert "60台" in answer.text
    assert "より新しい「見本市はなまる改革プラン」（令和6年3月）があります" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "何が変わりましたか",
        "案から何が変わりましたか？",
        "計画の変更点を教えてください",
        "素案と比べて変わったところは？",
        "What has changed since the draft?",
    ],
)
def test_what_changed_is_told_from_both_versions(question: str):
    answer = asked(question, "draft.txt", "plan.txt")
    assert answer.outcome == "answered"
    for told in ("広告収入の確保", "公用車の台数の見直し", "令和5年12月", "令和6年3月", "広報課", "総務課"):
        assert told in answer.text
    assert "40種類" in answer.text
    assert {citation.source for citation in answer.citations} == {"draft.txt", "plan.txt"}
    assert is_cited(answer)


def test_every_changed_item_is_cited_in_both():
    answer = asked("何が変わりましたか", "draft.txt", "plan.txt")
    line = next(line for line in answer.text.splitlines() if "来庁予約の拡大" in line)
    cited = [answer.citations[int(number) - 1] for number in re.findall(r"\[(\d+)\]", line)]
    assert [citation.source for citation in cited] == ["draft.txt", "plan.txt"]


@pytest.mark.parametrize(
    ("question", "there", "not_there"),
    [
        ("追加された項目はどれですか", "広告収入の確保", "公用車の台数の見直し"),
        ("なくなった項目は？", "公用車の台数の見直し", "広告収入の確保"),
        ("担当課が変わった項目は？", "電話案内の自動化", "来庁予約の拡大"),
        ("「来庁予約の拡大」は案から何が変わりましたか", "40種類", "広告収入の確保"),
        ("財政課の項目で変わった点は？", "広告収入の確保", "来庁予約の拡大"),
    ],
)
def test_a_part_of_what_changed_can_be_asked_for(question: str, there: str, not_there: str):
    answer = asked(question, "draft.txt", "plan.txt")
    assert there in answer.text
    assert not_there not in answer.text


def test_an_item_that_is_as_it_was_is_said_to_be():
    answer = asked("「集会所の統合」は案から何が変わりましたか", "draft.txt", "plan.txt")
    assert answer.outcome == "answered"
    assert "変更 0件" in answer.text
    assert {citation.source for citation in answer.citations} == {"draft.txt", "plan.txt"}


@pytest.mark.parametrize("question", ["R6からR7で変わった点は？", "令和6年度と令和7年度の進捗報告で何が変わった？"])
def test_the_years_of_the_question_choose_the_reports(question: str):
    answer = asked(question)
    assert {citation.source for citation in answer.citations} == {"report_r6.txt", "report_r7.txt"}
    assert "「計画未満」から「計画どおり」" in answer.text
    assert is_cited(answer)


def test_of_several_series_each_is_told_by_itself():
    answer = asked("何が変わりましたか")
    assert {citation.source for citation in answer.citations} == set(TEXTS)


def test_without_two_versions_the_question_is_taken_as_any_other():
    assert asked("何が変わりましたか", "plan.txt").outcome != "answered"


def test_a_report_is_chosen_by_the_year_that_is_named():
    old, new = (asked(f"令和{year}年度の来庁予約の拡大の進捗は？", "report_r6.txt", "report_r7.txt") for year in (6, 7))
    assert old.text.startswith("令和6年度の報告では、")
    assert "計画未満" in old.text
    assert new.text.startswith("令和7年度の報告では、")
    assert "計画どおり" in new.text


def test_without_a_year_the_newest_report_answers():
    answer = asked("来庁予約の拡大の進捗は？", "report_r6.txt", "report_r7.txt")
    assert answer.text.startswith("令和7年度の報告では、")
    assert "計画どおり" in answer.text


def test_where_reports_differ_each_is_said_with_its_year():
    texts = TEXTS | {"report_r7.txt": TEXTS["report_r7.txt"].replace("総務課", "広報課")}
    corpus = corpus_of({name: texts[name] for name in ("report_r6.txt", "report_r7.txt")})
    answer = ask("電話案内の自動化の担当課はどこですか？", assistant=Assistant(lambda: corpus))
    assert "令和6年度の報告では総務課、令和7年度の報告では広報課" in answer.text


def test_an_item_that_only_the_older_report_holds_is_still_found():
    answer = asked("広告収入の確保の進捗は？", "report_r6.txt", "report_r7.txt")
    assert answer.text.startswith("令和6年度の報告では、")
    assert "計画未満" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "来庁予約の拡大の目標はいつ変わりますか？",
        "集会所の統合で何が変わりますか？",
        "窓口はどう変わりますか？",
        "電話案内の自動化と集会所の統合の違いは？",
    ],
)
def test_questions_about_what_a_measure_changes_are_not_about_versions(question: str):
    assert "比べました" not in asked(question, "draft.txt", "plan.txt").text


def test_a_plan_in_two_formats_is_counted_once():
    texts = {"plan.txt": TEXTS["plan.txt"], "plan.md": "# " + TEXTS["plan.txt"].split("\n", 2)[2]}
    corpus = corpus_of(texts)
    answer = ask("取組項目は何件ですか", assistant=Assistant(lambda: corpus))
    assert answer.total == 4
    assert bare("比べ") not in answer.text
