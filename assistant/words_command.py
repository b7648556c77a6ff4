"""`kaikaku words`: files of words that mean the same brought in, listed, and taken out again."""

import sys
from argparse import Namespace
from pathlib import Path

from assistant.errors import NotThere, WrongUsage
from assistant.settings import Settings

DONE = 0


def words(settings: Settings, arguments: Namespace) -> int:
    """Bring in, list or remove files of words; a running service takes them up by itself."""
    from assistant.bootstrap import build_catalogue
    from vectorstore.word_files import LARGEST_GROUP, read_words

    if arguments.action != "list" and not arguments.file:
        raise WrongUsage(f"words {arguments.action}: name a file; see `kaikaku words list`")
    with build_catalogue(settings) as catalogue:
        if arguments.action == "import":
            file = read_words(Path(arguments.file))
            catalogue.add_words(file)
            _say(f"{file.name}\t{file.kind}\t{len(file.groups)} groups")
            if full := sum(len(group) == LARGEST_GROUP for group in file.groups):
                _say(f"{full} of them with {LARGEST_GROUP} words: any further words of those are left out")
        elif arguments.action == "remove":
            if not catalogue.remove_words(arguments.file):
                raise NotThere(f"{arguments.file}: no such file of words; see `kaikaku words list`")
        else:
            for file in catalogue.words().files:
                _say(f"{file.name}\t{file.kind}\t{len(file.groups)} groups")
    return DONE


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
