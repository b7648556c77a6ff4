"""The commands of `kaikaku`: settings and parsed arguments in; work done, results on stdout, an exit code out."""

import sys
from argparse import Namespace
from collections.abc import Callable
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from assistant.errors import WrongUsage
from assistant.settings import Settings

if TYPE_CHECKING:
    from pydantic import BaseModel

    from assistant.channels.item_query import ItemQuery
    from vectorstore.catalogue import Catalogue

DONE, NOT_DONE = 0, 1
_WIDTH_OF_A_PIPE = 120


def ask(settings: Settings, arguments: Namespace) -> int:
    """Answer one question."""
    from assistant.answers import Question, Scope
    from assistant.bootstrap import build_service
    from assistant.channels.exact_lists import list_address
    from assistant.channels.responses import ask_response
    from assistant.channels.terminal import render_answer
    from assistant.questions import clean_text

    text = clean_text(arguments.question)
    if not text:
        raise WrongUsage("ask: the question is empty")
    scope = Scope(arguments.municipality, arguments.plan)
    question = Question(text, (), scope, arguments.audience, arguments.language, "terminal")
    service = build_service(settings)
    exchange = service.ask(question)
    reply = ask_response(exchange, list_address(service, exchange.answer))
    _say(_json(reply) if arguments.json else render_answer(exchange.answer, _width()))
    return DONE


def items(settings: Settings, arguments: Namespace) -> int:
    """List plan items by exact conditions."""
    from assistant.bootstrap import build_catalogue
    from assistant.channels.item_csv import items_as_csv
    from assistant.channels.responses import items_response
    from assistant.channels.terminal import render_items
    from assistant.listing import page_of_items
    from vectorstore.current_items import select_current
    from vectorstore.item_filter import facets
    from vectorstore.series import versions_of

    query = _item_query(arguments)
    with build_catalogue(settings) as catalogue:
        contents = catalogue.load()
    found = select_current(contents.items, query.to_filter(), versions_of(contents))
    page = page_of_items(found, query.sort, max(1, len(found)), None)
    renderings: dict[str, Callable[[], str]] = {
        "json": lambda: _json(items_response(page, facets(found))),
        "csv": lambda: items_as_csv(page.items).rstrip(),
        "table": lambda: render_items(page.items, _width()),
    }
    _say(renderings[arguments.format]())
    return DONE


def documents(settings: Settings, arguments: Namespace) -> int:
    """List the documents, show how one was read, or delete one."""
    from assistant.bootstrap import build_catalogue

    with build_catalogue(settings) as catalogue:
        if arguments.delete is not None:
            _say(_deleted(catalogue, arguments.delete))
        elif arguments.id is not None:
            _say(_one_document(catalogue, arguments.id, arguments.json))
        else:
            _say(_all_documents(catalogue, arguments.json))
    return DONE


def diff(settings: Settings, arguments: Namespace) -> int:
    """Tell what changed between two versions of a plan."""
    from assistant import plan_changes
    from assistant.bootstrap import build_catalogue
    from assistant.channels.change_schemas import changes_response
    from assistant.channels.terminal import render_changes

    with build_catalogue(settings) as catalogue:
        found = plan_changes.diff(catalogue, arguments.old, arguments.new)
    _say(_json(changes_response(found)) if arguments.json else render_changes(found, _width()))
    return DONE


def readability(settings: Settings, arguments: Namespace) -> int:
    """Tell what makes documents hard to read by machine."""
    from assistant.bootstrap import build_catalogue
    from assistant.channels.readability_out import readability_out, readability_page, readability_text
    from assistant.plan_changes import find_document
    from assistant.readability import findings_of

    with build_catalogue(settings) as catalogue:
        items = catalogue.load().items
        chosen = [find_document(catalogue, one) for one in arguments.ids] or list(catalogue.documents())
    for document in chosen:
        findings = findings_of(document, [item for item in items if item.document_id == document.id])
        told = {"table": readability_text, "html": readability_page}.get(arguments.format)
        _say(told(document, findings) if told else _json(readability_out(document, findings)))
    return DONE


def _item_query(arguments: Namespace) -> "ItemQuery":
    from pydantic import ValidationError

    from assistant.channels.item_query import ItemQuery

    given: dict[str, Any] = {name: value for name, value in vars(arguments).items() if value is not None}
    given.pop("command"), given.pop("format")
    section = given.pop("section", None)
    try:
        return ItemQuery.model_validate(given | ({"section": [section]} if section else {}))
    except ValidationError as error:
        problem = error.errors()[0]
        raise WrongUsage(f"items: --{problem['loc'][0]}: {problem['msg']}") from None


def _deleted(catalogue: "Catalogue", document_id: str) -> str:
    from assistant.plan_changes import find_document
    from vectorstore.passage_vectors import drop_vectors_of_deleted

    document = find_document(catalogue, document_id)
    catalogue.delete(document.id)
    drop_vectors_of_deleted(catalogue)
    return f"削除 {document.source}"


def _one_document(catalogue: "Catalogue", document_id: str, as_json: bool) -> str:
    from assistant.channels.responses import document_detail
    from assistant.channels.terminal import render_report
    from assistant.plan_changes import find_document

    document = find_document(catalogue, document_id)
    return _json(document_detail(document)) if as_json else render_report(document)


def _all_documents(catalogue: "Catalogue", as_json: bool) -> str:
    from assistant.channels.responses import documents_response
    from assistant.channels.terminal import render_documents
    from vectorstore.series import versions_of

    contents = catalogue.load()
    versions = versions_of(contents)
    if as_json:
        return _json(documents_response(contents.documents, versions))
    return render_documents(contents.documents, versions)


def _json(model: "BaseModel") -> str:
    return model.model_dump_json()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _width() -> int:
    return get_terminal_size((_WIDTH_OF_A_PIPE, 24)).columns
