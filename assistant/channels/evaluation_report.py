"""A run of questions in, the lines for a terminal and one self-contained HTML page that tell it out."""

from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files

import yaml

from assistant.evaluating.measuring import Comparison, Measures, Share, measure
from assistant.evaluating.runs import Judged, Run

_PAGE = """<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font-family: sans-serif; line-height: 1.6; margin: 1rem auto; max-width: 60rem; padding: 0 1rem; }}
table {{ border-collapse: collapse; margin: 1rem 0; }}
th, td {{ border: 1px solid #767676; padding: .25rem .5rem; text-align: left; }}
.answer, q {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
.wrong summary {{ color: #a40000; font-weight: bold; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{lead}</p>
{body}
</body>
</html>
"""


def report_lines(run: Run) -> list[str]:
    """Return the measures of a run as lines for a terminal."""
    measures = measure(run.answers)
    lines = [f"{_told(name)}\t{value}" for name, value in _measured(measures)]
    lines += [f"{kind or '-'}\t{_share(share)}" for kind, share in measures.by_kind.items()]
    return lines


def report_page(run: Run) -> str:
    """Return a run with every question, answer and piece of evidence as a page that needs nothing else."""
    measures = measure(run.answers)
    tables = [
        _table("measure", ((_told(name), value) for name, value in _measured(measures))),
        _table("by_kind", ((kind, _share(share)) for kind, share in measures.by_kind.items())),
        _table("by_audience", ((one, _share(share)) for one, share in measures.by_audience.items())),
        _table("settings", run.settings.items()),
    ]
    answers = "\n".join(_answer(one) for one in sorted(run.answers, key=lambda one: one.is_right))
    lead = _told("lead").format(at=run.at, files="、".join(run.files), total=len(run.answers))
    return _PAGE.format(
        title=escape(_told("title").format(name=run.name)),
        lead=escape(lead),
        body="\n".join([*tables, f"<h2>{escape(_told('answers'))}</h2>", answers]),
    )


def comparison_lines(before: Run, after: Run, found: Comparison) -> list[str]:
    """Return what flipped between two runs as lines for a terminal."""
    names = {"before": before.name, "after": after.name}
    counts = {"mended": len(found.mended), "broken": len(found.broken), "chance": found.chance}
    lines = [_told("compared").format(**names, **counts)]
    for heading, pairs in (("mended", found.mended), ("broken", found.broken)):
        for old, new in pairs:
            problems = "; ".join(new.problems or old.problems)
            lines.append(f"{_told(heading)}\t{old.id}\t{old.question}\t{problems}")
    for heading, ids in (("only_before", found.only_before), ("only_after", found.only_after)):
        if ids:
            lines.append(f"{_told(heading).format(**names)}\t{', '.join(ids)}")
    return lines


def _measured(measures: Measures) -> list[tuple[str, str]]:
    shares = ("accuracy", "refusal_precision", "refusal_recall", "citation_precision")
    half, most = measures.milliseconds
    return [
        *((name, _share(getattr(measures, name))) for name in shares),
        ("milliseconds", f"{half:.0f} / {most:.0f}"),
        ("tokens", f"{measures.tokens[0]} / {measures.tokens[1]}"),
    ]


def _share(share: Share) -> str:
    low, high = share.bounds
    return f"{share.value:.3f} ({low:.3f}–{high:.3f}) {share.part}/{share.whole}"


def _table(heading: str, rows: Iterable[tuple[str, str]]) -> str:
    cells = "\n".join(f"<tr><th>{escape(n)}</th><td>{escape(v)}</td></tr>" for n, v in rows)
    return f"<h2>{escape(_told(heading))}</h2>\n<table>\n{cells}\n</table>"


def _answer(one: Judged) -> str:
    verdict = _told("right" if one.is_right else "wrong")
    problems = f"<p>{escape('; '.join(one.problems))}</p>" if one.problems else ""
    evidence = "".join(
        f"<li>{escape(place.source)}:{place.line} <q>{escape(place.quote)}</q>"
        f"{'' if place.is_printed else ' ' + escape(_told('not_printed'))}</li>"
        for place in one.evidence
    )
    outcome = escape(" · ".join(part for part in (one.outcome, one.reason, one.mode) if part))
    shown = ' class="wrong" open' if one.problems else ""
    return (
        f"<details{shown}><summary>{verdict} {escape(one.id)} [{escape(one.kind)}] {escape(one.question)}</summary>"
        f'{problems}<p>{outcome}, {one.milliseconds:.0f} ms</p><p class="answer">{escape(one.answer)}</p>'
        f"<p>{escape(_told('evidence'))}</p><ul>{evidence}</ul></details>"
    )


def _told(name: str) -> str:
    return _wording()[name]


@cache
def _wording() -> dict[str, str]:
    words: dict[str, str] = yaml.safe_load((files("prompts") / "evaluation.yaml").read_text(encoding="utf-8"))
    return words
