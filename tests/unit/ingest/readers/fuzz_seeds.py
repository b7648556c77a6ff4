"""Small sound files of a format, which a fuzzer begins with: between them they show most of what a reader knows."""

import io
from collections.abc import Callable
from typing import Any

from docx import Document
from openpyxl import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from pptx import Presentation
from pptx.util import Cm
from reportlab.pdfgen.canvas import Canvas

from tests.plan_files import MAKERS
from tests.unit.ingest.readers.old_workbooks import DATE, OldSheet, old_workbook
from tests.unit.ingest.readers.pdf_files import FONT, HEIGHT, both, lines, pdf, table


def seeds(name: str) -> list[bytes]:
    """The files of this name's format."""
    return [_short(name), *(make() for make in _OTHERS.get(name.rpartition(".")[2], ()))]


def _short(name: str) -> bytes:
    return MAKERS[name](1)


def _plain_pdf() -> bytes:
    """Everything unpacked, so that words and figures can be changed."""
    out = io.BytesIO()
    pdf(lines("見本市"))  # registers the font
    canvas = Canvas(out, pageCompression=0)
    canvas.setFont(FONT, 10)
    rows: list[list[str | None]] = [
        ["分野", "取組項目", "所管課"],
        ["福祉", "見守りの拡大", "福祉課"],
        [None, "給食", "教育課"],
    ]
    draws = (
        both(
            lines("見本市しごと改革プラン", "令和8年4月"), table(rows, [60.0, 200.0, 80.0], open_below=frozenset({0}))
        ),
        both(
            table([["", "通学路の点検", "教育課"]], [60.0, 200.0, 80.0], top=60),
            lines("1 はじめに", "※1 説明", top=500),
        ),
    )
    for draw in draws:
        canvas.setFont(FONT, 10)
        draw(canvas)
        canvas.setFillColorRGB(0.9, 0.9, 1)
        canvas.rect(45, HEIGHT - 700, 200, 30, stroke=0, fill=1)
        canvas.bookmarkPage("p")
        canvas.linkURL("https://example.invalid", (1, 1, 9, 9))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _workbook() -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["見本市行政改革 工程表（単位：千円）"])
    sheet.append(["分野", "取組項目", "令和6年度", None, "令和7年度", None, "所管課"])
    sheet.append([None, None, "前期", "後期", "前期", "後期", None])
    sheet.append(["福祉", "見守りの拡大", "○", "→", 0.25, 45_000, "福祉課"])
    sheet.append([None, "給食の見直し", "検討", "〃", "△1,200", "=1+1", "教育課"])
    sheet["F4"].number_format = "ge.m.d"
    sheet["E4"].number_format = "0%"
    sheet.merge_cells("C2:D2")
    sheet.merge_cells("A4:A5")
    sheet.row_dimensions[5].hidden = True
    sheet["B4"].hyperlink = Hyperlink(ref="B4", target="https://example.invalid")
    workbook.create_sheet("控え").sheet_state = "hidden"
    return _saved(workbook)


def _letter() -> bytes:
    document = Document()
    document.add_heading("見本市公共施設の方針", 0)
    document.add_paragraph("窓口を選べるようにする。", style="List Bullet")
    document.add_paragraph("電話の案内を自動にする。", style="List Number")
    grid = document.add_table(3, 3)
    for at, text in enumerate(("分類", "取組項目", "担当課", "建物", "集会所", "総務課", "", "学校", "教育課")):
        grid.cell(at // 3, at % 3).text = text
    grid.cell(1, 0).merge(grid.cell(2, 0))
    document.sections[0].header.paragraphs[0].text = "見本市"
    document.add_paragraph("以上").add_run("強調").bold = True
    return _saved(document)


def _slides() -> bytes:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "見本市改革プラン"
    slide.placeholders[1].text = "取組\n1 窓口の予約"
    box = slide.shapes.add_textbox(Cm(1), Cm(1), Cm(5), Cm(1))
    box.text_frame.text = "担当課：窓口課"
    slide.shapes.add_group_shape([box])
    slide.notes_slide.notes_text_frame.text = "メモ"
    return _saved(presentation)


def _old_workbook() -> bytes:
    cells: dict[tuple[int, int], Any] = {
        (0, 0): "分野",
        (0, 1): "取組項目",
        (0, 2): "期限",
        (1, 0): "福祉",
        (1, 1): "見守り",
    }
    cells |= {(1, 2): (45_748, DATE), (2, 1): "給食", (2, 2): 0.5}
    return old_workbook({"表": OldSheet(cells, merged=[(1, 2, 0, 0)]), "控え": OldSheet(cells, is_hidden=True)})


def _page() -> bytes:
    return """<?xml version="1.0"?><!-- 見本市 --><html><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>計画</title>
<style>.x{display:none}</style><script>var a="<table>";</script></head><body><div id=header>見本市役所</div>
<div class=breadcrumb><a href=/>トップ</a></div><article><h1>見本市の取組</h1><ol><li>一<ul><li>二</ul></ol>
<table><caption>一覧（千円）</caption><thead><tr><th rowspan=2>事業名<th colspan=2>年度<th rowspan=2>所管課
<tr><th>R8<th>R9</thead><tr><td rowspan=0>集会所<td>○<td>→<td>総務課
<tr><td>1,200<td>△30<td>〃<tr><td colspan=3>計<td></table>
<dl><dt>担当<dd>総務課</dl><p class=x>隠れた文</p><pre>整形 済み</pre>
<p>本文&nbsp;&amp;&#x3042;<br>次の行<ruby>改<rt>かい</ruby></article><footer>〒</footer></body></html>""".encode()


def _tab_separated() -> bytes:
    return """事業一覧\t\t
(単位：千円)
施策\t事業名\tR8\tR9\t所管課
暮らし\t"窓口
改革"\t1,200\t○\t市民課
\t給食\t\t→\t〃
\t計\t9\t\t
""".encode("cp932")


def _prose() -> bytes:
    return """見本市行政改革大綱（案）
令和6年度～令和10年度

第1章 はじめに
 (1) 背景
本市は、令和4年度から取り組みます。※1
※1 取組とは、仕事をいう。
■ 取組項目
・窓口の予約
【目標】令和7年度までに10件  担当課：市民課
項目名：集会所の統合
所管課：総務課
- 3 -
番号   取組項目     所管課
1      電話の自動化   広報課
|指標|現状値|目標値（令和8年度）|
|---|---|---|
|満足度|40%|60%|
""".encode()


def _saved(made: Any) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


_OTHERS: dict[str, tuple[Callable[[], bytes], ...]] = {
    "pdf": (_plain_pdf,),
    "xlsx": (_workbook,),
    "xls": (_old_workbook,),
    "docx": (_letter,),
    "pptx": (_slides,),
    "html": (_page,),
    "csv": (_tab_separated,),
    "md": (_prose,),
}
