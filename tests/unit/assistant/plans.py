"""Made-up plans of 見本市 and 試作町, read by the real readers into a corpus, and questions put to it."""

import re
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise

from assistant.answering import Assistant
from assistant.answers import Answer, Audience, Question, Scope, Turn
from ingest.extract import extract
from ingest.normalize import squeeze
from ingest.plan_items import Passage, PlanItem
from ingest.readers import read_bytes
from vectorstore.contents import Contents, StoredDocument
from vectorstore.corpus import Corpus

PLAN = """\
見本市

見本市やさしい改革プラン

計画期間 令和6年度～令和10年度

令和6年3月

第1章 計画のあらまし

1 計画の目的

見本市では、人口が減り続けています。限られた職員で手続を支えるために、このプランをつくりました。

2 計画の進め方

進み具合は、市長を本部長とする「やさしい改革本部」が年2回確かめます。事務局は経営戦略課に置きます。

第2章 取組項目

■柱1 手続が早く終わる市役所

(1) 窓口を選べるようにする

番号 | 取組項目 | 区分 | 取組内容 | 目標 | 実施時期 | 所管課
1 | 来庁予約の拡大 | 拡充 | 転入、転出の届出に加え、福祉の相談も予約できるようにする。 \
| 予約できる手続を、令和8年度までに30種類にする（令和4年度 12種類）。 | ～令和8年度 | 窓口課
2 | 書かない窓口の導入 | 新規 | 来た人に聞き取りながら職員が書類を作る書かない窓口※1を始める。 \
| ①令和7年度に、本庁舎で始める。 ②令和9年度までに、支所3か所に広げる。 | ～令和9年度 | ①窓口課 ②地域振興課
3 | 電話案内の自動化 | 新規 | よくある問い合わせに、機械の音声で答える。 | 職員が受ける電話を年9,000件にする。 \
| 令和7年度～令和9年度 | 広報課

■柱2 身の丈に合った施設と財政

(1) 施設をまとめる

番号 | 取組項目 | 区分 | 取組内容 | 目標 | 実施時期 | 所管課
4 | 集会所の統合 | 継続 | 老朽化した集会所をまとめ、地域で使う集会所を残す。 \
| 令和10年度までに、集会所を24か所から18か所に減らす。 | ～令和10年度 | 施設管理課
5 | 公用車の台数の見直し | 継続 | 各課の公用車を共同で使い、台数を減らす。 | 公用車を60台にする。 | 毎年度 \
| 施設管理課
6 | 広告収入の確保 | 継続 | 封筒や庁舎の壁に広告を載せる。 | 年300万円の広告収入を得る。 | 令和8年度 |

(2) 収入を確かにする

番号 | 取組項目 | 区分 | 取組内容 | 目標 | 実施時期 | 所管課
7 | 市税の口座振替の推進 | 拡充 | 口座振替の申込みを、スマートフォンからもできるようにする。 \
| 口座振替の利用率を65％にする。 | 毎年度 | 納税課
8 | 使用料の見直し | 新規 | 施設の使用料を、かかる費用に合わせて見直す。 |  | 令和7年度 | 全納税課

第3章 計画の推進体制

市民6人と学識経験者3人でつくる「やさしい改革市民会議」に、進み具合を毎年報告します。財政課が費用を確かめます。

※1 書かない窓口：来た人が申請書を書かずに、職員が聞き取って書類を作る窓口のこと。
"""

REPORT = """\
見本市やさしい改革プラン 令和6年度 進捗報告書

見本市

■柱1 手続が早く終わる市役所

番号 | 取組項目 | 進捗区分 | 実施内容 | 課題 | 次年度の方針 | 所管課
1 | 来庁予約の拡大 | 計画どおり | 予約できる手続を18種類に増やした。 | 予約の取消しが多い。 \
| 取消しを前日までにするよう呼びかける。 | 窓口課
2 | 書かない窓口の導入 | 計画未満 | 機器の選定が遅れ、試行ができなかった。 | 職員の研修の時間が取れない。 \
| 本庁舎で試行する。 | 窓口課、地域振興課
3 | 電話案内の自動化 | 計画どおり | 音声案内の原稿を120件分つくった。 | 聞き取れない言葉が多い。 \
| 原稿を見直す。 | 広報課

■柱2 身の丈に合った施設と財政

番号 | 取組項目 | 進捗区分 | 実施内容 | 課題 | 次年度の方針 | 所管課
4 | 集会所の統合 | 計画未満 | 3地区で説明会を開いた。 | 反対の声が強い地区がある。 | 説明会を続ける。 \
| 施設管理課
5 | 公用車の台数の見直し | 目標達成 | 公用車を8台減らし、60台にした。 |  | 台数を保つ。 | 施設管理課
7 | 市税の口座振替の推進 | 計画どおり | 利用率は58％になった。 | 高齢の人の申込みが少ない。 | 案内を郵送する。 \
| 納税課
"""

TOWN_PLAN = """\
試作町

試作町スリム化プラン

計画期間 令和5年度～令和9年度

第1章 取組項目

■方針1 住民サービス

番号 | 取組項目 | 区分 | 取組内容 | 目標 | 実施時期 | 担当課
1 | 書かない窓口の導入 | 新規 | 申請書を書かずに済む窓口を始める。 \
| 令和9年度までに、窓口での待ち時間を10分にする。 | ～令和9年度 | 住民福祉課
2 | 町バスの予約制への移行 | 拡充 | 決まった時刻の便をやめ、予約があった便だけを走らせる。 \
| 年間の運行費を800万円に減らす。 | 令和7年度～令和8年度 | 住民福祉課
3 | 広告収入の確保 | 継続 | 町の広報紙に広告を載せる。 | 年50万円の広告収入を得る。 | 毎年度 | 総務課
"""

LOOK_ALIKES = """\
見本市

見本市まちの手入れプラン

第1章 取組項目

番号 | 取組項目 | 取組内容 | 目標 | 実施時期 | 所管課
1 | 公園の遊具の点検 | 壊れた遊具を早く見つける。 | 年2回点検する。 | 毎年度 | 公園課
2 | 公園の樹木の点検 | 枯れた木を早く見つける。 | 年1回点検する。 | 令和8年度 | 緑政課
3 | 橋の塗り替え | さびた橋を塗り直す。 | 3橋を塗り替える。 | 令和9年度 | 道路課
"""

# Cells are written with | between them, and printed with tabs.
TEXTS = {
    name: re.sub(" ?\\| ?", "\t", text)
    for name, text in (("mihon_plan.txt", PLAN), ("mihon_report.txt", REPORT), ("shisaku_plan.txt", TOWN_PLAN))
}
LOOK_ALIKE_TEXTS = {"look_alikes.txt": re.sub(" ?\\| ?", "\t", LOOK_ALIKES)}


def corpus_of(texts: dict[str, str]) -> Corpus:
    """Read each text as a file of its name; the corpus is searched by words alone."""
    documents: list[StoredDocument] = []
    items: list[PlanItem] = []
    passages: list[Passage] = []
    for name, text in sorted(texts.items()):
        document = read_bytes(name, text.encode())
        extraction = extract(document)
        items += extraction.items
        passages += extraction.passages
        documents.append(
            StoredDocument(
                id=document.id,
                source=document.source,
                title=document.title,
                municipality=document.municipality,
                period=document.period,
                encoding=document.encoding,
                content_hash=document.content_hash,
                revision=1,
                ingested_at=datetime(2026, 4, 1, tzinfo=UTC),
                report=extraction.report,
                title_is_printed=document.title_is_printed,
                item_count=len(extraction.items),
                passage_count=len(extraction.passages),
                as_of=document.as_of,
            )
        )
    return Corpus.of(Contents(1, tuple(documents), tuple(items), tuple(passages)))


@cache
def made_up_corpus() -> Corpus:
    """The plan and the report of 見本市, and the plan of 試作町."""
    return corpus_of(TEXTS)


@cache
def made_up_assistant() -> Assistant:
    """An assistant that has the made-up corpus loaded."""
    corpus = made_up_corpus()
    return Assistant(lambda: corpus)


@cache
def look_alikes() -> Assistant:
    """An assistant with a plan that has two items of nearly the same name."""
    corpus = corpus_of(LOOK_ALIKE_TEXTS)
    return Assistant(lambda: corpus)


@cache
def nothing_loaded() -> Assistant:
    """An assistant without any plan."""
    corpus = corpus_of({})
    return Assistant(lambda: corpus)


MIHON = Scope(municipality="見本市")


def ask(
    question: str,
    *,
    history: tuple[Turn, ...] = (),
    scope: Scope = MIHON,
    audience: Audience = "citizen",
    language: str | None = None,
    assistant: Assistant | None = None,
) -> Answer:
    """Put a question to the made-up corpus (or to another assistant), inside 見本市 unless a scope is given."""
    return (assistant or made_up_assistant()).answer(Question(question, history, scope, audience, language))


def ask_after(*questions: str, scope: Scope = MIHON, assistant: Assistant | None = None) -> Answer:
    """Put questions one after the other, each with the turns before it; give the last answer."""
    history: tuple[Turn, ...] = ()
    answer = ask(questions[0], scope=scope, assistant=assistant)
    for before, question in pairwise(questions):
        history = (*history, Turn("user", before), Turn("assistant", answer.text))
        answer = ask(question, history=history, scope=scope, assistant=assistant)
    return answer


def titles(answer: Answer) -> list[str]:
    """The titles of the items an answer lists."""
    return [item.title for item in answer.items]


def is_printed(answer: Answer) -> bool:
    """Tell whether every quote of the answer stands in its document, and the numbers run from 1."""
    printed = TEXTS | LOOK_ALIKE_TEXTS
    numbers = [citation.number for citation in answer.citations]
    return numbers == list(range(1, len(numbers) + 1)) and all(
        squeeze(citation.quote) in squeeze(printed[citation.source]) for citation in answer.citations
    )
