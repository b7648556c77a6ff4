"""Answers, items, documents and reports in; text to be read on a terminal out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.answers import Answer, Citation
from assistant.ingesting import Ingested
from assistant.plan_changes import PlanChanges
from assistant.replies import load_replies
from assistant.syncing import Difference
from ingest.plan_items import IngestReport, PlanItem
from vectorstore.changes import ItemChange
from vectorstore.contents import StoredDocument
from vectorstore.series import Version, date_of_version

_LONGEST_QUOTE = 240
_RESULTS = {"added": "追加", "replaced": "更新", "unchanged": "変更なし", "deleted": "削除"}
_STATES = {"new": "追加", "changed": "更新", "gone": "削除", "refused": "不可", "unchanged": "変更なし"}

_RELATIONS = {"revision": "新しい版", "successor": "次の年度", "format": "同じ計画の別の形式"}
_CHANGES = {"added": "追加", "removed": "削除", "moved": "移動", "changed": "変更"}


def render_answer(answer: Answer, width: int) -> str:
    """Return the answer, then the printed places it rests on, then what can be asked next."""
    parts = [answer.text]
    if answer.citations:
        parts.append("\n".join(["出典", *(_render_citation(citation, width) for citation in answer.citations)]))
    if answer.suggestions:
        parts.append("\n".join(["次に聞けること", *(f"  ・{suggestion}" for suggestion in answer.suggestions)]))
    return "\n\n".join(parts)


def render_items(items: Sequence[PlanItem], width: int) -> str:
    """Return the items as a table."""
    rows = (
        [item.municipality, item.number, item.title, _joined(item.owners), item.schedule, item.progress]
        for item in items
    )
    return _table(("自治体", "番号", "項目名", "所管課", "実施時期", "進捗区分"), rows, width) + f"\n{len(items)}件"


def render_documents(documents: Sequence[StoredDocument], versions: Mapping[str, Version]) -> str:
    """Return a few lines per document: what it is, what replaces it, what is remarkable in how it was read."""
    sources = {document.id: document.source for document in documents}
    rendered = (
        "\n".join([_render_document(document), *_standing(versions.get(document.id), sources)])
        for document in documents
    )
    return "\n".join([*rendered, f"{len(documents)}文書"])


def render_ingested(done: Ingested) -> str:
    """Return one line per thing to know about an ingested file."""
    lines = [f"{_RESULTS[done.result]} {done.source}{_yield_of(done)}"] if done.result != "failed" else []
    asks = [f"  {load_replies('ja').say(f'ask_{field}')}" for field in done.asks]
    return "\n".join([*lines, *(f"  {remark}" if lines else remark for remark in done.remarks), *asks])


def render_differences(differences: Sequence[Difference], width: int) -> str:
    """Return how folders differ from what is stored, file by file, then in numbers."""
    rows = ([_STATES[one.state], one.source, str(one.path.parent)] for one in differences)
    counts = Counter[str](one.state for one in differences)
    numbers = "、".join(f"{name} {counts[state]}" for state, name in _STATES.items())
    return _table(("状態", "文書", "フォルダー"), rows, width) + f"\n{numbers}"


def render_changes(found: PlanChanges, width: int) -> str:
    """Return what changed between two versions as a table, then in numbers."""
    versions = (f"{mark} {_name_of(one)}" for mark, one in (("旧", found.old), ("新", found.new)))
    rows = ([_CHANGES[change.kind], change.item.title, _field_lines(change)] for change in found.changes.items)
    counts = (f"{name} {len(found.changes.of_kind(kind))}" for kind, name in _CHANGES.items())
    table = _table(("変更", "項目名", "旧 → 新"), rows, width)
    return "\n".join([*versions, table, "、".join([*counts, f"変更なし {found.changes.unchanged}"])])


def render_report(document: StoredDocument) -> str:
    """Return everything that is known about how one document was read."""
    lines = [
        f"{document.title}（{document.source}）",
        f"ID {document.id}　版 {document.revision}　取り込み {document.ingested_at:%Y-%m-%d %H:%M}",
        f"文字コード {document.encoding}　項目 {document.item_count}　引用単位 {document.passage_count}",
    ]
    return "\n".join([*lines, *_report_lines(document.report)])


def summarize_report(report: IngestReport) -> str:
    """Return the counts of a report that call for a look, or nothing."""
    differing = [total for total in report.printed_totals if total.printed != total.found]
    counts = {
        "数の不一致": len(differing),
        "補正": len(report.repairs),
        "読めなかった行": len(report.not_understood),
        "備考": len(report.remarks),
    }
    missing = [f"{_label(name)}なし {count}" for name, count in report.missing.items() if count]
    return "、".join([*(f"{name} {count}" for name, count in counts.items() if count), *missing])


def _name_of(document: StoredDocument) -> str:
    return f"{document.title}（{document.source}、版 {document.revision}、{date_of_version(document)[0]}）"


def _field_lines(change: ItemChange) -> str:
    return "\n".join(f"{_label(one.field)}：{_shortened(one.old)} → {_shortened(one.new)}" for one in change.fields)


def _yield_of(done: Ingested) -> str:
    if done.extraction is None:
        return ""
    counts = f"項目 {len(done.extraction.items)}、引用単位 {len(done.extraction.passages)}"
    notes = summarize_report(done.extraction.report)
    return f"：{counts}" + (f"（{notes}）" if notes else "")


def _render_citation(citation: Citation, width: int) -> str:
    section = " > ".join(citation.section)
    place = f"{citation.source}:{citation.line_start}{_place(citation)}"
    head = f"  [{citation.number}] {citation.title}" + (f" ― {section}" if section else "")
    return "\n".join([head, *_wrapped(f"「{_shortened(citation.quote)}」", width, 6), f"      {place}"])


def _place(citation: Citation) -> str:
    if citation.page:
        return f"（{citation.page}ページ）"
    place = citation.place
    return f"（シート「{place.sheet}」の{place.cells}）" if place and place.sheet and place.cells else ""


def _shortened(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= _LONGEST_QUOTE else flat[:_LONGEST_QUOTE] + "…"


def _wrapped(text: str, width: int, indent: int) -> Iterator[str]:
    # A Japanese character takes two columns, and a line may break after any.
    room = max(20, width - indent)
    for line in Text(text).wrap(Console(width=room), room):
        yield " " * indent + line.plain.rstrip()


def _render_document(document: StoredDocument) -> str:
    period = f"{document.period[0]}–{document.period[1]}年度" if document.period else None
    place = "、".join(filter(None, (document.municipality, period)))
    counts = f"版 {document.revision}　項目 {document.item_count}　引用単位 {document.passage_count}"
    notes = summarize_report(document.report)
    lines = [
        document.source,
        f"  {document.title}" + (f"（{place}）" if place else ""),
        f"  ID {document.id}　{counts}",
    ]
    return "\n".join([*lines, f"  {notes}"] if notes else lines)


def _standing(version: Version | None, sources: Mapping[str, str]) -> Iterator[str]:
    if version is not None and version.superseded_by and version.relation:
        yield f"  {_RELATIONS[version.relation]} {sources.get(version.superseded_by, version.superseded_by)}"


def _report_lines(report: IngestReport) -> Iterator[str]:
    for section, count in report.items_by_section.items():
        yield f"  体系　{section}：{count}件"
    for name, count in report.missing.items():
        yield f"  空欄　{_label(name)}：{count}件"
    for total in report.printed_totals:
        verdict = "一致" if total.printed == total.found else "不一致"
        place = " > ".join((*total.section, total.label))
        yield f"  {total.line}行　集計　{place}：文書 {total.printed}、読み取り {total.found}（{verdict}）"
    for repair in report.repairs:
        yield f"  補正　{_label(repair.field)}：{repair.raw} → {repair.clean}"
    for kind, remarks in (("未読", report.not_understood), ("備考", report.remarks)):
        for remark in remarks:
            yield f"  {f'{remark.line}行' if remark.line else '全体'}　{kind}　{remark.message}"


def _table(headers: Sequence[str], rows: Iterable[Sequence[str | None]], width: int) -> str:
    table = Table(*headers, box=None, pad_edge=False, header_style="none")
    for row in rows:
        # Text, not str: brackets in a title are no markup.
        table.add_row(*(Text(cell or "", overflow="fold") for cell in row))
    text = StringIO()
    Console(file=text, width=width, color_system=None).print(table)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines())


def _joined(values: Iterable[str]) -> str:
    return "、".join(values)


def _label(field: str) -> str:
    return load_replies("ja").label(field)
