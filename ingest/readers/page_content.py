"""A parsed web page in; the element that holds what the page is about, emptied of the site's furniture, out."""

import re
from dataclasses import dataclass, field

from ingest.readers.page_markup import SILENT, Element, empty, shown_text, walk

_FURNITURE_TAGS = frozenset({"nav", "aside", "menu", "dialog"})
_FURNITURE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog", "alertdialog"}
)
_MAIN_TAGS = frozenset({"main", "article"})
_PLACES = "(?:tmp|g|l|global|local|site|main|sub|side|left|right|top|page|head|header|foot|footer|contents?)?"
_BOXES = "(?:area|wrap|wrapper|box|inner|list|bar|block|container)?"
_FURNITURE_NAME = re.compile(
    rf"{_PLACES}(?:nav|navi|navigation|menu){_BOXES}"
    rf"|(?:tmp|g|global|site)?(?:header|footer|head|foot|hd|ft){_BOXES}"
    r"|(?:bread)?crumbs?(?:list)?|breadcrumb.*|topics?path|pankuzu(?:list)?"
    rf"|(?:left|right)?side(?:bar|column|menu)?{_BOXES}"
    r"|(?:to|return|back|go)*(?:page)?top(?:link|btn|button)?|pagetop.*"
    rf"|(?:sns|share|social|search|banner|cookie|lang|language|fontsize|mojisize|toolbar){_BOXES}"
    r"|skip(?:link|nav|navi)?s?|print(?:btn|button|link)?|ads?|advertisement|readspeaker.*"
)
# Anything with a table, a page's title or this much prose is no furniture, whatever it is called.
_MOST_PROSE = 1_500
_MOST_FORM_PROSE = 300
_FEWEST_LINKS = {"ul": 3, "ol": 3, "div": 5, "p": 5, "td": 5}
_LINK_SHARE = 0.9
# In order of trust, with the share of the page's text that must stand in it.
_MAIN_IDS = re.compile(r"(?:tmp)?(?:main(?:contents?|body|area|column)?|honbun)")
_CONTENT_IDS = re.compile(r"(?:tmp|page|article)?contents?(?:area|body|main|inner)?|entry(?:body|content)?|post|body")
_LEAST_SHARES = (0.2, 0.4, 0.5, 0.5)
_TITLE_MARK = re.compile(r"\s*[|｜]\s*|\s+[-–—:：/／]\s+|\s*[:：](?=\S{1,8}[市町村区]$)")
_SITE_NAME = re.compile(
    r".*(?:ホームページ|ウェブサイト|Webサイト|サイト|公式|WEB|HP)|[^\s。、]{1,10}[市町村区県](?:役所|役場)?",
    re.IGNORECASE,
)
_CONTAINERS = frozenset({"html", "body", "div", "section", "form", "center", "fieldset"})
_DENSE = 0.95
_LEAST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Content:
    """The element that a page is about; `dropped` counts the furniture that was left out around it.

    `title` is one that stands outside of the element; `site` what the window's title adds to it, such as the city.
    """

    element: Element
    title: str
    site: str
    dropped: int


@dataclass(slots=True)
class _Measure:
    """What is in an element: characters, those of them in links, links, titles, tables."""

    element: Element
    chars: int = 0
    link_chars: int = 0
    links: int = 0
    titles: int = 0
    tables: int = 0
    in_main: bool = False
    in_link: bool = False
    densest: "_Measure | None" = None

    @property
    def prose(self) -> int:
        """Characters outside links."""
        return self.chars - self.link_chars

    def add(self, inner: "_Measure") -> None:
        """Count what is in an element as in this one."""
        self.chars += inner.chars
        self.link_chars += inner.link_chars
        self.links += inner.links
        self.titles += inner.titles
        self.tables += inner.tables
        if self.densest is None or inner.prose > self.densest.prose:
            self.densest = inner

    def count(self, text: str | None) -> None:
        """Count text that stands directly in the element."""
        length = len("".join(text.split())) if text else 0
        self.chars += length
        self.link_chars += length if self.in_link else 0


@dataclass(slots=True)
class _Survey:
    """What one walk over a page found."""

    page: _Measure
    furniture: list[Element] = field(default_factory=list)
    link_lists: list[Element] = field(default_factory=list)
    candidates: list[tuple[int, _Measure]] = field(default_factory=list)


def find_content(root: Element) -> Content:
    """Find the part of a page that it is about: what is marked as such, else the block with nearly all its text."""
    survey = _surveyed(root)
    banners = [element for element in survey.furniture if element.tag == "header"]
    printed = next((text for element in banners for h1 in element.iter("h1") if (text := shown_text(h1))), "")
    window, site = _split_title(next((text for title in root.iter("title") if (text := shown_text(title))), ""))
    empty(survey.furniture)
    marked = _marked(survey)
    content = marked or _densest(survey.page)
    is_loose = marked is None and content.prose >= _LEAST_TEXT
    if is_loose:
        empty(survey.link_lists)
    headings = [text for h1 in root.iter("h1") if (text := shown_text(h1))]
    has_title = any(shown_text(h1) for h1 in content.element.iter("h1"))
    title = "" if has_title else next(filter(None, [*headings, window, printed]), "")
    return Content(content.element, title, site, len(survey.furniture) + (len(survey.link_lists) if is_loose else 0))


def _split_title(window: str) -> tuple[str, str]:
    """What a page is called, and the name of its site beside it: 「実施計画｜見本市公式サイト」."""
    names = [name for name in _TITLE_MARK.split(window) if name]
    sites = [name for name in names if _SITE_NAME.fullmatch(name)]
    own = [name for name in names if name not in sites]
    return (" ".join(own), " ".join(sites)) if own and sites else (window, "")


def _surveyed(root: Element) -> _Survey:
    survey = _Survey(_Measure(root))
    open_elements: list[_Measure] = []
    steps = walk(root)
    for event, element in steps:
        if event == "start":
            around = open_elements[-1] if open_elements else survey.page
            measure = _Measure(element, in_main=around.in_main or _is_main(element), in_link=around.in_link)
            open_elements.append(measure)
            if element.tag in SILENT or _is_surely_furniture(element, measure.in_main):
                steps.skip_subtree()
            else:
                measure.in_link = measure.in_link or element.tag == "a"
                measure.count(element.text)
        else:
            measure = open_elements.pop()
            around = open_elements[-1] if open_elements else survey.page
            if _close(measure, survey):
                around.add(measure)
            if element is not root:
                around.count(element.tail)
    return survey


def _close(measure: _Measure, survey: _Survey) -> bool:
    """Sort an element whose content is known; False when it is furniture."""
    element = measure.element
    tag = element.tag
    if tag in SILENT:
        return False
    if _is_surely_furniture(element, measure.in_main) or _is_furniture(measure):
        survey.furniture.append(element)
        return False
    measure.links += tag == "a"
    measure.titles += tag == "h1"
    measure.tables += tag == "table" and measure.prose > 0
    if not measure.in_main and _is_link_list(measure):
        survey.link_lists.append(element)
    if (rank := _rank(element)) is not None:
        survey.candidates.append((rank, measure))
    return True


def _is_main(element: Element) -> bool:
    return element.tag in _MAIN_TAGS or element.get("role") == "main"


def _is_surely_furniture(element: Element, in_main: bool) -> bool:
    if element.tag in ("header", "footer") and not in_main:
        return True
    return element.tag in _FURNITURE_TAGS or element.get("role") in _FURNITURE_ROLES


def _is_furniture(measure: _Measure) -> bool:
    """Named as furniture, or a form to fill in, and without anything that only a document has."""
    if measure.tables or measure.titles or measure.element.tag in ("html", "body"):
        return False
    if measure.element.tag == "form":
        return measure.prose <= _MOST_FORM_PROSE
    return measure.prose <= _MOST_PROSE and any(map(_FURNITURE_NAME.fullmatch, _names(measure.element)))


def _names(element: Element) -> list[str]:
    """Classes and id without the marks between their words."""
    named = (element.get("class"), element.get("id"))
    return [re.sub(r"[-_]", "", name)[:80] for text in named if text for name in text.lower().split()[:20]]


def _is_link_list(measure: _Measure) -> bool:
    fewest = _FEWEST_LINKS.get(measure.element.tag)
    return fewest is not None and measure.links >= fewest and measure.link_chars >= measure.chars * _LINK_SHARE


def _rank(element: Element) -> int | None:
    """How surely an element is the one that the page is about, 0 first."""
    if element.tag == "main" or element.get("role") == "main":
        return 0
    identity = re.sub(r"[-_]", "", (element.get("id") or "").lower()[:80])
    if _MAIN_IDS.fullmatch(identity):
        return 1
    if element.tag == "article":
        return 2
    return 3 if identity and _CONTENT_IDS.fullmatch(identity) else None


def _marked(survey: _Survey) -> _Measure | None:
    for rank, share in enumerate(_LEAST_SHARES):
        best = max((m for r, m in survey.candidates if r == rank), key=lambda m: m.prose, default=None)
        if best and best.prose and best.prose >= survey.page.prose * share:
            return best
    return None


def _densest(page: _Measure) -> _Measure:
    """Go inwards as long as one element holds nearly all text and all titles."""
    at = page
    while (inner := at.densest) and inner.prose >= page.prose * _DENSE and inner.titles == page.titles:
        if inner.element.tag not in _CONTAINERS:
            break
        at = inner
    return at
