"""What a user waits for, and what the service needs: a folder of plans and a file of questions in, a table out.

Run `python -m bench.bench_service [PLANS [QUESTIONS…]]`; by default the samples. Prints a table, and writes it into
the section "## Service" of bench/README.md with --write.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "bench" / "README.md"
COLD_RUNS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure beside what it must not exceed."""

    name: str
    measured: str
    target: str = ""


def main() -> None:
    """Measure everything and print it as a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", nargs="?", type=Path, default=ROOT / "samples")
    parser.add_argument("questions", nargs="*", type=Path, default=[ROOT / "samples" / "questions.jsonl"])
    parser.add_argument("--write", action="store_true", help="keep the table in bench/README.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = list(measure(Path(folder), given.plans, given.questions))
    table = render(figures)
    print(table)
    if given.write:
        inputs = f"{sum(1 for _ in plans_in(given.plans))} plan files, {len(given.questions)} files of questions"
        write_section("Service", f"{table}\n\n{inputs}; {describe_machine()}")


def plans_in(folder: Path) -> Iterator[Path]:
    """Yield the files that an ingest of the folder reads."""
    return (file for file in folder.rglob("*") if file.suffix in (".txt", ".md", ".tsv"))


def measure(folder: Path, plans: Path, questions: Sequence[Path]) -> Iterator[Figure]:
    """Yield the figures, each of a fresh process on a data folder below `folder`."""
    yield Figure("`kaikaku --help`", seconds(median_of(lambda: run("--help"))), "0.5 s")
    yield Figure("ingest without embedding", seconds(timed(lambda: ingest(folder / "plain", plans, "none"))), "5 s")
    yield Figure("ingest with embedding", seconds(timed(lambda: ingest(folder / "data", plans, "e5"))), "30 s")
    again = timed(lambda: ingest(folder / "data", plans, "e5"))
    yield Figure("ingest of the same files again", seconds(again))
    texts = [json.loads(line) for file in questions for line in file.read_text(encoding="utf-8").splitlines() if line]
    cold = median_of(lambda: run("ask", texts[0]["question"], data=folder / "data"))
    yield Figure("cold `kaikaku ask`", seconds(cold), "5 s")
    yield from measure_service(folder / "data", folder / "service.log", texts)


def measure_service(data: Path, log: Path, texts: Sequence[dict[str, Any]]) -> Iterator[Figure]:
    """Yield what a running service takes and needs, asked one at a time and two at a time."""
    started = time.perf_counter()
    with running(data, log) as (process, address):
        yield Figure("start of the service", seconds(time.perf_counter() - started))
        ask(address, texts[0])
        yield Figure("resident memory after the first answer", megabytes(process.pid, "VmRSS"), "700 MB")
        for at_once in (1, 2):
            taken = ask_all(partial(ask, address), texts, at_once)
            p50, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
            label = f"ask p50 / p95 of {len(taken)}, {at_once} at a time"
            yield Figure(label, f"{p50 * 1000:.1f} / {p95 * 1000:.1f} ms", "30 / 80 ms")
        yield Figure("highest resident memory", megabytes(process.pid, "VmHWM"), "700 MB")


def render(figures: Sequence[Figure]) -> str:
    """Return the figures as a Markdown table."""
    rows = [f"| {figure.name} | {figure.measured} | {figure.target} |" for figure in figures]
    return "\n".join(["| | measured | at most |", "|---|---|---|", *rows])


def write_section(title: str, body: str) -> None:
    """Put the body under its heading in bench/README.md, in place of what was there."""
    text = README.read_text(encoding="utf-8") if README.exists() else "# Measured\n"
    section = f"## {title}\n\n{body}\n"
    replaced, found = re.subn(rf"^## {title}\n.*?(?=^## |\Z)", lambda _: f"{section}\n", text, flags=re.M | re.S)
    README.write_text((replaced if found else f"{text}\n{section}").rstrip() + "\n", encoding="utf-8")


def describe_machine() -> str:
    """Say what the figures were measured on."""
    model = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text(encoding="utf-8"))
    name = model[1] if model else "unknown processor"
    gib = int(memory[1]) / 2**20 if memory else 0
    return (
        f"{os.cpu_count()} cores ({name}), {gib:.0f} GiB, Python {sys.version.split()[0]}, {time.strftime('%Y-%m-%d')}."
    )


def run(*arguments: str, data: Path | None = None, embedding: str = "e5") -> None:
    """Run one command, which must succeed."""
    command = [sys.executable, "-m", "assistant", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment(data or ROOT, embedding), check=True, stdout=subprocess.DEVNULL)


def ingest(data: Path, plans: Path, embedding: str) -> None:
    """Ingest the plans."""
    run("ingest", str(plans), data=data, embedding=embedding)


def environment(data: Path, embedding: str) -> dict[str, str]:
    """The variables of a process that keeps its data in `data`."""
    return {**os.environ, "KAIKAKU_DATA": str(data), "KAIKAKU_EMBEDDING": embedding}


@contextmanager
def running(data: Path, log: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Serve while the block runs; give the process and its address."""
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(data, "e5"), stdout=output, stderr=output)
    try:
        yield process, wait_for_address(process, log)
    finally:
        process.terminate()
        process.wait(30)


def wait_for_address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Return the address as soon as the service says it."""
    while process.poll() is None:
        if found := re.search(r"serving on (http://\S+)", log.read_text(encoding="utf-8")):
            return found[1]
        time.sleep(0.02)
    raise SystemExit(log.read_text(encoding="utf-8"))


def ask_all(ask_one: Callable[[dict[str, Any]], float], texts: Sequence[dict[str, Any]], at_once: int) -> list[float]:
    """Return the seconds that every question took."""
    with ThreadPoolExecutor(at_once) as threads:
        return list(threads.map(ask_one, texts))


def ask(address: str, text: dict[str, Any]) -> float:
    """Ask one question and return the seconds it took."""
    body = {name: text[name] for name in ("question", "history", "scope") if text.get(name)}
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{address}/v1/ask", json.dumps(body).encode(), headers)
    started = time.perf_counter()
    with urllib.request.urlopen(request) as response:
        response.read()
    return time.perf_counter() - started


def timed(work: Callable[[], None]) -> float:
    """Return the seconds that the work took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median_of(work: Callable[[], None]) -> float:
    """Return the median seconds of a few runs."""
    return statistics.median(timed(work) for _ in range(COLD_RUNS))


def seconds(value: float) -> str:
    """Return seconds as text."""
    return f"{value:.2f} s"


def megabytes(process_id: int, field: str) -> str:
    """Return a memory figure of a process as text."""
    status = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8")
    found = re.search(rf"{field}:\s*(\d+)", status)
    return f"{int(found[1]) / 1000:.0f} MB" if found else "unknown"


if __name__ == "__main__":
    main()
