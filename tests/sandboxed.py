"""Work that a child process of the sandbox does badly, as a damaged or hostile file makes a reader do it."""

import ctypes
import os
import signal
import time
from pathlib import Path

from ingest.errors import UnreadableDocument
from ingest.places import Place
from ingest.reading import PlanFile, ReadPlan, read_plan


def process_id() -> int:
    return os.getpid()


def sleep(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def place(page: int) -> Place:
    return Place(page=page)


def loop_without_end() -> None:
    while True:
        pass


def note_and_loop(file: str) -> None:
    Path(f"{file}.part").write_text(str(os.getpid()), encoding="utf-8")
    Path(f"{file}.part").rename(file)
    loop_without_end()


def take_all_memory() -> int:
    return len(bytearray(50_000_000_000))


def grow(size: int) -> int:
    return len(b"x" * size)


def read_address_zero() -> None:
    ctypes.string_at(0)


def kill_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse(name: str) -> None:
    raise UnreadableDocument(f"{name}: torn")


def fail() -> None:
    raise ZeroDivisionError("a defect")


def print_and_count(words: str) -> int:
    os.write(1, words.encode() * 100)
    return len(words)


def reply_with_a_program() -> object:
    return _Program()


def environment() -> tuple[str, ...]:
    return tuple(os.environ)


class _Program:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


def read_or_fall(file: PlanFile) -> ReadPlan:
    """Read a plan; one whose text orders it takes the process down."""
    if file.data.startswith("落ちる".encode()):
        read_address_zero()
    if file.data.startswith("終わらない".encode()):
        loop_without_end()
    if file.data.startswith("殺される".encode()):
        kill_itself()
    return read_plan(file)
