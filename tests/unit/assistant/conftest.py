"""The made-up corpus, read once for all tests of this folder."""

import pytest

from tests.unit.assistant.plans import made_up_corpus
from vectorstore.corpus import Corpus


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The plan and the report of 見本市, and the plan of 試作町."""
    return made_up_corpus()
