"""Files of words that mean the same: read, stored, and used to widen a question."""

import json
from pathlib import Path

import pytest

from vectorstore.catalogue import Catalogue
from vectorstore.errors import WordsUnreadable
from vectorstore.lexical import LexicalIndex
from vectorstore.query import query_tokens
from vectorstore.tokens import index_tokens
from vectorstore.word_files import read_words
from vectorstore.words import WordFile, Words


def entry(word: str, word_class: str = "体言", control: int = 0) -> dict[str, object]:
    return {"taigenYogen": word_class, "expandControl": control, "midashi": word}


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_sudachis_json_is_read_by_group_and_word_class(tmp_path: Path) -> None:
    group = [entry("残業"), entry("超過勤務"), entry("残る業務", "用言"), entry("禁句", control=2)]
    file = read_words(written(tmp_path, "synonyms.json", json.dumps([{"id": "1", "items": group}])))
    assert (file.name, file.kind, file.groups) == ("synonyms.json", "dictionary", (("残業", "超過勤務"),))


def test_sudachis_csv_is_read(tmp_path: Path) -> None:
    rows = "000001,1,0,1,0,0,0,(),残業,,\n000001,1,0,2,0,0,0,(),超過勤務,,\n\n000002,1,2,1,0,0,0,(),禁句,,\n"
    assert read_words(written(tmp_path, "synonyms.txt", rows)).groups == (("残業", "超過勤務"),)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("own.yaml", "groups:\n  - [企画課, 企画政策課]\n"),
        ("own.csv", "企画課,企画政策課\n"),
        ("own.json", '{"groups": [["企画課", "企画政策課"]]}'),
    ],
)
def test_the_citys_own_words_are_read(tmp_path: Path, name: str, text: str) -> None:
    file = read_words(written(tmp_path, name, text))
    assert (file.kind, file.groups) == ("own", (("企画課", "企画政策課"),))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "{"),
        ("a.json", "[1]"),
        ("a.yaml", "groups: 1"),
        ("a.yaml", "[]"),
        ("a.csv", "一つだけ\n"),
        ("a.csv", ""),
    ],
)
def test_a_file_without_words_is_named(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(WordsUnreadable, match=name):
        read_words(written(tmp_path, name, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WordsUnreadable, match=r"none\.csv"):
        read_words(tmp_path / "none.csv")


def test_words_are_stored_replaced_and_removed(tmp_path: Path) -> None:
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as catalogue:
        before = catalogue.version()
        catalogue.add_words(WordFile("own.csv", "own", (("古い", "新しい"),)))
        catalogue.add_words(WordFile("own.csv", "own", (("企画課", "企画政策課"),)))
        assert catalogue.version() == before + 2
        assert catalogue.load().words == Words((WordFile("own.csv", "own", (("企画課", "企画政策課"),)),))
        assert catalogue.remove_words("own.csv")
        assert not catalogue.remove_words("own.csv")
        assert catalogue.words().files == ()


WORDS = Words((WordFile("d.json", "dictionary", (("献花", "花束贈呈"),)),))


def test_a_dictionary_word_counts_less_than_the_word_itself_and_only_where_it_is_printed() -> None:
    index = LexicalIndex(list(index_tokens(text)) for text in ("献花の中止", "道路の舗装"))
    assert {token.distant for token in query_tokens("花束贈呈", index, Words())} == {()}
    found = index.scores(query_tokens("花束贈呈", index, WORDS))
    same = index.scores(query_tokens("献花", index, WORDS))
    assert 0 < found[0] < same[0]
    assert found[1] == 0


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.csv", "甲課," + "乙" * 140_000 + "\n", "Error"),
        ("a.json", '{"groups": ' + "[" * 200_000 + "]" * 200_000 + "}", "RecursionError"),
        ("a.yaml", "groups: " + "[" * 5_000 + "]" * 5_000, "RecursionError"),
        ("a.yaml", "a: &a [企画課, 企画政策課]\ngroups: [*a, *a]\n", "alias"),
        ("a.yaml", "groups:\n  - [企画課, [企画政策課]]\n", "a word that is no text but a list"),
        ("a.json", '{"groups": [["企画課", 12]]}', "a word that is no text but a int"),
    ],
    ids=["long", "deep-json", "deep-yaml", "alias", "list", "number"],
)
def test_what_a_file_of_words_may_not_hold_is_told(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(WordsUnreadable, match=rf"{name}: .*{told}"):
        read_words(written(tmp_path, name, text))
