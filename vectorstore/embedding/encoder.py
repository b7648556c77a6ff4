"""Token ids in, one unit vector out: the encoder's graph on ONNX Runtime, its weights handed over from the file.

The graph (encoder.onnx, encoder_int8.onnx) holds no weights; tools/make_encoder_graphs.py writes it. Measured choices:
one text a run (no padding, no mask), one thread a run, LayerNormalization apart from the addition before it.
"""

from importlib.resources import as_file, files
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding.weights import E5Weights, Floats

Precision = Literal["fp32", "int8"]

LONGEST = 510
_INT8_TOP = 127
_GRAPHS = {"fp32": "encoder.onnx", "int8": "encoder_int8.onnx"}


class Encoder:
    """The twelve layers of the model; `encode` may be called from several threads."""

    def __init__(self, weights: E5Weights, precision: Precision) -> None:
        self._weights = weights
        positions = weights.floats("emb.pos").reshape(-1, weights.hidden)
        self._positions: Floats = positions + weights.floats("emb.type")[: weights.hidden]
        # Kept for as long as the session: ONNX Runtime reads these arrays in place.
        self._arrays = initializers(weights, precision)
        self._session = _session(self._arrays, precision)

    def encode(self, ids: list[int]) -> Floats:
        """Return the unit vector of one text; what lies behind 510 tokens is left out."""
        marked = np.array([self._weights.bos, *ids[:LONGEST], self._weights.eos])
        embedded = self._weights.rows("emb.word", self._weights.hidden, marked)
        embedded += self._positions[: len(marked)]
        mean: Floats = self._session.run(None, {"embedded": embedded[None]})[0][0]
        return mean / max(float(np.linalg.norm(mean)), 1e-12)


def initializers(weights: E5Weights, precision: Precision) -> dict[str, NDArray[Any]]:
    """Name the arrays that the graph leaves open: matrices transposed to [in, out], biases, norms."""
    arrays: dict[str, NDArray[Any]] = {
        "embedding.scale": weights.floats("emb.ln.w"),
        "embedding.shift": weights.floats("emb.ln.b"),
    }
    for layer in range(weights.layers):
        arrays |= _layer(weights, layer, precision)
    return {name: np.ascontiguousarray(array) for name, array in arrays.items()}


def _layer(weights: E5Weights, layer: int, precision: Precision) -> dict[str, NDArray[Any]]:
    def floats(name: str) -> Floats:
        return weights.floats(f"l{layer}.{name}")

    def matrix(name: str, width: int) -> Floats:
        return weights.rows(f"l{layer}.{name}", width)

    wide, inner = weights.hidden, weights.inner
    attention = np.concatenate([matrix(f"{part}.w", wide) for part in "qkv"])
    linear = {"attention": attention, "merge": matrix("ao.w", wide), "widen": matrix("fi.w", wide)}
    arrays: dict[str, NDArray[Any]] = {
        "attention.bias": np.concatenate([floats(f"{part}.b") for part in "qkv"]),
        "merge.bias": floats("ao.b"),
        "merge.scale": floats("aln.w"),
        "merge.shift": floats("aln.b"),
        "widen.bias": floats("fi.b"),
        # Always float32: in eight bits this one costs most of the accuracy.
        "narrow.weight": matrix("fo.w", inner).T,
        "narrow.bias": floats("fo.b"),
        "narrow.scale": floats("oln.w"),
        "narrow.shift": floats("oln.b"),
    }
    for name, rows in linear.items():
        arrays |= {f"{name}.weight": rows.T} if precision == "fp32" else _eight_bits(name, rows.T)
    return {f"{layer}.{name}": array for name, array in arrays.items()}


def _eight_bits(name: str, matrix: Floats) -> dict[str, NDArray[Any]]:
    """Quantise each column symmetrically."""
    steps = np.abs(matrix).max(0) / _INT8_TOP
    return {f"{name}.weight": np.rint(matrix / steps).astype(np.int8), f"{name}.steps": steps.astype(np.float32)}


def _session(arrays: dict[str, NDArray[Any]], precision: Precision) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in arrays.values()]
    options.add_external_initializers(list(arrays), values)
    with as_file(files(__package__) / _GRAPHS[precision]) as graph:
        # Fused again, the addition and the norm would run three times slower.
        return onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )
