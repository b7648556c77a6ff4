"""What reading costs: made-up plans in every format in, seconds per page and the highest memory out.

Run `python -m bench.bench_reading`. Prints a table, and writes it into the section "## Reading" of bench/README.md with
--write. Every figure is of a fresh process that reads one file to its items and passages, as the service has it done.
Reading one file uses one core: its seconds are the processor's, which other work on the machine hardly changes. Many
files at once are measured on the clock, so only on a quiet machine.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.bench_service import ROOT, Figure, describe_machine, render, write_section
from ingest.reading import open_plan, read_plan
from ingest.sandbox import Limits, Sandbox
from tests.plan_files import MAKERS, ROWS_OF_A_PAGE

PAGES = 50
LONG = (50, 150, 300)
FILES, PAGES_OF_A_FILE = 50, 4
RUNS = 3
_READ = """
import sys, time
from pathlib import Path
from ingest.readers import document_id  # what every file needs is loaded before the clock starts
from ingest.reading import open_plan, read_plan
started = time.process_time()
read = read_plan(open_plan(Path(sys.argv[1])))
print(time.process_time() - started, len(read.extraction.items))
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def main() -> None:
    """Measure everything and print it as a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep the table in bench/README.md")
    given = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        table = render(list(measure(Path(folder))))
    print(table)
    if given.write:
        inputs = f"Pages of {ROWS_OF_A_PAGE} ruled rows; load before {load:.1f}; median of {RUNS} runs"
        write_section("Reading", f"{table}\n\n{inputs}; {describe_machine()}")


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of every format, of a long PDF, and of many files at once."""
    for name in MAKERS:
        taken, peak = read(folder, name, PAGES)
        ending = Path(name).suffix[1:].upper()
        yield Figure(f"{ending}, {PAGES} pages", f"{taken / PAGES * 1000:.0f} ms per page, {peak:.0f} MB", "")
    for pages in LONG:
        taken, peak = read(folder, "plan.pdf", pages, 1)
        yield Figure(f"PDF, {pages} pages", f"{taken / pages:.2f} s per page, {peak:.0f} MB", "1 s per page")
    yield many(folder)


def read(folder: Path, name: str, pages: int, runs: int = RUNS) -> tuple[float, float]:
    """Return the median processor seconds and the highest memory in MB that a file of so many pages takes."""
    path = folder / f"{pages}_{name}"
    path.write_bytes(MAKERS[name](pages))
    figures = [read_once(path, pages * ROWS_OF_A_PAGE) for _ in range(runs)]
    return statistics.median(taken for taken, _ in figures), max(peak for _, peak in figures)


def read_once(path: Path, items: int) -> tuple[float, float]:
    """Read a file in a process of its own, which must find so many items."""
    done = subprocess.run([sys.executable, "-c", _READ, path], cwd=ROOT, capture_output=True, text=True, check=True)
    taken, found, peak = done.stdout.split()
    if int(found) != items:
        raise SystemExit(f"{path.name}: {found} items, {items} are printed")
    return float(taken), int(peak) / 1000


def many(folder: Path) -> Figure:
    """Compare reading many files in one process and in two."""
    paths = [folder / f"many_{number}.pdf" for number in range(FILES)]
    for path in paths:
        path.write_bytes(MAKERS["plan.pdf"](PAGES_OF_A_FILE))
    before = time.process_time()
    runs = [(read_all(paths, 1), read_all(paths, 2)) for _ in range(RUNS)]
    parent = (time.process_time() - before) / (2 * RUNS)
    one, two = (statistics.median(times) for times in zip(*runs, strict=True))
    measured = f"{one:.1f} s / {two:.1f} s, {one / two:.2f} times; {parent:.1f} s of it in the parent"
    return Figure(f"{FILES} PDFs of {PAGES_OF_A_FILE} pages, one process / two", measured, "at least 1.7 times")


def read_all(paths: list[Path], processes: int) -> float:
    """Return the seconds that it takes to read the files in so many processes, their start included."""
    sandbox = Sandbox(Limits(), processes)
    started = time.perf_counter()
    with ThreadPoolExecutor(processes) as threads:
        list(threads.map(lambda path: sandbox.run(path.name, read_plan, open_plan(path)), paths))
    taken = time.perf_counter() - started
    sandbox.close()
    return taken


if __name__ == "__main__":
    main()
