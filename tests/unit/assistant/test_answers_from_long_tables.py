"""Questions about a row of a table that is too long for one passage, far below the table's header."""

from assistant.composing.drafts import Draft, Source, Statement
from assistant.knowledge import Knowledge
from assistant.verification import verify
from tests.unit.assistant.plans import corpus_of

_SPORTS = [
    "弓道",
    "卓球",
    "水泳",
    "剣道",
    "柔道",
    "登山",
    "将棋",
    "囲碁",
    "茶道",
    "華道",
    "書道",
    "俳句",
    "短歌",
    "合唱",
    "舞踊",
]


def long_table() -> str:
    rows = [
        f"{name}教室に通う市民の数（延べ人数による）\t{100 + at}人\t{300 + at}人" for at, name in enumerate(_SPORTS * 2)
    ]
    return "\n".join(["見本市生涯学習白書", "", "第1章 利用", "", "教室\tR6\tR7", *rows]) + "\n"


def test_a_year_printed_only_in_the_header_is_proof_for_the_rows_far_below() -> None:
    corpus = corpus_of({"white.txt": long_table()})
    *_, last = [passage for passage in corpus.passages if passage.kind == "table"]
    assert last.table_header == "教室\tR6\tR7"
    statement = Statement("R7：329人", (Source.of_passage(last),))
    assert verify(Draft("answered", (statement,)), Knowledge(corpus)).statements == (statement,)
    wrong = Statement("R9：329人", (Source.of_passage(last),))
    assert verify(Draft("answered", (wrong,)), Knowledge(corpus)).statements == ()
