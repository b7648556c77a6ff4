"""The hybrid search as a langchain retriever, over real embeddings."""

import asyncio

import numpy as np
import pytest
from langchain_core.runnables import RunnableLambda

from vectorstore.catalogue import Catalogue
from vectorstore.corpus import Corpus, Dense
from vectorstore.embedding.e5 import E5Embeddings
from vectorstore.passage_vectors import PassageVectors, matrix_of
from vectorstore.retriever import HybridRetriever


@pytest.fixture
def corpus(catalogue: Catalogue, e5: E5Embeddings) -> Corpus:
    contents = catalogue.load()
    vectors = PassageVectors(catalogue, e5).by_hash(contents.passages)
    return Corpus.of(contents, Dense(matrix_of(contents.passages, vectors), e5.embed_query, e5.scale()))


def test_langchain_gets_documents_with_their_places(corpus: Corpus) -> None:
    best, second = HybridRetriever(corpus=lambda: corpus, k=2).invoke("図書の宅配")
    assert "図書" in best.page_content
    assert best.id in {passage.id for passage in corpus.passages}
    assert best.metadata["source"] == "plan.txt"
    assert best.metadata["municipality"] == "見本市"
    assert best.metadata["line_start"] > 0
    assert best.metadata["score"] > second.metadata["score"]


def test_meaning_finds_what_no_word_of_the_question_says(corpus: Corpus) -> None:
    [best] = HybridRetriever(corpus=lambda: corpus, k=1).invoke("Can I get books delivered to my home?")
    assert "図書の宅配" in best.page_content


def test_a_retriever_can_be_kept_to_some_documents(corpus: Corpus) -> None:
    [document] = corpus.documents
    assert HybridRetriever(corpus=lambda: corpus, document_ids=frozenset({document.id})).invoke("公用車")
    assert HybridRetriever(corpus=lambda: corpus, document_ids=frozenset({"unknown"})).invoke("公用車") == []


def test_a_retriever_is_a_link_of_langchain_chains_also_without_waiting(corpus: Corpus) -> None:
    chain = HybridRetriever(corpus=lambda: corpus, k=1) | RunnableLambda(lambda found: found[0].page_content)
    assert "公用車" in chain.invoke("公用車の共同利用")
    assert asyncio.run(chain.ainvoke("公用車の共同利用")) == chain.invoke("公用車の共同利用")


def test_the_embeddings_are_langchains_too(e5: E5Embeddings) -> None:
    [passage] = asyncio.run(e5.aembed_documents(["図書館の本を家まで届ける。"]))
    assert float(np.dot(passage, e5.embed_query("本の宅配"))) > 0.8
