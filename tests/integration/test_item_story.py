"""An item followed back through the versions that a real catalogue keeps."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.conversations import Conversations
from assistant.errors import NotThere
from assistant.ingesting import Ingesting
from assistant.item_story import item_story
from assistant.service import Service
from ingest.documents import Document
from ingest.plan_items import Extraction, PlanItem
from tests.made_up import FixedAssistant, a_report, an_item
from vectorstore.catalogue import Catalogue
from vectorstore.live_corpus import LiveCorpus

PLAN = Document("doc-1", "plan.txt", "1", "utf-8", ("計画",), (), "見本市改革プラン", "見本市")
NEVER_CHANGED = an_item(id="same", title="電子申請の拡大", content="申請できる手続を増やす。")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as catalogue:
        yield catalogue


def store(catalogue: Catalogue, version: str, *items: PlanItem, document: Document = PLAN) -> None:
    placed = tuple(replace(item, document_id=document.id, source=document.source) for item in items)
    read = replace(document, content_hash=version)
    catalogue.add(read, Extraction(placed, (), a_report()), replace=True)


def service_of(catalogue: Catalogue) -> Service:
    corpus = LiveCorpus(catalogue, refresh_seconds=0)
    return Service(catalogue, corpus, FixedAssistant(), Conversations(catalogue), Ingesting(catalogue, lambda _: None))


def test_each_earlier_version_tells_what_changed_the_newest_first(catalogue: Catalogue):
    store(catalogue, "1", an_item(owners=("広報課",)), NEVER_CHANGED)
    store(catalogue, "2", an_item(owners=("窓口課",)), NEVER_CHANGED)
    store(catalogue, "3", an_item(owners=("財務課",)), NEVER_CHANGED)
    steps = item_story(service_of(catalogue), "item-1").steps
    told = [[(change.old, change.new) for change in step.change.fields] for step in steps]
    assert told == [[("窓口課", "財務課")], [("広報課", "窓口課")]]
    assert [step.change.fields for step in item_story(service_of(catalogue), "same").steps] == [(), ()]


def test_an_item_that_got_another_id_and_title_is_followed_by_what_it_says(catalogue: Catalogue):
    content = "窓口の案内表示と受付の順序を見直し、待ち時間を短くする。"
    store(
        catalogue, "1", an_item(id="old", title="窓口案内の見直し", content=content, owners=("窓口課",)), NEVER_CHANGED
    )
    store(catalogue, "2", an_item(id="new", title="窓口案内の改善", content=content, owners=("窓口課",)), NEVER_CHANGED)
    (step,) = item_story(service_of(catalogue), "new").steps
    assert [(change.field, change.old) for change in step.change.fields] == [("title", "窓口案内の見直し")]


def test_a_new_item_takes_no_other_s_history(catalogue: Catalogue):
    store(catalogue, "1", NEVER_CHANGED)
    store(catalogue, "2", NEVER_CHANGED, an_item(id="new", title="電子申請の拡大（二期）", content="別のことをする。"))
    (step,) = item_story(service_of(catalogue), "new").steps
    assert step.change.old is None


def test_the_same_item_in_other_documents_of_the_city_is_told(catalogue: Catalogue):
    store(catalogue, "1", an_item())
    report = replace(PLAN, id="doc-2", source="report.txt", title="令和6年度の進捗報告")
    store(catalogue, "2", an_item(id="reported", progress="順調"), document=report)
    store(catalogue, "3", an_item(id="elsewhere", municipality="手本町"), document=replace(report, id="d3", source="x"))
    assert [item.id for item in item_story(service_of(catalogue), "item-1").elsewhere] == ["reported"]


def test_an_item_that_is_not_there_is_told(catalogue: Catalogue):
    with pytest.raises(NotThere):
        item_story(service_of(catalogue), "none")
