"""A question in, the exact conditions it sets on items out, and the question with those words masked."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from assistant.column_values import named_values
from assistant.knowledge import Knowledge, SectionLabel
from assistant.names import bare, unnumbered
from assistant.understanding.departments import named_department
from assistant.understanding.masking import MASK, mask, mask_name
from assistant.understanding.words import question_words
from ingest.fiscal_year import YearMention, find_years
from ingest.plan_items import ScheduleKind
from vectorstore.item_filter import ItemFilter

_SECTION_CODE = re.compile(r"[(（](\d{1,2})[)）]\s*([①-⑳])?")
_CHAPTER_CODE = re.compile(r"第\s*(\d{1,2})\s*([章節編])")
_SHORTEST_LABEL = 4
# 「柱2 …」, 「重点３ …」, 「推進項目（１）…」: a label, its number, and then the name.
_LABEL_HEAD = re.compile(
    r"^[一-龠ァ-ヶー]{1,6}\s*(?:[①-⑳]|[（(]?[0-9０-９]{1,2}[)）]?)(?:[\s　:：.．]+|(?=[（(「]))"
    r"|^[一-龠]{2,6}[（(][0-9０-９]{1,2}[)）]\s*"
)
_NUMBERED_PART = re.compile(
    r"(?:柱|重点(?:項目|方針)?|基本(?:方針|目標|施策)|政策|施策|分野|視点)\s*(?:[①-⑳]|\d{1,2})(?!\s*(?:つ|件|項目|点|本|個))"
)
_BEHIND = re.compile(r"未満|遅れ|遅延|下回|未達|未着手|[CDＣＤ△×▲]$")
_DONE = re.compile(r"目標達成|^達成|完了|終了|◎$")
_ALL_KINDS: tuple[ScheduleKind, ...] = ("every_year", "by", "from", "range", "single", "several", "other")
_MISSABLE = ("owner", "progress", "status", "schedule", "goal", "result", "issues", "next_steps")


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions found: a filter, what else restricts it, and `rest`, the question with their words masked.

    `progresses` are several progress values that one word covers (遅れ = 計画未満, 遅れ, …).
    """

    filter: ItemFilter
    rest: str
    without: ItemFilter = field(default_factory=ItemFilter)
    unknown_owner: str | None = None
    unknown_section: str | None = None
    progresses: tuple[str, ...] = ()
    years: tuple[YearMention, ...] = ()

    @property
    def any(self) -> bool:
        """Tell whether there is any condition."""
        return self.filter != ItemFilter() or self.without != ItemFilter() or bool(self.progresses)


def find_conditions(text: str, knowledge: Knowledge, documents: frozenset[str] | None) -> Conditions:
    """Read the owner, section, years, status, progress, gaps and schedule kinds that a question names."""
    found = Conditions(ItemFilter(), re.sub(r"(支所|支庁|センター)の(?=[^\s]{2,8}課)", r"\1", text))
    found = _with_section(found, knowledge, documents)
    found = _with_missing(found)
    found = _with_owner(found, knowledge, documents)
    found = _with_schedule_kind(found)
    found = _with_year(found)
    found = _with_status(found)
    found = _with_progress(found, knowledge, documents)
    return _with_columns(found, knowledge, documents)


def _with_owner(found: Conditions, knowledge: Knowledge, documents: frozenset[str] | None) -> Conditions:
    named = named_department(found.rest, tuple(knowledge.owners_in(documents)))
    if named is None:
        return found
    at = found.rest.find(named.text)
    rest = mask(found.rest, at, at + len(named.text))
    if named.owner is None:
        return replace(found, unknown_owner=named.text, rest=rest)
    if _is_negated(found.rest, at + len(named.text)):
        return replace(found, without=replace(found.without, owner=named.owner), rest=rest)
    return replace(found, filter=replace(found.filter, owner=named.owner), rest=rest)


def _is_negated(text: str, end: int) -> bool:
    """Tell whether what ends here is excluded: 「新規ではない」, 「施設課以外」."""
    match = question_words().meanings["negation"].search(text[end : end + 10])
    return match is not None and match.start() <= 4


def _with_section(found: Conditions, knowledge: Knowledge, documents: frozenset[str] | None) -> Conditions:
    labels = [s for s in knowledge.sections if documents is None or s.document_id in documents]
    text = bare(found.rest)
    by_code = _section_by_code(found.rest, labels)
    named = [(len(name), label, name) for label in labels for name in _names_of(label) if _is_called(name, text)]
    if by_code:
        rest = _SECTION_CODE.sub(MASK, found.rest)
        for name in _names_of(by_code):
            rest = mask_name(rest, name)
        for heading in by_code.path:
            rest = mask_name(rest, bare(unnumbered(heading)))
        return replace(found, filter=replace(found.filter, section=by_code.path), rest=rest)
    if not named:
        unknown = _NUMBERED_PART.search(found.rest) if labels else None
        if unknown and bare(unknown[0]) in bare("".join(map(knowledge.title_of, documents or ()))):
            return replace(found, rest=mask(found.rest, *unknown.span()))
        return replace(found, unknown_section=unknown[0], rest=mask(found.rest, *unknown.span())) if unknown else found
    # The longest name wins; of equal ones the shallowest path, which holds all the deeper ones.
    _, label, name = max(named, key=lambda entry: (entry[0], -len(entry[1].path)))
    section = (label.path[-1],) if _is_unique(label, labels) else label.path
    return replace(found, filter=replace(found.filter, section=section), rest=mask_name(found.rest, name))


def _is_called(name: str, text: str) -> bool:
    """Tell whether `text` names the label; 柱1 is not named by 柱12."""
    return re.search(re.escape(name) + (r"(?!\d)" if name[-1].isdigit() else ""), text) is not None


def _names_of(label: SectionLabel) -> tuple[str, ...]:
    """The forms by which a section may be called: whole, without numbering, without brackets, its numbered head."""
    heading = label.path[-1]
    head = re.split(r"[\s　]", heading.strip(), maxsplit=1)[0]
    plain = _LABEL_HEAD.sub("", unnumbered(heading))
    forms = [heading, unnumbered(heading), plain, re.sub(r"[（(][^）)]*[）)]", "", plain)]
    names = [form for form in map(bare, forms) if len(form) >= _SHORTEST_LABEL]
    if re.search(r"\D[①-⑳0-9０-９]+$", head):  # 柱2 歳出の見直し is called 柱2
        names.append(bare(head))
    return tuple(dict.fromkeys(names))


def _section_by_code(text: str, labels: Iterable[SectionLabel]) -> SectionLabel | None:
    for match in _SECTION_CODE.finditer(text):
        number, circled = match[1], match[2]
        for label in labels:
            if re.match(rf"[(（]{number}[)）]", bare_number(label.path[0])) or any(
                re.match(rf"[(（]{number}[)）]", bare_number(part)) for part in label.path
            ):
                if circled is None and re.match(rf"[(（]{number}[)）]", bare_number(label.path[-1])):
                    return label
                if circled and label.path[-1].lstrip().startswith(circled):
                    return label
    for match in _CHAPTER_CODE.finditer(text):
        for label in labels:
            if re.match(rf"第\s*{match[1]}\s*{match[2]}", bare_number(label.path[-1])):
                return label
    return None


def bare_number(label: str) -> str:
    """Return a label with ASCII digits and brackets, white space trimmed, circled numbers kept."""
    return label.translate(str.maketrans("０１２３４５６７８９（）", "0123456789()")).strip()


def _is_unique(label: SectionLabel, labels: Iterable[SectionLabel]) -> bool:
    return sum(other.path[-1] == label.path[-1] for other in labels) == 1


def _with_year(found: Conditions) -> Conditions:
    words = question_words()
    years = tuple(find_years(found.rest))
    rest = found.rest
    for mention in years:
        rest = mask(rest, mention.start, mention.end)
    if not years:
        return found
    about_goal = words.goal_column.search(found.rest) and not re.search("実施時期|目標年度", found.rest)
    field = "goal_year" if about_goal else "fiscal_year"
    year = years[-1].year
    if not about_goal and (negated := words.meanings["not_in_year"].search(found.rest[years[-1].end :])):
        rest = mask(rest, years[-1].end, years[-1].end + negated.end())
        return replace(found, without=replace(found.without, fiscal_year=year), rest=rest, years=years)
    kinds = found.filter.schedule_kinds
    changed = replace(found.filter, goal_year=year) if field == "goal_year" else replace(found.filter, fiscal_year=year)
    return replace(found, filter=replace(changed, schedule_kinds=kinds), rest=rest, years=years)


def _with_schedule_kind(found: Conditions) -> Conditions:
    words = question_words()
    for kind, pattern in words.schedule_kinds.items():
        match = pattern.search(found.rest)
        if not match:
            continue
        chosen: tuple[ScheduleKind, ...] = (kind,)  # type: ignore[assignment]
        if words.meanings["negation"].search(found.rest[match.end() : match.end() + 8]):
            chosen = tuple(k for k in _ALL_KINDS if k != kind)
        rest = mask(found.rest, *match.span()) if kind == "every_year" else found.rest
        if kind == "from":
            rest = re.sub(r"(令和|平成|R|H)?[○〇◯x]年度?[～]?", MASK, rest)
        return replace(found, filter=replace(found.filter, schedule_kinds=chosen), rest=rest)
    return found


def _with_status(found: Conditions) -> Conditions:
    statuses = question_words().statuses
    named = [(status, match) for status, words in statuses.items() if (match := words.search(found.rest))]
    if len(named) != 1:
        return found
    status, match = named[0]
    rest = mask(found.rest, *match.span())
    if _is_negated(found.rest, match.end()):
        return replace(found, without=replace(found.without, status=status), rest=rest)
    return replace(found, filter=replace(found.filter, status=status), rest=rest)


def _with_progress(found: Conditions, knowledge: Knowledge, documents: frozenset[str] | None) -> Conditions:
    if found.filter.missing == "progress":
        return found
    words = question_words()
    values = {item.progress for item in knowledge.items_in(documents) if item.progress}
    text = found.rest.replace("計画通り", "計画どおり").replace("予定通り", "予定どおり")
    for value in sorted(values, key=len, reverse=True):
        match = re.search(_shape_of(value), text)
        if match:
            return replace(found, filter=replace(found.filter, progress=value), rest=mask(text, *match.span()))
    for meaning, pattern in (("behind", _BEHIND), ("done", _DONE)):
        match = words.meanings[meaning].search(text)
        fitting = tuple(sorted(value for value in values if pattern.search(value)))
        if match and fitting:
            rest = mask(text, *match.span())
            one = replace(found.filter, progress=fitting[0]) if len(fitting) == 1 else found.filter
            return replace(found, filter=one, progresses=fitting if len(fitting) > 1 else (), rest=rest)
    return found


def _shape_of(progress: str) -> str:
    """How a question writes a progress value: a single letter only beside 評価 or in brackets, in any width."""
    printed = re.escape(unicodedata.normalize("NFKC", progress))
    if len(progress) > 1:
        return printed
    beside = r"(?:評価|区分|状況|達成度|ランク|判定|rated|grade)"
    return rf"「{printed}」|{beside}\s*(?:が|は|で)?\s*「?{printed}(?![A-Za-z])|(?<![A-Za-z]){printed}評価"


def _with_columns(found: Conditions, knowledge: Knowledge, documents: frozenset[str] | None) -> Conditions:
    values = named_values(found.rest, knowledge.column_values_in(documents))
    if found.filter.status:
        values = tuple(named for named in values if named.label != "status")
    rest = found.rest
    for named in values:
        rest = mask_name(rest, named.value)
    return replace(found, filter=replace(found.filter, columns=values), rest=rest) if values else found


def _with_missing(found: Conditions) -> Conditions:
    words = question_words()
    match = words.meanings["missing"].search(found.rest)
    if not match:
        return found
    for missable in _MISSABLE:
        named = words.fields[missable].search(found.rest)
        if named:
            rest = mask(mask(found.rest, *match.span()), *named.span())
            rest = re.sub(rf"進捗区分|{words.meanings['missing'].ja.pattern}", MASK, rest)
            return replace(found, filter=replace(found.filter, missing=missable), rest=rest)
    return found
