"""The fixed sentences: both languages say the same, with the same names in them."""

import re
import string
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.replies import load_replies

DATA: dict[str, dict[str, Any]] = yaml.safe_load((files("prompts") / "replies.yaml").read_text(encoding="utf-8"))
SENTENCES = [name for name, entry in DATA.items() if isinstance(entry["ja"], str)]
TABLES = [name for name, entry in DATA.items() if isinstance(entry["ja"], dict)]
# An English sentence explains a Japanese status or adds a glossary, which a Japanese one does not need.
ENGLISH_ONLY = {"gloss", "pairs"}


def names_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_has_the_same_names_in_both_languages(name: str) -> None:
    ja, en = names_in(DATA[name]["ja"]), names_in(DATA[name]["en"])
    assert en - ENGLISH_ONLY <= ja
    assert ja <= en


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_can_be_filled_in_both_languages(name: str) -> None:
    for language in ("ja", "en"):
        values = dict.fromkeys(names_in(DATA[name][language]), "値")
        filled = load_replies(language).say(name, **values)
        assert "{" not in filled
        assert "}" not in filled


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_the_same_words_in_both_languages(name: str) -> None:
    assert DATA[name]["ja"].keys() == DATA[name]["en"].keys()


def test_every_sentence_is_known_in_both_languages() -> None:
    assert load_replies("ja").sentences.keys() == load_replies("en").sentences.keys()
    assert load_replies("ja").tables.keys() == load_replies("en").tables.keys()


@pytest.mark.parametrize(("language", "label"), [("ja", "所管課"), ("en", "Department (所管課)")])
def test_a_field_has_its_label(language: str, label: str) -> None:
    assert load_replies(language).label("owner") == label


def test_an_unknown_word_is_said_as_it_is() -> None:
    replies = load_replies("ja")
    assert replies.label("備考") == "備考"
    assert replies.term("schedule_kind", "いつか") == "いつか"


def test_a_name_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError):
        load_replies("ja").say("owner_is", title="窓口案内の見直し")


def test_a_value_with_braces_is_said_as_it_is() -> None:
    said = load_replies("ja").say("owner_is", title="{value}", value="{title}課")
    assert said == "「{value}」の所管課は、{title}課です。"


def test_every_reply_is_used(root_dir: Path) -> None:
    code = "".join(path.read_text("utf-8") for path in (root_dir / "assistant").rglob("*.py"))
    begun = tuple(re.findall(r"f[\"'](\w+_)\{", code))
    named = [name for name in DATA if re.search(rf"[\"']{name}[\"']", code) or name.startswith(begun)]
    assert sorted(set(DATA) - set(named)) == []
