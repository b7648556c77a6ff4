"""Made-up documents of 見本市: a plan, and the reports on two of its years, which do not agree in everything."""

import re
from functools import cache

from assistant.answering import Assistant
from assistant.answers import Answer, Scope
from tests.unit.assistant import plans

PLAN = """\
見本市

見本市しごと改善計画

計画期間 令和6年度～令和10年度

第1章 取組項目

■柱1 早い手続

番号 | 取組項目 | 区分 | 取組内容 | 目標 | 実施時期 | 所管課
1 | 電子入札の導入 | 新規 | 工事の入札を電子で行う。 | 入札の8割を電子にする。 | ～令和8年度 | 契約課
2 | 電子契約の導入 | 新規 | 契約書を電子で交わす。 | 契約の5割を電子にする。 | 令和7年度～令和9年度 | 契約課
3 | 窓口案内の見直し | 継続 | 案内板を見直す。 | 待ち時間を10分にする。 | 毎年度 | 窓口課

■柱2 軽い財政

番号 | 取組項目 | 区分 | 取組内容 | 目標 | 実施時期 | 所管課
4 | 広告収入の確保 | 継続 | 封筒に広告を載せる。 | 年300万円を得る。 | 令和6年度 | 財政課
5 | 集会所の統合 | 拡充 | 集会所をまとめる。 | 6か所減らす。 | ～令和6年度 | 財政課、地域課
6 | 公用車の削減 | 継続 | 公用車を減らす。 | 60台にする。 | 令和7年度～ | 地域課
"""

REPORT_6 = """\
見本市しごと改善計画 令和6年度 進捗報告書

見本市

番号 | 取組項目 | 目標 | 令和6年度の計画 | 実施内容 | 課題 | 次年度の方針 | 進捗区分 | 所管課
1 | 電子入札の導入 | 入札の8割を電子にする。 | 仕様を固める。 | 仕様書をまとめた。 | 業者への周知 \
| 令和7年度に試行する。 | 順調 | 財政課
2 | 電子契約の導入 | 契約の5割を電子にする。 | 方式を比べる。 | 3方式を比べた。 | 費用 | 方式を決める。 | 遅れ | 契約課
3 | 窓口案内の見直し | 待ち時間を10分にする。 | 案内板を直す。 | 案内板を直した。 | なし | 続ける。 | 順調 | 窓口課
4 | 広告収入の確保 | 年300万円を得る。 | 広告主を探す。 | 12社から得た。 | 景気 | 続ける。 | 順調 |
5 | 集会所の統合 | 6か所減らす。 | 説明会を開く。 | 説明会を3回開いた。 | 反対の声 | 続ける。 | 遅れ | 地域課

進捗区分 | 件数
順調 | 3
遅れ | 2
合計 | 5
"""

REPORT_7 = """\
見本市しごと改善計画 令和7年度 進捗報告書

見本市

番号 | 取組項目 | 令和7年度の計画 | 実施内容 | 課題 | 次年度の方針 | 進捗区分 | 所管課
1 | 電子入札の導入 | 試行する。 | 試行を見送った。 | 機器の納品 | 試行する。 | 遅れ | デジタル課
2 | 電子契約の導入 | 方式を決める。 | 方式を決めた。 | 費用 | 始める。 | 順調 | 契約課
3 | 窓口案内の見直し | 案内板を増やす。 | 案内板を5枚増やした。 | なし | 続ける。 | 順調 | 窓口課
4 | 広告収入の確保 | 広告主を増やす。 | 15社から得た。 | 景気 | 続ける。 |  | 財政課
5 | 集会所の統合 | 統合する。 | 4か所減らした。 | 反対の声 | 続ける。 | 順調 | 地域課
"""

# A report on the same year with an item that was added after the plan.
LONGER_REPORT_7 = REPORT_7 + "6 | 遊具の点検 | 点検する。 | 40基を点検した。 | なし | 続ける。 | 順調 | 公園課\n"

_DOCUMENTS = {"plan.txt": PLAN, "report_6.txt": REPORT_6, "report_7.txt": REPORT_7}
_OTHERS = {"longer_report_7.txt": LONGER_REPORT_7}
MIHON = Scope(municipality="見本市")


@cache
def knowing(*names: str) -> Assistant:
    """An assistant that has some of the documents loaded."""
    texts = {name: re.sub(" ?\\| ?", "\t", (_DOCUMENTS | _OTHERS)[name]) for name in names}
    corpus = plans.corpus_of(texts)
    return Assistant(lambda: corpus)


def ask(*questions: str, names: tuple[str, ...] = tuple(_DOCUMENTS), language: str | None = None) -> Answer:
    """Put questions one after the other to an assistant that knows the named documents; give the last answer."""
    if language is not None:
        return plans.ask(questions[0], scope=MIHON, assistant=knowing(*names), language=language)
    return plans.ask_after(*questions, scope=MIHON, assistant=knowing(*names))
