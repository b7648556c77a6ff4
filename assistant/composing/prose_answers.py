"""Passages in, a Draft of the sentences, list entries or table cells that answer a request out."""

import re

from assistant.composing.drafts import Draft, Source, Statement
from assistant.knowledge import Knowledge
from assistant.lookup.antecedents import with_named
from assistant.lookup.sentences import Sentence, SentenceRanker, pick, with_units
from assistant.names import bare, unnumbered
from assistant.replies import Replies
from assistant.terms import Term
from assistant.understanding.requests import Request
from ingest.plan_items import Passage
from vectorstore.hits import Hit

_READ = 15
_BUDGET = 420
_SUMMARY_BUDGET = 900
_LIST_MARK = re.compile(r"^(?:[-・●○■▶]\s*)*(?:[①-⑳]|[(（]\d+[)）]|\d+[.．、 ])?\s*")
_SERIES = re.compile(r"(?<!\d)(\d{1,2}|[二三四五六七八九十])\s*(?:つ|項目|点|本|種類|個|段階)?(?![\d年月日])")
_LONGEST_TITLE, _LONGEST_WORD = 30, 8
_TABLE_CELL = "\t"
_HEADED = 0.3
_DEPARTMENT = re.compile(r"[一-龠ァ-ヶーぁ-ん]{1,12}[課室局部署係]|担当|事務局|所管")
_POST = re.compile(r"[一-龠ァ-ヶー]{0,10}(?:長|委員|座長|主査|監事|幹事|知事)(?=[はがってをのに、?。]|$)")


def compose_prose(
    hits: tuple[Hit, ...], request: Request, terms: tuple[Term, ...], knowledge: Knowledge, replies: Replies
) -> Draft | None:
    """Quote the sentences that answer best; None when no passage holds enough of the request."""
    ranker = SentenceRanker(request, terms, knowledge)
    if request.manner.person:
        hits = tuple(hit for hit in hits if _names_holder(hit.passage, request.text))
    hits = tuple(hit for hit in hits if _holds_details(hit.passage, request))
    ranked = _rank(hits, ranker, request)
    if not ranked:
        return None
    passage = ranked[0][1]
    whole = _whole_list(passage, request)
    if whole:
        return _draft(passage, whole, knowledge, replies)
    sentences = _table_rows(passage, ranker) if passage.kind == "table" else ranker.of_passage(passage)
    budget = _SUMMARY_BUDGET if request.manner.summary else _BUDGET
    top = max(s.score for s in sentences)
    chosen = pick([s for s in sentences if s.score >= top - 0.3], budget)
    whole_answer = with_named([s.text for s in with_units(chosen, sentences, request.manner.units)], passage)
    return _draft(passage, whole_answer, knowledge, replies)


def coverage(hits: tuple[Hit, ...], request: Request, terms: tuple[Term, ...], knowledge: Knowledge) -> float:
    """How well the best passage covers the request's words, 0 to 1."""
    ranker = SentenceRanker(request, terms, knowledge)
    return max((ranker.coverage(f"{' '.join(h.passage.section)} {h.passage.text}") for h in hits[:_READ]), default=0.0)


def _holds_details(passage: Passage, request: Request) -> bool:
    """Tell whether a passage prints what must be printed: a telephone number, an owner, a date."""
    if any(not re.search(needed, passage.text) for needed in request.manner.needs):
        return False
    return request.fields != ("owner",) or _DEPARTMENT.search(passage.text) is not None


def _names_holder(passage: Passage, asked: str) -> bool:
    """Tell whether a passage says who holds the post that is asked for (「副市長を本部長とし」, 「会長 …」)."""
    posts = _POST.findall(asked)
    return not posts or any(re.search(_holds_post(post), passage.text) for post in posts)


def _holds_post(post: str) -> str:
    name = re.escape(post)
    return rf"[をが]{name}(?:と|に)|(?:^|[\n\t、。]){name}(?:は|：|:|\s)|[（(]{name}[：:]"


def _rank(hits: tuple[Hit, ...], ranker: SentenceRanker, request: Request) -> list[tuple[float, Passage]]:
    """Order passages by retrieval score, heading match and best sentence together."""
    asked = bare(request.text)
    ranked = []
    for hit in hits[:_READ]:
        sentences = ranker.of_passage(hit.passage)
        if not sentences or _is_title(hit.passage):
            continue
        headed = any(len(name := bare(unnumbered(part))) >= 3 and name in asked for part in hit.passage.section[-2:])
        best = max(s.score for s in sentences)
        whole = ranker.coverage(" ".join(hit.passage.section[-1:]) + hit.passage.text)
        ranked.append((hit.score + 0.15 * best + 0.15 * whole + (_HEADED if headed else 0.0), hit.passage))
    return sorted(ranked, key=lambda entry: -entry[0])


def _is_title(passage: Passage) -> bool:
    """Tell whether nothing but a title stands there, which tells nothing of what it names."""
    lines = [line.strip() for line in passage.text.strip().split("\n")]
    is_short = (len(lines) == 1 and len(lines[0]) <= _LONGEST_TITLE) or max(map(len, lines)) <= _LONGEST_WORD
    return passage.kind == "paragraph" and is_short and not re.search(r"[。：:、]|\d", passage.text)


def _whole_list(passage: Passage, request: Request) -> list[str]:
    """The entries of a list when the question asks for all of them or for as many as there are."""
    lines = [line for line in passage.text.split("\n") if line.strip()]
    entries = [line for line in lines if _LIST_MARK.match(line.strip()) and _LIST_MARK.match(line.strip())[0]]  # type: ignore[index]
    wanted = _SERIES.search(request.text)
    asked_all = re.search(r"すべて|全て|全部|一覧|並べ|挙げ|列挙|何と何|list|all", request.text)
    if len(entries) >= 2 and (asked_all or (wanted and wanted[1].isdigit() and int(wanted[1]) == len(entries))):
        return entries
    return []


def _table_rows(passage: Passage, ranker: SentenceRanker) -> list[Sentence]:
    """Table rows as 「見出し：値」 pairs, so that a number is read with its column."""
    lines = [line.split(_TABLE_CELL) for line in _with_header(passage) if line.strip()]
    header, rows = lines[0], lines[1:] or lines
    sentences = []
    for order, row in enumerate(rows):
        pairs = [
            f"{h.strip()}：{c.strip()}" if h.strip() else c.strip()
            for h, c in zip(header, row, strict=False)
            if c.strip()
        ]
        text = "、".join(pairs) if rows is not lines else "、".join(c.strip() for c in row if c.strip())
        sentences.append(Sentence(text, "table", order, ranker.score(" ".join((*header, *row))), passage))
    return sentences


def _with_header(passage: Passage) -> list[str]:
    """The rows of a table, the header first from which they were cut off."""
    return [*filter(None, [passage.table_header]), *passage.text.split("\n")]


def _draft(passage: Passage, lines: list[str], knowledge: Knowledge, replies: Replies) -> Draft:
    title = knowledge.title_of(passage.document_id)
    section = passage.section[-1] if passage.section else ""
    lead = (
        replies.say("passage_says_section", title=title, section=section)
        if section
        else replies.say("passage_says", title=title)
    )
    return Draft(
        "answered",
        (
            Statement(lead),
            *(
                Statement(f"- {line.lstrip('-・ ')}", (_source(passage, line),), is_quote=passage.kind != "table")
                for line in lines
            ),
        ),
        mode="extract",
    )


def _source(passage: Passage, line: str) -> Source:
    """Quote the printed line; a table row rewritten as pairs quotes the table."""
    printed = bare(passage.text)
    return Source.of_passage(passage, line if bare(line) in printed and passage.kind != "table" else None)


def column_of(passages: tuple[Passage, ...], asked: str) -> tuple[Passage, str, list[str]] | None:
    """Find a table column whose header the question names, with its cells."""
    text = bare(asked)
    for passage in passages:
        rows = [line.split(_TABLE_CELL) for line in _with_header(passage)] if passage.kind == "table" else []
        for index, header in enumerate(rows[0] if rows else ()):
            cells = [row[index].strip() for row in rows[1:] if len(row) > index and row[index].strip()]
            if len(bare(header)) >= 4 and bare(header) in text and len(cells) >= 2:
                return passage, header.strip(), cells
    return None
