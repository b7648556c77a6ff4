"""The names of two versions of a plan in, what changed between them out."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.errors import NotThere
from vectorstore.catalogue import Catalogue
from vectorstore.changes import Changes, changes_between
from vectorstore.contents import StoredDocument
from vectorstore.series import Version

_HOW = "name a document by its id or file name, its earlier revision as NAME@NUMBER; `kaikaku documents` lists them"


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """Two versions of a plan, and what changed from the old one to the new one."""

    old: StoredDocument
    new: StoredDocument
    changes: Changes


def diff(catalogue: Catalogue, old: str, new: str) -> PlanChanges:
    """Compare two documents or revisions; a name is an id or a file name, with @NUMBER an earlier revision.

    Raises:
        NotThere: no document or revision has such a name.

    """
    return _compared(catalogue, _find(catalogue, old), _find(catalogue, new))


def changes_since(
    catalogue: Catalogue, versions: Mapping[str, Version], document_id: str, since: str | None = None
) -> PlanChanges:
    """Compare a document with another one, or with the version before it: the one it supersedes, or its own revision.

    Raises:
        NotThere: the document is not stored, or has no version before it.

    """
    new = _find(catalogue, document_id)
    if since is not None:
        name = f"{document_id}@{since}" if since.isdecimal() else since
        return _compared(catalogue, _find(catalogue, name), new)
    before = [
        version.document_id
        for version in versions.values()
        if version.superseded_by == document_id and version.relation != "format"
    ]
    if before:
        return _compared(catalogue, _find(catalogue, before[0]), new)
    # The same bytes read by another version of this program are no version of the plan.
    earlier = [one for one in catalogue.revisions(document_id) if one.content_hash != new.content_hash]
    if not earlier:
        raise NotThere(f"{new.source}: no earlier version is stored; {_HOW}, and ask with ?since=ID")
    return _compared(catalogue, earlier[-1], new)


def _compared(catalogue: Catalogue, old: StoredDocument, new: StoredDocument) -> PlanChanges:
    before, after = (catalogue.items_of(one.id, one.revision) for one in (old, new))
    return PlanChanges(old, new, changes_between(before, after))


def find_document(catalogue: Catalogue, name: str) -> StoredDocument:
    """Return the newest revision of a document by its id or file name.

    Raises:
        NotThere: no document has such a name.

    """
    for document in catalogue.documents():
        if name in (document.id, document.source):
            return document
    raise NotThere(f"{name}: no such document; name it by its id or file name; `kaikaku documents` lists them")


def _find(catalogue: Catalogue, name: str) -> StoredDocument:
    base, _, number = name.rpartition("@")
    names = {name for document in catalogue.documents() for name in (document.id, document.source)}
    if name in names or base not in names or not number.isdecimal():
        return find_document(catalogue, name)
    current = find_document(catalogue, base)
    for revision in catalogue.revisions(current.id):
        if revision.revision == int(number):
            return revision
    raise NotThere(f"{name}: {current.source} has no revision {number}, its newest is {current.revision}")
