"""The text of a shape or a table of a slide in; its paragraphs with their marks, or its rows, out."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.places import Place
from ingest.readers.archives import whole
from ingest.readers.layout import TablePart, TableRow
from ingest.readers.word_marks import bullet, numeral

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
# Names of automatic numbers begin with the way of counting and end with what stands around it.
_COUNTING = {
    "arabic": "decimal", "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman",
    "romanUc": "upperRoman", "circleNum": "decimalEnclosedCircle", "ea1Jpn": "japaneseCounting",
    "ea1Chs": "japaneseCounting",
}  # fmt: skip
_AROUND = {"ParenBoth": "({})", "ParenR": "{})", "Period": "{}."}
_MOST_COLUMNS = 200


def paragraphs(body: Element) -> Iterator[str]:
    """Yield the lines of a shape or cell, with the numbers and bullets that they are given by hand."""
    counts: Counter[int] = Counter()
    for paragraph in body.iterfind(f"{_A}p"):
        text = _text(paragraph)
        if text:
            yield f"{_mark(paragraph, counts)}{text}"


def slide_table(table: Element, place: Place) -> Iterator[TablePart]:
    """Yield a table, the text of a merged cell in every row and column that it covers."""
    above: dict[int, str] = {}
    rows = []
    for row in table.iterfind(f"{_A}tr"):
        cells: list[str] = []
        for column, cell in enumerate(row.findall(f"{_A}tc")[:_MOST_COLUMNS]):
            if cell.get("vMerge") in ("1", "true"):
                cells.append(above.get(column, ""))
            elif cell.get("hMerge") in ("1", "true"):
                cells.append(cells[-1] if cells else "")
            else:
                body = cell.find(f"{_A}txBody")
                cells.append("\n".join(paragraphs(body)) if body is not None else "")
        above = dict(enumerate(cells))
        rows.append(cells)
    width = max((len(cells) for cells in rows), default=0)
    filled = [tuple([*cells, *[""] * (width - len(cells))]) for cells in rows if any(cells)]
    if filled:
        yield TablePart(tuple(TableRow(cells, place) for cells in filled))


def _text(paragraph: Element) -> str:
    pieces = []
    for element in paragraph:
        match element.tag.rpartition("}")[2]:
            case "r":
                pieces.append(element.findtext(f"{_A}t") or "")
            case "fld" if element.get("type") != "slidenum":
                pieces.append(element.findtext(f"{_A}t") or "")
            case "br":
                pieces.append("\n")
    lines = (line.strip() for line in _CONTROL.sub("", "".join(pieces).replace("\t", "\u3000")).split("\n"))
    return "\n".join(line for line in lines if line)


def _mark(paragraph: Element, counts: Counter[int]) -> str:
    properties = paragraph.find(f"{_A}pPr")
    depth = whole(properties.get("lvl"), 0) if properties is not None else 0
    for deeper in [one for one in counts if one > depth]:
        del counts[deeper]
    automatic = properties.find(f"{_A}buAutoNum") if properties is not None else None
    if automatic is None:
        del counts[depth]
        sign = properties.find(f"{_A}buChar") if properties is not None else None
        return "" if sign is None else f"{bullet(sign.get('char', '・'))} "
    form = automatic.get("type", "arabicPeriod")
    number = counts[depth] + whole(automatic.get("startAt"), 1)
    counts[depth] += 1
    counting = next((name for prefix, name in _COUNTING.items() if form.startswith(prefix)), "decimal")
    around = next((text for suffix, text in _AROUND.items() if form.endswith(suffix)), "{}")
    return f"{around.format(numeral(number, counting))} "
