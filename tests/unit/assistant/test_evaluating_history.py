"""Runs of `kaikaku evaluate` are told by their moment; what else lies in their folder does no harm."""

import json
from pathlib import Path

from assistant.evaluating.history import evaluation_history


def a_run(folder: Path, name: str, at: str, problems: list[list[str]]) -> None:
    answers = [{"id": str(n), "problems": found} for n, found in enumerate(problems)]
    run = {"name": name, "at": at, "files": ["questions.jsonl"], "answers": answers}
    (folder / f"{name}.json").write_text(json.dumps(run), encoding="utf-8")


def test_runs_are_told_the_newest_last_with_their_share_of_right_answers(tmp_path: Path):
    a_run(tmp_path, "second", "2026-05-01T09:00:00+00:00", [[], [], ["missing 2025"], []])
    a_run(tmp_path, "first", "2026-04-01T09:00:00+00:00", [[], ["total 3, expected 4"]])
    assert [(run.name, run.right, run.total, run.rate) for run in evaluation_history(tmp_path)] == [
        ("first", 1, 2, 0.5),
        ("second", 3, 4, 0.75),
    ]


def test_a_run_that_is_written_again_is_read_again(tmp_path: Path):
    a_run(tmp_path, "one", "2026-04-01", [["wrong"]])
    assert evaluation_history(tmp_path)[0].right == 0
    a_run(tmp_path, "one", "2026-04-01", [[], []])
    assert evaluation_history(tmp_path)[0].right == 2


def test_what_is_no_run_is_left_out(tmp_path: Path, caplog):
    (tmp_path / "half.json").write_text('{"name": "half", "answ', encoding="utf-8")
    (tmp_path / "other.json").write_text("[]", encoding="utf-8")
    a_run(tmp_path, "empty", "2026-04-01", [])
    assert [(run.name, run.rate) for run in evaluation_history(tmp_path)] == [("empty", 0.0)]
    assert "half.json" in caplog.text


def test_without_a_folder_there_are_no_runs(tmp_path: Path):
    assert evaluation_history(tmp_path / "none") == ()
