"""What can go wrong at the edges of the service.

AssistantError
├── SettingsError          a setting is unknown, missing or out of bounds
├── NotThere               no document or item is known by the given name
├── WrongUsage             a command was called with arguments that mean nothing
├── CannotListen           the address to serve on is taken
├── TooBusy                too much work is waiting already
└── NotReady               the stores do not answer, or disagree
"""


class AssistantError(Exception):
    """A failure that the caller is told about; the message says what, where and what to do."""


class SettingsError(AssistantError):
    """A setting is unknown or out of bounds; the message names the environment variable."""


class NotThere(AssistantError):
    """No document or item is known by this name; the message says how to list what there is."""


class WrongUsage(AssistantError):
    """A command was called with arguments that mean nothing; the message names them."""


class CannotListen(AssistantError):
    """The address to serve on is taken, or not this machine's."""


class TooBusy(AssistantError):
    """Too much work is waiting already; the message says when to try again."""


class NotReady(AssistantError):
    """The stores do not answer, or disagree; the message says which and what to do."""
