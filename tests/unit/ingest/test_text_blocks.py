"""Lines of a text plan to blocks."""

from ingest.documents import Block
from ingest.readers.text import read_blocks


def blocks_of(text: str) -> tuple[Block, ...]:
    return read_blocks(tuple(text.split("\n")))


def headings_of(text: str) -> list[tuple[int, str]]:
    return [(block.level or 0, block.text) for block in blocks_of(text) if block.kind == "heading"]


def test_headings_of_every_form_nest_by_their_marks() -> None:
    text = (
        "第1章 総論\n\n1 目的\n\n(1) 背景\n\n① 人口\n\n本文です。\n\n② 財政\n\n本文です。\n\n"
        "(2) 方針\n\n本文です。\n\n第2章 各論\n\n本文です。\n"
    )
    assert headings_of(text) == [
        (1, "第1章 総論"),
        (2, "1 目的"),
        (3, "(1) 背景"),
        (4, "① 人口"),
        (4, "② 財政"),
        (3, "(2) 方針"),
        (1, "第2章 各論"),
    ]


def test_a_plain_number_continues_the_markdown_headings_with_the_same_mark() -> None:
    assert headings_of("## 取組\n\n### ① 甲\n\n文です。\n\n② 乙\n\n文です。\n") == [
        (1, "## 取組"),
        (2, "### ① 甲"),
        (2, "② 乙"),
    ]


def test_numbers_directly_below_a_decorated_heading_stand_inside_it() -> None:
    text = "■柱1 窓口\n\n(1) 早くする\n\n文です。\n\n■柱2 時間を生む\n\n(1) 減らす\n\n文です。\n"
    assert [level for level, _ in headings_of(text)] == [1, 2, 1, 2]


def test_labels_between_two_numbers_of_one_series_stand_inside_the_first() -> None:
    text = (
        "１ 目的\n\n文です。\n\n２ 取組の一覧\n\n記号の意味です。\n\n基本方針１ 窓口\n\n文です。\n\n"
        "基本方針２ 財政\n\n文です。\n\n３ 進行管理\n\n文です。\n"
    )
    assert [level for level, _ in headings_of(text)] == [1, 1, 2, 2, 1]


def test_labels_whose_numbers_begin_anew_stand_above_them() -> None:
    text = (
        "１ 目的\n\n文です。\n\n２ 期間\n\n文です。\n\n基本方針１ 窓口\n\n文です。\n\n１ 予約\n\n文です。\n\n"
        "２ 案内\n\n文です。\n\n基本方針２ 財政\n\n文です。\n\n１ 歳入\n\n文です。\n"
    )
    assert [level for level, _ in headings_of(text)] == [1, 1, 1, 2, 2, 1, 2]


def test_labels_among_numbers_that_go_on_stand_above_them() -> None:
    text = (
        "１ 目的\n\n文です。\n\n基本方針１ 窓口\n\n文です。\n\n２ 予約\n\n文です。\n\n"
        "基本方針２ 財政\n\n文です。\n\n３ 歳入\n\n文です。\n"
    )
    assert [level for level, _ in headings_of(text)] == [1, 1, 2, 1, 2]


def test_a_heading_number_alone_on_its_line_takes_the_next_line() -> None:
    blocks = blocks_of("めざす姿②\n\n地域とつながる役場\n\n本文です。\n")
    assert blocks[0].text == "めざす姿②\n地域とつながる役場"
    assert (blocks[0].line_start, blocks[0].line_end) == (1, 3)


def test_short_lines_set_apart_are_headings_and_sentences_are_not() -> None:
    assert headings_of("人口の減少\n\n人口は減っています。\n\n見本市\n\n令和5年3月\n") == [(1, "人口の減少")]


def test_neighbouring_lines_of_one_mark_are_a_list() -> None:
    blocks = blocks_of("次のとおりとします。\n\n① 甲\n② 乙\n③ 丙\n")
    assert [block.kind for block in blocks] == ["paragraph", "list"]


def test_a_paragraph_that_goes_on_after_a_blank_line_is_one_block() -> None:
    text = "本市は、これまで行政改革に取り組み、多くの\n\n成果を上げてきましたが、なお課題があります。\n"
    assert [(b.kind, b.line_start, b.line_end) for b in blocks_of(text)] == [("paragraph", 1, 3)]


def test_nothing_is_joined_over_a_page_number_which_a_quote_could_not_leave_out() -> None:
    text = "本市は、これまで行政改革に取り組み、多くの\n\n- 3 -\n\n成果を上げてきましたが、なお課題があります。\n"
    assert [(b.kind, b.line_start) for b in blocks_of(text)] == [("paragraph", 1), ("paragraph", 5)]


def test_footnotes_are_blocks_of_their_own_also_inside_a_list() -> None:
    text = (
        "- 甲※を行う。\n※甲：例えばの話。\n- 乙を行う。\n\n"
        "※1 用語の説明が次の行まで続き、途中で切れて\n\nいるもの。二つ目の行もあるので長いです。\n"
    )
    assert [(b.kind, b.line_start, b.line_end) for b in blocks_of(text)] == [
        ("list", 1, 1),
        ("footnote", 2, 2),
        ("list", 3, 3),
        ("footnote", 5, 7),
    ]


def test_a_table_of_contents_makes_no_headings() -> None:
    text = "目次\n\n1 総論\n\n(1) 目的\t1\n(2) 方針\t2\n\n2 各論\n\n(1) 取組\t3\n\n1 総論\n\n(1) 目的\n\n本文です。\n"
    assert headings_of(text) == [(1, "目次"), (1, "1 総論"), (2, "(1) 目的")]


def test_contents_with_dotted_leaders_end_with_their_page_numbers() -> None:
    text = "目 次\n１．はじめに ………… 1\n２．取組 ………… 3\n\n１．はじめに\n人口が減っています。\n"
    assert headings_of(text) == [(1, "目 次"), (1, "１．はじめに")]


def test_tab_and_pipe_tables_keep_cells_and_lines() -> None:
    tabbed, piped = (
        blocks_of("甲\t乙\n\t丙\n")[0],
        blocks_of("| 甲 | 乙 |\n|:--|---|\n| a \\| b | 丙 |\n")[0],
    )
    assert [(row.cells, row.line) for row in tabbed.rows] == [(("甲", "乙"), 1), (("", "丙"), 2)]
    assert [(row.cells, row.line) for row in piped.rows] == [(("甲", "乙"), 1), (("a | b", "丙"), 3)]


def test_columns_kept_apart_by_blanks_are_a_table() -> None:
    text = (
        "見本市の取組一覧\n\n"
        "番号　取組項目　　　　　区分　　担当課　　　実施年度\n"
        "１　　案内の電子化　　　新規　　財産課　　　令和６年度\n"
        "２　　証明書の交付　　　継続　　　　　　　　毎年度\n"
        "３　　袋の有料化　　　　新規　　環境課　　　令和７年度\n\n文です。\n"
    )
    (block,) = [block for block in blocks_of(text) if block.kind == "table"]
    assert (block.line_start, block.line_end) == (3, 6)
    assert [row.cells for row in block.rows] == [
        ("番号", "取組項目", "区分", "担当課", "実施年度"),
        ("１", "案内の電子化", "新規", "財産課", "令和６年度"),
        ("２", "証明書の交付", "継続", "", "毎年度"),
        ("３", "袋の有料化", "新規", "環境課", "令和７年度"),
    ]


def test_words_kept_apart_by_blanks_are_no_table() -> None:
    text = "会長　甲野　太郎\n委員　乙山　花子\n委員　丙川　次郎\n\n事業　　取組　　課題\n\n文です。\n"
    assert not [block for block in blocks_of(text) if block.kind == "table"]
