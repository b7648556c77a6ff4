"""Parts that take long to load, shared by all integration tests, and a catalogue with something to find."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.searched_plan import PLAN, store
from vectorstore.catalogue import Catalogue
from vectorstore.embedding.e5 import E5Embeddings


@pytest.fixture(scope="session")
def e5() -> E5Embeddings:
    """The packaged model, loaded once."""
    return E5Embeddings("fp32", workers=2)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """A catalogue with one small plan."""
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as opened:
        store(opened, "plan.txt", PLAN)
        yield opened
