"""The `kaikaku` command: arguments in, an exit code out (0 done, 1 something was not done, 2 wrong usage).

Nothing heavy is imported before a command runs, so that --help and mistakes answer at once.
"""

import argparse
import sys
from collections.abc import Sequence

_FILTERS = ("municipality", "plan", "section", "owner", "status", "progress", "missing", "q", "sort")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parsed = _parser().parse_args(arguments)
    from assistant.running import run

    return run(parsed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "kaikaku", description="Cited answers about administrative-reform plans 行政改革の計画."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_ingest(commands.add_parser("ingest", help="read plan files into the catalogue"))
    _add_ask(commands.add_parser("ask", help="answer a question"))
    _add_items(commands.add_parser("items", help="list plan items by exact conditions"))
    _add_documents(commands.add_parser("documents", help="list documents, show how one was read, or delete one"))
    _add_readability(
        commands.add_parser("readability", help="tell what makes documents hard to read, and how to mend it")
    )
    _add_diff(commands.add_parser("diff", help="tell what changed between two versions of a plan"))
    words = commands.add_parser("words", help="bring in words that mean the same: a dictionary, or the city's own")
    words.add_argument("action", choices=("import", "list", "remove"))
    words.add_argument("file", nargs="?", help="the file to bring in, or the name of one to remove")
    _add_serve(commands.add_parser("serve", help="serve the HTTP API"))
    commands.add_parser("slack", help="answer in Slack by Socket Mode")
    _add_mcp(commands.add_parser("mcp", help="serve other assistants by the Model Context Protocol"))
    _add_evaluate(commands.add_parser("evaluate", help="ask the questions of a file and check the answers"))
    _add_corrections(
        commands.add_parser("corrections", help="list what staff corrected, undo it, or make questions of it")
    )
    index = commands.add_parser("index", help="check the search index against the catalogue, or build it anew")
    index.add_argument("action", choices=("verify", "rebuild"))
    prompts = commands.add_parser("prompts", help="check the prompt files of the language model")
    prompts.add_argument("action", choices=("check",))
    commands.add_parser("doctor", help="check settings, data folder, catalogue, index and models")
    return parser


def _add_ingest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a plan file, or a folder of them")
    parser.add_argument("--replace", action="store_true", help="let a file replace one of the same name from elsewhere")
    parser.add_argument("--if-empty", action="store_true", help="do nothing when the catalogue holds documents already")
    parser.add_argument(
        "--sync",
        action="store_true",
        help="make the catalogue hold what the named folders hold: new and changed files are ingested, what came from"
        " there and is gone is deleted",
    )
    parser.add_argument("--dry-run", action="store_true", help="with --sync: only show what would be done")
    parser.add_argument("--jobs", type=_at_least_one, metavar="N", help="files read at a time (the number of cores)")


def _add_ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question")
    parser.add_argument("--json", action="store_true", help="print the API's JSON")
    parser.add_argument("--municipality", help="answer from the plans of this municipality only")
    parser.add_argument("--plan", help="answer from this plan only")
    parser.add_argument("--audience", choices=("staff", "citizen", "coordinator"), default="citizen")
    parser.add_argument(
        "--language", help="language of the answer: ja or en; with a language model also ja-easy, zh, ko, pt, vi"
    )


def _add_items(parser: argparse.ArgumentParser) -> None:
    for name in _FILTERS:
        parser.add_argument(f"--{name}")
    parser.add_argument("--fiscal-year", type=int, metavar="YEAR", help="western year: 令和7年度 is 2025")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")


def _add_documents(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", help="show the whole ingest report of this document (its id or file name)")
    parser.add_argument("--json", action="store_true", help="print the API's JSON")
    parser.add_argument("--delete", metavar="ID", help="delete this document, its items and passages; id or file name")


def _add_readability(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", metavar="ID", help="a document's id or file name; all documents without one")
    parser.add_argument("--format", choices=("table", "json", "html"), default="table")


def _add_diff(parser: argparse.ArgumentParser) -> None:
    for name, which in (("old", "older"), ("new", "newer")):
        parser.add_argument(
            name, help=f"the {which} version: a document's id or file name; NAME@NUMBER is an earlier revision"
        )
    parser.add_argument("--json", action="store_true", help="print the API's JSON")


def _add_corrections(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="list the corrections in force, and what became of each")
    actions.add_parser("undo", help="take a correction back").add_argument(
        "id", type=int, help="number of a correction"
    )
    actions.add_parser("questions", help="print a question for each correction, for `kaikaku evaluate`")


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="address to listen on (KAIKAKU_HOST, 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (KAIKAKU_PORT, 8000)")


def _add_mcp(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--http", action="store_true", help="listen at /mcp instead of standard input and output")
    _add_serve(parser)


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object per question")
    parser.add_argument("questions", nargs="*", metavar="QUESTIONS", help="a file with one JSON object per line")
    parser.add_argument("--html", metavar="FILE", help="also write a page with every question, answer and evidence")
    parser.add_argument("--name", help="what the run is kept under (its moment)")
    parser.add_argument("--min-accuracy", type=_share, metavar="SHARE", help="exit with 0 from this share on (1.0)")
    parser.add_argument(
        "--compare", nargs=2, metavar=("A", "B"), help="show which questions two runs answer differently"
    )


def _share(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 1:
        raise ValueError(text)
    return number


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


if __name__ == "__main__":
    sys.exit(main())
