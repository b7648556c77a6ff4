"""Numbering of sources, and the Markdown around them."""

from dataclasses import replace

import pytest

from assistant.citations import LONGEST_QUOTE, cite
from assistant.composing.drafts import Draft, Source, Statement
from assistant.knowledge import Knowledge
from ingest.plan_items import PlanItem
from vectorstore.corpus import Corpus


@pytest.fixture(scope="module")
def knowledge(corpus: Corpus) -> Knowledge:
    return Knowledge(corpus)


@pytest.fixture(scope="module")
def cars(corpus: Corpus) -> PlanItem:
    return next(item for item in corpus.items if item.title == "公用車の台数の見直し" and item.goals)


def text_of(statements: tuple[Statement, ...], knowledge: Knowledge) -> str:
    return cite(Draft("answered", statements), knowledge)[0]


def test_sources_are_numbered_in_the_order_of_first_use(knowledge: Knowledge, cars: PlanItem) -> None:
    owner, goal = Source.of_item(cars, "owner"), Source.of_item(cars, "goal")
    draft = Draft("answered", (Statement("課", (owner,)), Statement("目標", (goal,)), Statement("課", (owner, goal))))
    text, citations = cite(draft, knowledge)
    assert text == "課[1]\n\n目標[2]\n\n課[1][2]"
    assert [(c.number, c.quote) for c in citations] == [(1, "施設管理課"), (2, "公用車を60台にする。")]


def test_the_same_source_twice_in_a_statement_is_marked_once(knowledge: Knowledge, cars: PlanItem) -> None:
    owner = Source.of_item(cars, "owner")
    assert text_of((Statement("課", (owner, replace(owner))),), knowledge) == "課[1]"


def test_a_statement_without_sources_has_no_mark(knowledge: Knowledge) -> None:
    text, citations = cite(Draft("answered", (Statement("次のとおりです。"),)), knowledge)
    assert (text, citations) == ("次のとおりです。", ())


@pytest.mark.parametrize("marks", [("- ", "- "), ("1. ", "2. ")])
def test_lines_of_a_list_stand_together_behind_a_blank_line(marks: tuple[str, str], knowledge: Knowledge) -> None:
    lines = ("開いた文。", f"{marks[0]}甲", f"{marks[1]}乙", "閉じる文。")
    text = text_of(tuple(Statement(line) for line in lines), knowledge)
    assert text == f"開いた文。\n\n{marks[0]}甲\n{marks[1]}乙\n\n閉じる文。"


def test_a_citation_tells_where_its_quote_stands(knowledge: Knowledge, cars: PlanItem) -> None:
    source = Source.of_item(cars, "goal")
    citation = cite(Draft("answered", (Statement("目標", (source,)),)), knowledge)[1][0]
    assert (citation.document_id, citation.source) == (cars.document_id, "mihon_plan.txt")
    assert (citation.title, citation.municipality) == ("見本市やさしい改革プラン", "見本市")
    assert (citation.section, citation.item_id, citation.item_title) == (cars.section, cars.id, cars.title)
    assert (citation.line_start, citation.line_end) == (cars.line_start, cars.line_end)
    assert citation.url.startswith(f"/documents/{cars.document_id}?lines={cars.line_start}-")
    assert citation.url.endswith(f"#L{cars.line_start}")


def test_a_long_quote_is_cut(knowledge: Knowledge, cars: PlanItem) -> None:
    long = replace(Source.of_item(cars, "goal"), quote="公用車" * LONGEST_QUOTE)
    citation = cite(Draft("answered", (Statement("目標", (long,)),)), knowledge)[1][0]
    assert len(citation.quote) == LONGEST_QUOTE
    assert long.quote.startswith(citation.quote)


def test_the_first_printed_field_of_those_wanted_is_quoted(cars: PlanItem) -> None:
    assert Source.of_item(cars, "result", "goal").quote == "公用車を60台にする。"
    assert Source.of_item(cars, "result").quote == "公用車の台数の見直し"


def test_a_sentence_of_the_row_is_quoted_alone(cars: PlanItem) -> None:
    assert Source.of_item(cars, "content", sentence="各課の公用車を共同で使い").quote == "各課の公用車を共同で使い"


def test_an_item_without_a_printed_title_is_quoted_by_its_whole_row(cars: PlanItem) -> None:
    assert Source.of_item(replace(cars, title_is_printed=False), "goal").quote == cars.printed["row"]


def test_marks_under_years_are_cited_by_the_name_of_their_row(cars: PlanItem) -> None:
    marked = replace(cars, printed={"schedule": "○ ○", "title": "公用車の台数の見直し"})
    assert Source.of_item(marked, "schedule").quote == "公用車の台数の見直し"
