"""The blocks and lines of a plan in, its title, municipality and period out."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from ingest.documents import Block
from ingest.fiscal_year import format_fiscal_year
from ingest.markup import close_letters, strip_markup
from ingest.municipality import find_municipality
from ingest.period import find_period
from ingest.readers.lines import heading_form, is_contents_title
from ingest.table_owners import heading_owner

_FRONT_BLOCKS = 12
_LONGEST_TITLE = 80
_CORE_WORDS = "計画|プラン|大綱|方針|ビジョン|指針|戦略|構想|プログラム|ロードマップ|アクション"
_OTHER_WORDS = (
    "について|報告書|報告|提言|工程表|要綱|一覧|一覧表|状況|結果|概要|マニフェスト|宣言|推進本部|取組|取組み|改革|評価|総括|実績|資料|説明会|のあり方|"
    "管理表|進捗表|調書|個票|シート|調査票|調査表|整理表|整理票|台帳|評価表|評価票|スケジュール|主要事業|主な事業"
)
_EDITION = r"(?:書|編|集|版|案)?\s*(?:20\d\d)?(?:\s*[-~～〜–―]\s*20\d\d)?"
_CORE_NAME = re.compile(rf".*(?:{_CORE_WORDS}){_EDITION}")
_PLAN_NAME = re.compile(rf".*(?:{_CORE_WORDS}|{_OTHER_WORDS}){_EDITION}")
_NAMES_PLAN_INSIDE = re.compile(rf".*(?:{_CORE_WORDS}){_EDITION}\s.*(?:{_OTHER_WORDS})")
_TAIL = re.compile(r"\s*(?:[(（【〔\[「～〜―—‐-].*|第?[\d０-９.]+版|改訂版|概要版|素案|案)$")
_SECOND_LINE = re.compile(
    r"(?:[(（【〔]?(?:案|素案|概要版|最終案|原案|改訂版|本編|資料編)[)）】〕]?"
    r"|.*(?:報告書|進捗状況|進捗状況一覧|実績|評価結果|実施計画|管理表|進捗表))"
)
_SETS_UP = re.compile(
    r"[「『]([^「」『』]{5,40})[」』](?:[(（]以下[^()（）]*[)）])?を(?:策定|作成|改定)(?:します|しました|する|した|いたし)"
)
_NO_TITLE = re.compile(
    r"[(（]?(?:(?:単位|資料|別紙|様式|別添|No|Sheet|※).{0,20}"
    r"|(?:令和|平成|[RHＲＨ]|20)\s*[\d０-９元]{1,2}\s*[年.．](?:度末?)?[\d０-９.．月日末]*\s*(?:現在|時点)?)[)）]?$",
    re.IGNORECASE,
)
_TITLE_ROWS = 4
_TITLE_CELLS = 2
_NUMBERED_EDITION = re.compile(r"第\s*[\d０-９一二三四五六七八九十]+\s*[次期]")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document is called and whose it is; `title_lines` are the lines that the title was read from."""

    title: str
    municipality: str | None
    period: tuple[int, int] | None
    title_is_printed: bool
    title_lines: tuple[int, int] | None = None


def identify(blocks: tuple[Block, ...], lines: tuple[str, ...], name: str) -> Identity:
    """Title, municipality and period as printed; a title made from what is known when none is printed."""
    municipality = find_municipality(lines, _table_lines(blocks))
    printed = _printed_title(blocks)
    if printed:
        title, span = printed
        return Identity(title, municipality, find_period(blocks, title), True, span)
    period = find_period(blocks, "")
    return Identity(_made_title(blocks, municipality, period, name), municipality, period, False)


def _printed_title(blocks: tuple[Block, ...]) -> tuple[str, tuple[int, int]] | None:
    lines = [*_single_lines(_front_matter(blocks)), *_lines_in_table(blocks)]
    at = next((i for i, (text, _) in enumerate(lines) if _names_mainly_a_plan(text)), None)
    at = at if at is not None else next((i for i, (text, _) in enumerate(lines) if _names_a_plan(text)), None)
    if at is not None:
        return _with_neighbours(lines, at)
    if named := _named_in_text(blocks):
        return named
    top = next((b for b in blocks[:_FRONT_BLOCKS] if b.kind == "heading" and b.text.startswith("# ")), None)
    if top:
        return _heading_title(top.text), (top.line_start, top.line_end)
    heading = next((line for line in lines if _could_be_title(line[0])), None)
    if heading and _heads_a_table(blocks, lines[-1][1]):
        return heading[0], (heading[1],) * 2
    everywhere = [entry for entry in _single_lines(blocks) if _names_mainly_a_plan(entry[0])]
    return (everywhere[0][0], (everywhere[0][1],) * 2) if everywhere else None


def _named_in_text(blocks: tuple[Block, ...]) -> tuple[str, tuple[int, int]] | None:
    """「見本市総合戦略」（以下、総合戦略）を策定します."""
    for block in blocks:
        if block.kind not in ("paragraph", "list"):
            continue
        match = _SETS_UP.search(block.text.replace("\n", ""))
        if match and _names_mainly_a_plan(match[1]):
            return match[1], (block.line_start, block.line_end)
    return None


def _lines_in_table(blocks: tuple[Block, ...]) -> list[tuple[str, int]]:
    """Rows above the header of a table that begins the document, as (text, line)."""
    at = len(_front_matter(blocks))
    if at >= len(blocks) or blocks[at].kind != "table":
        return []
    found = []
    for row in blocks[at].rows[:_TITLE_ROWS]:
        texts = list(dict.fromkeys(text for cell in row.cells if (text := _heading_title(cell))))
        if len(texts) > _TITLE_CELLS or len(row.cells) <= len(texts):
            break
        found += [(text, row.line) for text in texts if len(text) <= _LONGEST_TITLE and "。" not in text]
    return found


def _table_lines(blocks: tuple[Block, ...]) -> frozenset[int]:
    """The lines of all tables, without the titles above a header."""
    titles = {line for _, line in _lines_in_table(blocks)}
    found = (range(block.line_start, block.line_end + 1) for block in blocks if block.kind == "table")
    return frozenset(line for lines in found for line in lines) - titles


def _heads_a_table(blocks: tuple[Block, ...], line: int) -> bool:
    """The last line of the front matter stands above, or in, the first rows of a table."""
    table = next((block for block in blocks[:_FRONT_BLOCKS] if block.kind == "table"), None)
    return table is not None and line <= table.line_start + _TITLE_ROWS


def _could_be_title(text: str) -> bool:
    return bool(re.search(r"[一-龠ァ-ヶ]{2}", text)) and not _NO_TITLE.match(text) and heading_owner(text) is None


def _front_matter(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    front = []
    for block in blocks[:_FRONT_BLOCKS]:
        if block.kind == "table" or (
            block.kind == "heading" and (is_contents_title(block.text) or _is_numbered(block))
        ):
            break
        front.append(block)
    return tuple(front)


def _is_numbered(block: Block) -> bool:
    form = heading_form(block.text.split("\n")[0])
    return form is not None and not form.kind.startswith("md1")


def _single_lines(blocks: tuple[Block, ...]) -> list[tuple[str, int]]:
    """Headings and lines of short paragraphs, as (text, line), without marks of headings."""
    found = []
    for block in blocks:
        if block.kind not in ("heading", "paragraph") or (block.kind == "heading" and _is_numbered(block)):
            continue
        for offset, line in enumerate(block.text.split("\n")):
            text = _heading_title(line)
            if text and len(text) <= _LONGEST_TITLE and "。" not in text:
                found.append((text, block.line_start + offset))
    return found


def _names_mainly_a_plan(text: str) -> bool:
    name = _TAIL.sub("", text)
    return bool(_CORE_NAME.fullmatch(name) or _NAMES_PLAN_INSIDE.fullmatch(name))


def _names_a_plan(text: str) -> bool:
    return bool(_PLAN_NAME.fullmatch(_TAIL.sub("", text))) and not text.endswith(("ます", "です"))


def _with_neighbours(lines: list[tuple[str, int]], at: int) -> tuple[str, tuple[int, int]]:
    """A title printed over two lines: its edition or city before it, (案) or 進捗状況報告書 after it."""
    title, first = lines[at]
    last = first
    if at and first - lines[at - 1][1] <= 2 and _is_first_half(lines[at - 1][0], title):
        title, first = lines[at - 1][0] + title, lines[at - 1][1]
    if at + 1 < len(lines) and lines[at + 1][1] - last <= 2 and _SECOND_LINE.fullmatch(lines[at + 1][0]):
        glue = "" if lines[at + 1][0][0] in "(（【〔" else " "
        title, last = f"{title}{glue}{lines[at + 1][0]}", lines[at + 1][1]
    return title, (first, last)


def _is_first_half(before: str, title: str) -> bool:
    if _NUMBERED_EDITION.search(title) or len(before) > 25:
        return False
    return bool(_NUMBERED_EDITION.match(before)) or before.endswith(("・", "及び", "の"))


def _heading_title(line: str) -> str:
    return re.sub(r"[\s\u3000]+", " ", close_letters(strip_markup(line.strip().lstrip("#").strip())))


def _made_title(blocks: tuple[Block, ...], municipality: str | None, period: tuple[int, int] | None, name: str) -> str:
    header = next((b.rows[0].cells for b in blocks if b.kind == "table"), ())
    if not header or not municipality:
        first = next((text for text, _ in _single_lines(blocks[:_FRONT_BLOCKS]) if _could_be_title(text)), None)
        return _heading_title(first) if first else PurePath(name).stem
    kind = "進捗状況一覧" if re.search("進捗|実績|実施内容|達成", "".join(header)) else "一覧"
    year = format_fiscal_year(period[0]).split("（")[0] if period and period[0] == period[1] else ""
    return f"{municipality} 行政改革の取組項目 {year}{kind}"
