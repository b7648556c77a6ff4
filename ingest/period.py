"""The blocks and title of a plan in, the fiscal years it covers out."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.documents import Block
from ingest.fiscal_year import find_years

_CONNECTED = re.compile(r"\s*(?:[(（][^)）]*[)）]\s*)?(?:から|～|~|〜|－|-|―|‐|より|→)\s*")
_PERIOD_WORD = re.compile(
    r"(?:計画|取組|取り組み|推進|実施|対象|改革|プランの|大綱の|本計画の)の?(?:推進)?期間|計画の期間|期間とし"
)
_BARE_YEARS = re.compile(r"(?<!\d)(20\d\d)\s*[-~〜–―−]\s*(20\d\d)(?!\d)")
_LENGTH = re.compile(r"(?:まで)?の?\s*[\d０-９一二三四五六七八九十]+\s*(?:年間|[かカヶケ箇]年)")
_OTHER_PLAN = re.compile(r"総合計画|基本計画|管理計画|前期|これまで|第1次|前計画|旧|現行")
# 「この計画は、総合計画の下で、令和6年度から…」 tells its own years; 「この計画は、総合計画（令和2年度～…」 another's.
_OWN_PLAN = re.compile(
    r"(?:この|本|当)(?:計画|プラン|大綱|方針|指針|戦略|ビジョン|プログラム|ロードマップ)(?:では|は|の)(?:.*、)?[^、]*$"
)
_EDITION = re.compile(r"\s*(?:改訂|改定|策定|修正|更新|時点|版)")
_LOOKS_BACK = re.compile(r".{0,12}(?:実績|事業費|推移|決算|平均|収支)")
# Of another plan, as the last thing before its years: 「…総合計画（令和…」, not 「…総合計画と連動し、令和…」.
_OF_OTHER_PLAN = re.compile(rf"(?:{_OTHER_PLAN.pattern})[^、。]*$")
_FRONT_BLOCKS = 12
_LEAST_SCORE = 2


def find_period(blocks: Sequence[Block], title: str) -> tuple[int, int] | None:
    """The range in the title, or the one that the text calls its period; a single fiscal year in the title."""
    if found := next(_ranges(title), None):
        return found[0]
    if bare := _BARE_YEARS.search(unicodedata.normalize("NFKC", title)):
        return int(bare[1]), int(bare[2])
    best, best_score = None, _LEAST_SCORE - 1
    for text, bonus in _sentences(blocks):
        for years, before, after in _ranges(text):
            score = bonus + _score(before, after)
            if score > best_score:
                best, best_score = years, score
    return best or _single_year(title) or _header_year(blocks)


def period_score(sentence: str, heading: str, period: tuple[int, int]) -> int | None:
    """Tell how surely a sentence prints `period` as its own plan's; None when it does not print it."""
    scores = [_score(before, after) for years, before, after in _ranges(sentence) if years == period]
    return max(scores) + 2 * ("期間" in heading) if scores else None


def _sentences(blocks: Sequence[Block]) -> Iterator[tuple[str, int]]:
    """Sentences with a bonus for standing on the front page or under a heading on the period."""
    under_period = False
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            under_period = "期間" in block.text
        if block.kind in ("paragraph", "list", "heading"):
            bonus = 2 * under_period + (at < _FRONT_BLOCKS)
            yield from ((sentence, bonus) for sentence in re.split(r"[。\n]", block.text) if sentence)


def _ranges(text: str) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Two years joined by から or ～, with the text before and after; ranges of days are left out."""
    mentions = find_years(text)
    for first, last in pairwise(mentions):
        joined = _CONNECTED.fullmatch(text[first.end : last.start])
        if joined and first.year < last.year <= first.year + 40 and (first.is_fiscal or last.is_fiscal):
            yield (first.year, last.year), text[: first.start], text[last.end :]


def _score(before: str, after: str) -> int:
    score = 2 * bool(_PERIOD_WORD.search(before[-20:] + "|" + after[:20]))
    score += bool(_LENGTH.match(after)) + bool(re.search("とします|とする", after[:20]))
    score -= 2 * bool(_LOOKS_BACK.match(after))
    own = _OWN_PLAN.search(before)
    if own and not _OTHER_PLAN.search(before.rsplit("、", 1)[-1]):
        return score + 2 - 2 * bool(_OTHER_PLAN.match(after))
    return score - 2 * bool(_OF_OTHER_PLAN.search(before[-25:]) or _OTHER_PLAN.search(after[:25]))


def _single_year(title: str) -> tuple[int, int] | None:
    years = {m.year for m in find_years(title) if m.is_fiscal and not _EDITION.match(title, m.end)}
    return (min(years), max(years)) if len(years) == 1 else None


def _header_year(blocks: Sequence[Block]) -> tuple[int, int] | None:
    """The only year that the header of the first table prints: 「R2 実施内容」."""
    table = next((block for block in blocks if block.kind == "table"), None)
    years = {mention.year for cell in table.rows[0].cells for mention in find_years(cell)} if table else set()
    return (min(years), max(years)) if len(years) == 1 else None
