"""Questions that lean on the turns before them."""

import pytest

from assistant.answers import Scope, Turn
from tests.unit.assistant.plans import ask, ask_after, look_alikes, titles

EVERYWHERE = Scope()
PILLAR_TWO = "柱2の取組一覧"


@pytest.mark.parametrize(
    ("questions", "text"),
    [
        (("来庁予約の拡大の目標は？", "その担当課は？"), "「来庁予約の拡大」の所管課は、窓口課です。[1]"),
        (("来庁予約の拡大の目標は？", "担当課は？"), "「来庁予約の拡大」の所管課は、窓口課です。[1]"),
        (
            ("来庁予約の拡大の目標は？", "新規ですか、継続ですか"),
            "「来庁予約の拡大」は、拡充の取組として載っています。[1]",
        ),
        (
            ("来庁予約の拡大の目標は？", "公用車の台数の見直しの目標は？", "その担当課は？"),
            "「公用車の台数の見直し」の所管課は、施設管理課です。[1]",
        ),
        (
            ("電話案内の自動化の課題は？", "次年度の方針は？", "担当課は？"),
            "「電話案内の自動化」の所管課は、広報課です。[1]",
        ),
    ],
)
def test_a_field_alone_is_asked_of_the_item_before(questions: tuple[str, ...], text: str) -> None:
    assert ask_after(*questions).text == text


def test_a_goal_alone_is_the_goal_of_the_item_before() -> None:
    answer = ask_after("来庁予約の拡大の所管課は？", "目標は？")
    assert [citation.quote for citation in answer.citations] == [
        "予約できる手続を、令和8年度までに30種類にする（令和4年度 12種類）。"
    ]


def test_a_question_that_was_turned_away_is_passed_over() -> None:
    answer = ask_after("来庁予約の拡大の目標は？", "私の番号は090-1234-5678です", "その担当課は？")
    assert answer.text == "「来庁予約の拡大」の所管課は、窓口課です。[1]"


def test_what_the_assistant_said_is_not_taken_for_a_question() -> None:
    history = (Turn("user", "来庁予約の拡大の目標は？"), Turn("assistant", "集会所の統合の目標は、次のとおりです。"))
    assert ask("その担当課は？", history=history).text.startswith("「来庁予約の拡大」の所管課は")


def test_without_a_question_before_a_field_alone_is_asked_back() -> None:
    history = (Turn("assistant", "何でもお尋ねください。"),)
    assert ask("その担当課は？", history=history).reason == "unclear"


def test_a_question_that_names_its_own_item_leaves_the_talk_behind() -> None:
    answer = ask_after("来庁予約の拡大の目標は？", "公用車の台数の見直しの所管課は？")
    assert answer.text == "「公用車の台数の見直し」の所管課は、施設管理課です。[1]"


def test_a_list_question_leaves_the_talk_behind() -> None:
    answer = ask_after("来庁予約の拡大の目標は？", "施設管理課の取組は？")
    assert titles(answer) == ["集会所の統合", "公用車の台数の見直し"]


def test_a_subject_of_no_plan_stays_out_of_scope_inside_a_talk() -> None:
    assert ask_after("来庁予約の拡大の目標は？", "明日の天気は？").reason == "out_of_scope"


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("3番目の目標は？", "年300万円の広告収入を得る。"),
        ("2番目の所管課は？", "施設管理課"),
        ("三つ目の実施時期は？", "令和8年度"),
        ("4つ目の進捗は？", "計画どおり"),
    ],
)
def test_an_item_is_chosen_by_its_place_in_the_list(question: str, quote: str) -> None:
    assert [citation.quote for citation in ask_after(PILLAR_TWO, question).citations] == [quote]


def test_a_place_in_the_list_alone_asks_about_its_item() -> None:
    answer = ask_after(PILLAR_TWO, "3番目のは？")
    assert answer.outcome == "answered"
    assert {citation.item_title for citation in answer.citations} == {"広告収入の確保"}


def test_a_place_in_a_narrowed_list_counts_in_that_list() -> None:
    answer = ask_after(PILLAR_TWO, "そのうち納税課の取組は？", "1番目の目標は？")
    assert [citation.quote for citation in answer.citations] == ["口座振替の利用率を65％にする。"]


@pytest.mark.parametrize(
    ("before", "question", "wanted"),
    [
        (PILLAR_TWO, "そのうち新規のものは？", ["使用料の見直し"]),
        (PILLAR_TWO, "そのうち納税課の取組は何件ですか", ["市税の口座振替の推進", "使用料の見直し"]),
        (PILLAR_TWO, "その中で計画どおりの取組は？", ["市税の口座振替の推進"]),
        (PILLAR_TWO, "このうち実施時期が毎年度のものは？", ["公用車の台数の見直し", "市税の口座振替の推進"]),
        ("新規の取組は？", "そのうち令和7年度のものは？", ["電話案内の自動化", "使用料の見直し"]),
        ("新規の取組は？", "そのうち納税課のものは？", ["使用料の見直し"]),
    ],
)
def test_a_list_is_narrowed_among_what_was_listed(before: str, question: str, wanted: list[str]) -> None:
    answer = ask_after(before, question)
    assert answer.text.startswith("そのうち、")
    assert titles(answer) == wanted
    assert answer.total == len(wanted)


def test_the_department_of_an_item_is_asked_for_its_other_items() -> None:
    assert titles(ask_after("来庁予約の拡大の目標は？", "その課のほかの取組は？")) == ["書かない窓口の導入"]
    assert titles(ask_after("来庁予約の拡大の目標は？", "同じ課の取組は？")) == ["来庁予約の拡大", "書かない窓口の導入"]


@pytest.mark.parametrize("question", ["他には？", "ほかにもありますか", "その他の取組は？"])
def test_what_else_there_is_means_the_other_items_of_the_department(question: str) -> None:
    assert titles(ask_after("来庁予約の拡大の所管課は？", question)) == ["書かない窓口の導入"]


@pytest.mark.parametrize(
    ("before", "question", "quotes"),
    [
        ("見本市の書かない窓口の担当課は？", "試作町では？", ["住民福祉課"]),
        ("試作町の広告収入の目標は？", "見本市の方は？", ["年300万円の広告収入を得る。"]),
    ],
)
def test_the_same_is_asked_of_another_municipality(before: str, question: str, quotes: list[str]) -> None:
    answer = ask_after(before, question, scope=EVERYWHERE)
    assert [citation.quote for citation in answer.citations] == quotes


def test_the_same_count_is_asked_of_another_municipality() -> None:
    answer = ask_after("見本市の新規の取組は何件ですか", "試作町の方は？", scope=EVERYWHERE)
    assert answer.total == 1
    assert {item.municipality for item in answer.items} == {"試作町"}


def test_a_question_back_is_answered_by_naming_the_municipality() -> None:
    answer = ask_after("書かない窓口の担当課は？", "試作町です", scope=EVERYWHERE)
    assert answer.text == "「書かない窓口の導入」の所管課は、住民福祉課です。[1]"


@pytest.mark.parametrize("question", ["2番目", "2つ目の方です"])
def test_a_question_back_is_answered_by_a_place_in_its_list(question: str) -> None:
    answer = ask_after("公園の点検の担当課は？", question, assistant=look_alikes())
    assert answer.text == "「公園の樹木の点検」の所管課は、緑政課です。[1]"


@pytest.mark.parametrize("title", ["公園の樹木の点検", "「公園の樹木の点検」", "「公園の樹木の点検」は？"])
def test_a_question_back_is_answered_by_clicking_on_a_title(title: str) -> None:
    owner = ask_after("公園の点検の担当課は？", title, assistant=look_alikes())
    times = ask_after("公園の点検は何回？", title, assistant=look_alikes())
    assert owner.text == "「公園の樹木の点検」の所管課は、緑政課です。[1]"
    assert "年1回点検する。" in times.text
    assert "所管課" not in times.text


def test_a_title_that_was_not_asked_about_is_asked_about_anew() -> None:
    answer = ask_after("公園の点検の担当課は？", "橋の塗り替え", assistant=look_alikes())
    assert "3橋を塗り替える。" in answer.text


def test_a_correction_asks_the_same_of_the_item_that_was_meant() -> None:
    answer = ask_after("来庁予約の拡大の担当課は？", "いえ、電話案内の方です")
    assert answer.text == "「電話案内の自動化」の所管課は、広報課です。[1]"


def test_a_correction_may_ask_something_else_too() -> None:
    answer = ask_after("来庁予約の拡大の担当課は？", "いや、集会所の統合の目標です")
    assert [citation.quote for citation in answer.citations] == ["令和10年度までに、集会所を24か所から18か所に減らす。"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("集会所の担当は？", "「集会所の統合」の所管課は、施設管理課です。"),
        ("口座振替はいつ？", "「市税の口座振替の推進」の実施時期は、毎年度です。"),
        ("公用車の方は？", "「公用車の台数の見直し」の所管課は、施設管理課です。"),
        ("じゃあ書かない窓口は？", "「書かない窓口の導入」の所管課は、窓口課、地域振興課です。"),
    ],
)
def test_a_subject_of_its_own_is_not_taken_for_what_was_asked_before(question: str, said: str) -> None:
    assert said in ask_after("電話案内の自動化の担当は？", question).text


@pytest.mark.parametrize("question", ["水道の担当は？", "動物園の方は？"])
def test_an_absent_subject_is_not_answered_from_what_was_asked_before(question: str) -> None:
    assert ask_after("電話案内の自動化の担当は？", question).outcome == "not_found"


@pytest.mark.parametrize("text", ["こんにちは", "ありがとうございました。", "Thank you!"])
def test_a_greeting_is_no_question(text: str) -> None:
    answer = ask_after("電話案内の自動化の担当は？", text)
    assert (answer.outcome, answer.reason, answer.citations) == ("clarify", "unclear", ())


def test_a_list_of_all_of_a_municipality_needs_no_question_before_it() -> None:
    alone, after = (
        ask("見本市の取組項目を一覧にしてください。"),
        ask_after("来庁予約の拡大の所管課は？", "見本市の取組項目を一覧にしてください。"),
    )
    assert after.total is not None
    assert after.text == alone.text


@pytest.mark.parametrize(
    ("before", "question", "wanted"),
    [
        (PILLAR_TWO, "新規は？", ["使用料の見直し"]),
        (PILLAR_TWO, "継続だけ", ["集会所の統合", "公用車の台数の見直し", "広告収入の確保"]),
        ("施設管理課の項目", "遅れているのは？", ["集会所の統合"]),
        ("新規の取組は？", "納税課は？", ["使用料の見直し"]),
        ("令和7年度までに終わる取組は？", "納税課は？", ["使用料の見直し"]),
        ("納税課の取組は？", "窓口課は？", ["来庁予約の拡大", "書かない窓口の導入"]),
    ],
)
def test_conditions_alone_narrow_the_list_before(before: str, question: str, wanted: list[str]) -> None:
    assert titles(ask_after(before, question)) == wanted


def test_conditions_of_items_named_as_such_begin_a_new_list() -> None:
    assert len(titles(ask_after(PILLAR_TWO, "新規の取組は？"))) == 3


@pytest.mark.parametrize("question", ["なんで遅れてるの？", "遅れの理由は？"])
def test_the_reason_of_a_delay_is_that_of_the_item_before(question: str) -> None:
    answer = ask_after("集会所の統合の所管課は？", question)
    assert "反対の声が強い地区がある。" in answer.text
    assert {citation.item_title for citation in answer.citations} == {"集会所の統合"}


@pytest.mark.parametrize("question", ["目標は達成した？", "目標に届いた？"])
def test_the_outcome_is_that_of_the_item_before(question: str) -> None:
    answer = ask_after("公用車の台数の見直しの所管課は？", question)
    assert "目標達成" in answer.text
    assert {citation.item_title for citation in answer.citations} == {"公用車の台数の見直し"}


@pytest.mark.parametrize("question", ["他には？", "ほかにもある？"])
def test_that_a_department_has_nothing_else_is_said_so(question: str) -> None:
    answer = ask_after("電話案内の自動化の担当は？", question)
    assert answer.text == "このほかに、所管課が広報課の取組項目はありません。"
