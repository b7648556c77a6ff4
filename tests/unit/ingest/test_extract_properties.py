"""Whatever the file: an error of our own or a sound extraction, and every quote is printed where it says."""

import re
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from ingest.documents import Document
from ingest.errors import IngestError
from ingest.extract import extract
from ingest.markup import strip_markup
from ingest.plan_items import Extraction
from ingest.readers import read_bytes

HEADERS = (
    "取組項目\t内容\t実施時期\t所管課",
    "No.\t取組項目\t区分\t目標\tR4\tR5\t担当課",
    "大項目\t取組項目\t主管課\t令和6年度の実績\t進捗区分\t課題\t今後の方針",
    "|取組項目|内容|担当|\n|---|---|---|",
    "指標\t現状値\t目標値（令和8年度）",
    "改革実施項目\t\t項目数",
    "氏名\t役職",
)
CELLS = st.sampled_from(
    [
        *[
            "",
            "1",
            "①",
            "② 窓口の改善 (継続)",
            "窓口の改善",
            "くらし課",
            "比集金課",
            "毎年度",
            "～令和6年度",
            "○",
            "→",
            "合計",
        ],
        *[
            "【目標】令和7年度までに10件",
            "<p>委託する。</p><ul><li>・甲</li><li>・乙</ul>",
            "計画どおり",
            "〃",
            "；",
            "※1",
        ],
        *["Ⅱ 1 (2) 財政", "第1章", "支所課(東・西)", "a|b", '"甲', '乙"', '"1,000"'],
    ]
)
LINES = st.one_of(
    st.sampled_from(HEADERS),
    st.lists(CELLS, min_size=1, max_size=9).map("\t".join),
    st.lists(CELLS, min_size=1, max_size=9).map(lambda cells: f"|{'|'.join(cells)}|"),
    st.sampled_from(
        [
            "",
            "目次",
            "# 見本市改革計画",
            "第1章 はじめに",
            "(1) 方針",
            "■ 取組項目",
            "・甲の推進",
            "※1 用語とは、説明。",
        ]
    ),
    st.sampled_from(
        [
            "本市は、令和4年度から令和8年度まで取り組みます。",
            "- 3 -",
            "【具体的な取組】",
            "担当課：庶務課",
            "基本目標②",
            "\f",
        ]
    ),
    st.text(max_size=30),
)
PLANS = st.lists(LINES, max_size=40).map("\n".join)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_our_own_error(data: bytes) -> None:
    document = read_or_none(data)
    if document:
        check(document, extract(document))


@given(st.text(max_size=300))
def test_any_text_is_extracted(text: str) -> None:
    extract_text(text)


@given(PLANS)
def test_anything_like_a_plan_is_extracted(text: str) -> None:
    extract_text(text)


@given(PLANS)
def test_the_same_text_yields_the_same_ids(text: str) -> None:
    first, second = (read_or_none(text.encode("utf-8", "ignore")) for _ in range(2))
    if first and second:
        assert extract(first) == extract(second)


def extract_text(text: str) -> None:
    document = read_or_none(text.encode("utf-8", "ignore"))
    if document:
        check(document, extract(document))


def read_or_none(data: bytes) -> Document | None:
    """The document, or None where an error of our own names the file."""
    try:
        return read_bytes("plan.txt", data)
    except IngestError as error:
        if not str(error).startswith("plan.txt"):
            raise
        return None


def check(document: Document, extraction: Extraction) -> None:
    """What holds for every extraction."""
    lines = len(document.lines)
    for item in extraction.items:
        assert item.title.strip()
        assert 1 <= item.line_start <= item.line_end <= lines
        source = squeezed(document.lines[item.line_start - 1 : item.line_end])
        for field, quote in item.printed.items():
            assert squeezed([quote]) in source, (field, quote)
        assert all(1900 <= year <= 2200 for year in (*item.target_fiscal_years, *item.goal_fiscal_years))
        assert 0 <= item.confidence <= 1
    for passage in extraction.passages:
        assert 1 <= passage.line_start <= passage.line_end <= lines
        assert passage.text.strip()
        assert squeezed([passage.text]) in squeezed(document.lines[passage.line_start - 1 : passage.line_end])
    ids = [*(item.id for item in extraction.items), *(passage.id for passage in extraction.passages)]
    assert len(ids) == len(set(ids))
    assert {passage.item_id for passage in extraction.passages} - {None} == {item.id for item in extraction.items}
    assert_covered(document, extraction)


def assert_covered(document: Document, extraction: Extraction) -> None:
    """Every printed line of text is in a passage, or a heading or table header, which passages carry as context."""
    headings = {line for b in document.blocks if b.kind == "heading" for line in range(b.line_start, b.line_end + 1)}
    passed = {line for p in extraction.passages for line in range(p.line_start, p.line_end + 1)} | headings
    rows = [row for block in document.blocks for row in block.rows]
    tables = {line for row in rows for line in range(row.line, (row.line_end or row.line) + 1)}
    for block in document.blocks:
        for line in range(block.line_start, block.line_end + 1):
            text = document.lines[line - 1]
            assert line in passed or line in tables or not re.search(r"\w", strip_markup(text)), text


def squeezed(lines: Iterable[str]) -> str:
    text = "\n".join(lines)
    text = strip_markup(text).replace("\\|", "|")
    return re.sub(r"[\s|*\-・\x00-\x20]+", "", text)
