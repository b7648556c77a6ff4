"""Implementation plans by pillar, papers for the council and outlines: what they say is answered in their words."""

from functools import cache

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from tests.unit.assistant.plans import ask as ask_any
from tests.unit.assistant.plans import ask_after as ask_any_after
from tests.unit.assistant.plans import corpus_of, titles

PILLAR_THREE = """\
第4次見本市総合計画 実施計画 政策の柱3 海とともに暮らす

政策\t分野\t主要事業\t事業の概要\tR6\tR7\tR8\t概算事業費（千円）
海を守る\t分野(7) 灯台・航路\t灯台点検事業\t船の安全を守るため、灯を点検する。\t○\t○\t○\t1,200
海を守る\t分野(7) 灯台・航路\t霧笛更新事業\t古い霧笛を取り替える。\t○\t○\t\t3,400
海を守る\t分野(7) 灯台・航路\t計\t\t\t\t\t4,600
海で遊ぶ\t分野(8) 浜辺・海水浴\t浜辺清掃事業\t浜辺を掃除する。\t○\t○\t○\t500
海で遊ぶ\t分野(8) 浜辺・海水浴\t岬協議会負担金\t岬協議会（救助業務）に負担金を出す。\t○\t○\t○\t70
海で遊ぶ\t分野(8) 浜辺・海水浴\t岬協議会負担金\t岬協議会（見張業務）に負担金を出す。\t○\t○\t○\t90
海で遊ぶ\t分野(8) 浜辺・海水浴\t計\t\t\t\t\t660
"""
PILLAR_FOUR = PILLAR_THREE.replace("柱3 海とともに暮らす", "柱4 山とともに暮らす").replace("灯台点検", "山道点検")
OUTLINE = """\
見本市

見本市みらい方針

1 方針の考え方

本市では、「海を生かす仕事づくり」「山を守る人づくり」「まちをつなぐ道づくり」を３つの基本目標として掲げます。

2 本市の強み

本市の強みについて

一方で、本市には「みほん水産高等学校」があります。全国から生徒が集まり、卒業まで本市で暮らします。\
同校があることは、人口が減る問題に対して本市がもつ最大の強みであるといえます。

3 言葉の説明

・灯台守を育てる仕組み(※)を整え、岬の見回りを続けること
・(※)LHK（Lighthouse Keeping）：灯台守を市民から募る仕組みのこと

4 利用の状況

①対象の岬 東岬、西岬、南岬の３か所
②見学の状況（令和4年2月24日確認）
2,655人
③整備費 785万円
④維持費 年12万円
"""


@cache
def reader() -> Assistant:
    corpus = corpus_of({"pillar3.txt": PILLAR_THREE, "pillar4.txt": PILLAR_FOUR, "outline.txt": OUTLINE})
    return Assistant(lambda: corpus)


def ask(question: str) -> Answer:
    return ask_any(question, assistant=reader())


def test_a_pillar_that_only_the_title_names_means_its_document() -> None:
    answer = ask("令和8年度に行われない柱3の事業を教えて。")
    assert (answer.outcome, titles(answer)) == ("answered", ["霧笛更新事業"])
    assert {citation.source for citation in answer.citations} == {"pillar3.txt"}


def test_a_pillar_that_nothing_names_is_said_to_be_missing() -> None:
    assert ask("柱8の事業は何件ですか").outcome == "not_found"


def test_a_sum_that_the_plan_prints_is_cited() -> None:
    answer = ask("灯台・航路の主要事業は柱3にいくつあり、事業費は合わせていくら？")
    assert answer.total == 2
    assert "概算事業費（千円）の合計は、4,600と書かれています。" in answer.text
    assert any("4,600" in citation.quote for citation in answer.citations)


def test_a_sum_that_no_plan_prints_is_added_up_from_the_rows() -> None:
    answer = ask("柱3の事業のうち、令和8年度に実施する事業を一覧に。事業費の合計も。")
    assert "の合計は、1,860です（各行を足した数です）。" in answer.text


def test_two_rows_of_one_title_each_state_their_own_figure_and_what_it_is_for() -> None:
    text = ask("岬協議会負担金（柱3）の額はいくらですか。見張と救助、それぞれ知りたいです。").text
    assert text.index("救助業務") < text.index("：70") < text.index("見張業務") < text.index("：90")


def test_sections_may_be_called_by_their_topic_alone() -> None:
    assert titles(ask("柱3の海水浴関係の事業は？")) == ["浜辺清掃事業", "岬協議会負担金", "岬協議会負担金"]


def test_a_further_topic_keeps_the_year_that_was_asked_about() -> None:
    before = "海水浴関係で令和8年度に行う柱3の事業を挙げて。"
    answer = ask_any_after(before, "その年の灯台関係の事業は？", assistant=reader())
    assert set(titles(answer)) == {"灯台点検事業", "山道点検事業"}


def test_goals_that_a_sentence_quotes_and_counts_are_listed() -> None:
    answer = ask("みらい方針が掲げる3つの基本目標を並べて。")
    assert "- 海を生かす仕事づくり[1]\n- 山を守る人づくり[1]\n- まちをつなぐ道づくり[1]" in answer.text


def test_what_a_sentence_only_points_at_is_named_before_it() -> None:
    answer = ask("人口が減る中で、見本市の最大の強みは何だとされていますか。")
    assert answer.text.index("みほん水産高等学校") < answer.text.index("最大の強みである")


def test_a_word_that_a_list_explains_is_told_with_the_entry_that_uses_it() -> None:
    answer = ask("LHKとは何の略ですか。")
    assert [citation.quote.strip("・ ") for citation in answer.citations] == [
        "(※)LHK（Lighthouse Keeping）：灯台守を市民から募る仕組みのこと",
        "灯台守を育てる仕組み(※)を整え、岬の見回りを続けること",
    ]


def test_every_figure_asked_for_is_stated_and_no_other() -> None:
    text = ask("対象の岬は何か所で、見学した人は令和4年2月に何人でしたか。").text
    assert "2,655人" in text
    assert "３か所" in text
    assert "785万円" not in text


@pytest.mark.parametrize("question", ["灯台点検事業は何を目指していますか", "灯台点検事業の目標は？"])
def test_an_aim_told_in_the_description_is_said_to_stand_there(question: str) -> None:
    answer = ask(question)
    assert "目標の欄はありませんが" in answer.text
    assert "船の安全を守るため" in answer.text


def test_how_much_something_is_to_grow_is_no_list_of_what_falls_in_these_years() -> None:
    assert ask("2016年度から2021年度までに、見学の人数をどのくらい増やすつもりでしたか。").total is None


def test_what_can_be_done_by_telephone_is_no_question_for_a_number() -> None:
    bus = {
        "bus.txt": "見本市\n\n見本市交通計画\n\n取組項目\t取組内容\t所管課\n町なか便\t予約制の便を走らせる。\t交通課\n"
    }
    corpus = corpus_of(bus)
    answer = ask_any("町なか便は電話でも予約できますか。", assistant=Assistant(lambda: corpus))
    assert "予約制の便を走らせる。" in answer.text
