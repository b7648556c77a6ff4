"""A document's report and items in, what made it hard to read by machine out, for those who publish it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations

import yaml
from rapidfuzz.distance import Levenshtein

from assistant.names import bare
from ingest.plan_items import PlanItem
from vectorstore.contents import StoredDocument

_MOST_PLACES = 5
_MISSABLE = ("owner", "schedule", "goal", "progress", "title")
_SHORTEST_DEPARTMENT = 4
# What alone tells two departments apart: 第一課 and 第二課, 東支所 and 西支所.
_TELLS_APART = frozenset("一二三四五六七八九十東西南北上中下左右内外新旧本支市町村民税総財政")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that makes a document hard to read: its kind, how often, and the first places or names."""

    kind: str
    count: int
    where: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """The finding in a sentence."""
        return _wording()[self.kind]["what"].format(count=self.count)

    @property
    def advice(self) -> str:
        """How to publish the document better."""
        return _wording()[self.kind]["advice"]


def findings_of(document: StoredDocument, items: Sequence[PlanItem]) -> tuple[Finding, ...]:
    """Return everything that could not be read, or only with doubt, in the order of prompts/readability.yaml."""
    found = {finding.kind: finding for finding in (*_of_document(document), *_of_report(document), *_of_items(items))}
    return tuple(found[kind] for kind in _wording() if kind in found)


def _of_document(document: StoredDocument) -> Iterator[Finding]:
    if not document.title_is_printed:
        yield Finding("no_title", 1)
    if document.municipality is None:
        yield Finding("no_municipality", 1)
    if document.encoding in ("cp932", "euc_jp", "utf-16"):
        yield Finding("encoding", 1, (document.encoding,))


def _of_report(document: StoredDocument) -> Iterator[Finding]:
    report = document.report
    yield from (Finding(fact, count) for fact, count in report.facts.items() if count and fact in _wording())
    for field in _MISSABLE:
        if count := report.missing.get(field, 0):
            yield Finding(f"missing_{field}", count)
    if report.repairs:
        where = tuple(f"{repair.raw} → {repair.clean}" for repair in report.repairs[:_MOST_PLACES])
        yield Finding("misprints", len(report.repairs), where)
    differing = [total for total in report.printed_totals if total.printed != total.found]
    if differing:
        where = tuple(f"{total.label.strip()} {total.printed}（{total.found}）" for total in differing[:_MOST_PLACES])
        yield Finding("totals", len(differing), where)
    if report.not_understood:
        where = tuple(f"{remark.line}行" for remark in report.not_understood[:_MOST_PLACES])
        yield Finding("not_understood", len(report.not_understood), where)


def _of_items(items: Sequence[PlanItem]) -> Iterator[Finding]:
    owners = sorted({owner for item in items for owner in item.owners})
    pairs = [(one, other) for one, other in combinations(owners, 2) if _is_one_department(one, other)]
    if pairs:
        yield Finding("department_spellings", len(pairs), tuple(f"{a}、{b}" for a, b in pairs[:_MOST_PLACES]))
    titles = Counter(item.title for item in items)
    twice = [title for title, count in titles.items() if count > 1]
    if twice:
        yield Finding("same_titles", len(twice), tuple(twice[:_MOST_PLACES]))


def _is_one_department(one: str, other: str) -> bool:
    """Tell whether two names differ by a slip: in blanks and signs, or in one letter that tells nothing apart."""
    a, b = bare(one), bare(other)
    if a == b:
        return True
    if min(len(a), len(b)) < _SHORTEST_DEPARTMENT or a[-1] != b[-1] or Levenshtein.distance(a, b) > 1:
        return False
    return not {*a}.symmetric_difference({*b}) & _TELLS_APART


@cache
def _wording() -> Mapping[str, Mapping[str, str]]:
    data: Mapping[str, Mapping[str, str]] = yaml.safe_load(
        (files("prompts") / "readability.yaml").read_text(encoding="utf-8")
    )
    return data
