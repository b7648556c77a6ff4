"""`kaikaku evaluate`: files of questions in, how well they are answered on stdout, recorded and as a page, out."""

import json
import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands import DONE, NOT_DONE
from assistant.errors import WrongUsage
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.evaluating.runs import Judged, Run


def evaluate(settings: Settings, arguments: Namespace) -> int:
    """Ask the questions of files and check the answers, or compare two runs."""
    if arguments.compare:
        return _compare(settings, *arguments.compare)
    if not arguments.questions:
        raise WrongUsage("evaluate: name a file of questions, such as samples/questions.jsonl, or --compare A B")
    return _run(settings, arguments)


def _run(settings: Settings, arguments: Namespace) -> int:
    from assistant.bootstrap import build_service
    from assistant.evaluating.evaluate import cases_of, evaluate, now
    from assistant.evaluating.measuring import measure
    from assistant.evaluating.runs import Run, checked_name, folder_of, new_name, record, told_settings

    name = checked_name(arguments.name or new_name(), folder_of(settings))
    cases = cases_of(map(Path, arguments.questions))
    service = build_service(settings)
    version = service.corpus().version
    judged: list[Judged] = []
    for one in evaluate(cases, lambda question: service.ask(question).answer, service.lines):
        judged.append(one)
        _say(_line(one, arguments.json))
    run = Run(name, now(), tuple(arguments.questions), tuple(judged), told_settings(settings), version)
    recorded = record(run, folder_of(settings))
    if arguments.html:
        _write_page(run, Path(arguments.html))
    if not arguments.json:
        _tell(run, recorded)
    accuracy = measure(run.answers).accuracy.value
    least = 1.0 if arguments.min_accuracy is None else arguments.min_accuracy
    return DONE if accuracy >= least else NOT_DONE


def _line(one: "Judged", as_json: bool) -> str:
    if as_json:
        return json.dumps(asdict(one), ensure_ascii=False)
    verdict = "right" if one.is_right else "wrong"
    return "\t".join([verdict, one.id, one.question, "; ".join(one.problems)]).rstrip()


def _tell(run: "Run", recorded: Path) -> None:
    from assistant.channels.evaluation_report import report_lines

    right = sum(one.is_right for one in run.answers)
    _say("\n".join([f"{right} of {len(run.answers)} right", *report_lines(run), f"{run.name}\t{recorded}"]))


def _write_page(run: "Run", file: Path) -> None:
    from assistant.channels.evaluation_report import report_page

    try:
        file.write_text(report_page(run), encoding="utf-8")
    except OSError as error:
        raise WrongUsage(f"{file}: {error.strerror}; name a file that can be written") from None


def _compare(settings: Settings, before: str, after: str) -> int:
    from assistant.channels.evaluation_report import comparison_lines
    from assistant.evaluating.measuring import compare
    from assistant.evaluating.runs import folder_of, load

    old, new = (load(name, folder_of(settings)) for name in (before, after))
    found = compare(old, new)
    _say("\n".join(comparison_lines(old, new, found)))
    return NOT_DONE if found.broken else DONE


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
