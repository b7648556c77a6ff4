"""A parsed command line in; its command run, its failure told in one line on stderr, an exit code out."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable

from assistant import commands, correction_commands, evaluate_command, ingest_command, operations, words_command
from assistant.errors import AssistantError, SettingsError, WrongUsage
from assistant.settings import Settings, load_settings
from ingest.errors import IngestError
from vectorstore.errors import VectorstoreError

NOT_DONE, WRONG_USAGE, INTERRUPTED = 1, 2, 130

_COMMANDS: dict[str, Callable[[Settings, Namespace], int]] = {
    "ingest": ingest_command.ingest,
    "ask": commands.ask,
    "items": commands.items,
    "documents": commands.documents,
    "diff": commands.diff,
    "readability": commands.readability,
    "corrections": correction_commands.corrections,
    "evaluate": evaluate_command.evaluate,
    "words": words_command.words,
    "serve": operations.serve,
    "slack": operations.slack,
    "mcp": operations.mcp,
    "index": operations.index,
    "prompts": operations.prompts,
    "doctor": operations.doctor,
}


def run(arguments: Namespace) -> int:
    """Run the named command: 0 done, 1 something was not done, 2 wrong usage."""
    _use_any_character()
    try:
        return _COMMANDS[arguments.command](load_settings(), arguments)
    except (SettingsError, WrongUsage) as error:
        return _fail(str(error), WRONG_USAGE)
    except (AssistantError, IngestError, VectorstoreError) as error:
        return _fail(str(error), NOT_DONE)
    except BrokenPipeError:
        # The reader (head, less) has seen enough; nothing more may be written to it, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_DONE
    except KeyboardInterrupt:
        return _fail("interrupted", INTERRUPTED)


def _use_any_character() -> None:
    # A terminal that cannot show a character shows its number, rather than the command failing.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _fail(message: str, code: int) -> int:
    sys.stderr.write(f"kaikaku: {message}\n")
    return code
