"""The questions of samples/, answered right from the samples: by words alone, and by words and meaning."""

from pathlib import Path

import pytest

from assistant.bootstrap import build_service
from assistant.evaluating.cases import read_cases
from assistant.evaluating.judging import check
from assistant.settings import Settings


@pytest.mark.parametrize("embedding", ["none", "e5-int8"])
def test_the_sample_questions_are_answered_right(embedding: str, tmp_path: Path, samples_dir: Path) -> None:
    service = build_service(Settings(data=tmp_path, embedding=embedding))
    assert all(done.result == "added" for done in service.ingesting.add_files(sorted(samples_dir.glob("mihon_*"))))
    answers = {case: service.ask(case.question).answer for case in read_cases(samples_dir / "questions.jsonl")}
    problems = {case.question.text: check(case, answer) for case, answer in answers.items() if check(case, answer)}
    assert problems == {}
