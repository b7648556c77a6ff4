"""Comparing Chroma with the catalogue, and deriving it anew: what is missing is told, what is rebuilt is whole."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.integration.searched_plan import PLAN, store
from vectorstore.catalogue import Catalogue
from vectorstore.chroma import ChromaIndex
from vectorstore.embedding.e5 import E5Embeddings
from vectorstore.index import rebuild_index, verify_index
from vectorstore.passage_vectors import PassageVectors, matrix_of


@pytest.fixture
def index(tmp_path: Path) -> Iterator[ChromaIndex]:
    owned = ChromaIndex.own(tmp_path / "index")
    assert owned is not None
    with closing(owned):
        yield owned


@pytest.fixture
def vectors(catalogue: Catalogue, e5: E5Embeddings) -> PassageVectors:
    return PassageVectors(catalogue, e5)


def test_a_rebuilt_index_matches_the_catalogue(
    catalogue: Catalogue, vectors: PassageVectors, index: ChromaIndex
) -> None:
    contents = catalogue.load()
    rebuild_index(contents, vectors, index)
    state = verify_index(contents, vectors, index)
    assert list(state.problems()) == []
    assert (state.version, state.passages) == (contents.version, len(contents.passages))
    assert (state.missing, state.spare, state.lost, state.unembedded) == (0, 0, 0, 0)


def test_nothing_is_embedded_to_verify(catalogue: Catalogue, vectors: PassageVectors, index: ChromaIndex) -> None:
    contents = catalogue.load()
    state = verify_index(contents, vectors, index)
    assert state.unembedded == state.texts
    assert list(state.problems()) == [f"{state.texts} texts have no vector in the catalogue"]
    assert vectors.stored(contents.passages) == {}


def test_what_was_added_since_is_missing_and_what_was_deleted_is_spare(
    catalogue: Catalogue, vectors: PassageVectors, index: ChromaIndex
) -> None:
    rebuild_index(catalogue.load(), vectors, index)
    [document] = catalogue.documents()
    store(catalogue, "other.txt", PLAN.replace("見本市", "試作町"))
    contents = catalogue.load()
    vectors.by_hash(contents.passages)
    assert next(verify_index(contents, vectors, index).problems()).endswith("vectors are missing in the index")
    catalogue.delete(document.id)
    contents = catalogue.load()
    index.derive(matrix_of(contents.passages, vectors.by_hash(contents.passages)), vectors.embeddings.model)
    state = verify_index(contents, vectors, index)
    assert (list(state.problems()), state.spare) == ([], 0)
