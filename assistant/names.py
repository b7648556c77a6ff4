"""Two spellings of a name in, whether they name one thing out: municipalities, plans, titles, section labels."""

import re

from rapidfuzz import fuzz

from ingest.normalize import squeeze

_PUNCTUATION = re.compile(r"[\s・･、,，。．.()（）「」『』【】\[\]〔〕“”\"'’:：／/\-‐－―]")
_NUMBERING = re.compile(
    r"^(?:第?[0-9０-９一二三四五六七八九十ⅠⅡⅢⅣⅤIVX]+[章節項編]?[\s.．、)）-]+"
    r"|第[0-9０-９一二三四五六七八九十]+[章節項編]|[（(][0-9０-９]+[)）]\s*|[①-⑳]\s*|[■●○◆◇▼#]+\s*)+"
)
_KIND_OF_PLACE = re.compile(r"[市町村区]$")
_PLAN_LIKENESS = 88


def bare(text: str) -> str:
    """Reduce a name to what is compared: NFKC, lower case, no white space, no punctuation."""
    # Lower case may come apart into letters that compose anew (ß with a cedilla).
    return squeeze(_PUNCTUATION.sub("", squeeze(text)).casefold())


def unnumbered(label: str) -> str:
    """Take the numbering in front of a section label off: 「(2) 見直し」 → 「見直し」."""
    return _NUMBERING.sub("", label).strip() or label


def one_ke(name: str) -> str:
    """Write the small ke of place names one way: 関ヶ原, 関が原 → 関ケ原."""
    return re.sub(r"(?<=[一-龠])[ヶヵがカ](?=[一-龠])", "ケ", name)


def place_stem(municipality: str) -> str:
    """Return a municipality's name without 市, 町, 村 or 区."""
    return _KIND_OF_PLACE.sub("", municipality)


def same_place(one: str, other: str) -> bool:
    """Tell whether two spellings name one municipality, with or without its kind (見本市 = 見本)."""
    return place_stem(one_ke(squeeze(one))) == place_stem(one_ke(squeeze(other)))


def same_plan(one: str, other: str) -> bool:
    """Tell whether two titles name one plan: equal, one inside the other, or nearly equal."""
    a, b = bare(one), bare(other)
    return bool(a and b) and (a in b or b in a or fuzz.ratio(a, b) >= _PLAN_LIKENESS)
