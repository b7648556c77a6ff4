"""What users wrote is deleted when it is old, and vectors of deleted texts with it."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from assistant.answers import Answer
from assistant.conversations import Conversations
from assistant.retention import prune, pruned_daily
from vectorstore.catalogue import Catalogue

NOW = datetime.now(UTC)


def opened(folder: Path) -> Catalogue:
    return Catalogue.open(f"sqlite:///{folder}/catalogue.sqlite3")


def test_a_conversation_is_deleted_when_it_is_too_old(tmp_path: Path) -> None:
    with opened(tmp_path) as catalogue:
        conversations = Conversations(catalogue)
        conversations.remember("a", "担当課は？", Answer("answered", "財務課です。"))
        assert prune(catalogue, 90, NOW + timedelta(days=89)) == 0
        assert conversations.resume("a")[1] != ()
        assert prune(catalogue, 90, NOW + timedelta(days=91)) == 2
        assert conversations.resume("a")[1] == ()
        assert not catalogue.forget_conversation("a")


def test_comments_on_answers_go_but_ratings_stay(tmp_path: Path) -> None:
    with opened(tmp_path) as catalogue:
        catalogue.add_feedback("answer", "down", "私の名前は…", "")
        prune(catalogue, 90, NOW + timedelta(days=91))
        assert catalogue.feedback("answer") == (("down", None),)


def test_vectors_of_texts_that_no_document_holds_go(tmp_path: Path) -> None:
    with opened(tmp_path) as catalogue:
        catalogue.store_embeddings("model", {"gone": np.zeros(4, np.float32)})
        prune(catalogue, 90, NOW)
        assert catalogue.embeddings("model", ["gone"]) == {}


def test_vectors_stay_while_the_corpus_changes(tmp_path: Path) -> None:
    with opened(tmp_path) as catalogue:
        catalogue.store_embeddings("model", {"new": np.zeros(4, np.float32)})
        assert catalogue.drop_embeddings_except((), version=catalogue.version() + 1) == 0
        assert set(catalogue.embeddings("model", ["new"])) == {"new"}


def test_it_is_done_at_once_and_again_after_the_pause(tmp_path: Path) -> None:
    with opened(tmp_path) as catalogue:
        twice, asked = threading.Event(), []

        def clock() -> datetime:
            asked.append(NOW)
            if len(asked) == 2:
                twice.set()
            return NOW

        with pruned_daily(catalogue, 90, clock, pause_seconds=0.01):
            assert twice.wait(10)


def test_a_conversation_is_deleted_by_its_user(tmp_path: Path) -> None:
    with opened(tmp_path) as catalogue:
        conversations = Conversations(catalogue)
        conversations.remember("a", "担当課は？", Answer("answered", "財務課です。"))
        assert conversations.forget("a")
        assert not conversations.forget("a")
        assert conversations.resume("a")[1] == ()
