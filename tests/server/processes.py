"""Real `kaikaku` processes on a data folder of their own."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60


def kaikaku(data: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        _command(arguments),
        cwd=ROOT,
        env=_environment(data, settings),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def start(data: Path, log: Path, *arguments: str, **settings: str) -> subprocess.Popen[bytes]:
    """Start one command that writes all it says to `log`."""
    with log.open("wb") as output:
        return subprocess.Popen(
            _command(arguments), cwd=ROOT, env=_environment(data, settings), stdout=output, stderr=output
        )


@contextmanager
def running_service(data: Path, log: Path, **settings: str) -> Iterator[httpx.Client]:
    """Serve from `data` on a free port while the block runs; it must end well when told to stop."""
    process = start(data, log, "serve", "--port", "0", **settings)
    try:
        with httpx.Client(base_url=wait_for_address(process, log), timeout=PATIENCE_SECONDS) as client:
            yield client
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)
    assert process.returncode == 0, log.read_text(encoding="utf-8")


def wait_for_address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Return where a service that was started listens."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if found := re.search(r"serving on (http://\S+)", log.read_text(encoding="utf-8")):
            return found[1]
        time.sleep(0.05)
    raise AssertionError("the service did not start:\n" + log.read_text(encoding="utf-8"))


def _command(arguments: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "assistant", *arguments]


def _environment(data: Path, settings: dict[str, str]) -> dict[str, str]:
    return {**os.environ, "KAIKAKU_DATA": str(data), "KAIKAKU_EMBEDDING": "none", **settings}
