"""A recording Slack, and real processes that answer in it by HTTP and by Socket Mode."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.processes import kaikaku
from tests.server.recording_slack.people import People
from tests.server.recording_slack.server import RecordingSlack
from tests.server.slack_processes import TRANSPORTS, people_of


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory, samples_dir: Path) -> Path:
    """A catalogue of the samples that nobody serves: whoever shares a database shares its inbox."""
    folder = tmp_path_factory.mktemp("ingested") / "data"
    done = kaikaku(folder, "ingest", str(samples_dir))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session", params=TRANSPORTS)
def transport(request: pytest.FixtureRequest) -> str:
    """How Slack and the application of `people` speak to each other."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def shared_data(ingested: Path, transport: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue that the application of `people` works on."""
    return shutil.copytree(ingested, tmp_path_factory.mktemp(transport) / "data")


@pytest.fixture
def data(ingested: Path, tmp_path: Path) -> Path:
    """A catalogue of one's own."""
    return shutil.copytree(ingested, tmp_path / "data")


@pytest.fixture(scope="session")
def people(transport: str, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    """The people of a workspace in which the assistant answers; Slack must have had nothing to refuse."""
    log = tmp_path_factory.mktemp("log") / "slack.log"
    with RecordingSlack() as slack:
        slack.enforce_tiers = False
        with people_of(transport, shared_data, log, slack) as people:
            yield people
        assert slack.refusals == []
        assert "Traceback" not in log.read_text(encoding="utf-8")
