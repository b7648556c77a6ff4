"""Plan files in; several read at a time, one after the other embedded and stored; what became of every one out."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.errors import IngestError
from ingest.plan_items import Extraction, Passage
from ingest.plans_file import PlansFile, plans_files
from ingest.readers import SUFFIXES
from ingest.reading import PlanFile, ReadPlan, open_plan, read_plan
from ingest.told import NOTHING_TOLD, Unsure, unsure_about
from vectorstore.catalogue import Catalogue
from vectorstore.contents import Vectors
from vectorstore.errors import DuplicateSource

Embed = Callable[[tuple[Passage, ...]], Vectors | None]
Read = Callable[[PlanFile], ReadPlan]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file; `remarks` are for the person who ingests, the last says what to do about a failure.

    `asks` are the fields that the file does not tell and that the person who ingests it should.
    """

    source: str
    result: Literal["added", "replaced", "unchanged", "deleted", "failed"]
    document_id: str = ""
    extraction: Extraction | None = None
    remarks: tuple[str, ...] = ()
    asks: tuple[Unsure, ...] = ()


@dataclass(frozen=True, slots=True)
class Ingesting:
    """Ingest into one catalogue; with `replace`, a file of a known name from another folder replaces the known one.

    `read` is called in up to `jobs` threads at once; only the calling thread embeds and stores.
    """

    catalogue: Catalogue
    embed: Embed
    replace: bool = False
    read: Read = read_plan
    jobs: int = 1

    def add_files(self, paths: Iterable[Path]) -> Iterator[Ingested]:
        """Ingest files in their order; a bad one is told of in its result, so that it does not stop the next one.

        Raises:
            BadDescription: a plans.yaml beside them is not understood.

        """
        paths = tuple(paths)
        told = plans_files(paths)

        def open_and_read(path: Path) -> tuple[PlanFile, ReadPlan | None]:
            file = open_described(path, told)
            return file, self._read_if_new(file)

        with ThreadPoolExecutor(self.jobs) as threads:
            try:
                for path, read in _ahead(threads, open_and_read, paths, self.jobs + 1):
                    yield self._stored(path, read)
            finally:
                threads.shutdown(wait=False, cancel_futures=True)

    def add(self, file: PlanFile, origin: str | None = None) -> Ingested:
        """Read one plan file, embed its passages and store all of it.

        Raises:
            IngestError: the file cannot be read.
            DuplicateSource: another file of this name is stored, and is not to be replaced.

        """
        return self._store(file, self._read_if_new(file), origin)

    def _read_if_new(self, file: PlanFile) -> ReadPlan | None:
        return None if self._holds(file) else self.read(file)

    def _holds(self, file: PlanFile) -> bool:
        return self.catalogue.holds(file.document_id, file.content_hash, file.told)

    def _stored(self, path: Path, read: "Future[tuple[PlanFile, ReadPlan | None]]") -> Ingested:
        try:
            return self._store(*read.result(), str(path.absolute()))
        except (IngestError, DuplicateSource) as error:
            return Ingested(path.name, "failed", remarks=(str(error),))

    def _store(self, file: PlanFile, plan: ReadPlan | None, origin: str | None) -> Ingested:
        if plan is None:
            return Ingested(file.name, "unchanged", file.document_id)
        vectors = self.embed(plan.extraction.passages)
        added = self.catalogue.add(
            plan.document, plan.extraction, vectors, origin=origin, original=file.data, replace=self.replace
        )
        asks = unsure_about(plan.document.title_is_printed, plan.document.municipality)
        return Ingested(file.name, added.kind, added.document_id, plan.extraction, added.remarks, asks)


def open_described(path: Path, told: Mapping[Path, PlansFile]) -> PlanFile:
    """Load a plan file with what the plans.yaml beside it tells; raises IngestError naming the file and what to do."""
    beside = told.get(path.parent)
    return open_plan(path, beside.about(path.name) if beside else NOTHING_TOLD)


def find_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the named files, and the files with a known ending below the named folders, each once."""
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _below(path) if path.is_dir() else (path,):
            found.setdefault(file.resolve(), file)
    return tuple(found.values())


def _ahead(
    threads: ThreadPoolExecutor,
    work: Callable[[Path], tuple[PlanFile, ReadPlan | None]],
    paths: Iterable[Path],
    most: int,
) -> Iterator[tuple[Path, "Future[tuple[PlanFile, ReadPlan | None]]"]]:
    """Start the work on the next few files before the first is waited for; never on all, as each holds memory."""
    started: deque[tuple[Path, Future[tuple[PlanFile, ReadPlan | None]]]] = deque()
    for path in paths:
        started.append((path, threads.submit(work, path)))
        if len(started) > most:
            yield started.popleft()
    while started:
        yield started.popleft()


def _below(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES and _is_plain(file))


def _is_plain(file: Path) -> bool:
    return file.is_file() and not file.name.startswith((".", "~$"))
