"""Real `kaikaku` processes that answer in a recording Slack, by HTTP or by Socket Mode."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.server.processes import PATIENCE_SECONDS, start, wait_for_address
from tests.server.recording_slack.people import SIGNING_SECRET, HttpSender, People, SocketSender
from tests.server.recording_slack.server import APP_TOKEN, RecordingSlack

TRANSPORTS = ("http", "socket")


def slack_settings(slack: RecordingSlack, **settings: str) -> dict[str, str]:
    """Return the settings under which a process speaks to this Slack."""
    common = {
        "KAIKAKU_SLACK_API_URL": slack.url,
        "KAIKAKU_SLACK_BOT_TOKEN": slack.team.token,
        "KAIKAKU_PUBLIC_URL": "https://kaikaku.example.jp",
        "KAIKAKU_SLACK_LEASE_SECONDS": "1",
    }
    return {**common, **settings}


class SlackProcess:
    """One process, by the transport it is served with."""

    def __init__(self, transport: str, data: Path, log: Path, slack: RecordingSlack, **settings: str) -> None:
        self.slack = slack
        self.log = log
        self._before = slack.connects
        given = slack_settings(slack, **settings)
        if transport == "http":
            given |= {"KAIKAKU_SLACK_SIGNING_SECRET": SIGNING_SECRET}
            self.process = start(data, log, "serve", "--port", "0", **given)
        else:
            self.process = start(data, log, "slack", **given, KAIKAKU_SLACK_APP_TOKEN=APP_TOKEN)
        self._transport = transport
        self._sender: HttpSender | None = None

    def sender(self) -> HttpSender | SocketSender:
        """Return the way to this process, as soon as it is open."""
        if self._transport == "http":
            self.address = wait_for_address(self.process, self.log)
            self._sender = HttpSender(self.address)
            return self._sender
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.slack.connects <= self._before:
            told = self.log.read_text(encoding="utf-8")
            assert self.process.poll() is None, told
            assert time.monotonic() < deadline, told
            time.sleep(0.02)
        return SocketSender(self.slack)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait(PATIENCE_SECONDS)
        self._close()

    def stop(self) -> None:
        """Ask it to stop; it must end well."""
        self._close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        assert self.process.returncode == 0, self.log.read_text(encoding="utf-8")

    def _close(self) -> None:
        if self._sender is not None:
            self._sender.close()


@contextmanager
def people_of(transport: str, data: Path, log: Path, slack: RecordingSlack, **settings: str) -> Iterator[People]:
    """Serve while the block runs, for the people of the first workspace."""
    running = SlackProcess(transport, data, log, slack, **settings)
    try:
        yield People(slack, running.sender())
    finally:
        running.stop()
