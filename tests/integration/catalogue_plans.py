"""Made-up plans for the catalogue's tests: everything in a plan tells which round of writing it comes from."""

import numpy as np

from ingest.documents import Document
from ingest.plan_items import Extraction, Footnote, IngestReport, Passage, PlanItem, Remark, Repair
from vectorstore.contents import Contents, Vectors

MODEL = "test-model"


def plan(name: str = "計画.txt", round_number: int = 1, size: int = 3) -> tuple[Document, Extraction]:
    """Return a document as it is in the given round, with as many items and passages as wanted."""
    document = Document(
        id=f"id-{name}",
        source=name,
        content_hash=f"{name}-{round_number}",
        encoding="utf-8",
        lines=(f"第{round_number}回", "本文\x00の行"),
        blocks=(),
        title=f"見本市改革計画 {name}",
        municipality="見本市",
        period=(2021, 2025),
    )
    items = tuple(_item(document, round_number, place) for place in range(size))
    passages = tuple(_passage(item) for item in items)
    report = IngestReport(
        {"第1章": size}, {"progress": size}, remarks=(Remark(round_number, f"第{round_number}回の読み取り"),)
    )
    return document, Extraction(items, passages, report)


def vectors_of(extraction: Extraction) -> Vectors:
    """Return one vector for each passage."""
    return Vectors(MODEL, {passage.id: np.arange(8, dtype=np.float32) for passage in extraction.passages})


def round_of(contents: Contents, source: str) -> int | None:
    """Return the round that the stored document is wholly in, None if it is not stored; fail if it is in between."""
    stored = next((document for document in contents.documents if document.source == source), None)
    if stored is None:
        assert not [item for item in contents.items if item.source == source]
        return None
    round_number = stored.report.remarks[0].line
    assert round_number is not None
    document, extraction = plan(source, round_number, stored.item_count)
    assert stored.content_hash == document.content_hash
    assert tuple(item for item in contents.items if item.source == source) == extraction.items
    assert tuple(passage for passage in contents.passages if passage.source == source) == extraction.passages
    return round_number


def _item(document: Document, round_number: int, place: int) -> PlanItem:
    return PlanItem(
        id=f"{document.content_hash}-{place}",
        document_id=document.id,
        source=document.source,
        municipality="見本市",
        plan=document.title,
        section=("第1章", "窓口の改善"),
        number=str(place + 1),
        title=f"窓口の案内を見直す {round_number}",
        line_start=place + 1,
        line_end=place + 1,
        content="案内板を新しくする。" * 10,
        goals=("待ち時間を5分にする",),
        target_fiscal_years=(2023,),
        owners=("窓口課", "広報課"),
        owners_by_goal={"1": ("窓口課",)},
        footnotes=(Footnote("※1", "案内板とは掲示のこと", "案内板", 9),),
        printed={"owner": "窓ロ課・広報課"},
        repairs=(Repair("owner", "窓ロ課", "窓口課"),),
        confidence=0.9,
    )


def _passage(item: PlanItem) -> Passage:
    return Passage(
        id=f"p-{item.id}",
        document_id=item.document_id,
        source=item.source,
        municipality=item.municipality,
        plan=item.plan,
        section=item.section,
        kind="item",
        text=item.content or "",
        search_text=f"{item.title}: {item.content}",
        line_start=item.line_start,
        line_end=item.line_end,
        item_id=item.id,
    )
