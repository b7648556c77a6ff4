"""A question whose names and conditions are masked in, the fields and the manner of answer it wants out."""

import re

from assistant.understanding.requests import AskedField, Breakdown, Manner
from assistant.understanding.words import QuestionWords

COUNTER = re.compile(
    r"(?:何|なん)(人|名|台|件|個|枚|回|本|校|園|社|店|棟|戸|世帯|施設|[かカヶケ個箇]所|路線|種類|業務|事業者|事業|団体|区分|区|割|円"
    r"|時間|日間|週間|年間|[かカヶケ]月|歳|部|冊|枠|基|株|頭|床|灯|橋|コース|学級|クラス|教室|言語|地区|地域|自治体|市町村|ヘクタール"
    r"|法人|平方メートル|㎡|km|キロ|トン|%|パーセント|ポイント|項目|つ|システム|[ァ-ヶー]{2,8})(?!も)"
)
_MONEY = re.compile(r"いくら|how much", re.IGNORECASE)
_SHARE = re.compile(r"パーセント|割合|何%|percentage|percent", re.IGNORECASE)
_NUMBER = re.compile(
    r"いくつ|どれ(?:だけ|くらい|ぐらい|ほど)|どの(?:くらい|程度)|数値|目標値|how many|how much", re.IGNORECASE
)
# 「借りられるのは誰」 and 「だれが払うか」 ask for no holder of a post.
_PERSON = re.compile(r"(?<!のは)(?:誰|だれ|どなた)(?!が(?:出|払|負担|使|借))|氏名")
_BREAKDOWN = re.compile(r"内訳|それぞれ|別に|ごと|[柱章節策系針標]別")
_BREAKDOWNS: tuple[Breakdown, ...] = ("owner", "fiscal_year", "progress", "status", "municipality", "plan")
_ONLY_BRANCHES = re.compile(r"支所(?:は|だけ|のみ|の[課所])|どの支所|どこの支所")
_COPIES = re.compile(r"部数|冊数")
_SAME_COUNTER = {
    **dict.fromkeys(("個所", "箇所", "ヶ所", "カ所", "ケ所"), "か所"),
    **dict.fromkeys(("平方メートル", "平米"), "㎡"),
    "名": "人",
    "パーセント": "%",
}


def asked_fields(rest: str, words: QuestionWords) -> tuple[AskedField, ...]:
    """Fields in the order in which they are asked for; the vague "tell me about" counts only when alone."""
    found = [(match.start(), field) for field, wording in words.fields.items() if (match := wording.search(rest))]
    ordered: list[AskedField] = [field for _, field in sorted(found)]  # type: ignore[misc]
    if _COPIES.search(rest):  # 何部 asks for copies, not for a division
        ordered = [field for field in ordered if field != "owner"]
    stated = tuple(field for field in ordered if field != "content")
    if not stated and _ONLY_BRANCHES.search(rest) and re.search(r"どこ|どの|どちら|入って|含ま", rest):
        return ("owner",)
    if stated and _asks_something_else_too(rest, words):
        return ("content", *stated)
    return stated or tuple(ordered)


def manner_of(text: str, rest: str, words: QuestionWords) -> Manner:
    """Read how the answer is wanted."""
    wanted = units(rest)
    return Manner(
        summary=words.means("summary", text),
        breakdown=_breakdown(text, words),
        number=bool(wanted or _NUMBER.search(rest)),
        person=_PERSON.search(rest) is not None,
        only_branches=_ONLY_BRANCHES.search(rest) is not None,
        units=wanted,
        needs=tuple(u.needs.pattern for u in words.unprinted if u.asks.search(rest)),
        details=tuple(u.label for u in words.unprinted if u.asks.search(rest)),
        goal_marks=tuple(re.findall(r"[①-⑳]", rest)),
    )


def _breakdown(text: str, words: QuestionWords) -> Breakdown | None:
    """By what a count is to be given in parts; by section where the question does not say."""
    for field in _BREAKDOWNS:
        if words.means(f"by_{field}", text):
            return field
    return "section" if _BREAKDOWN.search(text) else None


def units(rest: str) -> tuple[str, ...]:
    """The counters that a wanted number must carry."""
    found = [_SAME_COUNTER.get(unit, unit) for unit in COUNTER.findall(rest)]
    if _MONEY.search(rest):
        found.append("円")
    if _SHARE.search(rest):
        found.append("%")
    return tuple(dict.fromkeys(found))


def _asks_something_else_too(rest: str, words: QuestionWords) -> bool:
    """Tell whether one of several questions in a row asks for no field: 「民間になるの？ いつまで？」."""
    questions = [part for part in re.findall(r"[^?。]+\?", rest) if part.strip(" ?")]
    return len(questions) > 1 and any(not any(w.search(q) for w in words.fields.values()) for q in questions)
