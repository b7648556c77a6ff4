"""A small made-up plan for tests of searching, and vectors for it that are easy to foresee."""

from collections.abc import Callable, Sequence

import numpy as np

from ingest.extract import extract
from ingest.readers import read_bytes
from vectorstore.catalogue import Catalogue
from vectorstore.contents import Contents
from vectorstore.corpus import Dense
from vectorstore.passage_vectors import hash_of, matrix_of

PLAN = """見本市しごと見直しプラン

見本市

1 窓口

取組項目	内容	実施時期	所管課
書かない窓口	届出を聞き取って書類を作る。	令和7年度	窓口課
図書の宅配	図書館の本を家まで届ける。	令和8年度	図書館

2 財政

取組項目	内容	実施時期	所管課
公用車の共同利用	公用車を減らし、課をこえて使う。	毎年度	管財課
"""


def store(catalogue: Catalogue, name: str, text: str) -> None:
    document = read_bytes(name, text.encode())
    catalogue.add(document, extract(document))


def one_hot(contents: Contents, embed_query: Callable[[str], Sequence[float]] = lambda _: [1.0, 0.0]) -> Dense:
    """Vectors that make the passage about books the nearest to everything."""
    books = {hash_of(p): "図書" in p.text for p in contents.passages}
    vectors = {key: np.array([1.0, 0.0] if is_it else [0.7, 0.7], np.float32) for key, is_it in books.items()}
    return Dense(matrix_of(contents.passages, vectors), embed_query)
