"""Work on an untrusted file in, its result out: done in a child process that may run out of time or memory, or crash.

One bad file ends its child and nothing else. Children are started when needed, and serve many files.
"""

import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, is_dataclass
from io import BytesIO
from typing import IO, Any, TypeVar

from ingest import errors
from ingest.errors import IngestError, ReaderBusy, ReaderDefect, ReadingStopped
from ingest.sandbox_child import receive, send

T = TypeVar("T")

_LONGEST_TRACE = 4000
_SECRETS = "KAIKAKU_"
_ERRORS = {kind.__name__: kind for kind in vars(errors).values() if isinstance(kind, type)}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds of time, of the processor's time per core, and bytes of memory.

    Before its turn it waits at most `waiting_seconds`, among at most `most_waiting`: who waits holds a thread.
    """

    seconds: float = 600.0
    memory_bytes: int = 3_000_000_000
    waiting_seconds: float = 600.0
    most_waiting: int = 8


class Sandbox:
    """Runs functions in child processes, at most `most` at once; safe to use from several threads."""

    def __init__(self, limits: Limits, most: int = 1) -> None:
        self._limits = limits
        self._places = threading.BoundedSemaphore(most)
        self._queue = threading.BoundedSemaphore(most + limits.most_waiting)
        self._idle: list[_Child] = []
        self._end = weakref.finalize(self, _end_all, self._idle)

    def run(self, name: str, work: Callable[..., T], *arguments: object) -> T:
        """Call `work`, a function of a module, in a child; `name` is the file's in messages.

        Raises:
            IngestError: `work` raised it there.
            ReaderBusy: too many others wait already, or their turns took too long.
            ReadingStopped: the child ran out of time or memory, or crashed.
            ReaderDefect: `work` failed in any other way.

        """
        with self._child(name) as child:
            reply = child.ask(pickle.dumps((work, arguments)), name)
        result: T = _result(reply, name, self._limits)
        return result

    def close(self) -> None:
        """End the children that wait for work."""
        self._end()

    @contextmanager
    def _child(self, name: str) -> Iterator["_Child"]:
        with _taken(self._queue, 0, name), _taken(self._places, self._limits.waiting_seconds, name):
            child = self._take()
            try:
                yield child
            except BaseException:
                child.end()
                raise
            if child.is_worn or not self._end.alive:
                logger.debug("%s: its child process has grown too large to be used again", name)
                child.end()
            else:
                self._idle.append(child)

    def _take(self) -> "_Child":
        with suppress(IndexError):
            while not (child := self._idle.pop()).lives:
                child.end()
            return child
        return _Child(self._limits)


@contextmanager
def _taken(places: threading.Semaphore, seconds: float, name: str) -> Iterator[None]:
    if not places.acquire(timeout=seconds):
        raise ReaderBusy(f"{name}: too many files are waiting already; try again in a minute")
    try:
        yield
    finally:
        places.release()


def _end_all(children: list["_Child"]) -> None:
    while children:
        children.pop().end()


class _Child:
    """One child process: a request goes in by its stdin, a reply comes out by its stdout."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.is_worn = False
        # Nothing of the parent but its module path: no open files, no passwords.
        plain = {name: value for name, value in os.environ.items() if not name.startswith(_SECRETS)}
        modules = os.pathsep.join(folder or os.getcwd() for folder in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ingest.sandbox_child", str(limits.seconds), str(limits.memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Each arena of a thread reserves 64 MB of addresses, which count as memory.
            env=plain | {"PYTHONPATH": modules, "MALLOC_ARENA_MAX": "2"},
        )

    def ask(self, request: bytes, name: str) -> tuple[Any, ...]:
        """Have one request done; raises ReadingStopped when the child does not live to reply."""
        ran_out = threading.Event()

        def stop() -> None:
            ran_out.set()
            self._process.kill()

        watch = threading.Timer(self._limits.seconds, stop)
        watch.daemon = True
        watch.start()
        try:
            send(_pipe(self._process.stdin), request)
            reply = receive(_pipe(self._process.stdout), self._limits.memory_bytes)
        except (OSError, EOFError, ValueError):
            reply = None
        finally:
            watch.cancel()
            watch.join()
        if reply is None or ran_out.is_set():
            raise ReadingStopped(self._why_it_ended(name, ran_out.is_set()))
        self.is_worn, *values = _load(reply, name)
        return tuple(values)

    @property
    def lives(self) -> bool:
        """Tell whether it waits for a request."""
        return self._process.poll() is None

    def end(self) -> None:
        """Kill it, whatever it is doing."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                _pipe(pipe).close()
        self._process.wait()

    def _why_it_ended(self, name: str, ran_out: bool) -> str:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        code = self._process.returncode
        if ran_out or code == -signal.SIGXCPU:
            return _too_slow(name, self._limits)
        if code == -signal.SIGKILL:
            return _too_large(name, self._limits)
        return _crashed(name, signal.Signals(-code).name if code and code < 0 else f"exit code {code}")


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


class _Unpickler(pickle.Unpickler):
    """Reads values of our own only: a child that a file has taken over must not reach its parent."""

    def find_class(self, module: str, name: str) -> Any:
        """Return one of our dataclasses."""
        if (module, name) == ("collections", "Counter"):
            return Counter
        found = getattr(sys.modules.get(module), name, None) if module.startswith("ingest.") else None
        if isinstance(found, type) and is_dataclass(found) and found.__module__ == module:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of a plan")


def _load(reply: bytes, name: str) -> tuple[Any, ...]:
    try:
        values: tuple[Any, ...] = _Unpickler(BytesIO(reply)).load()
    except Exception as error:
        raise ReadingStopped(_crashed(name, type(error).__name__)) from error
    return values


def _result(reply: tuple[Any, ...], name: str, limits: Limits) -> Any:
    match reply:
        case ("done", value):
            return value
        case ("refused", str(kind), str(message)):
            raise _ERRORS.get(kind, IngestError)(message)
        case ("memory",):
            raise ReadingStopped(_too_large(name, limits))
        case (_, trace):
            logger.error("%s: could not be understood\n%s", name, str(trace)[-_LONGEST_TRACE:])
    raise ReaderDefect(f"{name}: could not be understood, which is a defect of this program; please report the file")


def _crashed(name: str, how: str) -> str:
    return (
        f"{name}: the process that read it crashed ({how}); the file is damaged or made to do harm:"
        " open it in the program it came from, and save it anew"
    )


def _too_slow(name: str, limits: Limits) -> str:
    return (
        f"{name}: reading it took longer than {limits.seconds:g} seconds and was stopped;"
        " split the file, or allow more by KAIKAKU_READING_SECONDS"
    )


def _too_large(name: str, limits: Limits) -> str:
    return (
        f"{name}: reading it took more than {limits.memory_bytes // 1_000_000:,} MB of memory and was stopped;"
        " split the file, or allow more by KAIKAKU_READING_MEMORY_BYTES"
    )
