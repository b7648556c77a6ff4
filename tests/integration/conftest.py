"""Parts that take long to load, shared by all integration tests, and a catalogue with something to find."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.bootstrap import build_service
from assistant.service import Service
from assistant.settings import Settings
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


@pytest.fixture(scope="session", params=["none", "e5-int8"])
def two_cities(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, root_dir: Path) -> Service:
    """A service over the plans of both made-up cities, by words alone and by words and meaning."""
    service = build_service(Settings(data=tmp_path_factory.mktemp(request.param), embedding=request.param))
    files = [*sorted((root_dir / "samples").glob("mihon_*")), *sorted((root_dir / "bench" / "plans").iterdir())]
    assert all(done.result == "added" for done in service.ingesting.add_files(files))
    return service
