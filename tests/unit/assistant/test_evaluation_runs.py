"""Judged answers as measures, recorded runs, comparisons and pages."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Question
from assistant.channels.evaluation_report import comparison_lines, report_lines, report_page
from assistant.errors import WrongUsage
from assistant.evaluating.cases import Case
from assistant.evaluating.evaluate import cases_of, evaluate
from assistant.evaluating.measuring import Share, compare, measure
from assistant.evaluating.runs import Evidence, Judged, Run, checked_name, load, record, told_settings
from assistant.settings import Settings
from tests.made_up import a_citation

LINES = ("見出し", "所管課は財務課です。")


def judged(name: str, **values: object) -> Judged:
    told = {"kind": "owner", "audience": "staff", "question": "担当は？", "is_answerable": True, "outcome": "answered"}
    rest = {"reason": None, "mode": "lookup", "answer": "財務課です。[1]"}
    return Judged(id=name, **{**told, **rest, **values})  # type: ignore[arg-type]


def a_run(name: str, *answers: Judged) -> Run:
    return Run(name, "2026-01-01T00:00:00+00:00", ("questions.jsonl",), answers, {"embedding": "none"}, 3)


def test_a_quote_that_stands_elsewhere_is_a_false_citation() -> None:
    case = Case("A", Question("担当は？"), ("answered",), kind="owner")
    citations = (
        replace(a_citation(quote="所管課は財務課です。"), line_start=2, line_end=2),
        replace(a_citation(quote="所管課は財務課です。"), line_start=1, line_end=1),
    )
    answer = Answer("answered", "財務課です。[1][2]", citations=citations, tokens=(10, 2))
    (one,) = evaluate([case], lambda _: answer, lambda _: LINES)
    assert [place.is_printed for place in one.evidence] == [True, False]
    assert one.problems == (f"quote not at {citations[1].source}:1",)
    assert one.tokens == (10, 2)


def test_another_reason_than_wanted_is_wrong() -> None:
    case = Case("A", Question("天気は？"), ("not_found", "refused"), reason="out_of_scope")
    (one,) = evaluate([case], lambda _: Answer("not_found", "ありません。", "not_in_plans"), lambda _: LINES)
    assert one.problems == ("reason not_in_plans, expected out_of_scope",)


def test_measures_tell_refusals_apart() -> None:
    measures = measure(
        [
            judged("A"),
            judged("B", outcome="not_found", problems=("outcome not_found",)),
            judged("C", outcome="refused", is_answerable=False, kind="weather"),
            judged("D", is_answerable=False, kind="weather", problems=("outcome answered",)),
        ]
    )
    assert measures.accuracy == Share(2, 4)
    assert measures.by_kind == {"owner": Share(1, 2), "weather": Share(1, 2)}
    assert measures.refusal_precision == Share(1, 2)
    assert measures.refusal_recall == Share(1, 2)


def test_the_interval_is_wilsons() -> None:
    assert Share(8, 10).bounds == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert Share(0, 0).bounds == (0.0, 1.0)


@given(st.integers(0, 500), st.integers(0, 500))
def test_every_share_lies_within_its_bounds(part: int, more: int) -> None:
    share = Share(part, part + more)
    low, high = share.bounds
    assert 0.0 <= low <= high <= 1.0
    assert not share.whole or low - 1e-9 <= share.value <= high + 1e-9


def test_a_recorded_run_is_read_back_whole(tmp_path: Path) -> None:
    run = a_run("first", judged("A", evidence=(Evidence("plan.txt", 2, "財務課", is_printed=True),), tokens=(3, 4)))
    assert load("first", record(run, tmp_path / "evaluations").parent) == run


@pytest.mark.parametrize("text", ["{}", "[]", "no json"])
def test_a_file_that_is_no_run_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.json").write_text(text, encoding="utf-8")
    with pytest.raises(WrongUsage, match=r"odd\.json"):
        load("odd", tmp_path)


def test_a_missing_run_is_told_with_those_that_are_there(tmp_path: Path) -> None:
    record(a_run("first"), tmp_path)
    with pytest.raises(WrongUsage, match=r"second: no such run; .* first"):
        load("second", tmp_path)


def test_a_run_keeps_no_secrets() -> None:
    told = told_settings(Settings(embedding_api_key="hush", database_url="postgresql+psycopg://u:hush@h/d"))
    assert "hush" not in json.dumps(told)
    assert told["embedding"] == "e5"


def test_a_run_keeps_only_settings_that_are_named() -> None:
    told = told_settings(Settings(slack_users="U111", contact="窓口へ", widget_origins="https://www.city.example.jp"))
    assert set(told) == {name for name in told if name.startswith("model") or name in ("embedding", "prompts")}


def test_a_run_keeps_no_personal_data_of_a_question() -> None:
    case = Case("A", Question("090-1234-5678の人は？"), ("refused",))
    (one,) = evaluate([case], lambda _: Answer("refused", "お答えできません。", "personal_data"), lambda _: LINES)
    assert one.question == ""


@pytest.mark.parametrize("name", ["../first", "a/b", "", "二 つ", "a\n"])
def test_a_run_is_named_plainly(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUsage, match="--name"):
        checked_name(name, tmp_path)


def test_a_run_does_not_replace_another(tmp_path: Path) -> None:
    record(a_run("first"), tmp_path)
    assert checked_name("second", tmp_path) == "second"
    with pytest.raises(WrongUsage, match="first"):
        checked_name("first", tmp_path)


def test_a_comparison_shows_what_flipped() -> None:
    before = a_run("first", judged("A"), judged("B", problems=("missing 7割",)), judged("C"))
    after = a_run("second", judged("A", problems=("says 8割",)), judged("B"), judged("D"))
    found = compare(before, after)
    assert [old.id for old, _ in found.mended] == ["B"]
    assert [new.problems for _, new in found.broken] == [("says 8割",)]
    assert (found.only_before, found.only_after, found.chance) == (("C",), ("D",), 1.0)
    lines = comparison_lines(before, after, found)
    assert any("says 8割" in line for line in lines)


def test_the_page_shows_every_answer_and_runs_nothing() -> None:
    hostile = "<script>alert(1)</script>"
    run = a_run(
        hostile, judged("A", question=hostile, answer=hostile, evidence=(Evidence("p", 1, hostile, is_printed=False),))
    )
    page = report_page(run)
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 4
    assert "http" not in page.replace("http-equiv", "")


def test_the_lines_tell_the_measures() -> None:
    assert any("1/1" in line for line in report_lines(a_run("first", judged("A"))))


def test_two_questions_with_one_id_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "A", "question": "担当は？"}\n' * 2, encoding="utf-8")
    with pytest.raises(WrongUsage, match="the id A"):
        cases_of([file])
