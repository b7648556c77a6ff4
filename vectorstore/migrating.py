"""A database in, the same database with the tables of this version of the program out."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from vectorstore.database import reading, where, writing
from vectorstore.errors import CatalogueTooNew, NotACatalogue
from vectorstore.schema import HEAD, VERSION_TABLE, metadata

MIGRATIONS = Path(__file__).parent / "migrations"

# Any number will do, as long as no other program on the same database uses it: "kaikaku" on a telephone's keys.
_LOCK = 5245258


def migrate(engine: Engine) -> None:
    """Make or update the tables, all or none; of several processes that try at once, one does it.

    Raises:
        NotACatalogue: tables of these names exist and are not ours.
        CatalogueTooNew: the tables come from a newer version.

    """
    with reading(engine) as connection:
        if _revision(connection) == HEAD:
            return
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        revision = _revision(connection)
        if revision != HEAD:
            _refuse_foreign(connection, revision)
            _upgrade(connection, revision)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()


def _refuse_foreign(connection: Connection, revision: str | None) -> None:
    clash = set(metadata.tables).intersection(inspect(connection).get_table_names())
    if revision is None and clash:
        place = where(connection.engine.url)
        raise NotACatalogue(f"{place}: holds another program's table {min(clash)}; name a database of its own")


def _upgrade(connection: Connection, revision: str | None) -> None:
    # Loaded only when there is something to do: it is slow to load.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        place = where(connection.engine.url)
        raise CatalogueTooNew(
            f"{place}: its tables are of revision {revision}, this program knows {HEAD}; install the newer version"
        )
    command.upgrade(config, "head")
