"""Vectors of passages: made once, kept in the catalogue, left out where the model fails."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.made_up import a_passage
from vectorstore.catalogue import Catalogue
from vectorstore.contents import EmbeddingModel
from vectorstore.errors import EmbeddingFailed
from vectorstore.fusion import E5_SCALE, CosineScale
from vectorstore.passage_vectors import PassageVectors, hash_of


class CountedEmbeddings:
    """Embeds a text as its length, counts the texts, and fails once it has embedded `enough`."""

    def __init__(self, key: str = "length/1", enough: int = 1000, normaliser: str = "none") -> None:
        self.model = EmbeddingModel(key, 1, normaliser)
        self.embedded: list[str] = []
        self.enough = enough

    def scale(self) -> CosineScale:
        return E5_SCALE

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if len(self.embedded) >= self.enough:
            raise EmbeddingFailed("length/1 does not answer")
        self.embedded += texts
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [float(len(text))]


PASSAGES = [a_passage(id=str(number), search_text="窓" * number) for number in range(1, 41)]


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as catalogue:
        yield catalogue


def test_every_passage_gets_the_vector_of_its_text(catalogue: Catalogue) -> None:
    vectors = PassageVectors(catalogue, CountedEmbeddings()).by_hash(PASSAGES)
    assert [vectors[hash_of(passage)].tolist() for passage in PASSAGES] == [[float(n)] for n in range(1, 41)]


def test_no_text_is_embedded_twice_by_one_model(catalogue: Catalogue) -> None:
    embeddings = CountedEmbeddings()
    PassageVectors(catalogue, embeddings).by_hash(PASSAGES[:30])
    vectors = PassageVectors(catalogue, embeddings)
    assert len(vectors.stored(PASSAGES)) == 30
    vectors.by_hash([*PASSAGES, a_passage(id="same text", search_text="窓")])
    assert len(embeddings.embedded) == 40
    assert len(vectors.stored(PASSAGES)) == 40


def test_another_model_embeds_anew(catalogue: Catalogue) -> None:
    PassageVectors(catalogue, CountedEmbeddings()).by_hash(PASSAGES)
    for other in (CountedEmbeddings("length/2"), CountedEmbeddings(normaliser="clean/9")):
        assert PassageVectors(catalogue, other).stored(PASSAGES) == {}


def test_what_is_embedded_for_an_ingest_is_left_to_it_to_store(catalogue: Catalogue) -> None:
    vectors = PassageVectors(catalogue, CountedEmbeddings())
    assert set(vectors.of(PASSAGES).by_hash) == set(map(hash_of, PASSAGES))
    assert vectors.stored(PASSAGES) == {}


def test_how_far_the_embedding_is_can_be_shown(catalogue: Catalogue) -> None:
    shown: list[tuple[int, int]] = []
    PassageVectors(catalogue, CountedEmbeddings(), lambda done, total: shown.append((done, total))).of(PASSAGES)
    assert shown == [(16, 40), (32, 40), (40, 40)]


def test_texts_that_the_model_fails_to_embed_are_left_out_with_a_warning(
    catalogue: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    embeddings = CountedEmbeddings(enough=16)
    with caplog.at_level(logging.WARNING):
        assert len(PassageVectors(catalogue, embeddings).by_hash(PASSAGES)) == 16
    assert "24 texts are left without a vector: length/1 does not answer" in caplog.text
    embeddings.enough = 1000
    assert len(PassageVectors(catalogue, embeddings).by_hash(PASSAGES)) == 40
    assert len(embeddings.embedded) == 40, "what was made before the failure is kept"
