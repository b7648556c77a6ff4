"""kill -9 of a real ingest, at any moment, leaves the previous state answering."""

import random
import shutil
import time
from pathlib import Path

from tests.server.processes import kaikaku, running_service, start

KILLS = 20
QUESTION = {"question": "「キャッシュレス決済の導入」の所管課はどこですか？", "history": []}


def test_twenty_killed_ingests_leave_the_service_answering(tmp_path: Path, samples_dir: Path) -> None:
    data, plans = tmp_path / "data", tmp_path / "plans"
    shutil.copytree(samples_dir, plans)
    assert kaikaku(data, "ingest", str(plans)).returncode == 0
    whole = _seconds_of_an_ingest(data, plans)
    with running_service(data, tmp_path / "service.log") as client:
        before = client.post("/v1/ask", json=QUESTION).json()
        for kill in range(KILLS):
            _grow(plans, kill)
            process = start(data, tmp_path / "ingest.log", "ingest", str(plans))
            time.sleep(random.uniform(0.2, 1.0) * whole)
            process.kill()
            process.wait()
            after = client.post("/v1/ask", json=QUESTION).json()
            assert (after["outcome"], after["answer"]) == (before["outcome"], before["answer"])
            assert client.get("/v1/documents").json()["total"] == len(list(plans.glob("mihon_*")))
    _ends_well(data, plans)


def _seconds_of_an_ingest(data: Path, plans: Path) -> float:
    started = time.monotonic()
    _grow(plans, -1)
    assert kaikaku(data, "ingest", str(plans)).returncode == 0
    return time.monotonic() - started


def _grow(plans: Path, number: int) -> None:
    # A changed file is a new revision: every ingest has something to write.
    for plan in plans.glob("mihon_*"):
        with plan.open("a", encoding="utf-8") as file:
            file.write(f"\n\n付記{number + 2}。見直しは毎年度行います。\n")


def _ends_well(data: Path, plans: Path) -> None:
    assert kaikaku(data, "ingest", str(plans)).returncode == 0
    verified = kaikaku(data, "index", "verify")
    assert verified.returncode == 0, verified.stderr
