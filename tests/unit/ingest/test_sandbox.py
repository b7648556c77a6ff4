"""Whatever one file does to the process that reads it, the parent gets a named error and goes on."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.errors import ReaderBusy, ReaderDefect, ReadingStopped, UnreadableDocument
from ingest.places import Place
from ingest.reading import PlanFile, read_plan
from ingest.sandbox import Limits, Sandbox
from tests import sandboxed

ROOT = Path(__file__).resolve().parents[3]
TEXT = "見本市改革プラン\n\n1 窓口の案内を見直します。\n"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(Limits(seconds=60, memory_bytes=1_000_000_000), most=2)
    yield sandbox
    sandbox.close()


def test_a_plan_comes_back_as_if_it_was_read_here(sandbox: Sandbox):
    file = PlanFile("plan.txt", TEXT.encode())
    assert sandbox.run(file.name, read_plan, file) == read_plan(file)


def test_work_is_done_in_another_process_which_is_used_again(sandbox: Sandbox):
    first = sandbox.run("a", sandboxed.process_id)
    assert first != os.getpid()
    assert sandbox.run("b", sandboxed.process_id) == first


def test_a_child_of_a_large_parent_is_used_again_too(sandbox: Sandbox):
    large = b"x" * 400_000_000
    first = sandbox.run("a", sandboxed.process_id)
    assert sandbox.run("b", sandboxed.process_id) == first
    assert len(large) == 400_000_000


def test_a_child_that_has_grown_is_replaced(sandbox: Sandbox):
    first = sandbox.run("a", sandboxed.process_id)
    assert sandbox.run("b", sandboxed.grow, 300_000_000) == 300_000_000
    assert sandbox.run("c", sandboxed.process_id) != first


def test_two_files_are_read_at_once_and_a_third_waits(sandbox: Sandbox):
    with ThreadPoolExecutor(3) as threads:
        children = list(threads.map(lambda _: sandbox.run("a", sandboxed.sleep, 0.2), range(3)))
    assert len(set(children)) == 2


@pytest.mark.parametrize(
    ("work", "how"),
    [
        (sandboxed.read_address_zero, r"crashed \(SIGSEGV\).*save it anew"),
        (sandboxed.kill_itself, r"took more than 1,000 MB of memory.*KAIKAKU_READING_MEMORY_BYTES"),
        (sandboxed.take_all_memory, r"took more than 1,000 MB of memory.*split the file"),
    ],
)
def test_a_crash_ends_that_file_only(sandbox: Sandbox, work, how: str):
    with pytest.raises(ReadingStopped, match=f"^bad.pdf: .*{how}"):
        sandbox.run("bad.pdf", work)
    assert sandbox.run("good.pdf", sandboxed.place, 3) == Place(page=3)


def test_an_endless_loop_is_stopped():
    sandbox = Sandbox(Limits(seconds=5))
    with pytest.raises(ReadingStopped, match=r"^loop\.pdf: .*longer than 5 seconds.*KAIKAKU_READING_SECONDS"):
        sandbox.run("loop.pdf", sandboxed.loop_without_end)
    assert sandbox.run("good.pdf", sandboxed.place, 3) == Place(page=3)
    sandbox.close()


def test_a_child_killed_from_outside_ends_its_file_only(sandbox: Sandbox):
    child = sandbox.run("a", sandboxed.process_id)
    threading.Timer(0.3, os.kill, (child, signal.SIGTERM)).start()
    with pytest.raises(ReadingStopped, match=r"^slow\.pdf: .*SIGTERM"):
        sandbox.run("slow.pdf", sandboxed.sleep, 60)
    assert sandbox.run("b", sandboxed.process_id) != child


def test_a_child_killed_while_it_waits_costs_no_file(sandbox: Sandbox):
    child = sandbox.run("a", sandboxed.process_id)
    os.kill(child, signal.SIGKILL)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert sandbox.run("b", sandboxed.process_id) != child


def test_an_error_of_a_reader_keeps_its_name_and_message(sandbox: Sandbox):
    with pytest.raises(UnreadableDocument, match=r"^plan\.pdf: torn$"):
        sandbox.run("plan.pdf", sandboxed.refuse, "plan.pdf")


def test_a_defect_is_logged_and_told_of_without_its_trace(sandbox: Sandbox, caplog: pytest.LogCaptureFixture):
    with pytest.raises(ReaderDefect, match=r"^plan\.pdf: .*defect of this program; please report the file$"):
        sandbox.run("plan.pdf", sandboxed.fail)
    assert "ZeroDivisionError: a defect" in caplog.text


def test_what_a_library_prints_does_no_harm(sandbox: Sandbox):
    assert sandbox.run("plan.pdf", sandboxed.print_and_count, "warning\n") == 8


def test_a_child_that_was_taken_over_cannot_run_anything_in_its_parent(sandbox: Sandbox):
    with pytest.raises(ReadingStopped, match=r"^evil\.pdf: .*UnpicklingError"):
        sandbox.run("evil.pdf", sandboxed.reply_with_a_program)


def test_a_child_knows_no_password(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KAIKAKU_DATABASE_URL", "postgresql+psycopg://user:secret@db/kaikaku")
    assert not [name for name in sandbox.run("a", sandboxed.environment) if name.startswith("KAIKAKU_")]


def test_no_child_outlives_its_sandbox(sandbox: Sandbox):
    child = sandbox.run("a", sandboxed.process_id)
    sandbox.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_child_ends_soon_after_a_parent_that_is_killed(tmp_path: Path):
    noted = tmp_path / "child"
    code = (
        "from ingest.sandbox import Limits, Sandbox; from tests import sandboxed;"
        f"Sandbox(Limits()).run('a', sandboxed.note_and_loop, {str(noted)!r})"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT) as parent:
        wait_until(noted.exists)
        parent.kill()
    child = int(noted.read_text())
    wait_until(lambda: not is_running(child))


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One that has ended stays known until whoever inherited it asks how it ended.
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def test_whoever_would_wait_too_long_or_behind_too_many_is_sent_away():
    limits = Limits(seconds=60, memory_bytes=1_000_000_000, waiting_seconds=0.2, most_waiting=1)
    sandbox, held = Sandbox(limits), threading.Event()

    def attempt(seconds: float) -> str:
        held.set()
        try:
            sandbox.run("a.pdf", sandboxed.sleep, seconds)
        except ReaderBusy as error:
            return str(error)
        return "done"

    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(attempt, 2.0)
        assert held.wait(10)
        time.sleep(0.1)
        others = [threads.submit(attempt, 0.0) for _ in range(2)]
        assert all("a.pdf: too many files are waiting already" in other.result(1.5) for other in others)
        assert first.result() == "done"
    assert sandbox.run("b.pdf", sandboxed.place, 3) == Place(page=3)
    sandbox.close()
