"""What makes a document hard to read by machine, told to those who publish it."""

import json

import pytest

from assistant.channels.readability_out import readability_out, readability_page, readability_text
from assistant.readability import Finding, findings_of
from ingest.plan_items import PlanItem
from tests.unit.assistant.plans import corpus_of
from vectorstore.contents import StoredDocument

PLAN = """\
見本市まちの手入れプラン

番号\t取組項目\t取組内容\t実施時期\t所管課
1\t遊具の点検\t壊れた遊具を見つける。\t毎年度\t公園管理課
2\t樹木の点検\t枯れた木を見つける。\t\t公園管理 係
3\t樹木の点検\t病気の木を見つける。\t令和8年度\t公園管埋課
4\t池の掃除\t冬に水を抜く。\t令和8年度\t
"""


def document_of(text: str) -> tuple[StoredDocument, tuple[PlanItem, ...]]:
    corpus = corpus_of({"plan.txt": text})
    return corpus.documents[0], corpus.items


def findings(text: str = PLAN) -> dict[str, Finding]:
    return {finding.kind: finding for finding in findings_of(*document_of(text))}


@pytest.mark.parametrize(("kind", "count"), [("missing_owner", 1), ("missing_schedule", 1), ("same_titles", 1)])
def test_gaps_and_doubles_are_counted(kind: str, count: int) -> None:
    assert findings()[kind].count == count


def test_two_spellings_of_a_department_are_one_finding() -> None:
    found = findings(PLAN.replace("公園管埋課", "公園官理課"))["department_spellings"]
    assert (found.count, found.where) == (1, ("公園官理課、公園管理課",))


def test_departments_that_one_letter_tells_apart_are_no_finding() -> None:
    text = PLAN.replace("公園管理 係", "東部公園課").replace("公園管埋課", "西部公園課")
    assert "department_spellings" not in findings(text)


def test_a_plan_without_title_and_city_is_told_of() -> None:
    assert {"no_title", "no_municipality"} <= findings("集い\n\nいろいろな話です。\n").keys()


def test_every_finding_comes_with_advice_in_every_form() -> None:
    document, items = document_of(PLAN)
    found = findings_of(document, items)
    told = json.loads(readability_out(document, found).model_dump_json())
    assert [finding["kind"] for finding in told["findings"]] == [finding.kind for finding in found]
    for finding in found:
        assert finding.what.endswith("。")
        assert finding.advice.endswith("ください。")
        assert finding.advice in readability_text(document, found)
        assert finding.advice in readability_page(document, found)


def test_names_of_a_document_are_no_markup() -> None:
    document, items = document_of(PLAN.replace("見本市まちの手入れプラン", "<script>alert(1)</script>見本市プラン"))
    assert "<script>" not in readability_page(document, findings_of(document, items))
