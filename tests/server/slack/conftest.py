"""A recording Slack, and real processes that answer in it by HTTP and by Socket Mode."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.processes import kaikaku
from tests.server.recording_slack.people import People
from tests.server.recording_slack.server import RecordingSlack
from tests.server.slack_processes import TRANSPORTS, people_of


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory, samples_dir: Path) -> Path:
    """A catalogue of the samples."""
    folder = tmp_path_factory.mktemp("data")
    done = kaikaku(folder, "ingest", str(samples_dir))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session", params=TRANSPORTS)
def people(request: pytest.FixtureRequest, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    """The people of a workspace in which the assistant answers; Slack must have had nothing to refuse."""
    log = tmp_path_factory.mktemp("log") / "slack.log"
    with RecordingSlack() as slack:
        slack.enforce_tiers = False
        with people_of(request.param, data, log, slack) as people:
            yield people
        assert slack.refusals == []
        assert "Traceback" not in log.read_text(encoding="utf-8")
