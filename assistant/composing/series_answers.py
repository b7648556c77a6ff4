"""A question for all members of a printed series in (基本方針1…4, a table column), the members out."""

import re
from itertools import pairwise

from assistant.composing.drafts import Draft, Source, Statement
from assistant.composing.prose_answers import column_of
from assistant.knowledge import Knowledge
from assistant.lookup.sentences import split_sentences
from assistant.names import bare, unnumbered
from assistant.replies import Replies
from assistant.understanding.requests import Request
from ingest.plan_items import Passage

_ASKS_FOR_ALL = re.compile(
    r"[\d一二三四五六七八九十]+\s*(?:つ|項目|点|本|種類|の)|すべて|全て|全部|一覧|並べ|挙げ|列挙|まとめ|要約|何と何|list|all",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(r"(\d{1,2})\s*(?:つ|本|点|項目|種類|個)の([一-龠ァ-ヶー]{1,12})")
_COUNTED_BEFORE = re.compile(r"([一-龠ァ-ヶーぁ-ん]{2,12}?)[はを]?(\d{1,2})\s*(?:つ|本|点|項目|種類|個)")
# 「A」「B」を2つの柱として: entries that a sentence prints side by side, and then their number.
_QUOTED = re.compile(r"(?:「[^「」]{2,60}」(?:、|と|・|及び|および|並びに|ならびに)?){2,}")
_NUMBER_BEHIND = (
    r"(?:の|を|という|といった|からなる|による|である)?[、\s]*{number}\s*(?:つ|本|点|項目|種類|個)?の?{term}"
)
_ENTRY = re.compile(r"^(?:[-・●○■▶▼]\s*)?(?:[①-⑳]|[(（]\d+[)）]|\d+[.．、)])\s*\S|^[-・●○▶]\s*\S")
_MEMBER = re.compile(
    r"^(?P<term>[一-龠ぁ-んァ-ヶー]{2,12})\s*(?P<number>[①-⑳]|[0-9０-９]{1,2}|[一二三四五六七八九十])"
    r"(?P<text>[\s　:：].*)?$"
)


def compose_series(request: Request, knowledge: Knowledge, replies: Replies) -> Draft | None:
    """List the members of a numbered series or table column that the question names; None when it names none."""
    if (
        not _ASKS_FOR_ALL.search(request.text)
        or request.items
        or set(request.fields) & {"owner", "schedule", "progress", "status"}
    ):
        return None
    passages = tuple(
        p for p in knowledge.corpus.passages if request.documents is None or p.document_id in request.documents
    )
    column = column_of(passages, request.text)
    if column is not None:
        passage, header, cells = column
        lead = Statement(replies.say("column_lists", header=header, total=len(cells)))
        return Draft(
            "answered",
            (lead, *(Statement(f"- {cell}", (Source.of_passage(passage, cell),), is_quote=True) for cell in cells)),
            mode="extract",
        )
    members = _members(passages, bare(request.text))
    if len(members) < 2:
        return _counted_list(passages, request, replies)
    term = members[0][0]
    lead = Statement(replies.say("list_sections", term=term, total=len(members)))
    lines = tuple(Statement(f"- {text}", (source,)) for _, _, text, source in members)
    return Draft("answered", (lead, *lines), mode="extract")


def _members(passages: tuple[Passage, ...], asked: str) -> list[tuple[str, str, str, Source]]:
    """Headings such as 「視点① …」 whose word the question names, each number once, with what follows them."""
    found: dict[tuple[str, str], tuple[str, str, str, Source]] = {}
    for passage in passages:
        for heading, following in _headings(passage):
            match = _MEMBER.match(unnumbered(heading.strip("【】■ ")))
            if match is None or bare(match["term"]) not in asked or len(match["term"]) < 2:
                continue
            key = (match["term"], match["number"])
            text = (match["text"] or "").strip(" 　:：】") or following
            told = f"{match['term']}{match['number']}：{text}"
            source = Source.of_passage(passage, f"{heading}\n{following}".strip())
            found.setdefault(key, (match["term"], match["number"], told, source))
    terms = {term for term, _ in found}
    longest = max(terms, key=len, default="")
    return [entry for (term, _), entry in found.items() if term == longest]


def _headings(passage: Passage) -> list[tuple[str, str]]:
    """The headings over a passage and the heading-like lines in it, each with the line that follows it."""
    lines = [line for line in passage.text.splitlines() if line.strip()]
    over = [(heading, "") for heading in passage.section]
    return over + [(line, after) for line, after in pairwise(lines)]


def _named_by(passage: Passage, lines: list[str], entries: list[str]) -> str:
    """What says of what a list is: its headings, the lines before it, and the beginnings of its entries."""
    lead = lines[: lines.index(entries[0])]
    return bare(" ".join((*passage.section, *lead, *(re.split(r"[\s　：:（(]", entry)[0] for entry in entries))))


def _counted(text: str) -> tuple[int, str] | None:
    """The number and the word it counts: 4 and 柱 in 「4つの柱」 or 「柱を4つ」."""
    if match := _COUNTED_AFTER.search(text):
        return int(match[1]), match[2]
    match = _COUNTED_BEFORE.search(text)
    return (int(match[2]), match[1]) if match else None


def _counted_list(passages: tuple[Passage, ...], request: Request, replies: Replies) -> Draft | None:
    """A printed list with as many entries as the question counts, under or beside the word it counts (4つの柱)."""
    counted = _counted(request.text)
    if counted is None:
        return None
    number, term = counted
    if told := _quoted_list(passages, number, term, replies):
        return told
    word = bare(term)
    for passage in passages:
        lines_of = [line.strip() for line in passage.text.splitlines()]
        entries = [line for line in lines_of if _ENTRY.match(line)]
        if len(entries) == number >= 2 and word and word in _named_by(passage, lines_of, entries):
            lead = Statement(replies.say("list_sections", term=term, total=number))
            lines = tuple(
                Statement(f"- {e.lstrip('-・ ')}", (Source.of_passage(passage, e),), is_quote=True) for e in entries
            )
            return Draft("answered", (lead, *lines), mode="extract")
    return None


def _quoted_list(passages: tuple[Passage, ...], number: int, term: str, replies: Replies) -> Draft | None:
    """The entries that a sentence quotes before it counts them: 「A」「B」を2つの柱とします."""
    behind = re.compile(_NUMBER_BEHIND.format(number=_digits(number), term=re.escape(term)))
    for passage in passages:
        for sentence in split_sentences(passage.text):
            run = next((r for r in _QUOTED.finditer(sentence) if behind.match(sentence, r.end())), None)
            entries = re.findall("「([^「」]+)」", run[0]) if run else []
            if len(entries) == number:
                lead = Statement(replies.say("list_sections", term=term, total=number))
                source = Source.of_passage(passage, sentence)
                return Draft("answered", (lead, *(Statement(f"- {e}", (source,)) for e in entries)), mode="extract")
    return None


def _digits(number: int) -> str:
    """A number below a hundred in the ways it is printed: 4, ４, 四."""
    forms = [str(number), str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))]
    return f"(?:{'|'.join((*forms, *'一二三四五六七八九十'[number - 1 : number]))})"
