"""Prompt files that staff have edited: what is wrong is named with file and line, and nothing else fills a prompt."""

from pathlib import Path

import pytest

from assistant.generating.prompts import LANGUAGES, OFFERED, PromptError, load_prompts

COMPOSING = "version: 3\nvariables: [question, passages]\nsystem: 資料で答える。\nuser: |\n  {passages}\n  {question}\n"


def test_the_built_in_prompts_are_sound_and_versioned() -> None:
    prompts = load_prompts()
    assert {prompts.composing.name, prompts.rewriting.name, prompts.understanding.name} == OFFERED.keys()
    assert prompts.composing.version.startswith("1-")
    assert prompts.rewriting.languages.keys() == set(LANGUAGES)


def test_a_file_in_the_folder_replaces_the_built_in_one_alone(tmp_path: Path) -> None:
    (tmp_path / "composing.yaml").write_text(COMPOSING, encoding="utf-8")
    prompts = load_prompts(tmp_path)
    assert prompts.composing.system == "資料で答える。"
    assert prompts.composing.version.startswith("3-")
    assert prompts.rewriting == load_prompts().rewriting


def test_every_edit_shows_in_the_version(tmp_path: Path) -> None:
    (tmp_path / "composing.yaml").write_text(COMPOSING, encoding="utf-8")
    before = load_prompts(tmp_path).composing.version
    (tmp_path / "composing.yaml").write_text(COMPOSING.replace("答える", "こたえる"), encoding="utf-8")
    assert load_prompts(tmp_path).composing.version != before


def test_what_a_question_says_is_never_filled_again(tmp_path: Path) -> None:
    (tmp_path / "composing.yaml").write_text(COMPOSING, encoding="utf-8")
    system, user = load_prompts(tmp_path).composing.fill(question="{passages}{{7*7}} %s", passages="{question}")
    assert (system, user) == ("資料で答える。", "{question}\n{passages}{{7*7}} %s")


@pytest.mark.parametrize(
    ("changed", "to", "told"),
    [
        ("{question}\n", "{question} {city}\n", ":6: {city} is not declared"),
        ("[question, passages]", "[question, passages, city]", ":2: nothing fills {city}"),
        ("  {question}\n", "", ":2: {question} is declared, but not used"),
        ("[question, passages]", "[passages]", ":6: {question} is not declared"),
        ("version: 3", "version: three", ":1: version must be a whole number"),
        ("version: 3\n", "", ":1: version is missing"),
        ("system: 資料で答える。", "system: ''", ":3: system must be a text"),
        ("system: 資料", "system: [資料", ":"),
        ("user: |", "style: 丁寧\nuser: |", ":4: style means nothing here"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, changed: str, to: str, told: str) -> None:
    file = tmp_path / "composing.yaml"
    file.write_text(COMPOSING.replace(changed, to), encoding="utf-8")
    with pytest.raises(PromptError) as caught:
        load_prompts(tmp_path)
    assert str(caught.value).startswith(f"{file}{told}")


def test_broken_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "composing.yaml").write_text("version: 1\nuser: [a\nsystem: b\n", encoding="utf-8")
    with pytest.raises(PromptError, match=r"composing\.yaml:3: no YAML"):
        load_prompts(tmp_path)


def test_a_missing_language_is_named(tmp_path: Path, root_dir: Path) -> None:
    text = (root_dir / "prompts/model/rewriting.yaml").read_text("utf-8")
    kept = [line for line in text.splitlines(keepends=True) if not line.startswith("  ko:")]
    (tmp_path / "rewriting.yaml").write_text("".join(kept), encoding="utf-8")
    with pytest.raises(PromptError, match="the language ko is missing"):
        load_prompts(tmp_path)


@pytest.mark.parametrize("name", ["compose.yaml", "composing.yml"])
def test_a_file_that_no_step_uses_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(COMPOSING, encoding="utf-8")
    with pytest.raises(PromptError, match="no prompt is called so"):
        load_prompts(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="KAIKAKU_PROMPTS"):
        load_prompts(tmp_path / "none")


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "composing.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PromptError, match=r"composing\.yaml"):
        load_prompts(tmp_path)
