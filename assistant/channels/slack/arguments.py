"""What is typed after /kaikaku in, a command out, or the usage that helps."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from assistant.channels.slack.escaping import as_mrkdwn
from assistant.channels.slack.scheduling import CADENCES
from assistant.channels.slack.wording import say
from ingest.fiscal_year import find_years, format_fiscal_year
from ingest.normalize import squeeze

# Of a message only these begin a command: in Japanese a question may begin so, too.
TYPED_IN_MESSAGES = frozenset({"owner", "items", "scope", "digest"})
_STOP = frozenset({"停止", "止める", "stop", "off"})
_NONE = frozenset({"なし", "解除", "none", "off"})
_CADENCES = {**{name: name for name in CADENCES}, "毎週": "週次", "毎月": "月次", "日次": "毎日", "weekly": "週次"}


@dataclass(frozen=True, slots=True)
class Ask:
    """Answer a question."""

    question: str


@dataclass(frozen=True, slots=True)
class Help:
    """Explain; `text` is mrkdwn."""

    text: str


@dataclass(frozen=True, slots=True)
class Owner:
    """Tell who owns the items of this name."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """List a department's items, of a target year or progress class."""

    department: str
    fiscal_year: int | None = None
    progress: str | None = None

    @property
    def condition(self) -> str:
        """The conditions in words."""
        year = format_fiscal_year(self.fiscal_year) if self.fiscal_year else ""
        return "、".join(filter(None, (self.department, year, self.progress and f"「{self.progress}」")))

    @property
    def typed(self) -> str:
        """The same command with nothing left out, which gives the same list to everybody."""
        year = f"{self.fiscal_year}年度" if self.fiscal_year else ""
        return " ".join(filter(None, ("items", squeeze(self.department), year, squeeze(self.progress or ""))))


@dataclass(frozen=True, slots=True)
class ChooseScope:
    """Let a channel search a municipality or a plan; None and None: everything."""

    municipality: str | None = None
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """Send a department's digest; no cadence: stop it."""

    department: str
    cadence: str | None = None


Command = Ask | Help | Owner | Items | ChooseScope | Digest


@dataclass(frozen=True, slots=True)
class Known:
    """The names that arguments may be; `own` is the department that stands where none is named."""

    departments: tuple[str, ...]
    progresses: tuple[str, ...]
    municipalities: tuple[str, ...]
    plans: tuple[str, ...]
    own: str | None = None


def read_arguments(text: str, known: Known) -> Command:
    """Read a command; a question is whatever begins with no word of a command."""
    first, _, rest = text.strip().partition(" ")
    words = rest.replace("\u3000", " ").split()
    reader = _READERS.get(first.casefold())
    if reader is not None:
        return reader(words, known)
    return Ask(text.strip()) if text.strip() and first.casefold() not in ("help", "ヘルプ") else Help(say("help"))


def _read_owner(words: Sequence[str], _: Known) -> Command:
    return Owner(" ".join(words)) if words else Help(say("usage_owner"))


def _read_items(words: Sequence[str], known: Known) -> Command:
    department, year, progress = "", None, None
    for word in words:
        if (one := _same(word, known.departments)) and not department:
            department = one
        elif (one := _same(word, known.progresses)) and not progress:
            progress = one
        elif (one_year := _year(word)) and not year:
            year = one_year
        else:
            return _unknown(word, (*known.departments, *known.progresses), "usage_items")
    chosen = department or known.own
    return Items(chosen, year, progress) if chosen else Help(say("usage_items"))


def _read_scope(words: Sequence[str], known: Known) -> Command:
    usage = say("usage_scope", example=as_mrkdwn(next(iter(known.municipalities), "見本市")))
    if not words:
        return Help(usage)
    if words[0] in _NONE:
        return ChooseScope()
    municipality, plan = _same(words[0], known.municipalities), " ".join(words[1:])
    if municipality is None:
        return _unknown(words[0], known.municipalities, usage)
    if not plan:
        return ChooseScope(municipality)
    titled = _same(plan, known.plans)
    return ChooseScope(municipality, titled) if titled else _unknown(plan, known.plans, usage)


def _read_digest(words: Sequence[str], known: Known) -> Command:
    if len(words) < 2 and not (words and known.own):
        return Help(say("usage_digest"))
    named = words[1] if len(words) > 1 else known.own or ""
    department = _same(named, known.departments)
    if words[0] in _STOP:
        return Digest(department or named)
    cadence = _CADENCES.get(words[0].casefold())
    if cadence is None:
        return _unknown(words[0], tuple(CADENCES), "usage_digest")
    return Digest(department, cadence) if department else _unknown(named, known.departments, "usage_digest")


def _unknown(word: str, names: Sequence[str], usage: str) -> Help:
    near = get_close_matches(word, names, n=3, cutoff=0.3)
    told = say("near_words", words="、".join(near)) if near else say("known_words", words="、".join(names[:10]))
    explained = say(usage) if usage.startswith("usage_") else usage
    return Help("\n".join([say("unknown_word", word=as_mrkdwn(word[:80])), as_mrkdwn(told), explained]))


def _same(word: str, names: Sequence[str]) -> str | None:
    wanted = squeeze(word).casefold()
    return next((name for name in names if squeeze(name).casefold() == wanted), None)


def _year(word: str) -> int | None:
    years = find_years(word) or (find_years(f"{word}年度") if re.fullmatch(r"[\dRrＲ]+", word) else ())
    return years[0].year if len(years) == 1 else None


_READERS: dict[str, Callable[[Sequence[str], Known], Command]] = {
    **dict.fromkeys(("owner", "担当", "所管課"), _read_owner),
    **dict.fromkeys(("items", "一覧", "項目"), _read_items),
    **dict.fromkeys(("scope", "範囲"), _read_scope),
    **dict.fromkeys(("digest", "お知らせ"), _read_digest),
}
