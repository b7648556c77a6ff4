"""The styles and list definitions of a Word file in, the number or mark that Word prints before a paragraph out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.readers.archives import whole
from ingest.readers.word_marks import bullet, numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_LEVELS = 9
_LONGEST_CHAIN = 20
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style, or one that it is based on, says; `level` is a heading's, 1 = top."""

    name: str = ""
    level: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    is_hidden: bool = False
    has_ground: bool = False
    is_bold: bool = False
    size: int | None = None

    @property
    def is_title(self) -> bool:
        """表題 or 副題."""
        return self.name.casefold() in ("title", "subtitle", "表題", "副題")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    start: int
    form: str
    text: str
    gap: str
    style: str | None


@dataclass(frozen=True, slots=True)
class _List:
    """A list as paragraphs refer to it: lists of one `family` go on counting after each other."""

    family: str
    levels: Mapping[int, _Level]
    restarts: Mapping[int, int] = field(default_factory=dict)


class Lists:
    """Counts the numbered paragraphs of a document; ask for each of them once, in order."""

    def __init__(self, numbering: Element | None) -> None:
        self._lists = dict(_lists(numbering)) if numbering is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def mark(self, paragraph: Element, style_id: str | None, style: Style) -> str:
        """Return what Word prints before a paragraph, with the blank after it; "" if it is in no list."""
        list_id, level = style.list_id, style.list_level
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is not None:
            list_id, level = value(own, "numId") or list_id, whole(value(own, "ilvl"), 0)
        found = self._lists.get(list_id or "")
        if found is None or list_id is None:
            return ""
        if level is None:
            level = next((at for at, one in found.levels.items() if one.style == style_id), 0)
        return self._next(list_id, found, level) if level in found.levels else ""

    def _next(self, list_id: str, found: _List, level: int) -> str:
        definition = found.levels[level]
        if definition.form == "bullet":
            return f"{bullet(definition.text)} "
        counts = self._counts.setdefault(found.family, {})
        if level in found.restarts and (list_id, level) not in self._begun:
            counts[level] = found.restarts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else definition.start
        self._begun.add((list_id, level))
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        text = definition.text
        for at in range(level, -1, -1):
            above = found.levels.get(at, definition)
            text = text.replace(f"%{at + 1}", numeral(counts.setdefault(at, above.start), above.form))
        return f"{text}{definition.gap}" if text.strip() else ""


def read_styles(styles: Element | None) -> dict[str, Style]:
    """Return the paragraph and character styles of a document by their id."""
    raw = {} if styles is None else {one.get(f"{W}styleId", ""): one for one in styles.iterfind(f"{W}style")}
    return {style_id: _style(list(_chain(style_id, raw))) for style_id in raw}


def is_on(properties: Element | None, name: str) -> bool:
    """Tell whether a property such as w:vanish is set."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and found.get(f"{W}val", "1") not in _OFF


def value(parent: Element | None, name: str) -> str | None:
    """Return the value of a child such as w:numId."""
    child = parent.find(f"{W}{name}") if parent is not None else None
    return None if child is None else child.get(f"{W}val")


def _chain(style_id: str, raw: Mapping[str, Element]) -> Iterator[Element]:
    """A style and those that it is based on; a circle ends."""
    for _ in range(_LONGEST_CHAIN):
        style = raw.get(style_id)
        if style is None:
            return
        yield style
        style_id = value(style, "basedOn") or ""


def _style(chain: list[Element]) -> Style:
    name = (value(chain[0], "name") or "").strip()
    paragraphs = [one.find(f"{W}pPr") for one in chain]
    levels = (value(one, "outlineLvl") for one in paragraphs)
    lists = [one.find(f"{W}numPr") for one in paragraphs if one is not None]
    level = next((one for one in (value(listed, "ilvl") for listed in lists) if one is not None), None)
    sizes = (value(one.find(f"{W}rPr"), "sz") for one in chain)
    size = next((one for one in sizes if one is not None), None)
    return Style(
        name=name,
        level=_heading_level(name, next((one for one in levels if one is not None), None)),
        list_id=next((one for one in (value(listed, "numId") for listed in lists) if one is not None), None),
        list_level=None if level is None else whole(level, 0),
        is_hidden=any(is_on(one.find(f"{W}rPr"), "vanish") for one in chain),
        is_bold=any(is_on(one.find(f"{W}rPr"), "b") for one in chain),
        size=None if size is None else whole(size, 0),
        has_ground=any(next(one.iter(f"{W}shd"), None) is not None for one in chain),
    )


def _heading_level(name: str, outline: str | None) -> int | None:
    if outline is not None:
        level = whole(outline, _MOST_LEVELS) + 1
        return level if 1 <= level <= _MOST_LEVELS else None
    for word in ("heading ", "見出し "):
        if name.casefold().startswith(word) and name[len(word) :].strip().isdecimal():
            return whole(name[len(word) :].strip(), 1)
    return None


def _lists(numbering: Element) -> Iterator[tuple[str, _List]]:
    families = {one.get(f"{W}abstractNumId", ""): dict(_levels(one)) for one in numbering.iterfind(f"{W}abstractNum")}
    for one in numbering.iterfind(f"{W}num"):
        family = value(one, "abstractNumId") or ""
        levels, restarts = dict(families.get(family, {})), dict[int, int]()
        for override in one.iterfind(f"{W}lvlOverride"):
            at = whole(override.get(f"{W}ilvl"), 0)
            levels.update(_levels(override))
            if (start := value(override, "startOverride")) is not None:
                restarts[at] = whole(start, 1)
        yield one.get(f"{W}numId", ""), _List(family, levels, restarts)


def _levels(definition: Element) -> Iterator[tuple[int, _Level]]:
    for one in definition.iterfind(f"{W}lvl"):
        at = whole(one.get(f"{W}ilvl"), 0)
        if 0 <= at < _MOST_LEVELS:
            gap = "" if value(one, "suff") == "nothing" else " "
            text = value(one, "lvlText") or ""
            form = value(one, "numFmt") or "decimal"
            yield at, _Level(whole(value(one, "start"), 1), form, text, gap, value(one, "pStyle"))
