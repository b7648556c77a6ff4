import json
from dataclasses import replace
from typing import get_args

import pytest
from pydantic import ValidationError

from assistant.answers import Answer
from assistant.channels import examples
from assistant.channels.item_query import ItemPageQuery, ItemQuery, Missing
from assistant.channels.responses import ask_response, document_detail, item_out, items_response
from assistant.channels.schemas import AskRequest, AskResponse, ItemOut
from assistant.conversations import Exchange
from assistant.listing import ItemPage
from ingest.places import Place
from ingest.plan_items import Footnote, Repair
from tests.made_up import a_citation, a_report, a_stored_document, an_item
from vectorstore.item_filter import MISSABLE_FIELDS, ItemFilter, facets

CONTRACT_ITEM = {
    *(
        "id",
        "source",
        "document_id",
        "municipality",
        "plan",
        "section",
        "number",
        "title",
        "status",
        "content",
        "goals",
    ),
    *("schedule", "target_fiscal_years", "owners", "owner_text", "owners_by_goal", "progress", "result", "issues"),
    *("next_steps", "plan_summary", "footnotes", "page", "line_start", "line_end", "confidence", "repairs", "fields"),
}


def test_an_item_has_every_field_of_the_contract() -> None:
    item = an_item(
        footnotes=(Footnote("※5", "窓口のこと"),),
        repairs=(Repair("owners", "比財務課", "財務課"),),
        owners_by_goal={"1": ("財務課",)},
        fields={"備考": "なし"},
    )
    given = json.loads(item_out(item).model_dump_json())
    assert given.keys() >= CONTRACT_ITEM
    assert given["footnotes"] == [{"mark": "※5", "term": None, "text": "窓口のこと"}]
    assert given["repairs"] == [{"field": "owners", "raw": "比財務課", "clean": "財務課"}]
    assert given["owners_by_goal"] == {"1": ["財務課"]}
    assert (given["progress"], given["goals"]) == (None, [])


def test_an_answer_has_every_field_of_the_contract() -> None:
    answer = Answer("answered", "財務課です。[1]", citations=(a_citation(),), items=(an_item(),), total=1)
    given = json.loads(ask_response(Exchange("a", "c", answer)).model_dump_json())
    assert given["answer_html"] == "<p>財務課です。[1]</p>\n"
    assert given["citations"][0]["url"].startswith("/documents/doc-1?lines=10-10&quote=")
    assert given["citations"][0]["section"] == ["1 窓口"]
    assert (given["outcome"], given["reason"], given["total"], given["mode"]) == ("answered", None, 1, "lookup")
    assert given.keys() >= {"answer_id", "conversation_id", "answer", "items", "filters", "suggestions", "timings"}


def test_facets_keep_numbers_as_numbers() -> None:
    items = (an_item(target_fiscal_years=(2025,)),)
    given = items_response(ItemPage(items, 1, None), facets(items)).model_dump()
    assert given["facets"]["fiscal_year"] == [{"value": 2025, "count": 1}]
    assert given["facets"]["municipality"] == [{"value": "見本市", "count": 1}]


def test_a_document_carries_its_report_and_address() -> None:
    given = json.loads(document_detail(a_stored_document(report=a_report(missing={"owner": 2}))).model_dump_json())
    assert given["report"]["missing"] == {"owner": 2}
    assert (given["period"], given["url"]) == ([2024, 2028], "/documents/doc-1")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": None},
        {"question": ["a"]},
        {"question": "あ" * 20_001},
        {"question": "\ud800"},
        {"question": "a", "history": [{"role": "system", "content": "x"}]},
        {"question": "a", "history": [{"role": "user", "content": "x"}] * 101},
        {"question": "a", "audience": "robot"},
        {"question": "a", "scope": "見本市"},
    ],
)
def test_a_malformed_question_is_refused(body: object) -> None:
    with pytest.raises(ValidationError):
        AskRequest.model_validate(body)


def test_null_is_as_good_as_absent() -> None:
    body = AskRequest.model_validate({"question": "a", "history": None, "scope": None, "conversation_id": None})
    assert (body.history, body.scope) == (None, None)


def test_empty_conditions_are_none() -> None:
    query = ItemPageQuery.model_validate(
        {"municipality": "", "section": [""], "fiscal_year": "", "sort": "", "limit": ""}
    )
    assert query.to_filter() == ItemFilter()
    assert (query.sort, query.limit) == ("document", 50)


def test_conditions_become_a_filter() -> None:
    query = ItemQuery.model_validate(
        {"section": ["1 窓口", "(1) 案内"], "fiscal_year": "2025", "missing": "owner", "q": "案内"}
    )
    assert query.to_filter() == ItemFilter(
        section=("1 窓口", "(1) 案内"), fiscal_year=2025, missing="owner", text="案内"
    )


def test_every_field_that_can_be_missing_can_be_asked_for() -> None:
    assert get_args(Missing) == MISSABLE_FIELDS


def test_the_examples_are_what_the_service_sends_and_accepts() -> None:
    AskRequest.model_validate(examples.ASK_REQUEST)
    assert ItemOut.model_validate(examples.ITEM).model_dump() == examples.ITEM
    assert AskResponse.model_validate(examples.ASK_RESPONSE).model_dump() == examples.ASK_RESPONSE


def test_what_stands_in_a_workbook_has_its_sheet_and_cells_and_in_a_text_its_paragraph() -> None:
    in_sheet, in_text = Place(sheet="取組", cells="B4:H4"), Place(paragraph=7)
    answer = Answer("answered", "財務課です。[1]", citations=(replace(a_citation(), place=in_sheet),))
    given = json.loads(ask_response(Exchange("a", "c", answer)).model_dump_json())
    cited = given["citations"][0]["place"]
    assert cited == {"page": None, "box": None, "sheet": "取組", "cells": "B4:H4", "paragraph": None}
    assert json.loads(item_out(an_item(place=in_text)).model_dump_json())["place"]["paragraph"] == 7
    assert json.loads(item_out(an_item()).model_dump_json())["place"] is None
