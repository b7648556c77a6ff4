"""A catalogue of made-up cities for the board and the viewer: many items, two versions, hostile texts, a PDF."""

import io
from dataclasses import replace
from pathlib import Path

from ingest.documents import Document
from ingest.places import Place
from ingest.plan_items import Correction, Extraction, Footnote, Passage, PlanItem, Repair
from tests.made_up import a_passage, a_report, an_item
from vectorstore.catalogue import Catalogue

SCRIPT = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
OVERRIDE = "\u202eこの行は逆さまに見せる"
LONG = "長い文章" * 25_000

OWNERS = ("窓口課", "財務課", "広報課", "道路課")
SECTIONS = (("1 窓口", "(1) 案内"), ("2 財政", "(1) 使用料"))


def fill(data: Path) -> None:
    """Store the documents in the catalogue of a data folder."""
    data.mkdir(parents=True, exist_ok=True)
    with Catalogue.open(f"sqlite:///{data}/catalogue.sqlite3") as catalogue:
        _add(catalogue, "many", "手本町", "手本町行革プラン", tuple(_many("many", 120)))
        _add(catalogue, "plan", "見本市", "見本市行革プラン", (_counter("窓口課", "令和6年度"),), "1")
        _add(catalogue, "plan", "見本市", "見本市行革プラン", (_counter("財務課", "令和7年度"), _told()), "2")
        _add(catalogue, "hostile", "悪戯市", f"悪戯市の計画{SCRIPT}", tuple(_hostile()))
        _add_pdf(catalogue)


def _many(document: str, count: int) -> list[PlanItem]:
    return [
        an_item(
            id=f"{document}-{n}",
            document_id=document,
            number=str(n),
            title=f"取組その{n}",
            section=SECTIONS[n % 2],
            status=("新規", "継続")[n % 2],
            content="窓口の案内を見直す。" if n % 3 else "使用料を見直す。",
            goals=("待ち時間を短くする",),
            schedule=f"令和{5 + n % 4}年度～令和{6 + n % 4}年度",
            target_fiscal_years=(2023 + n % 4, 2024 + n % 4),
            owners=(OWNERS[n % 4],) if n % 5 else (),
            progress=("順調", "遅れ", None)[n % 3],
        )
        for n in range(count)
    ]


def _counter(owner: str, schedule: str) -> PlanItem:
    year = 2024 if schedule == "令和6年度" else 2025
    return an_item(
        id="counter",
        title="窓口案内の見直し",
        owners=(owner,),
        owner_text=f"ロ{owner}",
        schedule=schedule,
        target_fiscal_years=(year,),
        goals=("待ち時間を10分以内にする",),
        repairs=(Repair("owners", f"ロ{owner}", owner),),
        footnotes=(Footnote("※1", "受付から呼び出しまでの時間。", "待ち時間"),),
        fields={"指標": "平均待ち時間"},
        printed={
            "title": "窓口案内の見直し",
            "owner": f"ロ{owner}",
            "row": f"1\t窓口案内の見直し\tロ{owner}\t{schedule}",
        },
    )


def _told() -> PlanItem:
    correction = Correction("progress", "", "順調", "会議で確かめたため", "2026-04-01")
    return an_item(
        id="told",
        number="2",
        title="電子申請の拡大",
        owners=("広報課",),
        progress="順調",
        corrections=(correction,),
        place=Place(sheet="計画", cells="B4:H4"),
    )


def _hostile() -> list[PlanItem]:
    return [
        an_item(id="h1", title=f"題名{SCRIPT}", owners=(f"課{SCRIPT}",), content=SCRIPT),
        an_item(id="h2", title=f"逆さま{OVERRIDE}", owners=("窓口課",), section=(OVERRIDE,)),
        an_item(id="h3", title="長い欄", content=LONG, owners=("窓口課",), printed={"row": LONG, "content": LONG}),
        an_item(id="h4", title=LONG, owners=(LONG,), section=(LONG,), progress=LONG, schedule=LONG),
        an_item(id="h5", title='=HYPERLINK("http://evil.example")', owners=("javascript:alert(1)",)),
    ]


def _add(
    catalogue: Catalogue, document: str, city: str, title: str, items: tuple[PlanItem, ...], version: str = "1"
) -> None:
    placed = tuple(
        replace(
            item,
            document_id=document,
            municipality=city,
            plan=title,
            source=f"{document}.txt",
            line_start=n + 4,
            line_end=n + 4,
        )
        for n, item in enumerate(items)
    )
    printed = (f"{item.number}\t{item.title}\t{item.content or ''}\t{item.schedule or ''}" for item in placed)
    lines = (title, "", "番号\t取組項目\t内容\t実施時期", *printed)
    passages = tuple(_passage(item, line) for item, line in zip(placed, lines[3:], strict=True))
    read = Document(document, f"{document}.txt", (version * 64), "utf-8", lines, (), title, city)
    catalogue.add(read, Extraction(placed, passages, a_report()), replace=True)


def _passage(item: PlanItem, line: str) -> Passage:
    return a_passage(
        id=f"passage-{item.id}",
        document_id=item.document_id,
        source=item.source,
        text=line,
        search_text=line[:1000],
        section=item.section,
        line_start=item.line_start,
        line_end=item.line_end,
        item_id=item.id,
        kind="item",
    )


def _add_pdf(catalogue: Catalogue) -> None:
    """A PDF of two pages, read as if by the reader: line 1 on page 1, line 2 on page 2."""
    item = an_item(
        id="on-page-2",
        document_id="pdf",
        source="plan.pdf",
        municipality="写真町",
        plan="写真町プラン",
        title="二ページ目の取組",
        line_start=2,
        line_end=2,
        place=Place(2, (72.0, 92.0, 300.0, 112.0)),
    )
    first = a_passage(id="p1", document_id="pdf", source="plan.pdf", line_start=1, line_end=1, place=Place(1))
    second = _passage(item, "二ページ目の取組 窓口課")
    read = Document(
        "pdf", "plan.pdf", "9" * 64, "pdf", ("写真町プラン", "二ページ目の取組 窓口課"), (), "写真町プラン", "写真町"
    )
    report = a_report(facts={"pages": 2})
    catalogue.add(read, Extraction((item,), (first, second), report), original=_two_pages())


def _two_pages() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    for text in ("page one", "page two"):
        canvas.drawString(72, 740, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
