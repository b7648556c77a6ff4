"""A searchable snapshot of the catalogue: words and vectors together, new versions swapped in while old ones answer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.extract import extract
from ingest.readers import read_bytes
from vectorstore.catalogue import Catalogue
from vectorstore.contents import Contents, Vectors
from vectorstore.corpus import Corpus, Dense, LiveCorpus
from vectorstore.errors import CatalogueUnavailable
from vectorstore.matrix import MatrixVectors
from vectorstore.retriever import HybridRetriever

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


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as opened:
        store(opened, "plan.txt", PLAN)
        yield opened


def one_hot(contents: Contents) -> Dense:
    """Vectors that make the passage about books the nearest to everything."""
    vectors = {p.id: [1.0, 0.0] if "図書" in p.text else [0.7, 0.7] for p in contents.passages}
    import numpy as np

    arrays = {key: np.array(vector, np.float32) for key, vector in vectors.items()}
    return Dense(MatrixVectors(arrays, {p.id: p.document_id for p in contents.passages}), lambda _: [1.0, 0.0])


def test_words_find_the_passage_that_prints_them(catalogue: Catalogue) -> None:
    best = Corpus.of(catalogue.load()).search("公用車を減らす")[0]
    assert "公用車" in best.passage.text
    assert best.dense is None


def test_vectors_and_words_are_both_in_the_score(catalogue: Catalogue) -> None:
    contents = catalogue.load()
    best = Corpus.of(contents, one_hot(contents)).search("本を読みたい")[0]
    assert "図書" in best.passage.text
    assert best.dense == pytest.approx(1.0)


def test_a_passage_without_a_vector_is_still_found_by_its_words(catalogue: Catalogue) -> None:
    contents = catalogue.load()
    dense = Dense(MatrixVectors({}, {}), lambda _: [1.0, 0.0])
    assert Corpus.of(contents, dense).search("公用車")[0].passage.text


def test_a_search_stays_inside_the_given_documents(catalogue: Catalogue) -> None:
    store(catalogue, "other.txt", PLAN.replace("見本市", "試作町").replace("公用車", "自転車"))
    corpus = Corpus.of(catalogue.load())
    other = next(d.id for d in corpus.documents if d.source == "other.txt")
    assert {hit.passage.document_id for hit in corpus.search("公用車", {other})} == {other}


@pytest.mark.parametrize("query", ["", " ", "　", "？！"])
def test_a_question_without_words_finds_nothing_and_harms_nothing(catalogue: Catalogue, query: str) -> None:
    assert all(hit.score == 0 for hit in Corpus.of(catalogue.load()).search(query))


def test_a_new_version_is_swapped_in_and_the_old_snapshot_stays_whole(catalogue: Catalogue) -> None:
    live = LiveCorpus(catalogue, refresh_seconds=0)
    before = live()
    store(catalogue, "second.txt", PLAN.replace("しごと見直し", "みらい"))
    assert len(live().documents) == 2
    assert len(before.documents) == 1


def test_an_unchanged_catalogue_keeps_the_snapshot(catalogue: Catalogue) -> None:
    live = LiveCorpus(catalogue, refresh_seconds=0)
    assert live() is live()


def test_what_was_read_goes_on_answering_while_the_catalogue_is_away(catalogue: Catalogue) -> None:
    class Failing:
        away = False

        def version(self) -> int:
            if self.away:
                raise CatalogueUnavailable("the database does not answer")
            return catalogue.version()

        def load(self) -> Contents:
            return catalogue.load()

    failing = Failing()
    live = LiveCorpus(failing, refresh_seconds=0)  # type: ignore[arg-type]
    before = live()
    failing.away = True
    assert live() is before


def test_several_threads_search_at_once(catalogue: Catalogue) -> None:
    live = LiveCorpus(catalogue, refresh_seconds=0)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: live().search("図書館の本")[0].passage.id, range(80)))
    assert len(set(found)) == 1


def test_langchain_gets_documents_with_their_places(catalogue: Catalogue) -> None:
    corpus = Corpus.of(catalogue.load())
    best = HybridRetriever(corpus=lambda: corpus, k=2).invoke("図書の宅配")[0]
    assert "図書" in best.page_content
    assert best.metadata["source"] == "plan.txt"
    assert best.metadata["line_start"] > 0


def test_vectors_stored_with_a_document_serve_the_next_start(catalogue: Catalogue) -> None:
    import numpy as np

    document = read_bytes("third.txt", PLAN.replace("見本市", "三つ葉村").encode())
    catalogue.add(document, extract(document), Vectors("made-up/1", {"a" * 64: np.ones(2, np.float32)}))
    assert list(catalogue.embeddings("made-up/1", ["a" * 64])) == ["a" * 64]
