"""The same made-up plan in every format that is read, as long as it is to be; made by ordinary libraries."""

import html
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from docx import Document
from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Cm

from tests.unit.ingest.readers.old_workbooks import OldSheet, old_workbook
from tests.unit.ingest.readers.pdf_files import HEIGHT, both, lines, pdf, table

TITLE = "見本市しごと改革プラン"
HEADER = ("番号", "取組項目", "目標", "実施時期", "所管課")
ROWS_OF_A_PAGE = 20

_DEEDS = ("窓口の予約を広げる", "集会所を統合する", "電話の案内を自動にする", "公用車を共同で使う", "紙の申請を減らす")
_GOALS = ("18か所に減らす", "利用率60%", "待ち時間を10分にする", "年300件", "歳出を1,200千円減らす")
_TIMES = ("令和8年度", "毎年度", "R7～R9", "令和9年度まで", "検討")
_OWNERS = ("窓口課", "施設管理課", "広報課", "総務課、財務課", "地域づくり推進課")

Row = tuple[str, str, str, str, str]


def rows(page: int) -> list[Row]:
    """The rows that one page holds, from page 1."""
    first = (page - 1) * ROWS_OF_A_PAGE + 1
    return [_row(number) for number in range(first, first + ROWS_OF_A_PAGE)]


def _row(number: int) -> Row:
    deed = f"{_DEEDS[number % 5]}（第{number}区）"
    return str(number), deed, _GOALS[number % 4], _TIMES[number % 3], _OWNERS[number % 5]


def all_rows(pages: int) -> Iterator[Row]:
    for page in range(1, pages + 1):
        yield from rows(page)


def a_pdf(pages: int) -> bytes:
    widths = [35.0, 190.0, 130.0, 70.0, 85.0]

    def page(number: int) -> Callable[[Any], None]:
        titles = [TITLE] if number == 1 else []
        foot = lines(f"- {number} -", top=HEIGHT - 25, left=290)
        return both(lines(*titles, top=50), table([HEADER, *rows(number)], widths, top=70), foot)

    return pdf(*map(page, range(1, pages + 1)))


def an_xlsx(pages: int) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append((TITLE,))
    sheet.append(("分野", *HEADER))
    for page in range(1, pages + 1):
        top = sheet.max_row + 1
        for row in rows(page):
            sheet.append((f"分野{page}", *row))
        sheet.merge_cells(start_row=top, end_row=sheet.max_row, start_column=1, end_column=1)
    return _saved(workbook)


def an_xls(pages: int) -> bytes:
    cells: dict[tuple[int, int], str | float | tuple[float, int]] = {(0, 0): TITLE}
    for at, row in enumerate([HEADER, *all_rows(pages)], 1):
        cells |= {(at, column): text for column, text in enumerate(row)}
    return old_workbook({"取組": OldSheet(cells)})


def a_docx(pages: int) -> bytes:
    document = Document()
    document.add_heading(TITLE, 0)
    for page in range(1, pages + 1):
        document.add_heading(f"分野{page}", 1)
        document.add_paragraph(f"分野{page}では、次の取組を進めます。")
        printed = document.add_table(0, len(HEADER))
        for row in (HEADER, *rows(page)):
            for cell, text in zip(printed.add_row().cells, row, strict=True):
                cell.text = text
    return _saved(document)


def a_pptx(pages: int) -> bytes:
    presentation = Presentation()
    for page in range(1, pages + 1):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = TITLE if page == 1 else f"分野{page}"
        printed = [HEADER, *rows(page)]
        grid = slide.shapes.add_table(len(printed), len(HEADER), Cm(1), Cm(4), Cm(20), Cm(12)).table
        for at, row in enumerate(printed):
            for column, text in enumerate(row):
                grid.cell(at, column).text = text
    return _saved(presentation)


def an_html(pages: int) -> bytes:
    body = "".join(_section(page) for page in range(1, pages + 1))
    head = f"<!doctype html><html lang=ja><meta charset=utf-8><title>{TITLE}｜見本市</title>"
    return f"{head}<body><nav><a href=/>トップ</a></nav><main><h1>{TITLE}</h1>{body}</main></body></html>".encode()


def _section(page: int) -> str:
    printed = rows(page)
    first = f"<td rowspan={len(printed)}>分野{page}</td>"
    body = "".join(f"<tr>{first if at == 0 else ''}{_cells(row)}</tr>" for at, row in enumerate(printed))
    head = "".join(f"<th>{label}</th>" for label in ("分野", *HEADER))
    return f"<h2>分野{page}</h2><p>次の取組を進めます。</p><table><tr>{head}</tr>{body}</table>"


def _cells(row: Row) -> str:
    return "".join(f"<td>{html.escape(text)}</td>" for text in row)


def a_csv(pages: int) -> bytes:
    printed = [(TITLE,), (), HEADER, *((row[0], f'"{row[1]}"', f'"{row[2]}"', *row[3:]) for row in all_rows(pages))]
    return "".join(f"{','.join(row)}\r\n" for row in printed).encode("cp932")


def a_markdown(pages: int) -> bytes:
    head = f"# {TITLE}\n"
    return (head + "".join(_markdown_section(page) for page in range(1, pages + 1))).encode()


def _markdown_section(page: int) -> str:
    printed = [HEADER, ("---",) * len(HEADER), *rows(page)]
    body = "".join(f"|{'|'.join(row)}|\n" for row in printed)
    note = f"※{page} 取組とは、仕事を変えることをいう。"
    return f"\n## 分野{page}\n\n次の取組を進めます。※{page}\n\n{body}\n{note}\n"


def _saved(made: Any) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


# By file name: the number of pages in, the bytes out.
MAKERS: Mapping[str, Callable[[int], bytes]] = {
    "plan.pdf": a_pdf,
    "plan.xlsx": an_xlsx,
    "plan.xls": an_xls,
    "plan.docx": a_docx,
    "plan.pptx": a_pptx,
    "plan.html": an_html,
    "plan.csv": a_csv,
    "plan.md": a_markdown,
}
