"""Vectors kept in Chroma: one owner a folder, equal to the catalogue, healed when damaged, or on a server."""

import logging
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.chroma_server import chroma_server
from vectorstore.chroma import ChromaIndex
from vectorstore.contents import EmbeddingModel, Vector
from vectorstore.errors import IndexUnavailable
from vectorstore.matrix import MatrixVectors

ROOT = Path(__file__).parents[2]
# Above a thousand Chroma writes its graph to files of its own.
MANY = 1200
MODEL = EmbeddingModel("made-up/1", 8, "none")
WRITER = """
import itertools, pathlib, sys
from tests.integration.test_chroma import MODEL, matrix
from vectorstore.chroma import ChromaIndex
index = ChromaIndex.own(pathlib.Path(sys.argv[1]))
for turn in itertools.count():
    index.derive(matrix(range(turn * 40 % 400, turn * 40 % 400 + 300)), MODEL)
    print("derived", flush=True)
"""
STORE_MANY = """
import pathlib, sys
from tests.integration.test_chroma import MANY, MODEL, matrix
from vectorstore.chroma import ChromaIndex
ChromaIndex.own(pathlib.Path(sys.argv[1])).derive(matrix(range(MANY)), MODEL)
"""


def vector(number: int) -> Vector:
    made = np.random.default_rng(number).normal(size=8).astype(np.float32)
    return made / np.float32(np.linalg.norm(made))


def matrix(numbers: Sequence[int], without: Sequence[int] = ()) -> MatrixVectors:
    """One passage a number."""
    return MatrixVectors([f"h{n}" for n in numbers], {f"h{n}": vector(n) for n in numbers if n not in without})


def nearest(vectors: object, number: int, count: int = 5) -> list[int]:
    return list(map(int, vectors.nearest(vector(number), None, count)))  # type: ignore[attr-defined]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[ChromaIndex]:
    owned = ChromaIndex.own(tmp_path / "index")
    assert owned is not None
    with closing(owned):
        yield owned


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("chroma")) as url:
        yield url


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that another process filled, to be copied."""
    # Chroma keeps one engine per path and process: only another process lets go of it for certain.
    folder = tmp_path_factory.mktemp("stored") / "index"
    subprocess.run([sys.executable, "-c", STORE_MANY, str(folder)], check=True, cwd=ROOT)
    return folder


def test_the_nearest_are_those_of_an_exact_search(index: ChromaIndex) -> None:
    exact = matrix(range(60))
    assert nearest(index.derive(exact, MODEL), 5, 10) == nearest(exact, 5, 10)


def test_a_search_stays_inside_the_given_places(index: ChromaIndex) -> None:
    places = np.array([3, 7, 12])
    found = index.derive(matrix(range(30)), MODEL).nearest(vector(0), places, 30)
    assert sorted(found) == [3, 7, 12]


def test_passages_of_one_text_share_a_vector_and_are_all_found(index: ChromaIndex) -> None:
    exact = MatrixVectors(["h1", "h2", "h1"], {"h1": vector(1), "h2": vector(2)})
    assert sorted(nearest(index.derive(exact, MODEL), 1)) == [0, 1, 2]
    assert nearest(index.derive(exact, MODEL), 1)[:2] == [0, 2]


def test_a_passage_without_a_vector_has_no_cosine(index: ChromaIndex) -> None:
    held = index.derive(matrix(range(4), without=[2]), MODEL)
    cosines = held.cosines(vector(3), np.array([1, 2, 3]))
    assert np.isnan(cosines).tolist() == [False, True, False]
    assert cosines[2] == pytest.approx(1.0)
    assert held.problem() == "1 passages have no vector"


def test_the_collection_follows_the_passages(index: ChromaIndex) -> None:
    index.derive(matrix(range(20)), MODEL)
    exact = matrix(range(8, 24))
    held = index.derive(exact, MODEL)
    assert nearest(held, 9, 50) == nearest(exact, 9, 50)
    assert held.problem() is None
    assert index.difference(exact, MODEL) == (0, 0, 0)


def test_when_most_is_gone_a_new_collection_is_built(index: ChromaIndex) -> None:
    index.derive(matrix(range(20)), MODEL)
    exact = matrix(range(18, 40))
    assert nearest(index.derive(exact, MODEL), 30) == nearest(exact, 30)
    assert [collection.name[-2:] for collection in index._client.list_collections()] == ["-2"]


def test_an_empty_collection_finds_nothing(index: ChromaIndex) -> None:
    held = index.derive(matrix([]), MODEL)
    assert nearest(held, 1) == []
    assert held.problem() is None


def test_vectors_of_two_models_never_meet(index: ChromaIndex) -> None:
    exact = matrix(range(5))
    index.derive(exact, MODEL)
    for other in (EmbeddingModel("other/1", 8, "none"), EmbeddingModel("made-up/1", 8, "clean/2")):
        assert index.difference(exact, other) == (5, 0, 0)


def test_a_rebuilt_index_holds_the_same_in_a_new_collection(index: ChromaIndex) -> None:
    exact = matrix(range(30))
    before = index.derive(exact, MODEL)
    after = index.rebuild(exact, MODEL)
    assert nearest(after, 3) == nearest(exact, 3)
    assert index.difference(exact, MODEL) == (0, 0, 0)
    assert nearest(before, 3) == nearest(exact, 3), "a search that is under way loses its collection, and still answers"
    assert "Chroma fails" in (before.problem() or "")


def test_the_state_of_the_index_is_told(index: ChromaIndex) -> None:
    index.derive(matrix(range(10)), MODEL)
    assert index.difference(matrix(range(4, 17)), MODEL) == (7, 4, 0)
    changed = MatrixVectors(["h1", "h2"], {"h1": vector(1), "h2": vector(77)})
    assert index.difference(changed, MODEL) == (0, 8, 1)


def test_several_threads_search_at_once(index: ChromaIndex) -> None:
    exact = matrix(range(500))
    held = index.derive(exact, MODEL)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda n: nearest(held, n, 1), range(200)))
    assert found == [[n] for n in range(200)]


def test_a_folder_has_one_owner(index: ChromaIndex, tmp_path: Path) -> None:
    assert ChromaIndex.own(tmp_path / "index") is None
    index.close()
    second = ChromaIndex.own(tmp_path / "index")
    assert second is not None
    second.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexUnavailable, match="KAIKAKU_DATA"):
        ChromaIndex.own(tmp_path / "file" / "index")


def test_what_was_stored_is_there_after_a_restart(
    stored: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    again = ChromaIndex.own(Path(shutil.copytree(stored, tmp_path / "index")))
    assert again is not None
    with closing(again):
        assert again.difference(matrix(range(MANY)), MODEL) == (0, 0, 0)
    assert not caplog.records


@pytest.mark.parametrize("damage", ["no database", "cut off", "no graph", "half written"])
def test_a_damaged_folder_is_derived_anew_with_a_warning(
    stored: Path, tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    folder = Path(shutil.copytree(stored, tmp_path / "index"))
    _damage(folder, damage)
    with caplog.at_level(logging.WARNING):
        healed = ChromaIndex.own(folder)
    assert healed is not None
    assert "derived anew" in caplog.text
    with closing(healed):
        exact = matrix(range(20))
        assert nearest(healed.derive(exact, MODEL), 3) == nearest(exact, 3)
        assert healed.difference(exact, MODEL) == (0, 0, 0)


def test_an_emptied_database_is_filled_again(stored: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(stored, tmp_path / "index"))
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"")
    healed = ChromaIndex.own(folder)
    assert healed is not None
    with closing(healed):
        assert healed.derive(matrix(range(20)), MODEL).problem() is None


def test_an_owner_killed_while_it_writes_leaves_a_folder_that_answers(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    exact = matrix(range(1000, 1300))
    for delay in (0.0, random.uniform(0.0, 0.3)):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "derived\n"
            time.sleep(delay)
            writer.kill()
    healed = ChromaIndex.own(folder)
    assert healed is not None
    with closing(healed):
        assert nearest(healed.derive(exact, MODEL), 1007, 20) == nearest(exact, 1007, 20)
        assert healed.difference(exact, MODEL) == (0, 0, 0)


def test_a_folder_that_is_lost_while_it_is_open_harms_no_answer(
    index: ChromaIndex, caplog: pytest.LogCaptureFixture
) -> None:
    exact = matrix(range(30))
    held = index.derive(exact, MODEL)
    index._client.delete_collection(held._collection.name)
    with caplog.at_level(logging.WARNING):
        assert nearest(held, 4) == nearest(exact, 4)
        assert nearest(held, 5) == nearest(exact, 5)
    assert len(caplog.records) == 1
    assert index.derive(exact, MODEL).problem() is None


def test_a_server_holds_the_vectors_for_several_clients(server: str) -> None:
    model, exact = EmbeddingModel("several/1", 8, "none"), matrix(range(25))
    with closing(ChromaIndex.of_server(server)) as first, closing(ChromaIndex.of_server(server)) as second:
        assert nearest(first.derive(exact, model), 3) == nearest(exact, 3)
        assert second.difference(exact, model) == (0, 0, 0)
        assert nearest(second.derive(exact, model), 3) == nearest(exact, 3)


def test_on_a_server_passages_of_other_clients_stay_and_are_not_found(server: str) -> None:
    model, fewer = EmbeddingModel("shared/1", 8, "none"), matrix(range(4))
    with closing(ChromaIndex.of_server(server)) as first, closing(ChromaIndex.of_server(server)) as second:
        held = first.derive(matrix(range(10)), model)
        assert sorted(nearest(second.derive(fewer, model), 8, 4)) == [0, 1, 2, 3]
        assert second.difference(fewer, model) == (0, 6, 0)
        assert held.problem() is None


def test_a_rebuild_on_a_server_is_found_by_the_others(server: str) -> None:
    model, exact = EmbeddingModel("rebuilt/1", 8, "none"), matrix(range(10))
    with closing(ChromaIndex.of_server(server)) as first, closing(ChromaIndex.of_server(server)) as second:
        held = first.derive(exact, model)
        second.rebuild(exact, model)
        assert nearest(held, 2) == nearest(exact, 2)
        assert held.problem() is not None
        assert first.derive(exact, model).problem() is None
        assert first.difference(exact, model) == (0, 0, 0)


def test_without_its_server_the_vectors_in_memory_answer(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    exact = matrix(range(10))
    with chroma_server(tmp_path) as url:
        index = ChromaIndex.of_server(url)
        held = index.derive(exact, MODEL)
        assert held.problem() is None
    with caplog.at_level(logging.WARNING):
        assert nearest(held, 4) == nearest(exact, 4)
    assert "Chroma fails" in caplog.text
    assert "Chroma fails" in (held.problem() or "")
    index.close()


def test_a_server_that_does_not_answer_is_named_and_harms_no_answer() -> None:
    index, exact = ChromaIndex.of_server("http://127.0.0.1:9"), matrix(range(10))
    with pytest.raises(IndexUnavailable, match="KAIKAKU_CHROMA_URL"):
        index.difference(exact, MODEL)
    held = index.derive(exact, MODEL)
    assert nearest(held, 4) == nearest(exact, 4)
    assert "KAIKAKU_CHROMA_URL" in (held.problem() or "")


def _damage(folder: Path, damage: str) -> None:
    database = folder / "chroma" / "chroma.sqlite3"
    if damage == "no database":
        database.write_bytes(b"no database" * 500)
    elif damage == "cut off":
        database.write_bytes(database.read_bytes()[:5000])
    elif damage == "no graph":
        graph = [file for file in (folder / "chroma").rglob("*.bin") if file.stat().st_size]
        assert graph
        for file in graph:
            file.write_bytes(b"no graph")
    else:
        (folder / "writing").touch()
