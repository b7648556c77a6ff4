"""Drafts that claim what no source proves: the claim is taken out before anyone reads it."""

from dataclasses import replace

import pytest

from assistant.composing.drafts import Draft, Source, Statement
from assistant.knowledge import Knowledge
from assistant.verification import has_proof, verify
from ingest.plan_items import PlanItem
from vectorstore.corpus import Corpus


@pytest.fixture(scope="module")
def knowledge(corpus: Corpus) -> Knowledge:
    return Knowledge(corpus)


@pytest.fixture(scope="module")
def cars(corpus: Corpus) -> PlanItem:
    return next(item for item in corpus.items if item.title == "公用車の台数の見直し" and item.goals)


@pytest.fixture(scope="module")
def booking(corpus: Corpus) -> PlanItem:
    return next(item for item in corpus.items if item.title == "来庁予約の拡大" and item.goals)


def told(draft: Draft, knowledge: Knowledge) -> list[str]:
    return [statement.text for statement in verify(draft, knowledge).statements]


@pytest.mark.parametrize("text", ["公用車を60台にします。", "公用車を６０台にします。", "目標は次のとおりです。"])
def test_a_printed_number_stays(text: str, knowledge: Knowledge, cars: PlanItem) -> None:
    draft = Draft("answered", (Statement(text, (Source.of_item(cars, "goal"),)),))
    assert told(draft, knowledge) == [text]


@pytest.mark.parametrize(
    "text", ["公用車を61台にします。", "公用車を60台、うち99台を減らします。", "公用車を6.5台にします。"]
)
def test_an_invented_number_is_removed(text: str, knowledge: Knowledge, cars: PlanItem) -> None:
    draft = Draft("answered", (Statement(text, (Source.of_item(cars, "goal"),)),))
    assert told(draft, knowledge) == []
    assert not has_proof(verify(draft, knowledge))


def test_only_the_unproven_statement_is_removed(knowledge: Knowledge, cars: PlanItem) -> None:
    source = (Source.of_item(cars, "goal"),)
    draft = Draft("answered", (Statement("60台です。", source), Statement("70台です。", source)))
    assert told(draft, knowledge) == ["60台です。"]


def test_a_quote_that_is_not_printed_takes_its_statement_with_it(knowledge: Knowledge, cars: PlanItem) -> None:
    invented = replace(Source.of_item(cars, "goal"), quote="公用車を全部なくす。")
    assert told(Draft("answered", (Statement("なくします。", (invented,)),)), knowledge) == []


def test_a_quote_of_another_document_proves_nothing(knowledge: Knowledge, cars: PlanItem) -> None:
    elsewhere = next(d.id for d in knowledge.corpus.documents if d.municipality == "試作町")
    moved = replace(Source.of_item(cars, "goal"), document_id=elsewhere)
    assert told(Draft("answered", (Statement("減らします。", (moved,)),)), knowledge) == []


def test_an_empty_quote_proves_nothing(knowledge: Knowledge, cars: PlanItem) -> None:
    empty = replace(Source.of_item(cars, "goal"), quote="　")
    assert told(Draft("answered", (Statement("減らします。", (empty,)),)), knowledge) == []


def test_a_statement_keeps_the_sources_that_are_printed(knowledge: Knowledge, cars: PlanItem) -> None:
    true = Source.of_item(cars, "goal")
    invented = replace(true, quote="公用車を全部なくす。")
    verified = verify(Draft("answered", (Statement("60台です。", (true, invented)),)), knowledge)
    assert [statement.sources for statement in verified.statements] == [(true,)]


def test_a_quote_may_differ_from_the_print_in_width_and_blanks(knowledge: Knowledge, cars: PlanItem) -> None:
    spaced = replace(Source.of_item(cars, "goal"), quote="公用車を ６０台 にする。")
    assert told(Draft("answered", (Statement("60台です。", (spaced,)),)), knowledge) == ["60台です。"]


@pytest.mark.parametrize("text", ["令和8年度までです。", "2026年度までです。", "令和4年度は12種類です。"])
def test_a_year_is_proven_in_both_of_its_forms(text: str, knowledge: Knowledge, booking: PlanItem) -> None:
    draft = Draft("answered", (Statement(text, (Source.of_item(booking, "goal"),)),))
    assert told(draft, knowledge) == [text]


def test_another_year_is_removed(knowledge: Knowledge, booking: PlanItem) -> None:
    draft = Draft("answered", (Statement("令和9年度までです。", (Source.of_item(booking, "goal"),)),))
    assert told(draft, knowledge) == []


def test_the_total_of_a_list_proves_its_count(knowledge: Knowledge, cars: PlanItem) -> None:
    statement = Statement("1件です。", (Source.of_item(cars, "title"),))
    assert told(Draft("answered", (statement,), items=(cars,), total=1), knowledge) == ["1件です。"]
    assert told(Draft("answered", (replace(statement, text="9件です。"),), items=(cars,), total=1), knowledge) == []


def test_the_number_in_front_of_a_list_line_needs_no_proof(knowledge: Knowledge, cars: PlanItem) -> None:
    draft = Draft("answered", (Statement("17. 公用車の台数の見直し", (Source.of_item(cars, "title"),)),))
    assert told(draft, knowledge) == ["17. 公用車の台数の見直し"]


def test_an_opening_sentence_without_source_stays(knowledge: Knowledge, cars: PlanItem) -> None:
    draft = Draft("answered", (Statement("次のとおりです。"), Statement("60台です。", (Source.of_item(cars, "goal"),))))
    verified = verify(draft, knowledge)
    assert [statement.text for statement in verified.statements] == ["次のとおりです。", "60台です。"]
    assert has_proof(verified)


def test_a_refusal_keeps_its_sentences_and_loses_false_sources(knowledge: Knowledge, cars: PlanItem) -> None:
    invented = replace(Source.of_item(cars, "goal"), quote="公用車を全部なくす。")
    verified = verify(Draft("not_found", (Statement("記載がありません。", (invented,)),), "not_in_plans"), knowledge)
    assert verified.statements == (Statement("記載がありません。"),)


def test_a_department_that_the_source_does_not_name_is_removed(knowledge: Knowledge, booking: PlanItem) -> None:
    owner = (Source.of_item(booking, "owner"),)
    draft = Draft("answered", (Statement("所管課は、納税課です。", owner), Statement("所管課は、窓口課です。", owner)))
    assert told(draft, knowledge) == ["所管課は、窓口課です。"]
