"""The version of the code that reads plans: a document read by another version is read again."""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def extractor_version() -> str:
    """Return a hash of all code and data of `ingest`: nobody has to remember to count a number up."""
    digest = sha256()
    for name, content in sorted(_contents(files("ingest"), "")):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]


def _contents(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.name == "__pycache__":
            continue
        found += _contents(entry, name) if entry.is_dir() else [(name, entry.read_bytes())]
    return found
