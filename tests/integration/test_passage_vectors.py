from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.passage_vectors import PassageVectors, hash_of
from tests.made_up import a_passage
from vectorstore.catalogue import Catalogue
from vectorstore.contents import EmbeddingModel


class CountedEmbeddings:
    """Embeds a text as its length, and counts the texts."""

    def __init__(self, key: str = "length/1") -> None:
        self.model = EmbeddingModel(key, 1, "none")
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
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
    vectors = PassageVectors(catalogue, CountedEmbeddings()).by_passage(PASSAGES)
    assert [vectors[passage.id].tolist() for passage in PASSAGES] == [[float(n)] for n in range(1, 41)]


def test_no_text_is_embedded_twice_by_one_model(catalogue: Catalogue) -> None:
    embeddings = CountedEmbeddings()
    PassageVectors(catalogue, embeddings).by_passage(PASSAGES[:30])
    vectors = PassageVectors(catalogue, embeddings)
    assert vectors.count_missing(PASSAGES) == 10
    vectors.by_passage([*PASSAGES, a_passage(id="same text", search_text="窓")])
    assert len(embeddings.embedded) == 40
    assert vectors.count_missing(PASSAGES) == 0


def test_another_model_embeds_anew(catalogue: Catalogue) -> None:
    PassageVectors(catalogue, CountedEmbeddings()).by_passage(PASSAGES)
    assert PassageVectors(catalogue, CountedEmbeddings("length/2")).count_missing(PASSAGES) == 40


def test_what_is_embedded_for_an_ingest_is_left_to_it_to_store(catalogue: Catalogue) -> None:
    vectors = PassageVectors(catalogue, CountedEmbeddings())
    assert set(vectors.of(PASSAGES).by_hash) == set(map(hash_of, PASSAGES))
    assert vectors.count_missing(PASSAGES) == 40


def test_how_far_the_embedding_is_can_be_shown(catalogue: Catalogue) -> None:
    shown: list[tuple[int, int]] = []
    PassageVectors(catalogue, CountedEmbeddings(), lambda done, total: shown.append((done, total))).of(PASSAGES)
    assert shown == [(16, 40), (32, 40), (40, 40)]
