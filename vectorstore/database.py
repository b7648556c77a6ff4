"""A database URL in, an engine out; its transactions are safe between processes, its failures are CatalogueErrors."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from vectorstore.errors import (
    CatalogueBusy,
    CatalogueDamaged,
    CatalogueError,
    CatalogueNotWritable,
    CatalogueUnavailable,
    NotACatalogue,
    UnsupportedDatabase,
)

BUSY_SECONDS = 30.0
CONNECT_SECONDS = 5


def create_database(url: str) -> Engine:
    """Prepare to use the SQLite file or PostgreSQL database; nothing is connected yet.

    Raises:
        UnsupportedDatabase: the URL is neither, or the driver is missing.
        CatalogueNotWritable: the file's folder cannot be made.

    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        # The URL may hold a password: it is not quoted.
        raise UnsupportedDatabase(f"the catalogue's URL is none; {_USABLE}") from None
    if parsed.get_backend_name() == "sqlite":
        return _create_sqlite(parsed)
    if parsed.get_backend_name() == "postgresql":
        return _create_postgresql(parsed)
    raise UnsupportedDatabase(f"{where(parsed)}: {parsed.get_backend_name()} is not supported; {_USABLE}")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Run one transaction that sees one state of the database from beginning to end, whoever writes meanwhile."""
    options = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with explained(engine.url), engine.connect() as connection:
        connection = connection.execution_options(**options)
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Run one transaction that is committed whole at the end, or not at all."""
    with explained(engine.url), engine.connect() as connection:
        # A reading SQLite transaction that begins to write fails at once when another has written meanwhile.
        connection = connection.execution_options(sqlite_begin="BEGIN IMMEDIATE")
        with connection.begin():
            yield connection


@contextmanager
def noting(engine: Engine) -> Iterator[Connection]:
    """Run one transaction that nobody waits for the disk to hold: should the machine fail, the last ones are lost."""
    with explained(engine.url), engine.connect() as connection:
        connection = connection.execution_options(sqlite_begin="BEGIN IMMEDIATE")
        _wait_for_disk(connection, "NORMAL")
        try:
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql("SET LOCAL synchronous_commit TO OFF")
                yield connection
        finally:
            _wait_for_disk(connection, "FULL")


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn the database's own errors into CatalogueErrors that say what to do."""
    try:
        yield
    except DBAPIError as error:
        raise _explain(error, url) from error
    except PoolTimeout as error:
        raise CatalogueBusy(f"{where(url)}: all connections are in use; try again later") from error


def where(url: URL) -> str:
    """Name the database in a message: the file, or the URL without its password."""
    return url.database or "memory" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


_USABLE = "use sqlite:///path/to/catalogue.sqlite3 or postgresql+psycopg://user:password@host/database"


def _create_sqlite(url: URL) -> Engine:
    if url.database:
        _make_folder(Path(url.database).parent)
    patience = {} if "timeout" in url.query else {"timeout": BUSY_SECONDS}
    engine = create_engine(url, connect_args=patience, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CatalogueNotWritable(f"{folder}: {error.strerror}; name a folder that can be written") from error


def _create_postgresql(url: URL) -> Engine:
    try:
        return create_engine(
            url, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS}, hide_parameters=True
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise UnsupportedDatabase(
            f"{where(url)}: the driver is missing ({error}); install the extra postgres and use postgresql+psycopg://"
        ) from error


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # SQLAlchemy's "begin" event begins transactions (_begin_sqlite), not the driver, which would leave DDL out of them.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # Every commit reaches the disk: an index must never be ahead of a catalogue that lost its last commit.
    connection.execute("PRAGMA synchronous = FULL")
    _use_write_ahead_log(connection)


def _wait_for_disk(connection: Connection, level: str) -> None:
    # Not by SQLAlchemy, which would begin a transaction: inside one SQLite changes nothing.
    if connection.dialect.name == "sqlite" and (raw := connection.connection.dbapi_connection):
        raw.execute(f"PRAGMA synchronous = {level}")


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    # SQLite does not wait when two processes change a new file's mode at once: one is told "locked".
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


_SQLITE_FAILURES: dict[int, tuple[type[CatalogueError], str]] = {
    sqlite3.SQLITE_NOTADB: (NotACatalogue, "move the file away, or name another one"),
    sqlite3.SQLITE_CORRUPT: (CatalogueDamaged, "move it away and ingest the plan files again, or restore a backup"),
    sqlite3.SQLITE_READONLY: (CatalogueNotWritable, "give this user the right to write the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: (CatalogueNotWritable, "check the path, and the rights of the file and its folder"),
    sqlite3.SQLITE_BUSY: (CatalogueBusy, "wait until the other process has written, then try again"),
    sqlite3.SQLITE_FULL: (CatalogueUnavailable, "free space on the disk, then try again"),
    sqlite3.SQLITE_IOERR: (CatalogueUnavailable, "check the disk, then try again"),
}


def _explain(error: DBAPIError, url: URL) -> Exception:
    cause: Any = error.orig
    if isinstance(cause, sqlite3.Error):
        # The low byte is the kind, the rest its variety.
        kind = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        found, advice = _SQLITE_FAILURES.get(kind, (None, ""))
        return found(f"{where(url)}: {cause}; {advice}") if found else error
    if getattr(cause, "sqlstate", None) == "42501":
        return CatalogueNotWritable(f"{where(url)}: {_first_line(cause)}; grant this user the right to create tables")
    if isinstance(error, OperationalError | InterfaceError):
        advice = "check that PostgreSQL runs there and that the URL's user, password and database are right"
        return CatalogueUnavailable(f"{where(url)}: {_first_line(cause)}; {advice}")
    return error


def _first_line(cause: BaseException) -> str:
    return str(cause).strip().partition("\n")[0]
