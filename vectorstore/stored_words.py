"""Files of words in and out of the catalogue: one row for each file."""

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from vectorstore.schema import words
from vectorstore.serialization import from_json, to_json
from vectorstore.words import WordFile, Words


def fetch_words(connection: Connection) -> Words:
    """Fetch all files of words, by name."""
    texts = connection.scalars(select(words.c.payload).order_by(words.c.name))
    return Words(from_json(WordFile, texts))


def write_words(connection: Connection, file: WordFile) -> None:
    """Store a file of words in place of an earlier one of its name."""
    delete_words(connection, file.name)
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    connection.execute(insert(words).values(name=file.name, payload=to_json(file), imported_at=now))


def delete_words(connection: Connection, name: str) -> bool:
    """Remove a file of words; False if there is none."""
    return connection.execute(delete(words).where(words.c.name == name)).rowcount > 0
