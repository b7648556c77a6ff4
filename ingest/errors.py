"""What can be wrong with a plan file.

IngestError
├── UnreadableDocument   the bytes are no text this package can read
├── UnsupportedFormat    a file kind without a reader
├── DocumentTooLarge     more bytes than one plan can sensibly have
├── ReadingStopped       reading it took too much time or memory, or crashed
├── ReaderBusy           too many files wait to be read already
├── ReaderDefect         reading it failed by a defect of ours
└── BadDescription       what a person told about it is not understood
"""


class IngestError(Exception):
    """A plan file that cannot be read; the message says what, where and what to do."""


class UnreadableDocument(IngestError):
    """The bytes decode to no text: empty, binary, truncated or in an unknown encoding."""


class UnsupportedFormat(IngestError):
    """No reader exists for this kind of file."""


class DocumentTooLarge(IngestError):
    """The file exceeds the size one plan may have."""


class ReadingStopped(IngestError):
    """The process that read the file ran out of time or memory, or crashed."""


class ReaderBusy(IngestError):
    """Too many files wait to be read already; nothing is wrong with this one."""


class ReaderDefect(IngestError):
    """The file made a reader fail in a way that nobody foresaw; the log holds how."""


class BadDescription(IngestError):
    """plans.yaml or the fields of an upload say something that is not understood."""
