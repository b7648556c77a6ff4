"""A question in, the sections 体系 of the plans that it names out: by their names, heads (柱2) or numbers ((2)①)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.knowledge import SectionLabel
from assistant.names import bare, unnumbered
from assistant.understanding.masking import MASK, mask, mask_name, span_of
from assistant.understanding.several import Name, are_joined
from vectorstore.item_filter import ItemFilter

_SECTION_CODE = re.compile(r"[(（](\d{1,2})[)）]\s*([①-⑳])?")
_CHAPTER_CODE = re.compile(r"第\s*(\d{1,2})\s*([章節編])")
_SHORTEST_LABEL = 4
_TOPIC = re.compile(r"([一-龠ァ-ヶー]{2,8}?)(?:関係|関連|分野)の?(?=(?:主要|主な)?(?:取組|取り組み|項目|事業|施策))")
# 「柱2 …」, 「重点３ …」, 「推進項目（１）…」: a label, its number, and then the name.
_LABEL_HEAD = re.compile(
    r"^[一-龠ァ-ヶー]{1,6}\s*(?:[①-⑳]|[（(]?[0-9０-９]{1,2}[)）]?)(?:[\s　:：.．]+|(?=[（(「]))"
    r"|^[一-龠]{2,6}[（(][0-9０-９]{1,2}[)）]\s*"
)
NUMBERED_PART = re.compile(
    r"(?:柱|重点(?:項目|方針)?|基本(?:方針|目標|施策)|政策|施策|分野|視点)\s*(?:[①-⑳]|\d{1,2})(?!\s*(?:つ|件|項目|点|本|個))"
)


@dataclass(frozen=True, slots=True)
class NamedSections:
    """The sections named, the question with their names masked, and a numbered part that no plan has."""

    names: tuple[Name, ...]
    rest: str
    unknown: str | None = None


def named_sections(text: str, labels: Sequence[SectionLabel]) -> NamedSections:
    """Find every section that a question names; of nested ones only the innermost."""
    found = _by_code(text, labels) or _by_name(text, labels) or _by_topic(text, labels)
    names = tuple(
        Name(start, end, ItemFilter(section=(label.path[-1],) if _is_unique(label, labels) else label.path))
        for start, end, label in found
        if not any(_is_inside(other, label) for _, _, other in found)
    )
    rest = text
    for start, end, label in found:
        rest = mask(rest, start, end)
        if _SECTION_CODE.fullmatch(text, start, end) or _CHAPTER_CODE.fullmatch(text, start, end):
            rest = _without_headings(rest, label)
    unknown = NUMBERED_PART.search(rest) if labels else None
    if unknown is None:
        return NamedSections(names, rest)
    return NamedSections(names, mask(rest, *unknown.span()), unknown[0])


def _by_code(text: str, labels: Sequence[SectionLabel]) -> list[tuple[int, int, SectionLabel]]:
    codes = [(*m.span(), label) for m in _SECTION_CODE.finditer(text) if (label := _coded(m, labels))]
    chapters = [(*m.span(), label) for m in _CHAPTER_CODE.finditer(text) if (label := _chapter(m, labels))]
    return codes or chapters


def _coded(match: re.Match[str], labels: Iterable[SectionLabel]) -> SectionLabel | None:
    number = re.compile(rf"[(（]{match[1]}[)）]")
    for label in labels:
        if any(number.match(bare_number(part)) for part in label.path):
            if match[2] is None and number.match(bare_number(label.path[-1])):
                return label
            if match[2] and label.path[-1].lstrip().startswith(match[2]):
                return label
    return None


def _chapter(match: re.Match[str], labels: Iterable[SectionLabel]) -> SectionLabel | None:
    number = re.compile(rf"第\s*{match[1]}\s*{match[2]}")
    return next((label for label in labels if number.match(bare_number(label.path[-1]))), None)


def _by_name(text: str, labels: Sequence[SectionLabel]) -> list[tuple[int, int, SectionLabel]]:
    """Longest names first, of equal ones the shallowest path, which holds all the deeper ones."""
    found: list[tuple[int, int, SectionLabel]] = []
    rest = text
    for start, end, label in _called(rest, labels):
        taken = any(start < other_end and other_start < end for other_start, other_end, _ in found)
        if not taken and (not found or _belongs(text, (start, end, label), found)):
            found.append((start, end, label))
    return found


def _by_topic(text: str, labels: Sequence[SectionLabel]) -> list[tuple[int, int, SectionLabel]]:
    """The sections, the outermost each, whose names hold the topic of asked items: 「水道関係の事業」."""
    topic = _TOPIC.search(text)
    held = [label for label in labels if topic and bare(topic[1]) in label.name]
    outer = [label for label in held if not any(_is_inside(label, other) for other in held)]
    return [(topic.start(1), topic.end(), label) for label in outer] if topic else []


def _called(text: str, labels: Sequence[SectionLabel]) -> Iterator[tuple[int, int, SectionLabel]]:
    printed = bare(text)
    named = [(name, label) for label in labels for name in _names_of(label) if name in printed]
    for name, label in sorted(named, key=lambda entry: (-len(entry[0]), len(entry[1].path))):
        span = span_of(text, name)
        if span is not None:
            yield (*span, label)


def _belongs(text: str, one: tuple[int, int, SectionLabel], found: list[tuple[int, int, SectionLabel]]) -> bool:
    """Tell whether a further name is joined to one found, is nested with it, or is numbered as it is (柱1 … 柱2)."""
    names = [Name(start, end, ItemFilter()) for start, end, _ in (one, *found)]
    if any(are_joined(text, names[0], other) for other in names[1:]):
        return True
    return text[one[1] - 1].isdigit() or any(
        _is_inside(one[2], label) or _is_inside(label, one[2]) for _, _, label in found
    )


def _is_inside(inner: SectionLabel, outer: SectionLabel) -> bool:
    one, other = ([bare(part) for part in label.path] for label in (inner, outer))
    return len(one) > len(other) and one[: len(other)] == other


def _without_headings(rest: str, label: SectionLabel) -> str:
    """Mask what is printed behind a number too: 「(3)②地方公営企業」."""
    for name in (*_names_of(label), *(bare(unnumbered(heading)) for heading in label.path)):
        rest = mask_name(rest, name)
    return _SECTION_CODE.sub(MASK, rest)


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


def bare_number(label: str) -> str:
    """Return a label with ASCII digits and brackets, white space trimmed, circled numbers kept."""
    return label.translate(str.maketrans("０１２３４５６７８９（）", "0123456789()")).strip()


def _is_unique(label: SectionLabel, labels: Iterable[SectionLabel]) -> bool:
    return sum(other.path[-1] == label.path[-1] for other in labels) == 1
