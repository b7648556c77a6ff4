"""A question after a word's meaning in, the plan's own explanation out."""

import re

from assistant.composing.drafts import Draft, Source, Statement
from assistant.knowledge import Knowledge
from assistant.lookup.sentences import split_sentences
from assistant.names import bare
from assistant.replies import Replies
from assistant.understanding.requests import Request
from ingest.plan_items import Passage

# 「(※)ＡＢＣ（Full Name）：…」, 「・灯台守：…」, 「灯台守とは、…」; the mark tells that another line uses the word.
_EXPLAINS = re.compile(
    r"[\s・●○◆■▶-]*(?P<mark>[(（]※[)）]|※)?\s*(?P<term>[^\s：:（(。、「」※]{2,24})\s*(?:[（(][^）)]{2,60}[）)])?\s*(?:[：:]|とは)"
)
_BARE_MARK = re.compile(r"(?<=\S)[(（]?※(?!\d)[)）]?")


def compose_definitions(request: Request, knowledge: Knowledge, replies: Replies) -> Draft | None:
    """Give the footnote of every word that the question names; None when no plan explains one."""
    explained = defined_terms(request, knowledge)
    if not explained:
        return _explained_in_text(request, knowledge, replies)
    statements = []
    for term, passage in explained:
        statements.append(Statement(replies.say("definition_is", term=term)))
        statements += [
            Statement(f"- {line}", (Source.of_passage(passage, line),), is_quote=True)
            for line in split_sentences(passage.text)
        ]
    return Draft("answered", tuple(statements), mode="extract")


def _explained_in_text(request: Request, knowledge: Knowledge, replies: Replies) -> Draft | None:
    """Give the line of a text that explains a word, 「ＡＢＣ（Full Name）：…」, behind what its bare mark stands in."""
    asked = bare(request.text)
    for passage in knowledge.corpus.passages:
        if passage.item_id is not None or not _inside(passage, request):
            continue
        lines = split_sentences(passage.text)
        for line in lines:
            explains = _EXPLAINS.match(line)
            if explains and bare(explains["term"]) in asked and _is_name(explains["term"]):
                marked = [other for other in lines if explains["mark"] and other != line and _BARE_MARK.search(other)]
                lead = Statement(replies.say("definition_in_text", term=explains["term"].strip()))
                quotes = (Statement(f"- {q}", (Source.of_passage(passage, q),), is_quote=True) for q in (line, *marked))
                return Draft("answered", (lead, *quotes), mode="extract")
    return None


def defined_terms(request: Request, knowledge: Knowledge) -> list[tuple[str, Passage]]:
    """Footnotes whose word stands in the question, the longest words first, none inside another."""
    asked = bare(request.text)
    found: dict[str, tuple[str, Passage]] = {}
    for passage in knowledge.corpus.passages:
        if passage.kind != "footnote" or not passage.term or not _inside(passage, request):
            continue
        called = [part for part in _names(passage.term) if bare(part) in asked]
        if called:
            part = max(called, key=len)
            found.setdefault(bare(part), (part, passage))
    names = [name for name in found if not any(name != other and name in other for other in found)]
    return [found[name] for name in sorted(names, key=asked.index)]


def _names(term: str) -> list[str]:
    """The term whole, and its parts of content: 「予約型の乗合車両」 is asked for as 「乗合車両」, too."""
    ends = [term[match.end() :] for match in re.finditer("[のへや]", term)]
    parts = [term, re.sub(r"[（(].*?[）)]", "", term), *ends, *re.split(r"[のへや]|[（()）・、「」]", term)]
    return [part for part in parts if _is_name(part)]


def _is_name(term: str) -> bool:
    return len(bare(term)) >= 3 or re.fullmatch(r"[A-Za-z]{2,}", bare(term)) is not None


def _inside(passage: Passage, request: Request) -> bool:
    return request.documents is None or passage.document_id in request.documents
