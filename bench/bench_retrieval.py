"""Which ranking finds the cited place: a folder of plans and files of questions in, a table out.

Run `python -m bench.bench_retrieval [PLANS [QUESTIONS…]]`; by default the samples. Relevant to a question is what its
`cite` names: an item by title, or the passages that print a quote. With --write the table is kept in the section
"## Retrieval" of bench/README.md.
"""

import argparse
import datetime
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.bench_service import ROOT, describe_machine, write_section
from ingest.extract import extract
from ingest.normalize import squeeze
from ingest.plan_items import Passage
from ingest.readers import read_document
from vectorstore.contents import Contents, StoredDocument
from vectorstore.corpus import Corpus, Dense
from vectorstore.embedding.e5 import E5Embeddings
from vectorstore.hits import Hit
from vectorstore.passage_vectors import hash_of, matrix_of

DEPTH, CUT = 200, 5
Ranking = Callable[[Sequence[Hit]], list[str]]


@dataclass(frozen=True, slots=True)
class Sought:
    """A question, the documents it is asked of, and the passages that answer it."""

    question: str
    documents: frozenset[str] | None
    relevant: frozenset[str]


def main() -> None:
    """Rank all questions in every way and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", nargs="?", type=Path, default=ROOT / "samples")
    parser.add_argument("questions", nargs="*", type=Path, default=[ROOT / "samples" / "questions.jsonl"])
    parser.add_argument("--write", action="store_true", help="keep the table in bench/README.md")
    given = parser.parse_args()
    corpus = index(given.plans)
    sought = [found for file in given.questions for found in read(file, corpus) if found.relevant]
    table = compare(corpus, sought)
    print(table)
    if given.write:
        write_section(
            "Retrieval", f"{table}\n\n{len(sought)} questions, {len(corpus.passages)} passages; {describe_machine()}"
        )


def index(plans: Path) -> Corpus:
    """Read and embed all plans below a folder."""
    documents, items, passages = [], [], []
    for file in sorted(f for f in plans.rglob("*") if f.suffix in (".txt", ".md", ".tsv")):
        document = read_document(file)
        found = extract(document)
        now = datetime.datetime.now(datetime.UTC)
        documents.append(
            StoredDocument(
                document.id, document.source, document.title, document.municipality, document.period,
                document.encoding, document.content_hash, 1, now, found.report, document.title_is_printed,
                len(found.items), len(found.passages),
            )
        )  # fmt: skip
        items += found.items
        passages += found.passages
    e5 = E5Embeddings("fp32", workers=2)
    made = e5.embed_documents([passage.search_text for passage in passages])
    vectors = {hash_of(p): np.array(vector, np.float32) for p, vector in zip(passages, made, strict=True)}
    dense = Dense(matrix_of(passages, vectors), e5.embed_query)
    return Corpus.of(Contents(1, tuple(documents), tuple(items), tuple(passages)), dense)


def read(file: Path, corpus: Corpus) -> Iterator[Sought]:
    """Read questions whose cited places are in the corpus."""
    for line in filter(None, file.read_text("utf-8").splitlines()):
        question = json.loads(line)
        scope = question.get("scope") or {}
        inside = frozenset(d.id for d in corpus.documents if scope.get("municipality") in (None, d.municipality))
        relevant = {p.id for cite in question.get("cite") or [] for p in corpus.passages if is_cited(p, cite, corpus)}
        yield Sought(question["question"], inside, frozenset(relevant))


def is_cited(passage: Passage, cite: dict[str, Any], corpus: Corpus) -> bool:
    """Tell whether a citation means this passage."""
    if passage.source != cite.get("doc"):
        return False
    if "item_title" in cite:
        item = next((i for i in corpus.items if i.id == passage.item_id), None)
        return item is not None and squeeze(item.title) == squeeze(cite["item_title"])
    return squeeze(cite.get("quote", "\0")) in squeeze(passage.text)


def compare(corpus: Corpus, sought: Sequence[Sought]) -> str:
    """Rank every question in every way; one row a way."""
    rankings: dict[str, Ranking] = {
        "words (BM25)": lambda hits: by(hits, lambda h: h.lexical),
        "meaning (e5)": lambda hits: by(hits, lambda h: h.dense or 0.0),
        "rank fusion (k = 60)": rank_fusion,
        "**score fusion (ours)**": lambda hits: by(hits, lambda h: h.score),
    }
    found = [(corpus.search(s.question, s.documents, DEPTH), s.relevant) for s in sought]
    rows = ["| ranking | MRR@10 | recall@5 | first is right |", "|---|---|---|---|"]
    for name, ranking in rankings.items():
        places = [first_place(ranking(hits), relevant) for hits, relevant in found]
        reciprocal = sum(1 / place for place in places if place and place <= 10) / len(places)
        within = sum(1 for place in places if place and place <= CUT) / len(places)
        first = sum(1 for place in places if place == 1) / len(places)
        rows.append(f"| {name} | {reciprocal:.3f} | {within:.3f} | {first:.3f} |")
    return "\n".join(rows)


def by(hits: Sequence[Hit], score: Callable[[Hit], float]) -> list[str]:
    """Passage ids, best first."""
    return [hit.passage.id for hit in sorted(hits, key=lambda hit: -score(hit))]


def rank_fusion(hits: Sequence[Hit], k: int = 60) -> list[str]:
    """Reciprocal rank fusion of the two halves."""
    scores: dict[str, float] = {}
    for ids in (by(hits, lambda h: h.lexical), by(hits, lambda h: h.dense or 0.0)):
        for rank, key in enumerate(ids, 1):
            scores[key] = scores.get(key, 0.0) + 1 / (k + rank)
    return sorted(scores, key=lambda key: -scores[key])


def first_place(ids: Sequence[str], relevant: frozenset[str]) -> int | None:
    """The place of the first relevant passage, from 1."""
    return next((place for place, key in enumerate(ids, 1) if key in relevant), None)


if __name__ == "__main__":
    main()
