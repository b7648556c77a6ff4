"""What makes documents hard to read in, the JSON, the table and the HTML file that tell it out."""

from collections.abc import Sequence
from html import escape

from pydantic import BaseModel

from assistant.readability import Finding
from vectorstore.contents import StoredDocument

_PAGE = """<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>機械で読むための点検：{title}</title>
</head>
<body>
<h1>機械で読むための点検</h1>
<p>{title}（{source}）</p>
{table}
</body>
</html>
"""
_NOTHING = "気になるところはありません。"


class FindingOut(BaseModel):
    """One thing that makes a document hard to read, and how to publish it better."""

    kind: str
    count: int
    where: list[str]
    what: str
    advice: str


class ReadabilityOut(BaseModel):
    """How well a document can be read by machine."""

    document_id: str
    source: str
    title: str
    findings: list[FindingOut]


def readability_out(document: StoredDocument, findings: Sequence[Finding]) -> ReadabilityOut:
    """Return the findings as the API tells them."""
    told = [FindingOut(kind=f.kind, count=f.count, where=list(f.where), what=f.what, advice=f.advice) for f in findings]
    return ReadabilityOut(document_id=document.id, source=document.source, title=document.title, findings=told)


def readability_text(document: StoredDocument, findings: Sequence[Finding]) -> str:
    """Return the findings as lines for a terminal."""
    lines = [f"{document.title}（{document.source}）"]
    for finding in findings:
        lines.append(f"  ・{finding.what}" + (f"（{'、'.join(finding.where)}）" if finding.where else ""))
        lines.append(f"    → {finding.advice}")
    return "\n".join(lines if findings else [*lines, f"  {_NOTHING}"])


def readability_page(document: StoredDocument, findings: Sequence[Finding]) -> str:
    """Return the findings as a file of its own."""
    rows = "\n".join(
        f"<tr><td>{escape(f.what)}</td><td>{escape('、'.join(f.where))}</td><td>{escape(f.advice)}</td></tr>"
        for f in findings
    )
    head = "<tr><th>見つかったこと</th><th>ところ</th><th>公開のしかた</th></tr>"
    table = f"<table>\n{head}\n{rows}\n</table>" if findings else f"<p>{_NOTHING}</p>"
    return _PAGE.format(title=escape(document.title), source=escape(document.source), table=table)
