"""Several processes and threads use one catalogue at the same time."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.integration.catalogue_child import SOURCES
from tests.integration.catalogue_plans import plan, round_of
from vectorstore.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[2]


def test_a_reader_sees_what_another_process_writes_at_its_next_call(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/catalogue.sqlite3"
    with Catalogue.open(url, extractor="test") as reader, writer(url) as lines:
        assert next(lines) == "opening"
        for stored in range(1, 31):
            source, round_number = next(lines).split()
            assert reader.version() >= stored
            contents = reader.load()
            assert contents.version >= stored
            for other in SOURCES:
                round_of(contents, other)
            assert (round_of(contents, source) or 0) >= int(round_number)


def test_processes_that_open_a_new_catalogue_at_once_all_get_it(tmp_path: Path):
    path = tmp_path / "catalogue.sqlite3"
    code = f"from vectorstore.catalogue import Catalogue; print(Catalogue.open('sqlite:///{path}').version())"
    command = [sys.executable, "-W", "error", "-c", code]
    openers = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert [opener.communicate()[0] for opener in openers] == ["0\n"] * 4


def test_threads_share_one_catalogue(tmp_path: Path):
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as catalogue, ThreadPoolExecutor(8) as threads:
        added = list(threads.map(lambda number: catalogue.add(*plan(f"{number}.txt")), range(24)))
        assert {one.kind for one in added} == {"added"}
        assert {contents.version for contents in threads.map(lambda _: catalogue.load(), range(8))} == {24}


@contextmanager
def writer(url: str) -> Iterator[Iterator[str]]:
    """Run a process that writes without end, and give out the lines it says."""
    command = [sys.executable, "-m", "tests.integration.catalogue_child", url, "1"]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        try:
            yield (line.rstrip("\n") for line in child.stdout)
        finally:
            child.kill()
