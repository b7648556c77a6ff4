"""Web pages to headings, paragraphs, list entries and tables, without the site around them."""

import html
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import DocumentTooLarge, IngestError, UnreadableDocument
from ingest.extract import extract
from ingest.readers import read_bytes, read_document
from ingest.readers.html import read_layout
from ingest.readers.layout import Layout, TablePart, TextPart

HEAD = '<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>計画</title></head><body>'
END = "</body></html>"


def layout(body: str) -> Layout:
    return read_layout("plan.html", f"{HEAD}{body}{END}".encode())


def texts(body: str) -> list[str]:
    return [part.text for part in layout(f"<main><h1>計画</h1>{body}</main>").parts if isinstance(part, TextPart)][1:]


def page_texts(found: Layout) -> list[str]:
    return [part.text for part in found.parts if isinstance(part, TextPart)]


def tables(body: str) -> list[list[tuple[str, ...]]]:
    return [[row.cells for row in part.rows] for part in layout(body).parts if isinstance(part, TablePart)]


def remarks(body: str) -> str:
    return "\n".join(layout(body).remarks)


PLAN = """
<header><nav><ul><li>くらし</li></ul></nav><p>見本市公式サイト</p></header>
<main><h1>見本市実施計画（令和7年度～令和9年度）</h1><p>令和8年4月</p>
<h2>基本目標1 安心</h2>
<table><thead>
<tr><th rowspan="2">分野</th><th rowspan="2">主要事業</th><th rowspan="2">事業の概要</th>
<th colspan="2">実施年度</th><th rowspan="2">事業費<br>（千円）</th></tr><tr><th>R8</th><th>R9</th></tr></thead>
<tbody><tr><td rowspan="2">防災</td><td>訓練事業</td><td>訓練を行う。</td><td>○</td><td></td><td>80</td></tr>
<tr><td>備蓄事業</td><td>備蓄する。</td><td>○</td><td>○</td><td>1,200</td></tr>
<tr><td colspan="5">計</td><td>1,280</td></tr></tbody></table>
<h2>お問い合わせ</h2><p>企画課<br>電話 000-0000</p><p><a href="#top">ページの先頭へ戻る</a></p></main>
<footer><p>見本市役所</p></footer>
"""


@pytest.mark.parametrize("encoding", ["utf-8", "shift_jis", "euc-jp", "iso-2022-jp", "utf-16"])
def test_a_page_is_read_in_the_encoding_it_is_in(encoding: str) -> None:
    text = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><body>'
    found = read_layout("plan.html", f"{text}<h1>見本市の計画</h1><p>窓口の見直し。</p></body></html>".encode(encoding))
    assert page_texts(found) == ["見本市の計画", "窓口の見直し。"]
    assert found.remarks == ()


def test_what_a_page_says_of_its_encoding_does_not_outdo_its_bytes() -> None:
    found = read_layout("plan.html", '<meta charset="shift_jis"><h1>見本市の計画</h1><p>本文</p>'.encode())
    assert page_texts(found) == ["見本市の計画", "本文"]


def test_a_circled_number_in_euc_jp_is_read() -> None:
    found = read_layout("plan.html", '<meta charset="euc-jp"><h1>計画</h1><p>①'.encode("euc_jis_2004"))
    assert page_texts(found) == ["計画", "①"]


def test_a_few_wrong_bytes_cost_only_themselves_and_are_told() -> None:
    data = (
        '<meta charset="utf-8"><h1>計画</h1><p>'.encode() + "窓口の見直し。".encode() * 20 + b"\xe7\xaa</p><p>end</p>"
    )
    found = read_layout("plan.html", data)
    assert page_texts(found)[0] == "計画"
    assert "could not be read" in found.remarks[0]


def test_a_page_becomes_items_with_places_and_without_the_site() -> None:
    document = read_bytes("plan.html", f"{HEAD}{PLAN}{END}".encode())
    items = extract(document).items
    assert document.title == "見本市実施計画（令和7年度～令和9年度）"
    assert [item.title for item in items] == ["訓練事業", "備蓄事業"]
    text = "\n".join(document.lines)
    assert not [word for word in ("くらし", "公式サイト", "先頭", "市役所") if word in text]
    assert "電話 000-0000" in text
    place = document.place_of(items[0].line_start, items[0].line_start)
    assert place is not None
    assert place.paragraph == 4


def test_merged_cells_are_filled_and_a_header_of_two_rows_stays_two_rows() -> None:
    assert tables(PLAN) == [
        [
            ("分野", "主要事業", "事業の概要", "実施年度", "実施年度", "事業費\n（千円）"),
            ("分野", "主要事業", "事業の概要", "R8", "R9", "事業費\n（千円）"),
            ("防災", "訓練事業", "訓練を行う。", "○", "", "80"),
            ("防災", "備蓄事業", "備蓄する。", "○", "○", "1,200"),
            ("計", "計", "計", "計", "計", "1,280"),
        ]
    ]
    assert layout(PLAN).facts == {"merged_cells": 7}


def test_headings_keep_their_levels_and_parts_are_numbered() -> None:
    parts = layout("<main><h1>計画</h1><h2>第1章</h2><p>本文。</p><h3>第1節</h3></main>").parts
    assert [(part.text, part.level, part.place.paragraph) for part in parts if isinstance(part, TextPart)] == [
        ("計画", 1, 1),
        ("第1章", 2, 2),
        ("本文。", None, 3),
        ("第1節", 3, 4),
    ]


def test_a_short_paragraph_of_a_page_with_headings_is_no_heading() -> None:
    document = read_bytes("plan.html", f"{HEAD}<main><h1>計画</h1><h2>目標</h2><p>窓口改革</p></main>{END}".encode())
    assert [block.kind for block in document.blocks] == ["heading", "heading", "paragraph"]


def test_a_bold_paragraph_can_be_a_heading() -> None:
    parts = layout("<main><h2>目標</h2><p><b>窓口改革</b></p><p><b>窓口</b>の改革</p></main>").parts
    assert [part.kind for part in parts if isinstance(part, TextPart)] == [None, None, None, "paragraph"]


def test_the_title_of_the_window_stands_in_for_a_missing_heading() -> None:
    assert page_texts(layout("<p>本文だけの文書です。</p>"))[0] == "計画"
    assert page_texts(layout("<h1>見本計画</h1><p>本文だけの文書です。</p>"))[0] == "見本計画"


@pytest.mark.parametrize(
    ("window", "title", "site"),
    [
        ("実施計画｜見本市", "実施計画", "見本市"),
        ("実施計画 - 市政 | 見本市公式ホームページ", "実施計画 市政", "見本市公式ホームページ"),
        ("見本町役場 / 実施計画", "実施計画", "見本町役場"),
        ("行政改革：見本市", "行政改革", "見本市"),
        ("見本市", "見本市", None),
        ("第3次計画（R8-R10）", "第3次計画（R8-R10）", None),
    ],
)
def test_the_name_of_the_site_stands_at_the_end_and_tells_the_municipality(
    window: str, title: str, site: str | None
) -> None:
    page = f"<html><head><title>{window}</title></head><body><p>本文だけの文書です。</p></body></html>"
    read = page_texts(read_layout("plan.html", page.encode()))
    assert read == [title, "本文だけの文書です。", *([site] if site else [])]


def test_a_city_that_only_the_windows_title_names_is_found() -> None:
    page = "<html><head><title>計画 - 見本市ホームページ</title></head><body><h1>行政改革計画</h1><p>本文。</p></body>"
    document = read_bytes("plan.html", page.encode())
    assert (document.title, document.municipality) == ("行政改革計画", "見本市")


def test_a_heading_beside_the_main_part_is_its_title() -> None:
    assert page_texts(layout("<h1>見本計画</h1><main><p>本文。</p></main>")) == ["見本計画", "本文。"]


def test_entries_keep_the_marks_that_a_browser_shows() -> None:
    assert texts("<ul><li>甲<ul><li>乙</ul><li><p>丙</p><p>続き</p></ul>") == ["・甲", "・乙", "・丙", "続き"]
    assert texts("<ol start=3><li>甲<li value=7>乙<li>丙</ol>") == ["3. 甲", "7. 乙", "8. 丙"]
    assert texts("<ol type=a><li>甲<li>乙</ol><ol type=I reversed><li>丙<li>丁</ol>") == [
        "a. 甲",
        "b. 乙",
        "II. 丙",
        "I. 丁",
    ]


def test_an_entry_printed_with_its_own_mark_gets_no_second_one() -> None:
    assert texts("<ul><li><a href=x>○甲</a><li>(1) 乙<li>①丙<li>・丁</ul>") == ["○甲", "(1) 乙", "①丙", "・丁"]
    assert texts('<ul style="list-style: none"><li>甲</ul>') == ["甲"]


def test_numbered_entries_are_a_list_and_no_headings() -> None:
    document = read_bytes("plan.html", f"{HEAD}<main><h1>計画</h1><ol><li>窓口改革<li>税</ol></main>{END}".encode())
    assert [block.kind for block in document.blocks] == ["heading", "list", "list"]


def test_a_term_and_its_description_are_one_line() -> None:
    assert texts("<dl><dt>担当課</dt><dd>総務課</dd><dt>時期：</dt><dd>令和8年度<br>から</dd></dl>") == [
        "担当課：総務課",
        "時期：令和8年度\nから",
    ]
    assert texts("<dl><dt>目標<dd><ul><li>甲<li>乙</ul><dt>題だけ</dl><p>後</p>") == [
        "目標",
        "・甲",
        "・乙",
        "題だけ",
        "後",
    ]


def test_an_item_printed_as_terms_and_descriptions_is_an_item() -> None:
    body = (
        "<main><h1>見本市行政改革プラン</h1><h2>窓口の見直し</h2>"
        "<dl><dt>担当課</dt><dd>市民課</dd><dt>実施時期</dt><dd>令和8年度</dd></dl></main>"
    )
    (item,) = extract(read_bytes("plan.html", f"{HEAD}{body}{END}".encode())).items
    assert (item.title, item.owners, item.target_fiscal_years) == ("窓口の見直し", ("市民課",), (2026,))


def test_breaks_and_blank_lines_of_a_paragraph_are_kept() -> None:
    assert texts("<p>甲<br>乙<br><br>丙</p>") == ["甲\n乙", "丙"]


def test_line_breaks_of_the_source_are_no_blanks_between_japanese_characters() -> None:
    assert texts("<p>窓口を\n   見直す\nDX  plan\nfor　市</p>") == ["窓口を見直す DX plan for　市"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert texts("<pre>一行目\n二行目\n\n三行目</pre>") == ["一行目\n二行目", "三行目"]


def test_readings_above_characters_are_left_out() -> None:
    assert texts("<p><ruby>改革<rp>(</rp><rt>かいかく</rt><rp>)</rp></ruby>する</p>") == ["改革する"]


def test_a_cell_keeps_a_line_for_every_break_paragraph_and_entry() -> None:
    cell = "<td>甲<br>乙<p>丙</p><ul><li>丁<li>戊</ul></td>"
    assert tables(f"<table><tr><th>事業<th>内容</tr><tr><td>A</td>{cell}</tr></table>")[0][1] == (
        "A",
        "甲\n乙\n丙\n・丁\n・戊",
    )


def test_a_caption_stands_above_its_table() -> None:
    parts = layout("<table><caption>表1 事業</caption><tr><td>a<td>b</table>").parts
    assert [type(part).__name__ for part in parts] == ["TextPart", "TextPart", "TablePart"]
    assert parts[1] == TextPart("表1 事業", parts[1].place) if isinstance(parts[1], TextPart) else False


def test_a_merged_cell_ends_with_its_group_of_rows_and_with_its_table() -> None:
    body = "<thead><tr><th rowspan=9>A<th>B</tr></thead><tr><td>1<td>2</tr><tr><td rowspan=0>3<td>4</tr><tr><td>5</tr>"
    assert tables(f"<table>{body}</table>") == [[("A", "B"), ("1", "2"), ("3", "4"), ("3", "5")]]


def test_cells_that_span_more_columns_than_there_are_do_not_widen_the_table() -> None:
    assert tables("<table><tr><td colspan=99>計<tr><th>A<th>B<tr><td>1<td>2</table>") == [
        [("計", "計"), ("A", "B"), ("1", "2")]
    ]


def test_short_rows_are_filled_with_blank_cells() -> None:
    assert tables("<table><tr><th>A<th>B<th>C<tr><td>1</table>") == [[("A", "B", "C"), ("1", "", "")]]


def test_a_table_inside_a_cell_is_text_of_the_cell() -> None:
    inner = "<table><tr><td>x<td>y<tr><td>z<td>w</table>"
    assert tables(f"<table><tr><th>A<th>B<tr><td>1<td>{inner}<tr><td>2<td>v</table>") == [
        [("A", "B"), ("1", "x y\nz w"), ("2", "v")]
    ]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    body = (
        "<table><tr><td><ul><li><a href=a>くらし</a><li><a href=b>税</a><li><a href=c>市政</a></ul></td>"
        "<td><h2>計画</h2><table><tr><th>事業<th>担当<tr><td>甲<td>総務課</table><p>以上のとおりとする。</p></td></tr></table>"
    )
    assert tables(body) == [[("事業", "担当"), ("甲", "総務課")]]
    assert page_texts(layout(body))[-2:] == ["計画", "以上のとおりとする。"]


def test_columns_of_prose_drawn_as_a_table_are_paragraphs() -> None:
    body = "<main><h1>計画</h1><table><tr><td><p>甲。</p><p>乙。</p></td><td><p>丙。</p><p>丁。</p></td></table></main>"
    assert tables(body) == []
    assert page_texts(layout(body))[1:] == ["甲。", "乙。", "丙。", "丁。"]


def test_a_box_drawn_as_a_table_of_one_column_is_text() -> None:
    body = "<main><table><tr><td>囲みの一行目</td></tr><tr><td>二行目</td></tr></table></main>"
    assert tables(body) == []
    assert page_texts(layout(body))[1:] == ["囲みの一行目", "二行目"]


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav>余分</nav>",
        "<aside>余分</aside>",
        "<div class='breadcrumb'>余分</div>",
        "<ul id='topicPath'><li>余分</ul>",
        "<div class='global-nav'>余分</div>",
        "<div id='tmp_footer'>余分</div>",
        "<div role='search'>余分</div>",
        "<div class='sns_list'>余分</div>",
        "<form action=x><p>余分</p><input value=余分></form>",
        "<script>余分</script><style>.余分{}</style><noscript>余分</noscript>",
        "<template><p>余分</p></template><!-- 余分 -->",
        "<select><option>余分</select><textarea>余分</textarea><button>余分</button>",
        "<p><a href='#top'>このページの先頭へ</a></p>",
        "<p>▲ページトップへ戻る</p>",
        "<p>印刷する</p><p>本文へスキップ</p><p>Facebookでシェアする</p>",
        "<p>現在の位置：ホーム &gt; 市政 &gt; 余分</p>",
        "<p>トップページ ＞ 余分</p>",
    ],
)
def test_what_belongs_to_the_site_is_left_out(furniture: str) -> None:
    assert texts(f"{furniture}<p>本文。</p>") == ["本文。"]


@pytest.mark.parametrize(
    "kept",
    [
        "<div class='header'><table><tr><td>甲<td>乙</table></div>",
        "<form id='aspnetForm'><table><tr><td>甲<td>乙</table></form>",
        "<div id='side'><table><tr><td>甲<td>乙</table></div>",
    ],
)
def test_what_holds_a_table_is_no_furniture_whatever_it_is_called(kept: str) -> None:
    assert tables(f"<p>本文。</p>{kept}") == [[("甲", "乙")]]


def test_the_header_of_an_article_and_whom_to_ask_stay() -> None:
    body = "<article><header><h1>見本計画</h1></header><p>本文。</p><footer>お問い合わせ：企画課</footer></article>"
    assert page_texts(layout(body)) == ["見本計画", "本文。", "お問い合わせ：企画課"]


@pytest.mark.parametrize(
    "opening", ["<main>", "<div role=main>", "<div id=main>", "<div id='tmp_honbun'>", "<article>"]
)
def test_the_marked_main_part_is_read_alone(opening: str) -> None:
    found = layout(f"<div>お知らせの枠</div>{opening}<h1>計画</h1><p>本文がここに書かれています。</p>")
    assert page_texts(found)[:2] == ["計画", "本文がここに書かれています。"]
    assert "お知らせの枠" not in page_texts(found)


def test_a_main_part_that_holds_nearly_nothing_is_not_believed() -> None:
    found = layout("<main><p>読込中</p></main><div><p>" + "本文がここに書かれています。" * 20 + "</p></div>")
    assert "本文がここに書かれています。" * 20 in page_texts(found)


def test_lists_of_links_around_an_unmarked_text_are_left_out() -> None:
    links = "<ul>" + "".join(f"<li><a href={n}>案内{n}</a>" for n in range(9)) + "</ul>"
    found = layout(f"<div>{links}</div><div><h1>計画</h1><p>{'本文を書く。' * 50}</p><p>問い合わせ先：企画課</p></div>")
    assert page_texts(found) == ["計画", "本文を書く。" * 50, "問い合わせ先：企画課"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>秘密の指示</p>",
        "<p style='display:none'>秘密の指示</p>",
        "<div style='visibility: hidden !important'><p>秘密の指示</p></div>",
        "<p style='opacity:0'>秘密の指示</p>",
        "<p style='font-size:0'>秘密の指示</p>",
        "<p style='font-size: 1px'>秘密の指示</p>",
        "<div style='font-size:10%'><p style='font-size:10%'>秘密の指示</p></div>",
        "<p style='color:#fff'>秘密の指示</p>",
        "<p style='color: rgb(254, 254, 254)'>秘密の指示</p>",
        "<p style='color: rgba(0,0,0,0)'>秘密の指示</p>",
        "<p style='color:transparent'>秘密の指示</p>",
        "<p><font color='white'>秘密の指示</font></p>",
        "<div style='background:#036'><p style='color:#003366'>秘密の指示</p></div>",
        "<p style='position:absolute; left:-9999px'>秘密の指示</p>",
        "<p style='text-indent:-9999px'>秘密の指示</p>",
        "<p style='position:absolute;clip:rect(0,0,0,0)'>秘密の指示</p>",
        "<p style='height:0;overflow:hidden'>秘密の指示</p>",
        "<style>.x,p.y{display:none}</style><p class='x'>秘密の指示</p>",
        "<style>p.y{color:#FFF}</style><p class='y'>秘密の指示</p>",
        "<style>@media screen{#z{display:none}}</style><p id='z'>秘密の指示</p>",
    ],
)
def test_text_that_nobody_sees_is_left_out_and_told(hidden: str) -> None:
    found = layout(f"<main><h1>計画</h1>{hidden}<p>本文。</p></main>")
    assert page_texts(found) == ["計画", "本文。"]
    assert any("秘密の指示" in remark for remark in found.remarks)
    assert found.facts == {"hidden_text": 1}


@pytest.mark.parametrize(
    "seen",
    [
        "<div style='background-color:#036'><p style='color:#fff'>見える</p></div>",
        "<div style='background:url(x.png)'><p style='color:#fff'>見える</p></div>",
        "<div bgcolor='navy'><p><font color='white'>見える</font></p></div>",
        "<style>div .h{background:#000}</style><p class='h' style='color:#fff'>見える</p>",
        "<style>@media print{.p{display:none}}</style><p class='p'>見える</p>",
        "<style>.a .p{display:none}</style><p class='p'>見える</p>",
        "<div style='font-size:0'><p style='font-size:14px'>見える</p></div>",
        "<div style='color:#fff'><p style='color:#333'>見える</p></div>",
        "<p style='color:inherit'>見える</p>",
        "<details><summary>見える</summary></details>",
    ],
)
def test_text_that_is_seen_stays(seen: str) -> None:
    found = layout(f"<main><h1>計画</h1>{seen}</main>")
    assert page_texts(found) == ["計画", "見える"]
    assert found.remarks == ()


def test_pictures_and_a_missing_end_are_told() -> None:
    found = read_layout("plan.html", f"{HEAD}<main><h1>計画</h1><img src=x alt=図><p>本".encode())
    assert found.facts == {"pictures": 1}
    assert len(found.remarks) == 2
    assert "1 pictures" in found.remarks[0]
    assert "</html>" in found.remarks[1]


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", UnreadableDocument, "empty|no HTML"),
        (b"<html><body>\0</body></html>", UnreadableDocument, "NUL"),
        (b"<!doctype html>", UnreadableDocument, "shows no text"),
        (b"<html><frameset><frame src=x></frameset></html>", UnreadableDocument, "frame by frame"),
        (b"<html><body><div id=app></div><script>x</script></body></html>", UnreadableDocument, "shows no text"),
        (b"<html>" + b"<div>x" * 100_000, UnreadableDocument, "nested"),
        (b"<html>" + b"<b>x</b>" * 600_000, DocumentTooLarge, "1,000,000 tags"),
        (b"<html><p>" + b"x" * 11_000_000, UnreadableDocument, "10 MB"),
        (b"<html><p " + b" ".join(b"a%d='>'" % n for n in range(100_000)), UnreadableDocument, "1,000 attributes"),
        (b"<html><!--><p " + b" ".join(b"a%d" % n for n in range(100_000)), UnreadableDocument, "1,000 attributes"),
        (
            b"<html><table>" + b"<tr><td rowspan=60000 colspan=1000>x<td>y</tr>" * 3_000 + b"</table>",
            DocumentTooLarge,
            "merged cells",
        ),
        (
            b"<html><table><tr><td colspan=1000>" + b"x" * 100_000 + b"<td>y</table>",
            DocumentTooLarge,
            "merged cells",
        ),
    ],
)
def test_what_no_plan_can_be_is_refused_with_the_reason(data: bytes, error: type[IngestError], says: str) -> None:
    with pytest.raises(error, match=says) as caught:
        read_bytes("plan.html", data)
    assert str(caught.value).startswith("plan.html")


def test_a_long_program_or_value_is_no_element_of_a_thousand_attributes() -> None:
    program = "<script>if (a<b " + "c " * 5_000 + ")</script><!-- <p " + "c " * 5_000 + "-->"
    found = layout(f"<main><h1>計画</h1>{program}<p data-x='{'c ' * 5_000}' title=\"{'d ' * 5_000}\">本文。</p></main>")
    assert page_texts(found) == ["計画", "本文。"]


def test_no_entity_and_no_file_is_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("機密", encoding="utf-8")
    doctype = f'<!DOCTYPE html [<!ENTITY a SYSTEM "{secret.as_uri()}"><!ENTITY b "ああ"><!ENTITY c "&b;&b;">]>'
    document = read_bytes("plan.html", f"{doctype}<html><body><p>本文 &a; &c; 終わり</p></body></html>".encode())
    text = "\n".join(document.lines)
    assert "機密" not in text
    assert "ああああ" not in text
    assert "終わり" in text


def test_entities_grow_nothing() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    page = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "lol">{laughs}]><html><body><p>&l11;</p></body></html>'
    assert sum(map(len, read_bytes("plan.html", page.encode()).lines)) < 10_000


TAGS = st.sampled_from([
    "p", "div", "table", "tr", "td", "th", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "br", "b", "main", "nav",
    "pre", "form", "caption", "tbody", "header", "img", "style", "select", "svg", "ruby", "rt", "td rowspan=3",
    "td rowspan=0", "td colspan=2", "p hidden", "p style='color:#fff'", "ol start=x", "div id=main", "font size=1",
])  # fmt: skip
PIECES = st.one_of(
    TAGS.map(lambda tag: f"<{tag}>"),
    TAGS.map(lambda tag: f"</{tag.split()[0]}>"),
    st.text(st.sampled_from("計画 a1\n<&;>○・①\0\u3000"), max_size=5),
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_page_is_read_or_refused_with_rectangular_tables(page: str) -> None:
    refused = ""
    try:
        parts = read_layout("plan.html", f"<html>{page}".encode()).parts
    except IngestError as error:
        refused, parts = str(error), ()
    assert not refused or refused.startswith("plan.html")
    for part in parts:
        if isinstance(part, TablePart):
            assert part.rows
            assert len({len(row.cells) for row in part.rows}) == 1
        else:
            assert part.text.strip()


@given(
    st.lists(st.lists(st.text(st.sampled_from("計画a1"), min_size=1, max_size=4), min_size=3, max_size=3), min_size=2)
)
def test_a_plain_table_is_read_cell_by_cell(rows: list[list[str]]) -> None:
    written = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    assert tables(f"<main><table>{written}</table></main>") == [[tuple(row) for row in rows]]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    refused = ""
    try:
        read_bytes("plan.html", b"<html>" + data)
    except IngestError as error:
        refused = str(error)
    assert not refused or refused.startswith("plan.html")


def test_every_expected_row_of_the_real_page_is_an_item(shared_dir: Path) -> None:
    expectations = json.loads((shared_dir / "gold" / "expectations_documents.json").read_text("utf-8"))
    for expected in expectations:
        if expected["doc"].endswith(".html"):
            items = extract(read_document(shared_dir / "documents" / expected["doc"])).items
            assert len(items) == expected["item_rows"]
            assert not [item for item in items if item.title == "計"]


def test_every_gold_row_of_the_real_page_stands_in_one_row_of_cells(shared_dir: Path) -> None:
    gold = [
        json.loads(line) for line in (shared_dir / "gold" / "items_documents.jsonl").read_text("utf-8").splitlines()
    ]
    for item in (item for item in gold if item["doc"].endswith(".html")):
        path = shared_dir / "documents" / item["doc"]
        parts = read_layout(path.name, path.read_bytes()).parts
        rows = [row.cells for part in parts if isinstance(part, TablePart) for row in part.rows]
        expected = {item["title"], item["section"], item["budget_thousand_yen"], "○"}
        assert any(expected <= set(row) for row in rows), item["title"]


def test_the_real_page_keeps_no_line_of_the_site_around_it(shared_dir: Path) -> None:
    for path in (shared_dir / "documents").glob("*.html"):
        around = "".join(re.findall(r"<(?:header|footer)\b.*?</(?:header|footer)>", path.read_text("utf-8"), re.DOTALL))
        site = {html.unescape(text).strip() for text in re.split(r"<[^>]*>", around)} - {""}
        assert site
        assert not site & set(read_document(path).lines)
