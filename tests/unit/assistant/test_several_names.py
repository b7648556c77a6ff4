"""Several departments, sections, items or values in one question: none of them is dropped."""

import pytest

from tests.unit.assistant.plans import titles
from tests.unit.assistant.two_reports import ask

BIDDING, CONTRACT, SIGNS = "電子入札の導入", "電子契約の導入", "窓口案内の見直し"
ADS, HALLS, CARS = "広告収入の確保", "集会所の統合", "公用車の削減"


@pytest.mark.parametrize(
    ("question", "wanted", "filters"),
    [
        ("契約課と窓口課の取組は？", [BIDDING, CONTRACT, SIGNS], {"owner": ["契約課", "窓口課"]}),
        ("契約課または地域課の取組を教えて", [BIDDING, CONTRACT, HALLS, CARS], {"owner": ["契約課", "地域課"]}),
        ("財政課と地域課が両方関わる取組は？", [HALLS], {"owner": ["財政課", "地域課"], "match": "every"}),
        ("契約課と窓口課が一緒に担当する取組は？", [], {}),
        ("柱1と柱2の新規の取組は？", [BIDDING, CONTRACT],
         {"section": ["柱1 早い手続", "柱2 軽い財政"], "status": "新規"}),
        ("財政課の新規と継続の取組は？", [BIDDING, ADS], {"owner": "財政課", "status": ["新規", "継続"]}),
        ("List all items of both 財政課 and 地域課", [HALLS], {"owner": ["財政課", "地域課"], "match": "every"}),
        ("新規と拡充の取組は？", [BIDDING, CONTRACT, HALLS], {"status": ["新規", "拡充"]}),
        ("契約課と窓口課以外の取組は？", [ADS, HALLS, CARS], {"without": {"owner": ["契約課", "窓口課"]}}),
        ("柱1のうち契約課以外の取組は？", [SIGNS], {"section": ["柱1 早い手続"], "without": {"owner": "契約課"}}),
    ],
)  # fmt: skip
def test_every_named_condition_counts(question: str, wanted: list[str], filters: dict[str, object]) -> None:
    answer = ask(question)
    assert (titles(answer), answer.filters) == (wanted, filters)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("柱1は何件？柱2は？", "内訳：柱1 早い手続 3件、柱2 軽い財政 3件"),
        ("柱1と柱2の取組はそれぞれ何件ですか", "内訳：柱1 早い手続 3件、柱2 軽い財政 3件"),
        ("契約課と窓口課の取組は何件？", "内訳：契約課 2件、窓口課 1件"),
        ("順調と遅れはそれぞれ何件？", "内訳：順調 3件、遅れ 1件"),
        ("課ごとの件数", "内訳：契約課 2件、窓口課 1件、財政課 2件、地域課 2件"),
        ("取組の件数を年度別に教えて", "内訳：令和6年度（2024年度） 2件、令和7年度（2025年度） 2件、"),
        ("進捗別に何件ありますか", "遅れ 1件"),
        ("柱ごとの件数は？", "内訳：柱1 早い手続 3件、柱2 軽い財政 3件"),
    ],
)  # fmt: skip
def test_a_count_is_given_for_each(question: str, parts: str) -> None:
    answer = ask(question)
    assert answer.outcome == "answered"
    assert parts in answer.text


def test_which_of_two_has_more_is_told_by_their_counts() -> None:
    assert "最も多いのは、契約課 2件です。" in ask("契約課と窓口課はどちらが取組が多い？").text
    assert "どれも同じ件数です。" in ask("柱1と柱2はどちらが多い？").text


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("電子入札の導入と集会所の統合の担当課は？", [BIDDING, HALLS]),
        ("電子入札と集会所の担当課は？", [BIDDING, HALLS]),
        ("電子入札の導入、集会所の統合、公用車の削減の進捗は？", [BIDDING, HALLS, CARS]),
    ],
)
def test_every_named_item_is_answered(question: str, wanted: list[str]) -> None:
    answer = ask(question)
    assert (answer.outcome, titles(answer)) == ("answered", wanted)
    assert all(f"{number}. {title}（" in answer.text for number, title in enumerate(wanted, 1))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("財政課と水道課の取組は？", "水道課が所管課になっている取組項目は、計画に記載がありません。"),
        ("柱1と柱9の取組は何件？", "「柱9」という体系は、計画に見当たりません。"),
    ],
)
def test_a_name_that_no_plan_has_is_said_beside_those_it_has(question: str, said: str) -> None:
    answer = ask(question)
    assert answer.outcome == "answered"
    assert said in answer.text


@pytest.mark.parametrize(
    ("question", "total"),
    [("契約課以外の取組は何件？", 4), ("新規ではない取組は何件ですか", 4), ("地域課以外は何件？", 4)],
)
def test_what_is_left_out_can_be_counted(question: str, total: int) -> None:
    answer = ask(question)
    assert (answer.outcome, answer.total) == ("answered", total)
    assert "without" in answer.filters


def test_conditions_of_the_conversation_are_among_the_filters() -> None:
    answer = ask("財政課の取組は？", "そのうち継続は何件？")
    assert (answer.total, answer.filters) == (1, {"owner": "財政課", "status": "継続"})


@pytest.mark.parametrize(
    "question", ["電子契約の導入は新規の取組ですか、継続の取組ですか。", "電子契約の導入は新規か継続か"]
)
def test_new_or_continued_is_asked_of_an_item_and_sets_no_condition(question: str) -> None:
    assert ask(question).text.startswith("「電子契約の導入」は、新規の取組として載っています。")
