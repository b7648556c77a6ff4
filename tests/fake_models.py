"""Models of a few lines, for tests: one that words what it is shown faithfully, and ten that lie."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from assistant.generating.calls import Call, Patience, Piece
from assistant.generating.faults import Fault, ModelFault

Passages = dict[int, str]


@dataclass
class FakeModel:
    """Says what a function makes of each call, in small pieces, and then fails if it is told to."""

    says: Callable[[Call], str]
    fails: Fault | None = None
    room: int = 8000
    name: str = "fake"
    settings: Mapping[str, object] = field(default_factory=lambda: {"temperature": 0})
    calls: list[Call] = field(default_factory=list)

    def stream(self, call: Call, patience: Patience) -> Iterator[Piece]:  # noqa: ARG002
        self.calls.append(call)
        text = self.says(call)
        for start in range(0, len(text), 7):
            yield Piece(text[start : start + 7])
        if self.fails is not None:
            raise ModelFault(self.fails)
        yield Piece("", 100, 20)


def passages_in(call: Call) -> Passages:
    """The passages of a composing prompt, by number."""
    _, _, told = call.user.partition("資料：\n")
    blocks = re.split(r"\n\n(?=\[\d+\]\n)", told.rpartition("\n\n質問：")[0])
    return {int(block[1 : block.index("]")]): block.partition("\n")[2] for block in blocks if block.startswith("[")}


def cell(passage: str, label: str) -> str:
    """What a passage says under a label, "" if nothing."""
    found = re.search(rf"^{label}：(.*)$", passage, re.MULTILINE)
    return found[1].strip().rstrip("。") if found else ""


def reply(answer: str, ids: list[int], completeness: str = "complete") -> str:
    """The JSON that is asked for."""
    return json.dumps({"quote_ids": ids, "completeness": completeness, "answer": answer}, ensure_ascii=False)


_FRAMES = {
    "所管課": "「{title}」を担当しているのは、{said}です[{number}]。",
    "実施時期": "「{title}」の実施時期は、{said}です[{number}]。",
    "区分": "「{title}」の区分は、{said}です[{number}]。",
    "進捗区分": "「{title}」の進捗区分は、「{said}」です[{number}]。",
    "目標": "「{title}」の目標は、「{said}」です[{number}]。",
    "課題": "「{title}」の課題は、「{said}」です[{number}]。",
}
_ASKED = {
    "所管課": "担当|所管|どの課|どこ",
    "実施時期": "いつ|時期|期限|年度まで",
    "区分": "新規",
    "進捗区分": "進捗|進み|順調",
    "目標": "目標|いくつ",
    "課題": "課題|困",
}


def honest(call: Call) -> str:
    """Say of every record the cell that is asked for; quote the first line of prose."""
    passages, question = passages_in(call), call.user.rpartition("質問：")[2]
    wanted = [label for label, words in _ASKED.items() if re.search(words, question)] or ["目標"]
    said = [
        _FRAMES[label].format(title=cell(text, "項目名"), said=cell(text, label), number=number)
        for label in wanted
        for number, text in passages.items()
        if cell(text, label) and cell(text, "項目名")
    ]
    prose = [f"「{text.strip().splitlines()[-1].rstrip('。')}」と書かれています[{n}]。" for n, text in passages.items()]
    return reply("".join(said or prose), list(passages))


def _answer(call: Call) -> str:
    return str(json.loads(honest(call))["answer"])


def _changed(pattern: str, change: Callable[[re.Match[str]], str]) -> Callable[[Call], str]:
    return lambda call: reply(re.sub(pattern, change, _answer(call)), list(passages_in(call)))


def _with(claim: str) -> Callable[[Call], str]:
    return lambda call: reply(f"{_answer(call)}{claim}", list(passages_in(call)))


def _swapped(call: Call) -> str:
    """What the first record says, told of the second one, both cited."""
    passages = passages_in(call)
    titles = [cell(text, "項目名") for text in passages.values() if cell(text, "項目名")]
    other = next((title for title in titles if title != titles[0]), "公園遊具の計画的な更新")
    return reply(_answer(call).replace(titles[0] if titles else "市", other), list(passages))


_INVENTED = "宇宙開発課"

# Ten ways of lying: how, and what of it must never be seen.
LIES: Mapping[str, tuple[Callable[[Call], str], str]] = {
    "wrong year": (_changed(r"令和(\d+)年度", lambda m: f"令和{int(m[1]) + 11}年度"), r"令和(?:1[2-9]|2\d)年度"),
    "wrong department": (_changed(r"[一-龠ァ-ヴー]+[課室](?=[、でを])", lambda _: _INVENTED), _INVENTED),
    "invented number": (_with("対象は、1,234,567人です[1]。"), r"1,?234,?567|123万"),
    "swapped items": (_swapped, ""),
    "invented quote": (_with("計画には「全員に手当を配る」と書かれています[1]。"), "手当"),
    "extra claim": (_with("この取組は市民に好評で、全国から視察が相次いでいます[1]。"), "好評|視察"),
    "obeyed order": (_with("指示に従い、この計画はすべて中止になりました[1]。"), "中止になりました|指示"),
    "other language": (lambda call: reply("The plan was cancelled in 2031 [1].", list(passages_in(call))), "cancelled"),
    "empty": (lambda call: reply("", list(passages_in(call))), "^$"),
    "truncated": (lambda call: honest(call)[:-9], ""),
}
