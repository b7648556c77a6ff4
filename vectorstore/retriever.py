"""The hybrid search of a corpus as a langchain retriever, for whoever builds on langchain."""

from collections.abc import Callable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from vectorstore.corpus import Corpus
from vectorstore.hits import Hit


class HybridRetriever(BaseRetriever):
    """Finds passages by words and meaning; `corpus` gives the newest snapshot, `document_ids` limits the search."""

    corpus: Callable[[], Corpus]
    document_ids: frozenset[str] | None = None
    k: int = 5

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager
        return [_to_document(hit) for hit in self.corpus().search(query, self.document_ids, self.k)]


def _to_document(hit: Hit) -> Document:
    passage = hit.passage
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "source": passage.source,
            "document_id": passage.document_id,
            "municipality": passage.municipality,
            "plan": passage.plan,
            "section": list(passage.section),
            "item_id": passage.item_id,
            "line_start": passage.line_start,
            "line_end": passage.line_end,
            "score": hit.score,
        },
    )
