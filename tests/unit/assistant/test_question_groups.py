"""Questions about one thing stand together; of different things only what all plans are full of is shared."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.question_groups import grouped
from vectorstore.answer_records import AskedOften

KNOWN = frozenset({"市民", "料金", "時間", "利用", "開館", "建て替え"})


def asked(*texts: str) -> list[AskedOften]:
    return [AskedOften(text, "not_in_plans", 1, "2026-04-01") for text in texts]


def texts_of(*questions: AskedOften) -> list[set[str]]:
    return [{one.question for one in (group.lead, *group.others)} for group in grouped(questions, KNOWN.__contains__)]


def test_questions_about_one_thing_stand_together():
    pool = {"市民プールはいつ開きますか", "プールの営業時間は？", "市民プールの料金を教えてください"}
    bicycles = {"駐輪場の定期利用はできますか", "駅前の駐輪場の料金は？"}
    assert texts_of(*asked(*pool, *bicycles)) in ([pool, bicycles], [bicycles, pool])


def test_words_that_plans_are_full_of_bring_nothing_together():
    assert len(texts_of(*asked("水族館の料金は？", "駐輪場の料金は？"))) == 2
    assert len(texts_of(*asked("市民会館の建て替えはいつですか", "市民病院の建て替えの費用は"))) == 2


def test_a_question_without_a_noun_stands_alone():
    assert len(texts_of(*asked("いつ？", "どこ？"))) == 2


def test_the_group_asked_most_comes_first_and_its_most_asked_question_leads():
    questions = [
        AskedOften("駐輪場の料金は？", None, 4, "2026-04-02"),
        AskedOften("水族館はいつできますか", None, 3, "2026-04-01"),
        AskedOften("水族館の場所は？", None, 2, "2026-04-03"),
    ]
    first, second = grouped(questions, KNOWN.__contains__)
    assert (first.lead.question, first.count, first.last) == ("水族館はいつできますか", 5, "2026-04-03")
    assert second.count == 4


@given(st.lists(st.text(max_size=30), max_size=8, unique=True))
def test_every_question_is_in_exactly_one_group(texts: list[str]):
    groups = texts_of(*asked(*texts))
    assert sorted(text for group in groups for text in group) == sorted(texts)
