"""A catalogue of the samples, and a running service over it."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.server.processes import kaikaku, running_service


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory, samples_dir: Path) -> Path:
    """A data folder with the samples in it."""
    folder = tmp_path_factory.mktemp("doors") / "data"
    done = kaikaku(folder, "ingest", str(samples_dir))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def service(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of the running service."""
    with running_service(data, tmp_path_factory.mktemp("log") / "serve.log") as client:
        yield client
