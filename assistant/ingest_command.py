"""`kaikaku ingest`: settings and parsed arguments in; files read, folders compared, an exit code out."""

import os
import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from shutil import get_terminal_size

from assistant.errors import WrongUsage
from assistant.ingesting import Ingested, find_files
from assistant.settings import Settings
from ingest.plans_file import plans_files

DONE, NOT_DONE = 0, 1
_WIDTH_OF_A_PIPE = 120


def ingest(settings: Settings, arguments: Namespace) -> int:
    """Read plan files into the catalogue, or make it hold what folders hold."""
    paths = [Path(path) for path in arguments.paths]
    if arguments.dry_run and not arguments.sync:
        raise WrongUsage("ingest: --dry-run goes with --sync DIR")
    return _sync(settings, arguments, paths) if arguments.sync else _add(settings, arguments, paths)


def _add(settings: Settings, arguments: Namespace, paths: list[Path]) -> int:
    from assistant.bootstrap import build_ingesting
    from assistant.channels.progress import ingest_progress

    files = _some_files(paths)
    with ingest_progress(len(files)) as progress:
        ingesting = build_ingesting(settings, progress.show_passages, arguments.replace, _jobs(arguments, len(files)))
        if arguments.if_empty and ingesting.catalogue.documents():
            return DONE
        done = [progress.count_file(one) for one in ingesting.add_files(files)]
    return _tell(done, files)


def _sync(settings: Settings, arguments: Namespace, folders: list[Path]) -> int:
    from assistant.bootstrap import build_catalogue, build_ingesting
    from assistant.channels.progress import ingest_progress
    from assistant.channels.terminal import render_differences
    from assistant.syncing import bring_up_to_date, compare

    if others := [str(path) for path in folders if not path.is_dir()]:
        raise WrongUsage(f"{' '.join(others)}: --sync compares folders; name a folder")
    files = _some_files(folders)
    with build_catalogue(settings) as catalogue:
        differences = compare(folders, catalogue)
    _say(render_differences(differences, _width()))
    if arguments.dry_run:
        return NOT_DONE if any(one.state == "refused" for one in differences) else DONE
    todo = [one for one in differences if one.state != "unchanged"]
    with ingest_progress(len(todo)) as progress:
        ingesting = build_ingesting(settings, progress.show_passages, jobs=_jobs(arguments, len(todo)))
        done = [progress.count_file(one) for one in bring_up_to_date(todo, ingesting)]
    return _tell(done, files)


def _some_files(paths: list[Path]) -> tuple[Path, ...]:
    """The plan files; no file at all is more likely a wrong path than an order to delete everything."""
    if files := find_files(paths):
        return files
    raise WrongUsage(f"{' '.join(map(str, paths))}: no plan file there; name files, or a folder that holds some")


def _jobs(arguments: Namespace, files: int) -> int:
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return max(1, min(arguments.jobs or cores, files))


def _tell(done: Iterable[Ingested], files: Iterable[Path]) -> int:
    from assistant.channels.terminal import render_ingested

    for beside in plans_files(files).values():
        for remark in beside.remarks():
            _say(f"備考 {remark}")
    code = DONE
    for one in done:
        if one.result == "failed":
            sys.stderr.write(f"kaikaku: {render_ingested(one)}\n")
            code = NOT_DONE
        else:
            _say(render_ingested(one))
    return code


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _width() -> int:
    return get_terminal_size((_WIDTH_OF_A_PIPE, 24)).columns
