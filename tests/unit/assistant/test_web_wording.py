"""The wording of the web: both languages say the same things, and the scripts and templates ask for nothing else."""

import re
from pathlib import Path

import pytest

from assistant.channels.web.wording import EASY, LANGUAGES, load_wording

WEB = Path(__file__).resolve().parents[3] / "assistant" / "channels" / "web"
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


def names_in(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", sentence))


def test_all_languages_use_the_same_names():
    japanese, english, easy = (load_wording(language).sentences for language in (*LANGUAGES, EASY))
    assert japanese.keys() == english.keys() == easy.keys()
    for name, sentence in japanese.items():
        assert names_in(sentence) == names_in(english[name]) == names_in(easy[name]), name


def test_english_sentences_hold_no_japanese():
    told = {name for name, sentence in load_wording("en").sentences.items() if JAPANESE.search(sentence)}
    assert told == set()


def test_easy_japanese_gives_the_reading_of_every_kanji():
    easy, plain = load_wording(EASY).part("widget_"), load_wording("ja").part("widget_")
    own = {name: sentence for name, sentence in easy.items() if sentence != plain[name]}
    assert len(own) > 30
    for name, sentence in own.items():
        unread = re.sub(r"[一-龠]+（[ぁ-ん]+）|\{\w+\}", "", sentence)
        assert not re.search(r"[一-龠]", unread), f"{name}: {unread}"


def test_everything_the_widget_says_has_words():
    said: set[str] = set()
    for script in (WEB / "static").glob("chat*.js"):
        said |= set(re.findall(r'\bsay\("(\w+)"', script.read_text("utf-8")))
        said |= set(re.findall(r'\? "(\w+)" : "(?:\w+)"\)', script.read_text("utf-8")))
    assert len(said) > 30
    assert said <= load_wording("ja").part("widget_").keys()


@pytest.mark.parametrize("template", sorted((WEB / "templates").glob("*.html")), ids=lambda path: path.name)
def test_every_sentence_of_a_template_is_there(template: Path):
    said = set(re.findall(r'\bsay\("(\w+)"[,)]', template.read_text("utf-8")))
    assert said <= load_wording("ja").sentences.keys() | _words_of_staff()


def _words_of_staff() -> set[str]:
    return set(re.findall(r"^(\w+):", (WEB.parents[2] / "prompts" / "admin.yaml").read_text("utf-8"), re.MULTILINE))
