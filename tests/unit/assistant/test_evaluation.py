import json
from pathlib import Path

import pytest

from assistant.answers import Answer, Question, Scope, Turn
from assistant.errors import WrongUsage
from assistant.evaluating.cases import Case, read_cases
from assistant.evaluating.judging import check
from tests.made_up import a_citation, an_item

QUESTION = Question("担当課は？")


def _case(**values: object) -> Case:
    return Case("Q1", QUESTION, **{"outcomes": ("answered",)} | values)  # type: ignore[arg-type]


def test_a_right_answer_has_no_problems() -> None:
    case = _case(facts=("財務課",), any_of=(("令和7年度", "2025年度"),), forbidden=("窓口課",), cited=("案内の見直し",))
    answer = Answer(
        "answered", "財務課が２０２５年度に行います。[1]", citations=(a_citation(quote="窓口案内の見直し"),)
    )
    assert check(case, answer) == ()


def test_another_outcome_is_wrong() -> None:
    assert check(_case(), Answer("clarify", "どれですか。")) == ("outcome clarify, expected answered",)


def test_every_defect_is_named() -> None:
    case = _case(
        facts=("財務課",), any_of=(("甲", "乙"),), forbidden=("窓口課",), cited=("財務",), items=("案内", "集会所")
    )
    answer = Answer("answered", "窓口課です。", items=(an_item(title="案内"),), total=1)
    assert check(case, answer) == (
        "missing 財務課",
        "none of 甲, 乙",
        "says 窓口課",
        "item missing: 集会所",
        "total 1, expected 2",
        "does not cite the right place",
    )


def test_cases_are_read_from_lines(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    line = {
        "id": "S1",
        "question": "目標は？",
        "audience": "staff",
        "scope": {"municipality": "見本市"},
        "history": [{"role": "user", "content": "案内の担当課は？"}],
        "answerable": False,
    }
    file.write_text(json.dumps(line, ensure_ascii=False) + "\n\n", encoding="utf-8")
    (case,) = read_cases(file)
    asked = (Turn("user", "案内の担当課は？"),)
    assert case.question == Question("目標は？", asked, Scope("見本市"), "staff", channel="trial")
    assert case.outcomes == ("not_found", "refused")


@pytest.mark.parametrize("line", ["{", "[]", "1", '{"id": "x"}', '{"question": "x", "history": [{}]}'])
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(WrongUsage, match=r"questions\.jsonl:1: "):
        list(read_cases(file))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"question": "x", "fact": ["財務課"]}', "unknown key fact"),
        ('{"question": "x", "audience": "mayor"}', "unknown audience 'mayor'"),
        ('{"question": "x", "facts": ' + "[" * 200_000 + "]" * 200_000 + "}", "RecursionError"),
    ],
    ids=["key", "audience", "depth"],
)
def test_what_a_line_may_not_hold_is_named(tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(WrongUsage, match=rf"questions\.jsonl:1: {told}"):
        list(read_cases(file))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match=r"none\.jsonl"):
        list(read_cases(tmp_path / "none.jsonl"))


def test_the_sample_questions_can_be_read(samples_dir: Path) -> None:
    assert len(list(read_cases(samples_dir / "questions.jsonl"))) > 20
