"""A process killed at any moment leaves a catalogue that answers, in the state before or after its last document."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from tests.integration.catalogue_child import SIZE, SOURCES
from tests.integration.catalogue_plans import MODEL, plan, round_of, vectors_of
from vectorstore.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20


def test_twenty_kills_during_ingest_lose_nothing_that_was_stored_and_leave_nothing_half(tmp_path: Path):
    moments = random.Random(20)
    last = dict.fromkeys(SOURCES, 0)
    for kill in range(KILLS):
        stored = kill_while_adding(tmp_path / "catalogue.sqlite3", max(last.values()) + 1, moments.uniform(0.0, 0.5))
        found = rounds_in(tmp_path / "catalogue.sqlite3")
        for source in SOURCES:
            # The kill may fall between the commit and the child's word of it.
            acknowledged = stored.get(source, last[source])
            assert found[source] in (acknowledged, max(acknowledged, *last.values()) + 1), f"kill {kill}: {source}"
        last = found
    assert min(last.values()) > 0


def test_a_kill_while_the_catalogue_is_made_leaves_one_that_opens(tmp_path: Path):
    moments = random.Random(5)
    for kill in range(5):
        path = tmp_path / str(kill) / "catalogue.sqlite3"
        kill_while_adding(path, 1, moments.uniform(0.0, 0.2))
        rounds_in(path)


def kill_while_adding(path: Path, first_round: int, seconds: float) -> dict[str, int]:
    """Return the last round that the killed process said was stored, by source."""
    command = [sys.executable, "-m", "tests.integration.catalogue_child", f"sqlite:///{path}", str(first_round)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | UTF8) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "opening\n"
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        said = [line.split() for line in child.stdout.read().splitlines()]
    assert child.returncode == -signal.SIGKILL
    return {source: int(round_number) for source, round_number in said}


def rounds_in(path: Path) -> dict[str, int]:
    """Open the catalogue as the next process would, and return the round that each document is wholly in."""
    with Catalogue.open(f"sqlite:///{path}", extractor="test") as catalogue:
        contents = catalogue.load()
        assert contents.version == catalogue.version()
        found = {source: round_of(contents, source) or 0 for source in SOURCES}
        for source, round_number in found.items():
            if round_number:
                vectors = vectors_of(plan(source, round_number, SIZE)[1]).by_hash
                assert catalogue.embeddings(MODEL, vectors).keys() == vectors.keys()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    return found


UTF8 = {"PYTHONIOENCODING": "utf-8"}
