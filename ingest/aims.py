"""A description cell of a table without goal column in, the aim that it states out: 「…するため、…」, 「…を図る。」."""

import re
from collections.abc import Sequence

from ingest.markup import paragraphs

_SENTENCE = re.compile(r"[^。\n]+。?")
_OPENING = re.compile(r"^(?:また|さらに|更に|あわせて|併せて|なお|そのほか|加えて|このほか)、")
# 「…するため、」 tells what for; what is, or can be, tells a cause.
_PURPOSE = re.compile(r"^.*?(?:[るうくすつぬぶむぐ](?<!ある)(?<!いる)(?<!なる)(?<!きる)ため|を目的として)(?=に?、)")
_AIMED_AT = re.compile(
    r"(?:図る|目指す|めざす|目的とする|目標とする|つなげる|資する)(?:ものとする|こととする|もの)?。?$"
)
# A clause that tells a means of its own: 「…を配置し、」, 「…に基づき、」, but not 「…により、」.
_MEANS = re.compile(
    r".*(?:[しいりみびちきめけせべえ]|して|って)(?<!より)(?<!よって)(?<!ついて)(?<!対し)(?<!対して)(?<!応じ)(?<!関し)(?<!はじめ)(?<!として)、|.*とともに、"
)


def stated_aim(cell: str, *, is_policy: bool = False) -> str:
    """Return what a description says is aimed at, in its own words; "" where it says what is done, not what for.

    A policy (方針) is an aim itself: its first sentence, without the papers that it rests on.
    """
    sentences = [s.strip() for line in paragraphs(cell) for s in _SENTENCE.findall(line) if s.strip()]
    if is_policy and sentences:
        return _whole_or_part(_MEANS.sub("", sentences[0], count=1), sentences)
    return _whole_or_part(_purpose(sentences) or _aimed_at(sentences), sentences)


def _purpose(sentences: Sequence[str]) -> str:
    found = (_PURPOSE.match(_OPENING.sub("", sentence)) for sentence in sentences)
    return next((match[0] for match in found if match), "")


def _aimed_at(sentences: Sequence[str]) -> str:
    aimed = (s for s in sentences if _AIMED_AT.search(s))
    return next((_MEANS.sub("", _OPENING.sub("", sentence), count=1) for sentence in aimed), "")


def _whole_or_part(aim: str, sentences: Sequence[str]) -> str:
    """A part of a cell is told without its full stop."""
    return aim if [aim] == list(sentences) else aim.rstrip("。")
