"""Questions asked in Slack, over real sockets by HTTP and by Socket Mode, and the answers that people see."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.processes import kaikaku
from tests.server.recording_slack.looking import wait_for_answer, words_of
from tests.server.recording_slack.people import People
from tests.server.recording_slack.server import RecordingSlack
from tests.server.slack_processes import TRANSPORTS, people_of

QUESTION = "「キャッシュレス決済の導入」の所管課はどこですか？"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, samples_dir: Path) -> Path:
    folder = tmp_path_factory.mktemp("data")
    done = kaikaku(folder, "ingest", str(samples_dir))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module", params=TRANSPORTS)
def people(request: pytest.FixtureRequest, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    log = tmp_path_factory.mktemp("log") / "slack.log"
    with RecordingSlack() as slack:
        slack.enforce_tiers = False
        with people_of(request.param, data, log, slack) as people:
            yield people
        assert slack.refusals == []


def test_a_mention_is_answered_in_its_thread_with_sources_that_can_be_opened(people: People) -> None:
    asked = people.mention("C1", QUESTION)
    answer = wait_for_answer(people.team, asked)
    assert "窓口サービス課、財務課" in words_of(answer)
    assert "https://kaikaku.example.jp/documents/" in words_of(answer)
    assert answer.thread_ts == asked.ts
