"""Style sheets and style attributes of a web page in; what they say about being seen out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Declarations: TypeAlias = dict[str, str]
Color: TypeAlias = tuple[int, int, int]

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_RULE_PART = re.compile(r"[{}]")
_SHOWN_MEDIA = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\b")
_SIMPLE = re.compile(r"([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)?)")
_LAST_SIMPLE = re.compile(r"(?:^|[\s>+~])([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)?)$")
_WATCHED = frozenset(
    {"display", "visibility", "opacity", "font-size", "color", "background", "background-color", "background-image"}
    | {"text-indent", "position", "left", "top", "clip", "clip-path", "width", "height", "max-height", "overflow"}
)
_HEX = re.compile(r"#([0-9a-f]{3,8})")
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:\s*[,/]\s*([\d.]+)(%?))?\s*\)")
_NAMES: dict[str, Color] = {
    "white": (255, 255, 255),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245),
    "ghostwhite": (248, 248, 255),
    "floralwhite": (255, 250, 240),
    "azure": (240, 255, 255),
    "mintcream": (245, 255, 250),
    "black": (0, 0, 0),
    "gray": (128, 128, 128),
    "silver": (192, 192, 192),
    "red": (255, 0, 0),
    "yellow": (255, 255, 0),
    "lime": (0, 255, 0),
    "green": (0, 128, 0),
    "blue": (0, 0, 255),
    "navy": (0, 0, 128),
}


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """Rules by tag, class (.name) and id (#name); `tag.name` stands for both at once."""

    rules: Mapping[str, Declarations] = field(default_factory=dict)

    def of(self, tag: str, names: list[str]) -> Declarations:
        """What the rules say about an element with these classes and this id, the narrower rule last."""
        found: Declarations = {}
        for key in ("*", tag, *names, *(f"{tag}{name}" for name in names)):
            found |= self.rules.get(key, {})
        return found


def read_sheet(css: str) -> StyleSheet:
    """Read the rules for single tags, classes and ids; of all others only which backgrounds they set."""
    rules: dict[str, Declarations] = {}
    for selectors, block in _rules(_COMMENT.sub(" ", css).lower()):
        declared = read_declarations(block)
        backgrounds = {name: value for name, value in declared.items() if name.startswith("background")}
        for selector in map(str.strip, selectors.split(",")):
            if simple := _SIMPLE.fullmatch(selector):
                rules.setdefault(f"{simple[1] or ''}{simple[2]}", {}).update(declared)
            elif backgrounds and (last := _LAST_SIMPLE.search(selector)):
                # Taken as set more often than it is, a background only lets more text be seen.
                rules.setdefault(f"{last[1] or ''}{last[2]}", {}).update(backgrounds)
    return StyleSheet(rules)


def read_declarations(css: str) -> Declarations:
    """Read "name: value; …" as far as it decides whether text is seen."""
    pairs = (declaration.partition(":") for declaration in css.lower().split(";"))
    return {
        name: value.replace("!important", "").strip() for raw, _, value in pairs if (name := raw.strip()) in _WATCHED
    }


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield (selectors, declarations) of the rules that hold on a screen."""
    prelude, start, hidden_depth, depth = "", 0, 0, 0
    for mark in _RULE_PART.finditer(css):
        text = css[start : mark.start()].strip()
        start = mark.end()
        if mark[0] == "{":
            depth += 1
            prelude = text.rpartition(";")[2].strip()
            if prelude.startswith("@") and not _SHOWN_MEDIA.match(prelude) and not hidden_depth:
                hidden_depth = depth
        else:
            if text and prelude and not prelude.startswith("@") and not hidden_depth:
                yield prelude, text
            hidden_depth = 0 if depth <= hidden_depth else hidden_depth
            depth, prelude = max(0, depth - 1), ""


def read_color(value: str) -> Color | None:
    """Red, green and blue; None for a colour that is not known here."""
    value = value.strip().lower()
    if match := _HEX.fullmatch(value):
        digits = match[1] if len(match[1]) > 4 else "".join(digit * 2 for digit in match[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6] or "0", 16)
    if match := _RGB.fullmatch(value):
        return min(int(match[1]), 255), min(int(match[2]), 255), min(int(match[3]), 255)
    return _NAMES.get(value)


def is_transparent(value: str) -> bool:
    """A colour that lets everything through."""
    match = _RGB.fullmatch(value)
    if match and match[4]:
        return float("0" + match[4].strip(".")) == 0
    digits = _HEX.fullmatch(value)
    return value == "transparent" or bool(digits and len(digits[1]) in (4, 8) and digits[1][-1] == digits[1][-2] == "0")
