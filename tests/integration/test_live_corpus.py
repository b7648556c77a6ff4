"""The newest snapshot of the catalogue: swapped in while old ones answer, and mended when its index fails."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.integration.searched_plan import PLAN, one_hot, store
from vectorstore.catalogue import Catalogue
from vectorstore.contents import Contents
from vectorstore.corpus import Dense
from vectorstore.errors import CatalogueUnavailable
from vectorstore.live_corpus import LiveCorpus
from vectorstore.passage_vectors import matrix_of


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


def test_a_deleted_document_is_found_no_more(catalogue: Catalogue) -> None:
    live = LiveCorpus(catalogue, refresh_seconds=0)
    [document] = live().documents
    catalogue.delete(document.id)
    assert live().search("図書館の本") == ()


def test_a_new_version_is_looked_for_only_now_and_then(catalogue: Catalogue) -> None:
    live = LiveCorpus(catalogue, refresh_seconds=3600)
    before = live()
    store(catalogue, "second.txt", PLAN.replace("しごと見直し", "みらい"))
    assert live() is before


def test_while_one_thread_reads_a_new_version_the_others_answer_from_the_old_one(catalogue: Catalogue) -> None:
    reading, go_on = threading.Event(), threading.Event()
    go_on.set()

    def slow(_: Contents) -> None:
        reading.set()
        assert go_on.wait(30)

    live = LiveCorpus(catalogue, slow, refresh_seconds=0)
    before = live()
    store(catalogue, "second.txt", PLAN.replace("しごと見直し", "みらい"))
    reading.clear()
    go_on.clear()
    with ThreadPoolExecutor(1) as pool:
        later = pool.submit(live)
        assert reading.wait(30)
        assert live() is before
        go_on.set()
        assert len(later.result(30).documents) == 2


def test_threads_that_come_first_all_wait_for_the_first_snapshot(catalogue: Catalogue) -> None:
    live = LiveCorpus(catalogue)
    with ThreadPoolExecutor(4) as pool:
        assert {corpus.version for corpus in pool.map(lambda _: live(), range(8))} == {catalogue.version()}


@pytest.mark.parametrize(("mending_seconds", "derived"), [(0.0, 3), (3600.0, 1)])
def test_an_index_with_a_problem_is_derived_again_now_and_then(
    catalogue: Catalogue, mending_seconds: float, derived: int
) -> None:
    tried: list[Dense] = []

    def whole_at_the_third_time(contents: Contents) -> Dense:
        whole = one_hot(contents)
        embed: Sequence[Dense] = (Dense(matrix_of(contents.passages, {}), whole.embed_query), whole)
        tried.append(embed[len(tried) >= 2])
        return tried[-1]

    live = LiveCorpus(catalogue, whole_at_the_third_time, refresh_seconds=0, mending_seconds=mending_seconds)
    for _ in range(6):
        corpus = live()
    assert len(tried) == derived
    assert (corpus.index_problem() is None) == (derived == 3)
