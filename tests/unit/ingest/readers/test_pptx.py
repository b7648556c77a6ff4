import io

import pytest
from pptx import Presentation
from pptx.util import Cm

from ingest.errors import IngestError
from ingest.readers.layout import Layout
from ingest.readers.pptx import read_layout
from tests.unit.ingest.readers.archive_changes import repacked
from tests.unit.ingest.readers.layouts import headings_of, remarks_of, tables_of, texts_of


def saved(presentation: object) -> bytes:
    file = io.BytesIO()
    presentation.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def read(presentation: object) -> Layout:
    return read_layout("plan.pptx", saved(presentation))


def a_presentation(*titles: str):
    presentation = Presentation()
    for title in titles:
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = f"{title}の内容"
    return presentation


def box(slide, text: str, left: float, top: float):
    shape = slide.shapes.add_textbox(Cm(left), Cm(top), Cm(5), Cm(1))
    shape.text_frame.text = text
    return shape


def test_slides_are_read_in_order_with_their_titles_as_headings_and_their_numbers_as_places():
    layout = read(a_presentation("基本方針", "取組項目"))
    assert texts_of(layout) == ["基本方針", "基本方針の内容", "取組項目", "取組項目の内容"]
    assert headings_of(layout) == [(1, "基本方針"), (1, "取組項目")]
    assert [part.place.page for part in layout.parts] == [1, 1, 2, 2]  # type: ignore[union-attr]


def test_shapes_are_read_from_the_top_left_whatever_order_they_were_drawn_in():
    presentation = a_presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    for text, left, top in (("四", 12, 8), ("三", 1, 8.1), ("二", 12, 2), ("一", 1, 2.1)):
        box(slide, text, left, top)
    assert texts_of(read(presentation)) == ["一", "二", "三", "四"]


def test_the_shapes_of_a_group_are_read_together():
    presentation = a_presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    box(slide, "右", 15, 3)
    group = slide.shapes.add_group_shape([box(slide, "左の下", 1, 9), box(slide, "左の上", 1, 3)])
    assert group.left == Cm(1)
    assert texts_of(read(presentation)) == ["左の上", "左の下", "右"]


def test_a_merged_cell_of_a_table_stands_in_every_row_and_column_that_it_covers():
    presentation = a_presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    table = slide.shapes.add_table(3, 3, Cm(1), Cm(1), Cm(20), Cm(5)).table
    rows = (("所管", "目標", ""), ("総務課", "5件", "6件"), ("", "7件", "8件"))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    assert tables_of(read(presentation)) == [
        [("所管", "目標", "目標"), ("総務課", "5件", "6件"), ("総務課", "7件", "8件")]
    ]


def test_notes_stand_after_their_slide():
    presentation = a_presentation("一枚目", "二枚目")
    presentation.slides[0].notes_slide.notes_text_frame.text = "口頭で補足する。"
    assert texts_of(read(presentation)) == ["一枚目", "一枚目の内容", "口頭で補足する。", "二枚目", "二枚目の内容"]


def test_hidden_slides_and_pictures_are_left_out_and_said():
    presentation = a_presentation("公開", "非公開")
    presentation.slides[1]._element.set("show", "0")
    picture = io.BytesIO(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
            "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
        )
    )
    presentation.slides[0].shapes.add_picture(picture, Cm(1), Cm(1))
    layout = read(presentation)
    assert headings_of(layout) == [(1, "公開")]
    assert "hidden slides left out: 1" in remarks_of(layout)
    assert "pictures not read: 1" in remarks_of(layout)
    assert layout.facts == {"pages": 2, "hidden_parts": 1, "pictures": 1}


def test_a_presentation_without_text_has_no_parts():
    assert read(a_presentation()).parts == ()


def test_a_presentation_that_lacks_a_slide_is_refused_by_name():
    data = repacked(saved(a_presentation("一")), {"ppt/slides/slide1.xml": None})
    with pytest.raises(IngestError, match=r"plan\.pptx: its part ppt/slides/slide1\.xml is missing"):
        read_layout("plan.pptx", data)
