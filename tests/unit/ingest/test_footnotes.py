"""Footnotes of made-up plans: what they explain, and who uses them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents import Block
from ingest.extract import extract
from ingest.footnotes import FootnoteIndex, index_footnotes, read_term
from ingest.normalize import squeeze
from ingest.readers import read_bytes, read_document

NOTE_LIKE = st.text(
    st.sampled_from("※*＊注(（）)[]［］：:。、とは0123８９灯台守の育成等「」を \n・-ABC…⇒"), max_size=80
)


def paragraph(text: str, line: int) -> Block:
    return Block("paragraph", text, line, line + text.count("\n"))


def note(text: str, line: int) -> Block:
    return Block("footnote", text, line, line + text.count("\n"))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("※灯台守とは、灯台を守る人をいう。", "灯台守"),
        ("※灯台守：灯台を守る人", "灯台守"),
        ("※ 灯台守 … 灯台を守る人", "灯台守"),
        ("※5 灯台守：灯台を守る人", "灯台守"),
        ("（注1）灯台守：灯台を守る人", "灯台守"),
        ("*1 灯台守とは灯台を守る人", "灯台守"),
        ("＊１　「灯台守」とは、灯台を守る人", "灯台守"),
        ("※１ ＬＨＫ（Lighthouse Keeper）：灯台を守る人", "LHK"),
        ("※1 LHK (Lighthouse Keeper)：灯台を守る人", "LHK"),
        ("※1 L H - K (Lighthouse Keeper) : 灯台を守る人", "LH-K"),
        ("※1 エルエイチケー\nL H K (Lighthouse Keeper) : 灯台を守る人", "LHK"),
        ("※2 灯台を守る人をいう。", None),
        ("※ 台数は、年度末のもの。", None),
    ],
)
def test_a_footnote_may_name_the_word_it_explains(text: str, term: str | None) -> None:
    read = read_term(text)
    assert (squeeze(read) if read else None) == term


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("灯台守（※1）を募る。", "灯台守"),
        ("灯台守(※１)を募る。", "灯台守"),
        ("灯台守※1を募る。", "灯台守"),
        ("灯台守［※1］を募る。", "灯台守"),
        ("灯台守*1を募る。", "灯台守"),
        ("灯台守等(※1)を募る。", "灯台守"),
        ("港を開き、灯台守の育成(※1)に努める。", "灯台守"),
        ("市が「海の見守り隊」への参加(※1)を募る。", "海の見守り隊"),
        ("沖の島へ予約制の渡し船(※1)を出す。", "予約制の渡し船"),
        ("1 灯台守(※1)の確保", "灯台守"),
    ],
)
def test_a_footnote_without_a_word_of_its_own_explains_what_its_mark_follows(sentence: str, term: str) -> None:
    (found,) = index_footnotes([paragraph(sentence, 1), note("※1 灯を守り、船を導く人", 3)]).footnotes
    assert (found.mark, found.term, found.text, found.line) == ("※1", term, "灯を守り、船を導く人", 3)


def test_a_mark_in_brackets_is_found_by_its_number() -> None:
    index = index_footnotes([paragraph("灯台守（注２）を募る。", 1), note("（注２）灯を守り、船を導く人", 2)])
    assert [(n.mark, n.term) for n in index.footnotes] == [("注2", "灯台守")]
    assert index.of("灯台守(注2)の育成", 1) == index.footnotes


def test_an_item_has_the_footnotes_whose_numbers_it_prints() -> None:
    index = index_footnotes([note("※1 甲：甲のこと", 5), note("※2 乙乙：乙のこと", 6), note("※10 丙丙：丙のこと", 7)])
    assert [n.mark for n in index.of("丙丙(※10)と甲(※1)", 3)] == ["※10", "※1"]
    assert index.of("乙乙と丙丙", 3) == ()


def test_numbers_that_begin_anew_on_every_page_are_told_apart() -> None:
    index = index_footnotes(
        [
            paragraph("灯台守(※1)", 1),
            note("※1 灯を守る人", 5),
            paragraph("波止場(※1)", 11),
            note("※1 船の着く所", 15),
        ]
    )
    assert [n.term for n in index.footnotes] == ["灯台守", "波止場"]
    assert [n.term for n in index.of("灯台守(※1)", 1)] == ["灯台守"]
    assert [n.term for n in index.of("波止場(※1)", 11)] == ["波止場"]
    assert [n.term for n in index.of("波止場(※1)", 99)] == ["波止場"]


def test_a_bare_mark_is_bound_by_the_word_before_it() -> None:
    index = index_footnotes(
        [note("※灯台守：灯を守る人", 5), note("※波止場とは、船の着く所", 6), note("※ 台数は、年度末のもの。", 7)]
    )
    assert [n.term for n in index.of("若い灯台守※を育てる", 1)] == ["灯台守"]
    assert [n.term for n in index.of("波止場[※]事業", 1)] == ["波止場"]
    assert index.of("花壇※を増やす\n※ 前年度は9台", 1) == ()


def test_a_bare_mark_finds_its_word_though_a_scan_garbled_one_character() -> None:
    index = index_footnotes([note("※海の見守り対：海を見守る人", 5)])
    assert [n.term for n in index.of("海の見守り隊※を置く", 1)] == ["海の見守り対"]


def test_a_bare_footnote_without_a_word_explains_the_nearest_bare_mark_before_it() -> None:
    index = index_footnotes([paragraph("灯台守※を置く", 1), note("※ 灯を守り、船を導く人", 2)])
    assert [n.term for n in index.footnotes] == ["灯台守"]
    assert index.of("灯台守※の育成", 9) == index.footnotes


def test_several_footnotes_on_one_line_are_several() -> None:
    index = index_footnotes([note("※1 甲甲：甲のこと。※2 乙乙：乙のこと\n※3 丙丙：丙のこと", 5)])
    assert [(n.mark, n.term, n.line) for n in index.footnotes] == [
        ("※1", "甲甲", 5),
        ("※2", "乙乙", 5),
        ("※3", "丙丙", 6),
    ]


def test_a_footnote_that_goes_on_explaining_another_word_keeps_its_mark() -> None:
    index = index_footnotes(
        [
            paragraph("LHKやFLK(※3)を置く", 1),
            note("※3 LHK (Lighthouse Keeper)：灯を守る人", 5),
            note("FLK (Flower Keeper)：花を守る人", 7),
        ]
    )
    assert [(n.mark, n.term) for n in index.of("LHKやFLK(※3)", 1)] == [("※3", "LHK"), ("※3", "FLK")]
    assert index.at(7) == index.footnotes[1]
    assert index.at(6) is None


@pytest.mark.parametrize("text", ["受注1件、発注1件", "5*1", "目標\n※ 前年度は9台", "※ 特記なし", "**1**"])
def test_what_only_looks_like_a_mark_refers_to_nothing(text: str) -> None:
    assert index_footnotes([note("※1 灯台守：灯を守る人", 5)]).of(text, 1) == ()


def test_items_of_a_plan_carry_the_footnotes_they_use() -> None:
    plan = (
        "見本市海の計画\n\n"
        "取組項目\t内容\t担当課\n"
        "1 灯台守（※1）の確保\t灯台守を募る。\t灯台課\n"
        "2 花壇の整備\t花壇を増やす。\t花づくり課\n\n"
        "※1 灯を守り、船を導く人。\n"
    )
    items = extract(read_bytes("plan.txt", plan.encode())).items
    assert [[(n.mark, n.term) for n in item.footnotes] for item in items] == [[("※1", "灯台守")], []]


def test_footnotes_of_the_real_plans_explain_the_words_found_by_hand(shared_dir: Path, corpus_dir: Path) -> None:
    wanted = [
        json.loads(line)
        for path in sorted((shared_dir / "gold").glob("items_00*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    wanted = [entry for entry in wanted if entry.get("footnote_terms")]
    assert wanted
    items = {path.name: extract(read_document(path)).items for path in corpus_dir.glob("*.txt")}
    for entry in wanted:
        item = next(i for i in items[entry["doc"]] if squeeze(i.title) == squeeze(entry["title"]))
        explained = [note.term or "" for note in item.footnotes]
        assert all(any(term in word for word in explained) for term in entry["footnote_terms"])


@given(
    st.lists(st.tuples(st.sampled_from(["footnote", "paragraph"]), st.one_of(NOTE_LIKE, st.text())), max_size=6),
    NOTE_LIKE,
)
def test_whatever_is_printed_footnotes_lie_in_their_blocks(printed: list[tuple[str, str]], text: str) -> None:
    blocks = [
        note(words, at * 9) if kind == "footnote" else paragraph(words, at * 9)
        for at, (kind, words) in enumerate(printed, 1)
    ]
    index = index_footnotes(blocks)
    for found in index.footnotes:
        assert any(b.line_start <= (found.line or 0) <= b.line_end and found.text in b.text for b in blocks)
        assert found.term is None or len(found.term) >= 2
    assert set(index.of(text, 1)) <= set(index.footnotes)
    assert FootnoteIndex().of(text, 1) == ()


def test_marks_in_brackets_begin_footnotes_and_refer_to_them() -> None:
    text = (
        "# 見本市計画\n\n本部を置き、灯台守(*1)が働く。港番(*2)もいる。\n\n"
        "(*1) 灯台守：灯台を守る人。\n(*2) 港番：港を守る人。\n[※3] 舟番：舟を守る人。\n"
    )
    document = read_bytes("plan.md", text.encode())
    notes = [passage for passage in extract(document).passages if passage.kind == "footnote"]
    assert [(note.term, note.text) for note in notes] == [
        ("灯台守", "(*1) 灯台守：灯台を守る人。"),
        ("港番", "(*2) 港番：港を守る人。"),
        ("舟番", "[※3] 舟番：舟を守る人。"),
    ]


def test_items_that_share_a_table_row_have_their_own_footnotes_alone() -> None:
    table = "手法\t取組項目\n見直し※1\t・灯台守の育成※2<br>・霧笛の整備※3"
    plan = f"{table}\n\n※1 見直し：甲\n\n※2 灯台守：乙\n\n※3 霧笛：丙\n"
    items = extract(read_bytes("plan.txt", plan.encode())).items
    assert [[note.mark for note in item.footnotes] for item in items] == [["※2"], ["※3"]]
