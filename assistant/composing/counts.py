"""An exact selection of items in; out, their number, its parts, and the document's own printed total."""

from collections import Counter
from collections.abc import Iterable, Iterator

from assistant.composing.conditions_told import describe, value_told
from assistant.composing.drafts import Draft, Source, Statement
from assistant.composing.editions_told import edition_name
from assistant.composing.list_answers import common_report, none_found, proofs, remarks
from assistant.composing.sums import told_sums
from assistant.knowledge import Knowledge
from assistant.lookup.selection import selected
from assistant.names import bare, unnumbered
from assistant.replies import Replies
from assistant.understanding.filters import filters_of
from assistant.understanding.requests import Breakdown, Request
from assistant.understanding.words import question_words
from assistant.united import UnitedItem, row_of, rows_of
from ingest.column_names import key, word_keys
from ingest.fiscal_year import format_fiscal_year
from ingest.plan_items import PlanItem, PrintedTotal
from vectorstore.contents import StoredDocument
from vectorstore.item_filter import ItemFilter

# More marks than a reader would follow prove nothing more: the items themselves come with the answer.
_MOST_MARKS = 3


def compose_count(items: tuple[PlanItem, ...], request: Request, knowledge: Knowledge, replies: Replies) -> Draft:
    """Give the number of items, its parts where asked, and the document's own printed total."""
    condition = describe(request, replies, common_report(items, request, knowledge, replies))
    besides = remarks(request, knowledge, replies)
    if not items:
        return Draft(
            "not_found", (none_found(condition, request, knowledge, replies), *besides), "not_in_plans", total=0
        )
    printed = _joined(_printed_totals(items, request, knowledge, replies))
    opening = replies.say(
        "among_those" if request.among_previous else "count_is", condition=condition, total=len(items)
    )
    sources = _sources(items, [line for equal, line in printed if equal], request, knowledge)
    lines = [Statement(opening, sources)]
    lines += _parts(items, request, knowledge, replies)
    lines += [*(line for _, line in printed), *_joined_documents(items, knowledge, replies), *besides]
    lines += told_sums(items, request, knowledge, replies)
    return Draft("answered", tuple(lines), items=items, total=len(items), filters=filters_of(request))


def _sources(
    items: tuple[PlanItem, ...], printed: list[Statement], request: Request, knowledge: Knowledge
) -> tuple[Source, ...]:
    """Cite the printed total, else the first rows, for a whole plan behind the header that shows what a row is."""
    if printed:
        return printed[0].sources
    headers = () if request.has_conditions or request.items else _headers(items, knowledge)
    return (*headers, *(source for item in items[:_MOST_MARKS] for source in proofs(item, request, knowledge)))


def _headers(items: Iterable[PlanItem], knowledge: Knowledge) -> tuple[Source, ...]:
    """The first header of every document that counted rows stand in."""
    sources: dict[str, Source] = {}
    for row in (row for item in items for row in rows_of(item)):
        header = knowledge.header_of(row)
        if header is not None and row.document_id not in sources:
            sources[row.document_id] = Source.of_header(row, header)
    return tuple(sources.values())[:_MOST_MARKS]


def _joined_documents(items: Iterable[PlanItem], knowledge: Knowledge, replies: Replies) -> Iterator[Statement]:
    """Say which documents print the same items, which are counted once."""
    documents = dict.fromkeys(
        row.document_id for item in items if isinstance(item, UnitedItem) for row in reversed(item.members)
    )
    if documents:
        titles = sorted((knowledge.editions[d].role != "plan", knowledge.title_of(d)) for d in documents)
        told = "".join(f"「{title}」" for _, title in titles)
        yield Statement(replies.say("count_joined", documents=told))


def _parts(
    items: tuple[PlanItem, ...], request: Request, knowledge: Knowledge, replies: Replies
) -> Iterator[Statement]:
    """The number of each named alternative, else of each value of the field that the question divides by."""
    if request.several:
        counts = _named_parts(items, request, knowledge, replies)
    elif request.manner.breakdown and (len(items) > 1 or request.manner.breakdown != "section"):
        counts = _by_field(items, request.manner.breakdown, request, replies)
    else:
        return
    parts = [replies.say("count_part", section=part, count=count) for part, count in counts.items()]
    yield Statement(replies.say("count_parts", parts=replies.say("joint").join(parts)))
    if sum(counts.values()) > len(items):
        yield Statement(replies.say("count_of_rows"))
    if question_words().means("more_or_less", request.text):
        yield _most(counts, replies)


def _most(counts: Counter[str], replies: Replies) -> Statement:
    if len(counts) > 1 and len(set(counts.values())) == 1:
        return Statement(replies.say("count_equal"))
    ordered = counts.most_common()
    best = [replies.say("count_part", section=part, count=count) for part, count in ordered if count == ordered[0][1]]
    return Statement(replies.say("count_most", parts=replies.say("joint").join(best)))


def _named_parts(items: tuple[PlanItem, ...], request: Request, knowledge: Knowledge, replies: Replies) -> Counter[str]:
    counts: Counter[str] = Counter()
    for one in (one for several in request.several for one in several.filters):
        counts[value_told(one, replies)] = len(selected(items, one, knowledge))
    return counts


def _by_field(items: Iterable[PlanItem], field: Breakdown, request: Request, replies: Replies) -> Counter[str]:
    """Count items by their values of a field; one without any is counted as such."""
    if field == "section":
        return _by_section(tuple(items), request)
    counts: Counter[str] = Counter()
    for item in items:
        counts.update(set(_values(item, field, replies)) or {replies.say("blank")})
    if field == "fiscal_year":
        return Counter(dict(sorted(counts.items(), key=lambda part: (not part[0][-2:-1].isdigit(), part[0]))))
    return counts


def _values(item: PlanItem, field: Breakdown, replies: Replies) -> tuple[str, ...]:
    if field == "owner":
        return item.owners
    if field == "fiscal_year":
        every = (replies.term("schedule_kind", "every_year"),) if item.schedule_kind == "every_year" else ()
        return tuple(map(format_fiscal_year, item.target_fiscal_years)) or every
    value = {"status": item.status, "progress": item.progress, "municipality": item.municipality, "plan": item.plan}
    return tuple(told for told in (value[field],) if told)


def _by_section(items: tuple[PlanItem, ...], request: Request) -> Counter[str]:
    """Count by the sections directly under the one asked for, or by the outermost."""
    depth = len(request.filter.section or ())
    if request.filter.section and depth == 1:
        only = request.filter.section[0]
        depth = next((item.section.index(only) + 1 for item in items if only in item.section), 1)
    return Counter(
        item.section[depth] if len(item.section) > depth else item.section[-1] for item in items if item.section
    )


def _printed_totals(
    items: tuple[PlanItem, ...], request: Request, knowledge: Knowledge, replies: Replies
) -> Iterator[tuple[bool, Statement]]:
    """Compare a count of a section, a progress class or a whole plan with what documents' own tables print.

    A table that agrees with its own document's rows is no contradiction where several documents are counted together.
    """
    if request.several or request.due or request.without or request.items or len(request.filter.conditions) > 1:
        return
    for document in _counting(items, request, knowledge):
        for total in document.report.printed_totals:
            source = _source_of(total, document, knowledge) if _is_total_of(total, request.filter) else None
            if source is not None:
                equal = total.printed == len(items)
                of_its_own = total.printed == total.found
                reply = "count_printed" if equal else "count_printed_in" if of_its_own else "count_differs"
                edition = edition_name(document.id, knowledge, replies)
                text = replies.say(reply, label=total.label.strip(), printed=total.printed, edition=edition)
                yield equal, Statement(text, (source,))


def _joined(printed: Iterable[tuple[bool, Statement]]) -> list[tuple[bool, Statement]]:
    """Say what several documents print alike once, with the sources of all."""
    joined: dict[str, tuple[bool, Statement]] = {}
    for equal, line in printed:
        _, before = joined.get(line.text, (equal, Statement(line.text)))
        joined[line.text] = (equal, Statement(line.text, before.sources + line.sources))
    return list(joined.values())


def _counting(items: Iterable[PlanItem], request: Request, knowledge: Knowledge) -> Iterator[StoredDocument]:
    """The documents whose tables may count what is asked: of progress, only those whose marks were counted."""
    marking = {row_of(item, "progress").document_id for item in items if item.progress}
    for document in knowledge.corpus.documents:
        inside = request.documents is None or document.id in request.documents
        if inside and (not request.filter.progress or document.id in marking):
            yield document


def _source_of(total: PrintedTotal, document: StoredDocument, knowledge: Knowledge) -> Source | None:
    """Quote the line that prints a total."""
    for passage in knowledge.passages_of.get(document.id, ()):
        if passage.line_start <= total.line <= passage.line_end:
            lines = passage.text.split("\n")
            printed = [x for x in lines if bare(total.label) in bare(x) and str(total.printed) in x]
            return Source.of_passage(passage, printed[0] if printed else passage.text)
    return None


def _is_total_of(total: PrintedTotal, wanted: ItemFilter) -> bool:
    """Tell whether a printed total counts what is asked: all, a section, a progress class or the blank ones."""
    label = key(total.label)
    if wanted.progress:
        return label == key(wanted.progress)
    if wanted.missing == "progress":
        return label in word_keys("blank_progress")
    if wanted.section:
        return _is_of_section(total, wanted.section)
    return wanted == ItemFilter() and label in word_keys("total_rows") and len(total.section) == 1


def _is_of_section(total: PrintedTotal, section: tuple[str, ...]) -> bool:
    """Tell whether a section's path ends with the total's, or is its last heading alone."""
    printed = tuple(bare(unnumbered(part)) for part in total.section)
    wanted = tuple(bare(unnumbered(part)) for part in section)
    return bool(printed) and (wanted[-len(printed) :] == printed or wanted == printed[-1:])
