"""What words that mean the same are worth: questions in everyday words over the sample plans, with and without them.

python -m bench.bench_words [--dictionary sudachi-synonyms-dictionary.json] [--embedding e5] [--write]
"""

import argparse
import re
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from assistant.answering import Assistant
from assistant.bootstrap import build_service
from assistant.evaluating.evaluate import cases_of, evaluate
from assistant.evaluating.measuring import Measures, measure
from assistant.service import Service
from assistant.settings import Settings
from vectorstore.word_files import read_words
from vectorstore.words import NO_WORDS, Words

ROOT = Path(__file__).resolve().parents[1]
HEADING = "## Words that mean the same"
KINDS = ("paraphrase", "english", "off_topic")


def main() -> int:
    """Measure each choice, print the table, and keep it with --write."""
    arguments = _arguments()
    choices = {"built-in words": NO_WORDS}
    if arguments.dictionary:
        choices["built-in words and the Sudachi dictionary"] = Words((read_words(Path(arguments.dictionary)),))
    with tempfile.TemporaryDirectory() as folder:
        service = _service(Path(folder), arguments.embedding)
        with patch("vectorstore.synonyms._synonyms", dict), patch("vectorstore.synonyms._phrases", tuple):
            rows = [("none", _measured(service, NO_WORDS))]
        rows += [(name, _measured(service, words)) for name, words in choices.items()]
    table = _table(rows)
    sys.stdout.write(table)
    if arguments.write:
        _keep(table)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dictionary")
    parser.add_argument("--embedding", default="e5")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def _service(folder: Path, embedding: str) -> Service:
    service = build_service(Settings(data=folder, embedding=embedding))
    plans = [*sorted((ROOT / "samples").glob("mihon_*")), *sorted((ROOT / "bench" / "plans").iterdir())]
    assert all(done.result == "added" for done in service.ingesting.add_files(plans))
    return service


def _measured(service: Service, words: Words) -> Measures:
    from assistant.terms import terms_of

    terms_of.cache_clear()
    corpus = service.corpus()
    widened = replace(corpus, contents=replace(corpus.contents, words=words))
    cases = cases_of(sorted((ROOT / "bench" / "questions").glob("*.jsonl")))
    asked = [case for case in cases if case.kind in KINDS]
    return measure(list(evaluate(asked, Assistant(lambda: widened).answer, service.lines)))


def _table(rows: list[tuple[str, Measures]]) -> str:
    lines = [f"{HEADING}\n", f"| | {' | '.join(KINDS)} | p50 / p95 |", f"|---{'|---' * len(KINDS)}|---|"]
    for name, measures in rows:
        shares = [measures.by_kind[kind] for kind in KINDS]
        told = " | ".join(f"{share.value:.3f} ({share.part}/{share.whole})" for share in shares)
        lines.append(f"| {name} | {told} | {measures.milliseconds[0]:.0f} / {measures.milliseconds[1]:.0f} ms |")
    return "\n".join(lines) + "\n"


def _keep(table: str) -> None:
    file = ROOT / "bench" / "README.md"
    text = file.read_text("utf-8")
    without = re.sub(rf"\n*{re.escape(HEADING)}\n.*?(?=\n## |\Z)", "", text, flags=re.DOTALL).rstrip("\n")
    file.write_text(f"{without}\n\n{table}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
