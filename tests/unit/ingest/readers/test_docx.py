import io
from typing import Any

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.docx import read_layout
from ingest.readers.layout import Layout, TablePart, TextPart
from tests.unit.ingest.readers.archive_changes import repacked
from tests.unit.ingest.readers.layouts import headings_of, remarks_of, tables_of, texts_of

W = nsdecls("w")
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def read(document: Any, name: str = "plan.docx") -> Layout:
    return read_layout(name, saved(document))


def a_document(*paragraphs: str) -> Any:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def add_xml(document: Any, xml: str) -> None:
    """Put an element written by hand at the end of the text."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def a_table(document: Any, *rows: tuple[str, ...]) -> Any:
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    return table


def numbered(text: str, list_id: int, level: int = 0) -> str:
    return (
        f'<w:p {W}><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def define_list(document: Any, list_id: int, *levels: tuple[str, str]) -> None:
    """Define a list by the form and text of each of its levels."""
    numbering = document.part.numbering_part.element
    definition = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{list_id}">{definition}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="{list_id}"><w:abstractNumId w:val="{list_id}"/></w:num>'))


def test_paragraphs_and_tables_are_read_in_the_order_of_the_document_with_their_numbers():
    document = a_document("はじめに述べる。")
    a_table(document, ("取組項目", "担当課"), ("窓口の一本化", "市民課"))
    document.add_paragraph("おわりに述べる。")
    layout = read(document)
    assert [type(part) for part in layout.parts] == [TextPart, TablePart, TextPart]
    table = layout.parts[1]
    assert isinstance(table, TablePart)
    assert [row.place.paragraph for row in table.rows] == [2, 4]
    assert layout.parts[2].place.paragraph == 6 if isinstance(layout.parts[2], TextPart) else False


def test_a_merged_cell_stands_once_in_every_row_and_column_that_it_covers():
    document = Document()
    table = a_table(
        document,
        ("区分", "項目", "施設数", ""),
        ("", "", "全体", "改修済み"),
        ("建物", "図書館", "7", "3"),
        ("", "体育館", "9", "4"),
    )
    for (top, left), (bottom, right) in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((2, 0), (3, 0))):
        table.cell(top, left).merge(table.cell(bottom, right))
    assert tables_of(read(document)) == [
        [
            ("区分", "項目", "施設数", "施設数"),
            ("区分", "項目", "全体", "改修済み"),
            ("建物", "図書館", "7", "3"),
            ("建物", "体育館", "9", "4"),
        ]
    ]
    assert read(document).facts["merged_cells"] == 4


def test_vertical_lines_drawn_nearly_on_each_other_are_one():
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='{}'/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    document = Document()
    add_xml(
        document,
        f"<w:tbl {W}><w:tblPr/>"
        "<w:tblGrid><w:gridCol w:w='3000'/><w:gridCol w:w='60'/><w:gridCol w:w='3000'/></w:tblGrid>"
        f"<w:tr>{cell.format(1, '項目')}{cell.format(2, '担当')}</w:tr>"
        f"<w:tr>{cell.format(2, '窓口')}{cell.format(1, '市民課')}</w:tr></w:tbl>",
    )
    assert tables_of(read(document)) == [[("項目", "担当"), ("窓口", "市民課")]]


def test_a_cell_that_is_missing_at_the_beginning_of_a_row_is_blank():
    document = Document()
    table = a_table(document, ("項目", "担当", "時期"), ("窓口", "市民課", "6年度"))
    row = table.rows[1]._tr
    row.remove(row.tc_lst[0])
    row.get_or_add_trPr().append(parse_xml(f'<w:gridBefore {W} w:val="1"/>'))
    assert tables_of(read(document))[0][1] == ("", "市民課", "6年度")


def test_a_frame_of_one_cell_around_text_is_no_table():
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "枠の中の文章である。"
    a_table(cell, ("項目", "担当課"), ("窓口", "市民課"))
    layout = read(document)
    assert texts_of(layout) == ["枠の中の文章である。"]
    assert tables_of(layout) == [[("項目", "担当課"), ("窓口", "市民課")]]


def test_a_number_and_a_title_in_boxes_side_by_side_are_one_line():
    document = Document()
    a_table(document, ("基本方針1", "窓口の改革"))
    assert texts_of(read(document)) == ["基本方針1\u3000窓口の改革"]


def test_a_table_inside_a_cell_is_read_row_by_row_into_the_cell():
    document = Document()
    table = a_table(document, ("項目", "内訳"), ("窓口", "次のとおり"))
    a_table(table.cell(1, 1), ("甲", "5件"), ("乙", "6件"))
    assert tables_of(read(document))[0][1] == ("窓口", "次のとおり\n甲\u30005件\n乙\u30006件")


@pytest.mark.parametrize("name", ["heading 2", "見出し 2"])
def test_headings_have_the_level_of_their_style(name: str):
    document = Document()
    style = document.styles.add_style("Chapter", WD_STYLE_TYPE.PARAGRAPH)
    style.element.name_val = name
    document.add_heading("基本方針", 1)
    document.add_paragraph("重点の取組", style)
    document.add_paragraph("本文である。")
    assert headings_of(read(document)) == [(1, "基本方針"), (2, "重点の取組")]


def test_a_style_based_on_a_heading_and_an_outline_level_of_ones_own_make_headings():
    document = Document()
    style = document.styles.add_style("章", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Heading 1"]
    document.add_paragraph("推進体制", style)
    add_xml(document, f'<w:p {W}><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>進行管理</w:t></w:r></w:p>')
    assert headings_of(read(document)) == [(1, "推進体制"), (3, "進行管理")]


def test_styles_based_on_each_other_in_a_circle_are_read():
    document = a_document("本文である。")
    document.paragraphs[0].style = document.styles["Body Text"]
    document.styles["Body Text"].base_style = document.styles["Body Text 2"]
    document.styles["Body Text 2"].base_style = document.styles["Body Text"]
    assert texts_of(read(document)) == ["本文である。"]


def test_short_plain_paragraphs_are_no_headings_and_bold_ones_can_be():
    document = a_document("計画期間は5年間", "")
    document.add_paragraph().add_run("推進の体制").bold = True
    plain, bold = read(document).parts
    assert isinstance(plain, TextPart)
    assert isinstance(bold, TextPart)
    assert (plain.kind, bold.kind) == ("paragraph", None)


def test_large_text_can_be_a_heading():
    document = a_document("本文が長く続いている。" * 3)
    document.add_paragraph().add_run("見本市行政改革大綱").font.size = Pt(20)
    part = read(document).parts[1]
    assert isinstance(part, TextPart)
    assert part.kind is None


@pytest.mark.parametrize(
    ("form", "text", "printed"),
    [
        ("decimal", "%1.", ["1. ", "2. "]),
        ("decimalFullWidth", "（%1）", ["（１） ", "（２） "]),
        ("decimalEnclosedCircle", "%1", ["① ", "② "]),
        ("aiueoFullWidth", "%1", ["ア ", "イ "]),
        ("aiueo", "(%1)", ["(ｱ) ", "(ｲ) "]),
        ("japaneseCounting", "第%1章", ["第一章 ", "第二章 "]),
        ("upperRoman", "%1", ["I ", "II "]),
        ("lowerLetter", "%1)", ["a) ", "b) "]),
        ("iroha", "%1", ["イ ", "ロ "]),
        ("bullet", "\uf06c", ["● ", "● "]),
        ("bullet", "・", ["・ ", "・ "]),
        ("none", "", ["", ""]),
    ],
)
def test_entries_of_lists_have_the_marks_that_word_prints(form: str, text: str, printed: list[str]):
    document = Document()
    define_list(document, 90, (form, text))
    add_xml(document, numbered("窓口を見直す", 90))
    document.add_paragraph("")
    add_xml(document, numbered("予算を見直す", 90))
    assert texts_of(read(document)) == [f"{printed[0]}窓口を見直す", f"{printed[1]}予算を見直す"]


def test_inner_lists_begin_anew_below_each_outer_entry():
    document = Document()
    define_list(document, 90, ("decimal", "%1"), ("decimal", "%1-%2"))
    for text, level in (("甲", 0), ("乙", 1), ("丙", 1), ("丁", 0), ("戊", 1)):
        add_xml(document, numbered(text, 90, level))
    assert "\n".join(texts_of(read(document))).split("\n") == ["1 甲", "1-1 乙", "1-2 丙", "2 丁", "2-1 戊"]


def test_neighbouring_entries_of_one_list_are_one_text():
    document = Document()
    define_list(document, 90, ("decimalEnclosedCircle", "%1"))
    for text in ("窓口", "予算", "施設"):
        add_xml(document, numbered(text, 90))
    assert texts_of(read(document)) == ["① 窓口\n② 予算\n③ 施設"]


def test_a_figure_typed_below_an_entry_belongs_to_it():
    layout = read(
        a_document("\u3000① 利用の件数", "\u3000\u3000１，２３４件", "\u3000② 事業の費用", "９８円を見込む。")
    )
    assert texts_of(layout) == ["① 利用の件数\n１，２３４件\n② 事業の費用", "９８円を見込む。"]


def test_a_sentence_broken_by_hand_is_put_together():
    layout = read(
        a_document("市が負担する額は来年度の当初予算に計上する予定であり、その執行に当た", "って議会に報告します。")
    )
    assert texts_of(layout) == [
        "市が負担する額は来年度の当初予算に計上する予定であり、その執行に当た\nって議会に報告します。"
    ]


def test_running_headers_and_footers_are_dropped():
    document = a_document("本文である。")
    document.sections[0].header.paragraphs[0].text = "見本市行政改革プラン"
    document.sections[0].footer.paragraphs[0].text = "12"
    assert texts_of(read(document)) == ["本文である。"]


def test_deleted_text_is_left_out_inserted_text_stays_and_comments_are_left_out():
    document = Document()
    document.add_comment(document.add_paragraph("市民課が行う。").runs, "内部の意見", "見本", "見")
    add_xml(
        document,
        f"<w:p {W}><w:r><w:t>期限は</w:t></w:r>"
        "<w:del w:id='1' w:author='a'><w:r><w:delText>5年度</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='a'><w:r><w:t>6年度</w:t></w:r></w:ins><w:r><w:t>とする。</w:t></w:r></w:p>",
    )
    layout = read(document)
    assert texts_of(layout) == ["市民課が行う。", "期限は6年度とする。"]
    assert "passages marked as deleted, left out: 1" in remarks_of(layout)
    assert "comments left out: 1" in remarks_of(layout)


def test_rows_deleted_with_tracking_are_no_rows():
    document = Document()
    table = a_table(document, ("項目", "担当"), ("窓口", "市民課"), ("廃止", "管財課"))
    table.rows[2]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {W} w:id='1' w:author='a'/>"))
    assert tables_of(read(document)) == [[("項目", "担当"), ("窓口", "市民課")]]


def test_hidden_and_white_text_is_left_out_and_said():
    document = Document()
    paragraph = document.add_paragraph("公開する。")
    paragraph.add_run("隠し文字").font.hidden = True
    paragraph.add_run("白文字").font.color.rgb = RGBColor(255, 255, 255)
    layout = read(document)
    assert texts_of(layout) == ["公開する。"]
    assert "characters of hidden or white text, left out: 7" in remarks_of(layout)
    assert layout.facts["hidden_text"] == 7


def test_text_that_is_struck_through_is_read_and_said():
    document = Document()
    document.add_paragraph("期限は").add_run("5年度").font.strike = True
    layout = read(document)
    assert texts_of(layout) == ["期限は5年度"]
    assert "characters struck through, read like others: 3" in remarks_of(layout)


def test_white_text_on_a_coloured_cell_is_read():
    document = Document()
    table = a_table(document, ("項目", "担当"), ("窓口", "市民課"))
    table.cell(0, 0).paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)
    table.cell(0, 0)._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:fill="1F4E79"/>'))
    assert tables_of(read(document))[0][0] == ("項目", "担当")


def test_a_text_box_is_read_once_though_the_file_holds_it_twice():
    box = "<w:txbxContent><w:p><w:r><w:t>囲みの文章である。</w:t></w:r></w:p></w:txbxContent>"
    document = a_document("前の文章である。")
    add_xml(
        document,
        f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"><w:r><mc:AlternateContent>'
        f"<mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>後の文章である。</w:t></w:r></w:p>",
    )
    assert texts_of(read(document)) == ["前の文章である。", "後の文章である。", "囲みの文章である。"]


def test_footnotes_stand_behind_the_paragraph_that_refers_to_them():
    document = a_document("民間の資金を用いる。", "次の段落である。")
    data = repacked(
        saved(document),
        {
            "word/document.xml": lambda xml: xml.replace(
                "<w:t>民間の資金を用いる。</w:t></w:r>",
                '<w:t>民間の資金</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>を用いる。</w:t></w:r>',
            ),
            "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
            '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>民間の資金：PFIなど</w:t></w:r></w:p></w:footnote>'
            "</w:footnotes>",
            "word/_rels/document.xml.rels": lambda xml: xml.replace(
                "</Relationships>",
                '<Relationship Id="rId99" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/'
                'officeDocument/2006/relationships/footnotes"/></Relationships>',
            ),
        },
    )
    assert texts_of(read_layout("plan.docx", data)) == [
        "民間の資金（※1）を用いる。",
        "※1 民間の資金：PFIなど",
        "次の段落である。",
    ]


def test_the_lines_of_a_table_of_contents_are_left_out():
    document = Document()
    style = document.styles.add_style("TOC1", WD_STYLE_TYPE.PARAGRAPH)
    style.element.name_val = "toc 1"
    document.add_paragraph("目次")
    document.add_paragraph("第1章 総論\t3", style)
    document.add_heading("第1章 総論", 1)
    assert texts_of(read(document)) == ["第1章 総論"]


def test_pictures_are_not_read_and_said():
    document = a_document("図を見よ。")
    document.add_picture(io.BytesIO(PICTURE))
    layout = read(document)
    assert "pictures not read: 1" in remarks_of(layout)
    assert layout.facts["pictures"] == 1


def test_macros_are_ignored_and_said():
    data = repacked(saved(a_document("本文である。")), {"word/vbaProject.bin": "macro"})
    data = repacked(
        data,
        {
            "[Content_Types].xml": lambda xml: xml.replace(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "application/vnd.ms-word.document.macroEnabled.main+xml",
            )
        },
    )
    layout = read_layout("plan.docm", data)
    assert texts_of(layout) == ["本文である。"]
    assert "the macros in it are ignored" in remarks_of(layout)


def test_full_width_digits_stay_as_printed_and_readings_above_words_are_left_out():
    document = a_document("使用料は１２，３４５，６００円です。")
    add_xml(
        document,
        f"<w:p {W}><w:r><w:ruby><w:rt><w:r><w:t>しゅかん</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>所管</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>の課である。</w:t></w:r></w:p>",
    )
    assert texts_of(read(document)) == ["使用料は１２，３４５，６００円です。", "所管の課である。"]


PRINTABLE = st.text(st.characters(categories=("L", "N", "P", "S"), max_codepoint=0xFFFF), min_size=1, max_size=12)


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(PRINTABLE, min_size=width, max_size=width), min_size=2, max_size=6)
    ),
    st.data(),
)
def test_every_cell_of_a_table_comes_back_also_when_others_are_merged(rows: list[list[str]], data: st.DataObject):
    document = Document()
    table = a_table(document, *(tuple(row) for row in rows))
    top, left = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, len(rows[0]) - 1))
    bottom, right = data.draw(st.integers(top, len(rows) - 1)), data.draw(st.integers(left, len(rows[0]) - 1))
    merged = [table.cell(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
    for cell in merged[1:]:
        cell.text = ""
    table.cell(top, left).merge(table.cell(bottom, right))
    expected = [list(row) for row in rows]
    for row in range(top, bottom + 1):
        expected[row][left : right + 1] = [rows[top][left]] * (right - left + 1)
    unused = set(range(left + 1, right + 1)) if (top, bottom) == (0, len(rows) - 1) else set()
    shown = [tuple(text for at, text in enumerate(row) if at not in unused) for row in expected]
    if len(shown[0]) > 1:
        assert tables_of(read(document)) == [shown]


@given(st.lists(PRINTABLE, min_size=1, max_size=8))
def test_every_paragraph_comes_back_in_order(paragraphs: list[str]):
    assert "\n".join(texts_of(read(a_document(*paragraphs)))).split("\n") == paragraphs
