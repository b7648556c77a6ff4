"""What can be wrong with a plan file.

IngestError
├── UnreadableDocument   the bytes are no text this package can read
├── UnsupportedFormat    a file kind without a reader
└── DocumentTooLarge     more bytes than one plan can sensibly have
"""


class IngestError(Exception):
    """A plan file that cannot be read; the message says what, where and what to do."""


class UnreadableDocument(IngestError):
    """The bytes decode to no text: empty, binary, truncated or in an unknown encoding."""


class UnsupportedFormat(IngestError):
    """No reader exists for this kind of file."""


class DocumentTooLarge(IngestError):
    """The file exceeds the size one plan may have."""
