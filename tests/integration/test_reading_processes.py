"""Many files are read in several processes while one writes; a file that takes its process down costs no other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.ingesting import Ingesting
from ingest.reading import PlanFile, ReadPlan, read_plan
from ingest.sandbox import Limits, Sandbox
from tests import sandboxed
from vectorstore.catalogue import Catalogue

TEXT = "# 見本市改革プラン{number}\n\n番号\t取組項目\t所管課\n1\t集会所{number}の統合\t施設管理課\n"
HARMFUL = {"03.txt": "落ちる", "07.txt": "終わらない", "11.txt": "殺される"}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(Limits(seconds=3), most=2)
    yield sandbox
    sandbox.close()


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as catalogue:
        yield catalogue


def write_plans(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    paths = [folder / f"{number:02}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(TEXT.format(number=number), encoding="utf-8")
    return paths


def test_only_the_files_that_crash_hang_or_are_killed_fail(tmp_path: Path, catalogue: Catalogue, sandbox: Sandbox):
    paths = write_plans(tmp_path / "plans", 14)
    for name, order in HARMFUL.items():
        (tmp_path / "plans" / name).write_text(order, encoding="utf-8")
    ingesting = Ingesting(
        catalogue, lambda _: None, read=lambda file: sandbox.run(file.name, sandboxed.read_or_fall, file), jobs=2
    )
    done = list(ingesting.add_files(paths))
    assert [one.source for one in done] == [path.name for path in paths]
    failed = {one.source: one.remarks[0] for one in done if one.result == "failed"}
    assert failed.keys() == HARMFUL.keys()
    assert "crashed (SIGSEGV)" in failed["03.txt"]
    assert "longer than 3 seconds" in failed["07.txt"]
    assert "memory" in failed["11.txt"]
    assert len(catalogue.load().items) == 11


def test_files_read_in_two_processes_are_stored_as_if_read_in_one(tmp_path: Path, sandbox: Sandbox):
    paths = write_plans(tmp_path / "plans", 9)
    contents = []
    for jobs in (1, 2):
        with Catalogue.open(f"sqlite:///{tmp_path}/{jobs}.sqlite3") as catalogue:
            ingesting = Ingesting(
                catalogue, lambda _: None, read=lambda file: sandbox.run(file.name, read_plan, file), jobs=jobs
            )
            assert [one.source for one in ingesting.add_files(paths)] == [path.name for path in paths]
            contents.append(catalogue.load())
    assert contents[0].items == contents[1].items
    assert contents[0].passages == contents[1].passages


def test_what_is_not_waited_for_is_not_read(tmp_path: Path, catalogue: Catalogue):
    read: list[str] = []

    def note(file: PlanFile) -> ReadPlan:
        read.append(file.name)
        return read_plan(file)

    results = Ingesting(catalogue, lambda _: None, read=note).add_files(write_plans(tmp_path / "plans", 12))
    assert next(results).source == "00.txt"
    assert len(read) <= 4
    results.close()  # type: ignore[attr-defined]
    assert len(catalogue.documents()) == 1


def test_the_same_file_again_is_not_even_read(tmp_path: Path, catalogue: Catalogue):
    paths = write_plans(tmp_path / "plans", 2)
    list(Ingesting(catalogue, lambda _: None).add_files(paths))

    def never(file: PlanFile) -> ReadPlan:
        raise AssertionError(file.name)

    assert {one.result for one in Ingesting(catalogue, lambda _: None, read=never).add_files(paths)} == {"unchanged"}
