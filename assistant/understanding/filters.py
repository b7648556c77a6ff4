"""A request in, the conditions it sets as the contract names them out, those carried from the conversation included."""

from collections.abc import Iterable, Mapping

from assistant.understanding.requests import Request
from vectorstore.item_filter import ItemFilter

_NAMES = {"text": "q", "schedule_kinds": "schedule_kind"}


def filters_of(request: Request) -> Mapping[str, object]:
    """Return every condition by name; alternatives are a list, `match` says that all of them must be met."""
    told = {**request.carried, **_named(request.filter)}
    for several in request.several:
        told |= _together(several.filters)
        if several.every:
            told["match"] = "every"
    if request.due is not None:
        years = request.due.years
        told["fiscal_year"] = years[0] if len(years) == 1 else list(years)
        if request.due.relation != "during":
            told["deadline"] = request.due.relation
    if request.without:
        told["without"] = _together(request.without)
    if request.report_years:
        told["report_year"] = request.report_years[0] if len(request.report_years) == 1 else list(request.report_years)
    return told


def _named(wanted: ItemFilter) -> dict[str, object]:
    values = wanted.conditions
    told = {_NAMES.get(name, name): list(v) if isinstance(v, tuple) else v for name, v in values.items()}
    if wanted.columns:
        told["columns"] = {named.label: named.value for named in wanted.columns}
    return told


def _flat(value: object) -> object:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _together(filters: Iterable[ItemFilter]) -> dict[str, object]:
    """The values of several filters by name: one as it is, more as a list."""
    values: dict[str, list[object]] = {}
    for one in filters:
        for name, value in _named(one).items():
            values.setdefault(name, []).append(_flat(value))
    return {name: found[0] if len(found) == 1 else found for name, found in values.items()}
