import io
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook
from pptx import Presentation

from ingest.errors import DocumentTooLarge, IngestError, UnreadableDocument
from ingest.readers import read_bytes
from ingest.readers.archives import open_package
from tests.unit.ingest.readers.archive_changes import repacked


def a_docx() -> bytes:
    document = Document()
    document.add_paragraph("見本市の本文である。")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def an_xlsx() -> bytes:
    workbook = Workbook()
    workbook.active.append(("取組項目", "担当課"))
    workbook.active.append(("窓口の一本化", "市民課"))
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def a_pptx() -> bytes:
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = "見本市"
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


FILES = {"plan.docx": a_docx, "plan.xlsx": an_xlsx, "plan.pptx": a_pptx}
MAIN = {"plan.docx": "word/document.xml", "plan.xlsx": "xl/worksheets/sheet1.xml", "plan.pptx": "ppt/slides/slide1.xml"}
each_file = pytest.mark.parametrize(("name", "make"), list(FILES.items()), ids=list(FILES))


def declared(data: bytes, part: str, size: int) -> bytes:
    """The archive with a part that is said to unpack to `size` bytes."""
    at = data.rindex(part.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    return data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]


@each_file
@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_cut_off_file_is_refused_by_name(name: str, make: Callable[[], bytes], share: float):
    data = make()
    with pytest.raises(UnreadableDocument, match=rf"{name}: the file is cut off or damaged; copy it again"):
        read_bytes(name, data[: int(len(data) * share)])


@each_file
def test_a_part_with_a_flipped_byte_is_refused_by_name(name: str, make: Callable[[], bytes]):
    data = bytearray(make())
    data[data.index(MAIN[name].encode()) + len(MAIN[name]) + 20] ^= 0xFF
    with pytest.raises(UnreadableDocument, match=rf"{name}: .*save it anew"):
        read_bytes(name, bytes(data))


@each_file
@pytest.mark.parametrize("torn", [lambda xml: xml[: len(xml) // 2], lambda xml: xml.replace("<", "&x;<", 9)])
def test_a_part_that_is_no_xml_is_refused_by_name(name: str, make: Callable[[], bytes], torn: Callable[[str], str]):
    with pytest.raises(UnreadableDocument, match=rf"{name}: its part {MAIN[name]} cannot be read: .*save it anew"):
        read_bytes(name, repacked(make(), {MAIN[name]: torn}))


def test_an_archive_locked_by_a_password_is_refused():
    data = bytearray(a_docx())
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    with pytest.raises(
        UnreadableDocument, match=r"plan\.docx: the file is protected by a password; save it without one"
    ):
        open_package("plan.docx", bytes(data))


@each_file
def test_a_part_that_unpacks_to_a_thousand_times_its_size_is_refused(name: str, make: Callable[[], bytes]):
    bomb = repacked(make(), {MAIN[name]: b"<a>" + b" " * 50_000_000 + b"</a>"})
    assert len(bomb) < 200_000
    with pytest.raises(UnreadableDocument, match=rf"{name}: it unpacks to hundreds of times its size"):
        read_bytes(name, bomb)


def test_a_part_that_hides_its_size_behind_another_name_is_refused():
    data = repacked(
        an_xlsx(),
        {
            "xl/worksheets/sheet1.bin": b"<a>" + b" " * 50_000_000 + b"</a>",
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace("sheet1.xml", "sheet1.bin"),
        },
    )
    with pytest.raises(UnreadableDocument, match=r"plan\.xlsx: it unpacks to hundreds of times its size"):
        read_bytes("plan.xlsx", data)


def test_an_archive_packed_in_an_unusual_way_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_docx())) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
    with pytest.raises(UnreadableDocument, match=r"plan\.docx: it is packed in a way that no Office program uses"):
        read_bytes("plan.docx", file.getvalue())


def test_parts_that_say_to_unpack_to_gigabytes_are_refused_before_they_are_unpacked():
    data = declared(an_xlsx(), "xl/worksheets/sheet1.xml", 4_000_000_000)
    with pytest.raises(UnreadableDocument, match="hundreds of times its size"):
        read_bytes("plan.xlsx", data)


def test_more_text_than_a_plan_can_have_is_refused():
    data = repacked(a_docx(), {f"word/more{at}.xml": b"<a/>" for at in range(10, 50)})
    for at in range(10, 50):
        data = declared(data, f"word/more{at}.xml", 15_000_000)
    with pytest.raises(DocumentTooLarge, match=r"plan\.docx: it unpacks to .* at most 500,000,000"):
        open_package("plan.docx", data)


def test_a_part_that_is_longer_than_it_says_is_refused():
    with pytest.raises(UnreadableDocument, match=r"plan\.xlsx: its part xl/worksheets/sheet1\.xml cannot be read"):
        read_bytes("plan.xlsx", declared(an_xlsx(), "xl/worksheets/sheet1.xml", 200))


ENTITIES = {
    "outside": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "laughs": '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    "remote": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
}


@each_file
@pytest.mark.parametrize("entity", ENTITIES.values(), ids=ENTITIES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_with_a_document_type_is_refused(name: str, make: Callable[[], bytes], entity: str, encoding: str):
    with zipfile.ZipFile(io.BytesIO(make())) as archive:
        xml = archive.read(MAIN[name]).decode()
    body = xml[xml.index("?>") + 2 :] if xml.startswith("<?xml") else xml
    spoilt = f"<?xml version='1.0' encoding='{encoding}'?>\n<!-- {'x' * 9000} -->{entity}{body}".encode(encoding)
    with pytest.raises(UnreadableDocument, match=rf"{name}: {MAIN[name]} declares a document type"):
        read_bytes(name, repacked(make(), {MAIN[name]: spoilt}))


def test_a_part_in_utf_16_is_read():
    data = repacked(a_docx(), {MAIN["plan.docx"]: _in_utf_16(a_docx(), MAIN["plan.docx"])})
    assert read_bytes("plan.docx", data).lines == ("見本市の本文である。",)


def _in_utf_16(data: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(part).decode()
    return f"<?xml version='1.0' encoding='utf-16'?>{xml[xml.index('?>') + 2 :]}".encode("utf-16")


@each_file
def test_a_file_without_the_relations_of_its_parts_is_refused(name: str, make: Callable[[], bytes]):
    with pytest.raises(UnreadableDocument, match=rf"{name}: it does not say which part is the document"):
        read_bytes(name, repacked(make(), {"_rels/.rels": None}))


def test_a_workbook_without_its_styles_is_read():
    assert read_bytes("plan.xlsx", repacked(an_xlsx(), {"xl/styles.xml": None})).lines[0] == "取組項目\t担当課"


def test_a_workbook_whose_cells_refer_to_texts_that_are_missing_is_refused():
    cells = '<row r="9"><c r="A9" t="s"><v>7</v></c></row></sheetData>'
    data = repacked(an_xlsx(), {"xl/worksheets/sheet1.xml": lambda xml: xml.replace("</sheetData>", cells)})
    with pytest.raises(UnreadableDocument, match=r"plan\.xlsx: .*a cell holds text 7, of 0; .*save it anew"):
        read_bytes("plan.xlsx", data)


def test_a_document_without_its_styles_is_read():
    assert read_bytes("plan.docx", repacked(a_docx(), {"word/styles.xml": None})).lines == ("見本市の本文である。",)


def test_parts_that_refer_to_each_other_in_a_circle_are_read():
    def circle(relations: str) -> str:
        kinds = ("sharedStrings", "worksheet", "drawing", "officeDocument")
        base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        more = "".join(f'<Relationship Id="c{k}" Type="{base}/{k}" Target="workbook.xml"/>' for k in kinds)
        return relations.replace("</Relationships>", f"{more}</Relationships>")

    data = repacked(an_xlsx(), {"xl/_rels/workbook.xml.rels": circle})
    assert read_bytes("plan.xlsx", data).lines[0] == "取組項目\t担当課"


def test_a_file_is_read_by_what_it_is_whatever_its_ending_says():
    assert read_bytes("plan.docx", an_xlsx()).encoding == "xlsx"
    assert read_bytes("plan.xlsx", a_pptx()).encoding == "pptx"
    assert read_bytes("plan.xls", a_docx()).encoding == "docx"


@pytest.mark.parametrize(
    ("name", "make"), [("plan.docx", Document), ("plan.xlsx", Workbook), ("plan.pptx", Presentation)]
)
def test_a_file_without_any_text_is_refused_by_name(name: str, make: Callable[[], Any]):
    file = io.BytesIO()
    make().save(file)
    with pytest.raises(UnreadableDocument, match=rf"{name}: no text was found in it"):
        read_bytes(name, file.getvalue())


def test_a_workbook_without_sheets_is_refused_by_name():
    data = repacked(an_xlsx(), {"xl/workbook.xml": lambda xml: xml.replace("<sheet ", "<no ")})
    with pytest.raises(UnreadableDocument, match=r"plan\.xlsx: no text was found in it"):
        read_bytes("plan.xlsx", data)


@pytest.mark.parametrize("nested", ["w:sdt", "w:ins", "w:smartTag"])
def test_a_text_nested_a_hundred_thousand_times_is_refused_and_costs_nothing(nested: str):
    deep = f"<{nested}>" * 100_000 + f"</{nested}>" * 100_000
    data = repacked(a_docx(), {"word/document.xml": lambda xml: xml.replace("<w:body>", f"<w:body>{deep}")})
    with pytest.raises(IngestError, match=r"plan\.docx: .*nested too deeply"):
        read_bytes("plan.docx", data)


def test_a_cell_merged_over_a_whole_sheet_fills_only_what_is_used():
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    data = repacked(an_xlsx(), {"xl/worksheets/sheet1.xml": lambda xml: xml.replace("</worksheet>", merged)})
    assert read_bytes("plan.xlsx", data).lines == ("取組項目",)


def test_cells_in_opposite_corners_of_a_sheet_are_read():
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>隅</t></is></c></row></sheetData>'
    data = repacked(an_xlsx(), {"xl/worksheets/sheet1.xml": lambda xml: xml.replace("</sheetData>", far)})
    assert read_bytes("plan.xlsx", data).lines[-1] == "隅"


def test_millions_of_merged_cells_are_refused():
    far = '<row r="1000000"><c r="XFD1000000" t="inlineStr"><is><t>隅</t></is></c></row></sheetData>'
    merged = '<mergeCells><mergeCell ref="A1:XFD1000000"/></mergeCells></worksheet>'
    data = repacked(
        an_xlsx(),
        {
            "xl/worksheets/sheet1.xml": lambda xml: xml.replace("</sheetData>", far).replace("</worksheet>", merged),
        },
    )
    with pytest.raises(DocumentTooLarge, match=r"plan\.xlsx: the sheet 「Sheet」 has more than 2,000,000 cells"):
        read_bytes("plan.xlsx", data)


def test_macros_of_a_workbook_are_ignored_and_said():
    data = repacked(an_xlsx(), {"xl/vbaProject.bin": b"macro"})
    assert "the macros in it are ignored" in read_bytes("plan.xlsm", data).remarks


def test_files_saved_as_strict_open_xml_are_read():
    strict = {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
    }

    def change(xml: str) -> str:
        for usual, other in strict.items():
            xml = xml.replace(usual, other)
        return xml

    parts = ("_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels")
    assert read_bytes("plan.docx", repacked(a_docx(), dict.fromkeys(parts, change))).lines == ("見本市の本文である。",)
    sheets = ("_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml")
    assert read_bytes("plan.xlsx", repacked(an_xlsx(), dict.fromkeys(sheets, change))).lines[0] == "取組項目\t担当課"


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/workbook.xml", "<workbook ", "<?xml version='1.0' encoding='x'?><workbook "),
        ("xl/styles.xml", 'borderId="0"', 'borderId="NaN"'),
        ("xl/styles.xml", 'numFmtId="0"', 'numFmtId=""'),
        ("xl/styles.xml", 'numFmtId="0"', 'numFmtId="99999999999999999999"'),
    ],
)
def test_a_workbook_with_nonsense_in_its_parts_is_read_or_refused_by_name(part: str, old: str, new: str):
    """Found by changing parts at random."""
    data = repacked(an_xlsx(), {part: lambda xml: xml.replace(old, new)})
    try:
        lines = read_bytes("plan.xlsx", data).lines
    except IngestError as error:
        lines = (str(error),)
    assert lines[0].startswith(("取組項目", "plan.xlsx: "))
