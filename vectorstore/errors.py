"""What can go wrong with what is stored.

VectorstoreError
├── UnknownField                 a filter names no field of an item
├── BadCorrection                a field of an item cannot be corrected so
├── IndexUnavailable             the vector index cannot be opened or reached
├── EmbeddingError
│   ├── EmbeddingUnavailable     the model's package or weights are not there
│   └── EmbeddingFailed          the model gives no vectors just now
│       └── EmbeddingMismatch    it gives others than it did at the start
└── CatalogueError
    ├── CatalogueUnavailable     the database does not answer, or its disk fails
    ├── CatalogueBusy            another process has been writing for too long
    ├── CatalogueNotWritable     the file or folder may not be written
    ├── CatalogueDamaged         the database file is corrupt
    ├── NotACatalogue            the database is something else
    ├── CatalogueTooNew          a newer version of this program wrote it
    ├── UnsupportedDatabase      the URL names no database that can be used
    └── DuplicateSource          another file of the same name is stored already
"""

from typing import Literal


class VectorstoreError(Exception):
    """A failure of the stores; the message says what, where and what to do."""


class UnknownField(VectorstoreError, ValueError):
    """A filter names a field that items do not have."""


class BadCorrection(VectorstoreError, ValueError):
    """A field cannot be corrected, or not to this value; the message says what to write, `problem` names the kind."""

    def __init__(self, message: str, problem: Literal["same", "field", "no_title", "no_year"]) -> None:
        super().__init__(message)
        self.problem = problem


class CatalogueError(VectorstoreError):
    """The catalogue cannot do what was asked."""


class CatalogueUnavailable(CatalogueError):
    """The database cannot be reached, or fails while it is used."""


class CatalogueBusy(CatalogueError):
    """Another process holds the catalogue's write lock for too long."""


class CatalogueNotWritable(CatalogueError):
    """The catalogue's file or folder cannot be created or written by this user."""


class CatalogueDamaged(CatalogueError):
    """The catalogue's file is corrupt."""


class NotACatalogue(CatalogueError):
    """The database belongs to something else."""


class CatalogueTooNew(CatalogueError):
    """A newer version of this program has changed the catalogue's tables."""


class UnsupportedDatabase(CatalogueError):
    """The URL is none of SQLite or PostgreSQL, or its driver is not installed."""


class DuplicateSource(CatalogueError):
    """A different file of the same name, from another folder, is stored already."""


class EmbeddingError(VectorstoreError):
    """Texts cannot be embedded as the settings ask."""


class EmbeddingUnavailable(EmbeddingError):
    """The model's package or weights are not there, or are not the expected ones."""


class EmbeddingFailed(EmbeddingError):
    """The model gives no vectors just now; words still find passages."""


class EmbeddingMismatch(EmbeddingFailed):
    """The model gives other vectors than at the start: another one was put behind its name."""


class WordsUnreadable(VectorstoreError):
    """A file of words that mean the same cannot be read as one."""


class IndexUnavailable(VectorstoreError):
    """The vector index cannot be opened or reached."""
