"""A plan beside the report on it: each value is quoted from the row that is its own, and nothing is guessed."""

import re
from functools import cache

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer, Scope
from tests.unit.assistant import plans

PLAN = """\
見本市

見本市身軽な市役所計画

【計画期間：令和４年度～令和８年度】

令和４年３月　見本市

１　策定の趣旨

働く人が減るなかで手続を支えるため、この計画を定めます。５年間の節減額の目標は、2億5,000万円とします。

２　取組項目一覧

基本方針１　軽やかな仕事

番号 | 取組項目 | 区分 | 取組内容 | 目標 | 実施時期 | 所管課
1-1 | 会議録の自動作成 | 新規 | 録音から会議録を作る仕組みを導入する。 | 作成時間を3割減らす。 | Ｒ５年度 | 総務課
1-2 | 施設予約の電子化 | 拡充 | 集会所の予約を電子で受ける。 | 予約の半分を電子で受ける。 | 令和5年度 | 市民課
1-3 | 戸籍窓口の開設時間の見直し | 継続 | 職員が準備をする時間を確保する。 \
| 開設時間を午前９時から午後４時までとする。 | R4～R8 | 市民課
1-4 | 公用車の共同利用 | 拡充 | 各課の公用車を一つにまとめる。 | 公用車を40台から30台に減らす。 | 令和8年度 | 管財課
1-5 | 組織の見直し | 新規 | 職員の数に応じ、係の統合を検討する。 |  | 未定 | 人事課
1-6 | 市税の収納率の向上 | 継続 | 納め忘れを早く知らせる。 | 収納率を99％とする。 | 毎年度 | 納税課
"""

REPORT = """\
見本市

見本市身軽な市役所計画　令和５年度進捗状況報告書

番号 | 取組項目 | 担当課 | 令和５年度の取組予定 | 実施内容 | 課題 | 次年度の方針 | 進捗区分
1-1 | 会議録の自動作成 | 総務課 | 導入する。 | 6月に導入した。 | 聞き違いが多い。 | 語を登録する。 | 概ね順調
1-2 | 施設予約の電子化 | 市民課 | 試す。 | 2つの集会所で試した。 |  | 広げる。 | 順調
1-3 | 戸籍窓口の開設時間の見直し | 市民課 | 知らせる。 | 広報紙で知らせた。 |  | 始める。 | 順調
1-4 | 公用車の共同利用 | 管財課 | 36台とする。 | 37台となった。 |  | 34台とする。 | 遅れ
1-5 | 組織の見直し | 人事課 |  |  |  |  | －
1-6 | 市税の収納率の向上 | 納税課 | 98％とする。 | 収納率は97.5％だった。 |  | 電話で知らせる。 | 遅れ
"""


@cache
def _assistant() -> Assistant:
    texts = {"plan.txt": PLAN, "report.txt": REPORT}
    corpus = plans.corpus_of({name: re.sub(" ?\\| ?", "\t", text) for name, text in texts.items()})
    return Assistant(lambda: corpus)


def _ask(question: str) -> Answer:
    return plans.ask(question, scope=Scope(), assistant=_assistant())


def _cited(answer: Answer, quote: str) -> list[str]:
    return [citation.source for citation in answer.citations if citation.quote == quote]


def test_a_value_of_the_report_is_quoted_from_the_report_though_the_plan_holds_the_same_words() -> None:
    answer = _ask("会議録の自動作成について教えて")
    assert "導入する。" in answer.text
    assert _cited(answer, "導入する。") == ["report.txt"]


def test_schedules_that_print_one_year_in_two_ways_are_the_same() -> None:
    answer = _ask("会議録の自動作成と施設予約の電子化の実施時期を比べて")
    assert "同じです：令和5年度（2023年度）" in answer.text
    assert "異なります" in _ask("会議録の自動作成と公用車の共同利用の実施時期を比べて").text


def test_the_plan_s_period_is_taken_from_its_cover_and_not_from_an_item_of_the_same_years() -> None:
    answer = _ask("計画期間はいつからいつまで？")
    assert [citation.quote for citation in answer.citations] == ["【計画期間：令和４年度～令和８年度】"]


def test_a_whole_title_and_a_part_of_one_are_both_compared() -> None:
    answer = _ask("公用車の共同利用と会議録の目標を比べて")
    assert "30台" in answer.text
    assert "3割" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "公用車の洗車場の予定は？",
        "集会所の建て替えの予定は？",
        "戸籍料は？",
        "職員の給料は上がる？",
        "集会所への便は増えますか",
    ],
)
def test_what_is_in_no_plan_is_not_guessed_from_the_item_that_shares_a_word(question: str) -> None:
    assert _ask(question).outcome == "not_found"


def test_the_plans_for_what_an_item_holds_are_told() -> None:
    assert "34台とする。" in _ask("公用車の予定は？").text


def test_each_listed_item_is_proven_by_the_mark_that_it_is_listed_for() -> None:
    new = _ask("新規の項目は？")
    assert plans.titles(new) == ["会議録の自動作成", "組織の見直し"]
    assert [citation.quote for citation in new.citations] == ["新規", "新規"]
    owned = _ask("総務課の新規の項目は？")
    assert {"新規", "総務課"} <= {citation.quote for citation in owned.citations}


def test_what_is_listed_for_not_having_a_mark_is_shown_with_the_mark_that_it_has() -> None:
    answer = _ask("順調以外の項目は？")
    assert "公用車の共同利用（進捗区分（令和5年度）：遅れ）" in answer.text
    assert "組織の見直し（進捗区分：（記載なし））" in answer.text
    assert "遅れ" in {citation.quote for citation in answer.citations}


def test_hours_that_an_item_prints_are_told_and_others_are_left_to_the_counter() -> None:
    answer = _ask("戸籍窓口の開設は何時まで？")
    assert "開設時間を午前９時から午後４時までとする。" in answer.text
    assert _ask("集会所は何時まで使えますか").outcome == "not_found"
