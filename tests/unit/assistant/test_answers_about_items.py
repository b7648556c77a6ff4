"""Questions about one item: its department, schedule, goal, number, status and progress, or that none is stated."""

import pytest

from tests.unit.assistant.plans import MIHON, ask, is_printed


@pytest.mark.parametrize(
    ("question", "text", "quote", "source"),
    [
        (
            "来庁予約の拡大の所管課はどこですか",
            "「来庁予約の拡大」の所管課は、窓口課です。[1]",
            "窓口課",
            "mihon_plan.txt",
        ),
        (
            "電話案内の自動化の担当者は誰ですか",
            "「電話案内の自動化」の所管課は、広報課です。[1]",
            "広報課",
            "mihon_plan.txt",
        ),
        (
            "電話案内の自動化の実施時期は？",
            "「電話案内の自動化」の実施時期は、令和7年度（2025年度）から令和9年度（2027年度）までです。[1]",
            "令和7年度～令和9年度",
            "mihon_plan.txt",
        ),
        (
            "公用車の台数の見直しはいつまでですか",
            "「公用車の台数の見直し」の実施時期は、毎年度です。[1]\n\n終わりの年度は、計画に書かれていません。",
            "毎年度",
            "mihon_plan.txt",
        ),
        (
            "電話案内の自動化は新規ですか、継続ですか",
            "「電話案内の自動化」は、新規の取組として載っています。[1]",
            "新規",
            "mihon_plan.txt",
        ),
        (
            "書かない窓口の導入の進捗は？",
            "令和6年度の報告では、「書かない窓口の導入」の進捗区分は、「計画未満」です。[1]",
            "計画未満",
            "mihon_report.txt",
        ),
    ],
)
def test_a_value_is_said_in_one_sentence_and_quoted_from_its_document(
    question: str, text: str, quote: str, source: str
) -> None:
    answer = ask(question)
    assert (answer.outcome, answer.reason, answer.text) == ("answered", None, text)
    assert [(c.number, c.quote, c.source) for c in answer.citations] == [(1, quote, source)]


@pytest.mark.parametrize(
    ("question", "label", "quote", "source"),
    [
        (
            "集会所の統合の目標を教えてください",
            "目標",
            "令和10年度までに、集会所を24か所から18か所に減らす。",
            "mihon_plan.txt",
        ),
        (
            "来庁予約の拡大ではどんな実績がありましたか",
            "実施内容",
            "予約できる手続を18種類に増やした。",
            "mihon_report.txt",
        ),
        ("電話案内の自動化の課題は何ですか", "課題", "聞き取れない言葉が多い。", "mihon_report.txt"),
        ("集会所の統合の次年度の方針は？", "次年度の方針", "説明会を続ける。", "mihon_report.txt"),
    ],
)
def test_a_text_is_given_in_the_words_of_its_document(question: str, label: str, quote: str, source: str) -> None:
    answer = ask(question)
    assert answer.outcome == "answered"
    assert f"の{label}は、次のとおりです。\n\n- {quote}[1]" in answer.text
    assert [(c.quote, c.source) for c in answer.citations] == [(quote, source)]


def test_every_goal_is_a_line_of_its_own() -> None:
    answer = ask("書かない窓口の導入の目標は？")
    assert answer.text.endswith("- ①令和7年度に、本庁舎で始める。[1]\n- ②令和9年度までに、支所3か所に広げる。[2]")
    assert is_printed(answer)


def test_all_departments_of_an_item_are_named() -> None:
    assert ask("書かない窓口の導入の担当課は？").text == (
        "「書かない窓口の導入」の所管課は、窓口課、地域振興課です。[1]"
    )


@pytest.mark.parametrize(
    ("mark", "owner", "other"), [("①", "：窓口課[", "：地域振興課["), ("②", "：地域振興課[", "：窓口課[")]
)
def test_the_department_of_one_goal_is_told_apart(mark: str, owner: str, other: str) -> None:
    answer = ask(f"書かない窓口の導入の目標{mark}の担当課は？")
    assert owner in answer.text
    assert other not in answer.text
    assert answer.citations[-1].quote == "①窓口課 ②地域振興課"


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("集会所は何か所まで減らしますか", "18か所"),
        ("口座振替の利用率は何％を目指していますか", "65％"),
        ("公用車は何台にしますか", "60台"),
        ("職員が受ける電話は年何件にしますか", "9,000件"),
    ],
)
def test_a_number_is_given_with_its_unit(question: str, number: str) -> None:
    answer = ask(question)
    assert answer.outcome == "answered"
    assert number in answer.text
    assert any(number in citation.quote for citation in answer.citations)


def test_two_questions_in_one_get_two_answers() -> None:
    answer = ask("来庁予約の拡大の所管課と目標は？")
    assert "所管課は、窓口課です。[1]" in answer.text
    assert "30種類にする（令和4年度 12種類）。[2]" in answer.text


@pytest.mark.parametrize(
    ("question", "asked", "owner"),
    [
        ("使用料の見直しの目標は？", "目標", "納税課"),
        ("公用車の台数の見直しの課題は？", "課題", "施設管理課"),
        ("電話案内の自動化の予算はいくらですか", "金額", "広報課"),
    ],
)
def test_what_is_not_stated_is_said_so_with_whom_to_ask(question: str, asked: str, owner: str) -> None:
    answer = ask(question)
    assert (answer.outcome, answer.reason) == ("not_found", "not_stated")
    assert f"お尋ねの点（{asked}）の記載がありません。[1]" in answer.text
    assert f"所管課（{owner}）にお尋ねください。[2]" in answer.text
    assert is_printed(answer)


def test_without_a_department_nobody_is_named_to_ask() -> None:
    answer = ask("広告収入の確保の担当課は？")
    assert (answer.outcome, answer.reason) == ("not_found", "not_stated")
    assert answer.text == "「広告収入の確保」は計画に載っていますが、お尋ねの点（所管課）の記載がありません。[1]"


def test_a_misread_department_is_named_repaired_and_quoted_as_printed() -> None:
    answer = ask("使用料の見直しの所管課は？")
    assert answer.text.startswith("「使用料の見直し」の所管課は、納税課です。[1]")
    assert "読み取りの誤りがあるとみて直しました" in answer.text
    assert [citation.quote for citation in answer.citations] == ["全納税課"]


def test_an_english_question_gets_english_sentences_with_japanese_quotes() -> None:
    owner = ask("Which department is in charge of 来庁予約の拡大?", language="en")
    goal = ask("What is the goal of 集会所の統合?", language="en")
    assert owner.text == "The department in charge of 「来庁予約の拡大」 is 窓口課.[1]"
    assert goal.text == (
        "The goal of 「集会所の統合」 is, in the plan's words:\n\n"
        "- 令和10年度までに、集会所を24か所から18か所に減らす。[1]"
    )


def test_a_word_is_explained_by_its_footnote() -> None:
    answer = ask("書かない窓口とは何ですか")
    assert answer.text.startswith("「書かない窓口」は、計画の注で次のように説明されています。")
    assert "来た人が申請書を書かずに、職員が聞き取って書類を作る窓口のこと。" in answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "section", "words"),
    [
        ("事務局はどこに置かれますか", ("第1章 計画のあらまし", "2 計画の進め方"), "経営戦略課に置きます"),
        ("やさしい改革市民会議は何人ですか", ("第3章 計画の推進体制",), "市民6人と学識経験者3人"),
    ],
)
def test_what_no_item_says_is_found_in_the_running_text(question: str, section: tuple[str, ...], words: str) -> None:
    answer = ask(question)
    assert answer.outcome == "answered"
    assert answer.citations[0].section[-1] == section[-1]
    assert words in answer.citations[0].quote


def test_an_answer_suggests_what_else_the_item_says() -> None:
    answer = ask("来庁予約の拡大の所管課は？")
    assert answer.suggestions == (
        "「来庁予約の拡大」の目標は？",
        "「来庁予約の拡大」の実施時期は？",
        "窓口課の取組項目一覧",
    )
    assert all(ask(suggestion, scope=MIHON).outcome == "answered" for suggestion in answer.suggestions)


def test_a_citation_names_document_item_and_line() -> None:
    citation = ask("電話案内の自動化の所管課は？").citations[0]
    assert (citation.title, citation.municipality) == ("見本市やさしい改革プラン", "見本市")
    assert citation.item_title == "電話案内の自動化"
    assert citation.url.endswith(f"#L{citation.line_start}")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "集会所の統合は令和10年度までですよね？",
            "はい。「集会所の統合」の実施時期は、令和10年度（2028年度）までです。",
        ),
        ("集会所の統合は令和8年度までですよね？", "いいえ。計画に書かれている「集会所の統合」の実施時期は、令和10年度"),
        (
            "集会所の統合の担当は宇宙課ですよね？",
            "いいえ。計画に書かれている「集会所の統合」の所管課は、施設管理課です。",
        ),
        ("広告収入の確保の実施時期は？", "「広告収入の確保」の実施時期は、令和8年度（2026年度）です。"),
        ("集会所 どこ？", "「集会所の統合」の所管課は、施設管理課です。"),
    ],
)
def test_a_claim_is_confirmed_or_denied_and_years_are_told_in_words(question: str, said: str) -> None:
    assert said in ask(question).text


@pytest.mark.parametrize(
    "question", ["水道料金は上がりますか", "担当者の名前を教えて", "動物の保護センターの担当は？", "給水車の担当は？"]
)
def test_a_subject_that_no_plan_holds_is_not_answered_from_the_nearest_item(question: str) -> None:
    assert ask(question).outcome != "answered"


def test_a_department_without_items_is_told_of_from_the_prose() -> None:
    answer = ask("経営戦略課は何をする課ですか")
    assert "事務局は経営戦略課に置きます。" in answer.text


def test_an_unknown_department_is_answered_with_those_of_a_similar_name() -> None:
    answer = ask("施設整備課の取組は？")
    assert answer.outcome == "not_found"
    assert "名前の近い課：施設管理課" in answer.text
