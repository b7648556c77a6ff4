"""Whatever is wrong with the database, the message says what, where and what to do."""

import os
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.integration.catalogue_plans import plan
from vectorstore.catalogue import Catalogue
from vectorstore.errors import (
    CatalogueBusy,
    CatalogueDamaged,
    CatalogueNotWritable,
    CatalogueUnavailable,
    NotACatalogue,
    UnsupportedDatabase,
)

NOBODY = 65534


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path):
    path = tmp_path / "catalogue.sqlite3"
    path.write_text("これは計画の文書です。" * 100, "utf-8")
    before = path.read_bytes()
    with pytest.raises(NotACatalogue, match=r"catalogue\.sqlite3: file is not a database; move the file away"):
        Catalogue.open(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_damaged_file_is_told_from_an_empty_catalogue(tmp_path: Path):
    path = tmp_path / "catalogue.sqlite3"
    with Catalogue.open(f"sqlite:///{path}") as catalogue:
        catalogue.add(*plan(size=300))
    pages = bytearray(path.read_bytes())
    pages[3 * 4096 :] = b"\xff" * (len(pages) - 3 * 4096)
    path.write_bytes(pages)
    with (
        pytest.raises(CatalogueDamaged, match=r"malformed.*ingest the plan files again"),
        Catalogue.open(f"sqlite:///{path}") as catalogue,
    ):
        catalogue.load()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CatalogueNotWritable, match=r"file/data: .*; name a folder that can be written"):
        Catalogue.open(f"sqlite:///{tmp_path}/file/data/catalogue.sqlite3")


def test_a_folder_where_the_file_should_be_is_named(tmp_path: Path):
    (tmp_path / "catalogue.sqlite3").mkdir()
    with pytest.raises(CatalogueNotWritable, match=r"catalogue\.sqlite3: unable to open database file; check the path"):
        Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3")


def test_a_folder_that_may_only_be_read_is_named():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        with without_privileges(), pytest.raises(CatalogueNotWritable, match=rf"{folder}/catalogue\.sqlite3: .*rights"):
            Catalogue.open(f"sqlite:///{folder}/catalogue.sqlite3")


def test_a_file_that_may_only_be_read_still_answers_but_takes_nothing():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.sqlite3"
        with Catalogue.open(f"sqlite:///{path}") as catalogue:
            catalogue.add(*plan())
        Path(folder).chmod(0o777)
        path.chmod(0o444)
        with without_privileges(), Catalogue.open(f"sqlite:///{path}") as catalogue:
            assert len(catalogue.load().items) == 3
            with pytest.raises(CatalogueNotWritable, match=r"readonly database; give this user the right"):
                catalogue.add(*plan(round_number=2))


def test_a_write_lock_held_too_long_is_explained(tmp_path: Path):
    path = tmp_path / "catalogue.sqlite3"
    with (
        Catalogue.open(f"sqlite:///{path}?timeout=0.1") as catalogue,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        catalogue.add(*plan())
        other.execute("BEGIN IMMEDIATE")
        assert len(catalogue.load().items) == 3
        with pytest.raises(CatalogueBusy, match="database is locked; wait until the other process has written"):
            catalogue.delete("id-計画.txt")


def test_a_postgresql_that_is_down_is_named_without_its_password():
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with pytest.raises(CatalogueUnavailable) as caught:
        Catalogue.open(f"postgresql+psycopg://city:secret@127.0.0.1:{port}/plans")
    message = str(caught.value)
    assert message.startswith(f"postgresql+psycopg://city:***@127.0.0.1:{port}/plans: ")
    assert "check that PostgreSQL runs there" in message
    assert "secret" not in message


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("mysql://city:secret@host/plans", r"mysql://city:\*\*\*@host/plans: mysql is not supported; use sqlite:///"),
        ("postgresql+nodriver://city:secret@host/plans", r"the driver is missing.*install the extra postgres"),
        ("secret", r"the catalogue's URL is none; use sqlite:///"),
    ],
)
def test_an_unusable_url_is_answered_with_the_usable_ones(url: str, complaint: str):
    with pytest.raises(UnsupportedDatabase, match=complaint) as caught:
        Catalogue.open(url)
    assert "secret" not in str(caught.value)


@contextmanager
def without_privileges() -> Iterator[None]:
    """Give up root's rights for a while, so that a file's own rights count."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)
