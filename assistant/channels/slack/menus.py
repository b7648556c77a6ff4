"""Departments and scopes as options of a menu, and back from what was chosen."""

import json
from collections.abc import Iterable, Sequence

from assistant.answers import Scope
from assistant.channels.slack.blocks import Block, cut, option

MOST_OPTIONS, LONGEST_VALUE = 99, 150
NOTHING = "-"


def department_options(departments: Iterable[str]) -> list[Block]:
    """Return the departments as options."""
    return [option(name, name) for name in departments if len(name) <= LONGEST_VALUE][:MOST_OPTIONS]


def scope_options(scopes: Iterable[Scope]) -> list[Block]:
    """Return the scopes as options."""
    return [option(scope_name(scope), scope_value(scope)) for scope in scopes][:MOST_OPTIONS]


def scope_name(scope: Scope) -> str:
    """Return a scope in words."""
    return " ".join(filter(None, (scope.municipality, scope.plan)))


def scope_value(scope: Scope) -> str:
    """Return a scope as a menu carries it: JSON, or its beginning where that is too long, which still tells it."""
    return cut(json.dumps([scope.municipality, scope.plan], ensure_ascii=False), LONGEST_VALUE)


def read_scope(value: str, scopes: Sequence[Scope]) -> Scope:
    """Return the scope of an option; one of everything if there is none such."""
    return next((scope for scope in scopes if scope_value(scope) == value), Scope())
