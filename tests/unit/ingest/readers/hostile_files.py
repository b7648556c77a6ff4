"""Plan files made to do harm, or spoilt on their way; none holds anything of use."""

import io
import zipfile
from collections.abc import Callable

from docx import Document
from openpyxl import Workbook

from tests.unit.ingest.readers.archive_changes import repacked
from tests.unit.ingest.readers.pdf_files import lines, pdf

_USES = "/Resources<</Font<</F 9 0 R>>/XObject<</X 8 0 R>>>>/Contents 4 0 R"
_PAGE = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{_USES}>>"
_FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def raw_pdf(objects: dict[int, str]) -> bytes:
    """Write a PDF of these objects, whose first is its catalogue; without streams of their own they have none."""
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = {}
    for number, text in objects.items():
        places[number] = out.tell()
        out.write(f"{number} 0 obj\n{text}\nendobj\n".encode())
    start, size = out.tell(), max(objects) + 1
    entries = (f"{places[n]:010} 00000 n \n" if n in places else "0000000000 65535 f \n" for n in range(size))
    out.write(
        f"xref\n0 {size}\n{''.join(entries)}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    )
    return out.getvalue()


def stream(text: str, more: str = "", length: str | None = None) -> str:
    """Write a stream, which may lie about its length."""
    return f"<</Length {length or len(text)}{more}>>\nstream\n{text}\nendstream"


def _one_page(**changed: str) -> dict[int, str]:
    plain = {
        "o1": "<</Type/Catalog/Pages 2 0 R>>",
        "o2": "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "o3": _PAGE,
        "o4": stream("BT /F 12 Tf 50 700 Td (Mihon) Tj ET /X Do"),
        "o8": stream("q Q", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"),
        "o9": _FONT,
    }
    return {int(name[1:]): text for name, text in (plain | changed).items()}


def a_pdf_without_pages() -> bytes:
    return raw_pdf(_one_page(o2="<</Type/Pages/Kids[]/Count 0>>"))


def a_pdf_of_ten_thousand_pages() -> bytes:
    pages = range(10, 10_010)
    kids = " ".join(f"{number} 0 R" for number in pages)
    tree = _one_page(o2=f"<</Type/Pages/Kids[{kids}]/Count 10000>>")
    return raw_pdf(tree | dict.fromkeys(pages, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"))


CIRCULAR: dict[str, Callable[[], bytes]] = {
    "pages that hold themselves": lambda: raw_pdf(
        _one_page(o2="<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 2 0 R>>")
    ),
    "a drawing that draws itself": lambda: raw_pdf(
        _one_page(o8=stream("/X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 8 0 R>>>>"))
    ),
    "two drawings that draw each other twice": lambda: raw_pdf(
        _one_page(
            o8=stream("/X Do /X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 7 0 R>>>>"),
            o7=stream("/X Do /X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 8 0 R>>>>"),
        )
    ),
    "a length that refers to itself": lambda: raw_pdf(_one_page(o4=stream("BT (a) Tj ET", length="4 0 R"))),
    "an object that is itself": lambda: raw_pdf(_one_page(o9="9 0 R")),
    "two objects that are each other": lambda: raw_pdf(_one_page(o9="7 0 R", o7="9 0 R")),
    "contents that list themselves": lambda: raw_pdf(_one_page(o4="[4 0 R 4 0 R]")),
    "a font made of itself": lambda: raw_pdf(
        _one_page(o9="<</Type/Font/Subtype/Type0/BaseFont/F/Encoding 9 0 R/DescendantFonts[9 0 R]/ToUnicode 9 0 R>>")
    ),
}


def a_locked_pdf() -> bytes:
    return pdf(lines("見本市プラン"), encrypt="geheim")


def a_torn_pdf() -> bytes:
    data = pdf(lines("見本市プラン"))
    return data[: len(data) // 2]


def a_docx() -> bytes:
    document = Document()
    document.add_paragraph("見本市しごと改革プランの本文である。")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def an_xlsx() -> bytes:
    workbook = Workbook()
    for row in (("取組項目", "担当課"), ("窓口の一本化", "市民課")):
        workbook.active.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def a_docx_bomb() -> bytes:
    return repacked(a_docx(), {"word/document.xml": lambda xml: xml.replace("<w:body>", "<w:body>" + " " * 60_000_000)})


def an_xlsx_bomb() -> bytes:
    blown_up = "<sheetData>" + " " * 60_000_000
    return repacked(an_xlsx(), {"xl/worksheets/sheet1.xml": lambda xml: xml.replace("<sheetData>", blown_up)})


def a_docx_that_reads_a_file() -> bytes:
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    return repacked(
        a_docx(),
        {"word/document.xml": lambda xml: xml.replace("<w:document", f"{entity}<w:document", 1).replace("本文", "&e;")},
    )


def an_xlsx_that_grows() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    entity = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    return repacked(
        an_xlsx(), {"xl/worksheets/sheet1.xml": lambda xml: xml.replace("<worksheet", f"{entity}<worksheet", 1)}
    )


def a_locked_office_file() -> bytes:
    """The outer file that Office puts around what it has encrypted."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return head + "EncryptedPackage".encode("utf-16-le").ljust(4096, b"\0")


def with_macros(data: bytes, part: str) -> bytes:
    return repacked(data, {part: b"Sub AutoOpen()"})


def an_archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("plan.txt", "見本市プラン")
    return file.getvalue()
