"""Files that a reader once failed on, as the fuzzer (tools/fuzz_readers.py) found them: each made small and kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import DocumentTooLarge, UnreadableDocument
from ingest.reading import PlanFile, read_plan
from ingest.sandbox import Limits, Sandbox

FINDS = sorted((Path(__file__).parents[2] / "finds").iterdir())


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(Limits(seconds=30, memory_bytes=1_500_000_000))
    yield sandbox
    sandbox.close()


@pytest.mark.parametrize("path", FINDS, ids=[path.name for path in FINDS])
def test_a_file_that_once_stopped_its_reader_is_read_or_refused_by_name(path: Path, sandbox: Sandbox):
    try:
        plan = sandbox.run(path.name, read_plan, PlanFile(path.name, path.read_bytes()))
    except (UnreadableDocument, DocumentTooLarge) as error:
        said = str(error)
    else:
        said = f"{plan.document.source}: {len(plan.document.lines)} lines"
    assert said.startswith(f"{path.name}: ")
