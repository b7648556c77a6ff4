"""Facts as they are written in plans and answers: one fact in many forms, and forms that are no fact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generating.facts import facts_in


def stated(text: str) -> set[str]:
    return {f"{fact.kind} {fact.value}{fact.unit}" for fact in facts_in(text)}


@pytest.mark.parametrize(
    "texts",
    [
        ("令和7年度", "R7", "2025年度", "令和７年度（2025年度）", "FY2025"),
        ("83,000人", "8万3千人", "８３０００人", "8.3万人", "83千人"),
        ("1億2,000万円", "120,000千円", "120百万円"),
        ("5割", "50%", "50％"),
        ("三か所", "3ヶ所", "3箇所", "３カ所"),
        ("令和8年3月31日", "R8.3.31", "2026年3月31日"),
    ],
)
def test_one_fact_in_many_forms_is_one(texts: tuple[str, ...]) -> None:
    assert all(stated(text) == stated(texts[0]) != set() for text in texts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("令和7年度", "令和6年度"),
        ("60台", "61台"),
        ("60台", "60人"),
        ("8万3千人", "8万3百人"),
        ("財務課", "税務課"),
        ("3月", "4月"),
        ("令和8年3月", "令和8年2月"),
    ],
)
def test_different_facts_differ(one: str, other: str) -> None:
    (fact, *more) = [fact for fact in facts_in(one) if not fact.is_stated_by(facts_in(other))]
    assert fact
    assert not more


def test_a_bare_number_of_a_table_proves_one_with_its_unit() -> None:
    assert facts_in("60台")[0].is_stated_by(facts_in("60"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("所管課は財務課と総務部人事課です。", {"財務課", "総務部人事課"}),
        ("海辺支所地域課にお尋ねください。", {"海辺支所地域課"}),
        ("宇宙開発局が担当します。", {"宇宙開発局"}),
        ("各課や関係部局、担当課が一部の会議室で話します。", set()),
        ("全部の課", set()),
    ],
)
def test_departments_are_known_by_their_endings(text: str, names: set[str]) -> None:
    assert {fact.value for fact in facts_in(text) if fact.kind == "department"} == names


def test_facts_stand_where_they_are_printed() -> None:
    text = "公用車は、令和7年度に６０台です。"
    assert [text[fact.start : fact.end] for fact in facts_in(text)] == ["令和7年度", "６０台"]


@given(st.text(max_size=200))
def test_any_text_has_facts_inside_it(text: str) -> None:
    assert all(0 <= fact.start < fact.end <= len(text) for fact in facts_in(text))


@given(st.integers(0, 10**13))
def test_a_number_is_itself_with_and_without_commas(number: int) -> None:
    assert stated(f"約{number:,}人") == stated(f"約{number}人")
