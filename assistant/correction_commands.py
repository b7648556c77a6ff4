"""`kaikaku corrections`: what staff corrected listed, taken back, or written as questions for `kaikaku evaluate`."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator

from assistant.settings import Settings
from vectorstore.corrected_items import PlacedCorrection

DONE, NOT_DONE = 0, 1


def corrections(settings: Settings, arguments: Namespace) -> int:
    """List the corrections in force, undo one, or print a question for each."""
    from assistant.bootstrap import build_catalogue
    from assistant.correction_questions import correction_questions

    with build_catalogue(settings) as catalogue:
        if arguments.action == "undo":
            return _told_undone(catalogue.corrections.undo(arguments.id), arguments.id)
        placed = catalogue.load().corrections
    for line in correction_questions(placed) if arguments.action == "questions" else _lines(placed):
        sys.stdout.write(f"{line}\n")
    return DONE


def _told_undone(undone: bool, number: int) -> int:
    if undone:
        sys.stdout.write(f"{number}\t取り消し\n")
        return DONE
    advice = "list those in force with `kaikaku corrections list`"
    sys.stderr.write(f"kaikaku: corrections: {number} is not in force; {advice}\n")
    return NOT_DONE


def _lines(placed: Iterable[PlacedCorrection]) -> Iterator[str]:
    """One line each: number, state, file, item, field, what is printed, what staff say, day, reason."""
    for one in placed:
        told = one.correction
        values = (told.id, one.state, told.source, told.title, told.field, told.raw, told.value, told.date, told.reason)
        yield "\t".join(" ".join(str(value).split()) for value in values)
