"""Where the tests' documents are, and the settings under which every test runs."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]

# How fast a machine is must decide no test: speed is measured in bench/.
settings.register_profile(
    "kaikaku",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kaikaku")


@pytest.fixture(scope="session", autouse=True)
def plain_environment() -> Iterator[None]:
    """Keep the developer's own settings, proxies and tracing out of every test and of the processes it starts."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("KAIKAKU_") or name.lower().endswith("_proxy")]:
            patch.delenv(name)
        patch.setenv("LANGSMITH_TRACING", "false")
        patch.setenv("ANONYMIZED_TELEMETRY", "False")
        yield


@pytest.fixture(scope="session")
def root_dir() -> Path:
    """The folder of pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def samples_dir() -> Path:
    """The plans of the made-up city 見本市."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def expected_dir() -> Path:
    """What must be read from the samples, written by hand."""
    return ROOT / "tests" / "expected"


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The real documents and their hand-checked gold, beside the repository; read in place, never copied."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        missing = f"{folder} is absent: put the shared test documents there to run this test"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return folder


@pytest.fixture(scope="session")
def corpus_dir(shared_dir: Path) -> Path:
    """The real plans as text files."""
    return shared_dir / "corpus"
