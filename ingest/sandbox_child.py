"""Requests on stdin, replies on stdout: what a child process of the sandbox does until its stdin ends."""

import math
import os
import pickle
import resource
import sys
import threading
import time
import traceback
from contextlib import suppress
from typing import IO, Any

from ingest.errors import IngestError

_PREFIX = 8
# A child that has grown is replaced, so that a greedy file costs later ones nothing.
_WORN_SHARE = 4
_LOOK_SECONDS = 1.0


def main(seconds: float, memory_bytes: int) -> None:
    """Do one request after the other within the limits."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not come between the replies.
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0), os.dup2(nothing, 1)
    _limit(resource.RLIMIT_AS, memory_bytes)
    _limit(resource.RLIMIT_CORE, 0)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    while (request := receive(requests)) is not None:
        _allow(seconds)
        send(replies, _reply(request, memory_bytes))


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write a message with its length before it."""
    pipe.write(len(message).to_bytes(_PREFIX, "big"))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes], longest: int = sys.maxsize) -> bytes | None:
    """Read a message; None where the pipe ends.

    Raises:
        EOFError: the pipe ends inside it.
        ValueError: it says to be longer than `longest`.

    """
    prefix = pipe.read(_PREFIX)
    if not prefix:
        return None
    length = int.from_bytes(prefix, "big")
    if length > longest:
        raise ValueError(f"a message of {length:,} bytes")
    message = pipe.read(length)
    if len(prefix) < _PREFIX or len(message) < length:
        raise EOFError
    return message


def _reply(request: bytes, memory_bytes: int) -> bytes:
    try:
        kind, *values = _done(request)
        return pickle.dumps((_is_worn(memory_bytes), kind, *values))
    except MemoryError:
        return pickle.dumps((True, "memory"))
    except Exception:
        return pickle.dumps((True, "defect", traceback.format_exc()))


def _done(request: bytes) -> tuple[Any, ...]:
    work, arguments = pickle.loads(request)
    try:
        return "done", work(*arguments)
    except IngestError as error:
        return "refused", type(error).__name__, str(error)


def _end_with(parent: int) -> None:
    """End when the parent is gone: nobody is left to stop what never ends."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)


def _is_worn(memory_bytes: int) -> bool:
    return _peak_bytes() * _WORN_SHARE > memory_bytes


def _peak_bytes() -> int:
    # Not ru_maxrss on Linux: there it begins at the size of the parent, which may be a large service.
    with suppress(OSError), open("/proc/self/status", encoding="ascii", errors="replace") as status:
        peaks = [int(line.split()[1]) for line in status if line.startswith("VmHWM:")]
        return max(peaks, default=0) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _allow(seconds: float) -> None:
    """Let the next request have its time on every core, and no more even where no thread of Python's can run."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = usage.ru_utime + usage.ru_stime
    _limit(resource.RLIMIT_CPU, math.ceil(spent + seconds * (os.cpu_count() or 1)) + 1)


def _limit(kind: int, most: int) -> None:
    # A system that does not know a limit, or has a lower one, does what it can.
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


if __name__ == "__main__":
    with suppress(BrokenPipeError, KeyboardInterrupt):
        main(float(sys.argv[1]), int(sys.argv[2]))
