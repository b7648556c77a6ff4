"""The real plans beside the repository, judged by the rules of their own score script."""

import importlib.util
import json
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ingest.extract import extract
from ingest.plan_items import Extraction
from ingest.readers import read_document

LEAST_F1 = 0.98
LEAST_FIELDS = 0.97


@pytest.fixture(scope="module")
def rules(shared_dir: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_items", shared_dir / "score" / "score_items.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gold(shared_dir: Path, corpus_dir: Path) -> list[dict[str, Any]]:
    names = {path.name for path in corpus_dir.glob("*.txt")}
    lines = [
        line
        for path in sorted((shared_dir / "gold").glob("items_*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [entry for line in lines if (entry := json.loads(line))["doc"] in names]


@pytest.fixture(scope="module")
def extractions(corpus_dir: Path) -> dict[str, Extraction]:
    return {path.name: extract(read_document(path)) for path in sorted(corpus_dir.glob("*.txt"))}


def test_items_and_their_fields_reach_the_marks(
    rules: ModuleType, gold: list[dict[str, Any]], extractions: dict[str, Extraction]
) -> None:
    pool = [as_json(item) for extraction in extractions.values() for item in extraction.items]
    extracted, found, rights, misses = len(pool), 0, [], []
    for wanted in gold:
        title = wanted.get("title") or wanted["title_inferred"]
        match = next(
            (i for i in pool if i["source"] == wanted["doc"] and rules.norm(i["title"]) == rules.norm(title)), None
        )
        if match is None:
            misses.append(f"missing {wanted['doc']} line {wanted.get('line') or wanted.get('line_start')}")
            continue
        pool.remove(match)
        found += 1
        for field, right, _, _ in rules.compare(wanted, match):
            rights.append(right)
            misses += [] if right else [f"wrong {field} {wanted['doc']} line {match['line_start']}"]
    f1 = 2 * found / (len(gold) + extracted)
    assert f1 >= LEAST_F1, misses
    assert sum(rights) / len(rights) >= LEAST_FIELDS, misses


def test_every_quote_is_printed_in_its_lines(
    rules: ModuleType, corpus_dir: Path, extractions: dict[str, Extraction]
) -> None:
    for name, extraction in extractions.items():
        lines = (corpus_dir / name).read_text("utf-8").split("\n")
        for item in extraction.items:
            source = plain(rules, "\n".join(lines[item.line_start - 1 : item.line_end]))
            assert all(plain(rules, quote) in source for quote in item.printed.values())
        for passage in extraction.passages:
            assert plain(rules, passage.text) in plain(
                rules, "\n".join(lines[passage.line_start - 1 : passage.line_end])
            )


def test_printed_totals_agree_with_what_was_found(extractions: dict[str, Extraction]) -> None:
    totals = [total for extraction in extractions.values() for total in extraction.report.printed_totals]
    assert totals
    assert all(total.printed == total.found for total in totals)


def plain(rules: ModuleType, text: str) -> str:
    from ingest.markup import strip_markup

    return str(rules.norm(strip_markup(text)))


def as_json(item: object) -> dict[str, Any]:
    fields = asdict(item)  # type: ignore[call-overload]
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}
