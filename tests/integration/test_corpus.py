"""A searchable snapshot of the catalogue: words and vectors together, either half alone when the other fails."""

from collections.abc import Sequence

import numpy as np
import pytest

from tests.integration.searched_plan import PLAN, one_hot, store
from vectorstore.catalogue import Catalogue
from vectorstore.corpus import Corpus, Dense
from vectorstore.errors import EmbeddingFailed
from vectorstore.passage_vectors import hash_of, matrix_of


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
    vectors = {hash_of(p): np.array([0.7, 0.7], np.float32) for p in contents.passages if "公用車" not in p.text}
    best = Corpus.of(contents, Dense(matrix_of(contents.passages, vectors), lambda _: [1.0, 0.0])).search("公用車")[0]
    assert "公用車" in best.passage.text
    assert best.dense is None
    assert best.score > 0.3


def test_without_any_vector_the_words_decide(catalogue: Catalogue) -> None:
    contents = catalogue.load()
    none = Corpus.of(contents, Dense(matrix_of(contents.passages, {}), lambda _: [1.0, 0.0]))
    assert none.search("公用車") == Corpus.of(contents).search("公用車")
    assert none.index_problem() is not None
    assert Corpus.of(contents).index_problem() is None


def test_while_the_model_does_not_answer_the_words_decide(
    catalogue: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: str) -> Sequence[float]:
        raise EmbeddingFailed("the model does not answer")

    contents = catalogue.load()
    assert Corpus.of(contents, one_hot(contents, fail)).search("公用車") == Corpus.of(contents).search("公用車")
    assert "words alone: the model does not answer" in caplog.text


def test_a_search_stays_inside_the_given_documents(catalogue: Catalogue) -> None:
    store(catalogue, "other.txt", PLAN.replace("見本市", "試作町").replace("公用車", "自転車"))
    corpus = Corpus.of(catalogue.load())
    other = next(d.id for d in corpus.documents if d.source == "other.txt")
    assert {hit.passage.document_id for hit in corpus.search("公用車", {other, "unknown"})} == {other}
    assert corpus.search("公用車", {"unknown"}) == ()
    assert corpus.search("公用車", ()) == ()


@pytest.mark.parametrize("query", ["", " ", "　", "？！"])
def test_a_question_without_words_finds_nothing_and_harms_nothing(catalogue: Catalogue, query: str) -> None:
    assert all(hit.score == 0 for hit in Corpus.of(catalogue.load()).search(query))
