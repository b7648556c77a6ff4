from assistant.answers import Answer
from assistant.channels.terminal import render_answer, render_documents, render_ingested, render_items, render_report
from assistant.ingesting import Ingested
from ingest.plan_items import PrintedTotal, Remark, Repair
from tests.made_up import a_citation, a_report, a_stored_document, an_extraction, an_item

REPORT = a_report(
    items_by_section={"1 窓口": 2},
    missing={"owner": 1},
    repairs=(Repair("owners", "比財務課", "財務課"),),
    printed_totals=(PrintedTotal((), "合計", 3, 2, 40),),
    not_understood=(Remark(7, "セルの数が見出しと合わない"),),
    remarks=(Remark(None, "文字コードは CP932"),),
)


def test_an_answer_is_followed_by_its_sources() -> None:
    answer = Answer("answered", "窓口課です。[1]", citations=(a_citation(page=3),), suggestions=("目標は？",))
    assert render_answer(answer, 80) == (
        "窓口課です。[1]\n"
        "\n"
        "出典\n"
        "  [1] 見本市改革プラン ― 1 窓口\n"
        "      「窓口案内の見直し」\n"
        "      mihon.txt:10（3ページ）\n"
        "\n"
        "次に聞けること\n"
        "  ・目標は？"
    )


def test_an_answer_without_sources_is_only_its_text() -> None:
    assert render_answer(Answer("refused", "お答えできません。", "harmful"), 80) == "お答えできません。"


def test_a_long_quote_is_wrapped_by_columns_and_shortened() -> None:
    answer = Answer("answered", "", citations=(a_citation(quote="見直す" * 200),))
    lines = render_answer(answer, 46).splitlines()
    quoted = [line for line in lines if "見直" in line]
    assert len(quoted[0]) == 6 + 20
    assert "…」" in "".join(lines)


def test_items_are_a_table_with_their_number() -> None:
    items = [an_item(owners=("財務課", "窓口課"), schedule="毎年度", title="[案内]の見直し"), an_item(number=None)]
    text = render_items(items, 120)
    assert text.splitlines()[0].split() == ["自治体", "番号", "項目名", "所管課", "実施時期", "進捗区分"]
    assert "[案内]の見直し" in text
    assert "財務課、窓口課" in text
    assert text.endswith("\n2件")


def test_documents_are_listed_with_what_calls_for_a_look() -> None:
    documents = [a_stored_document(report=REPORT), a_stored_document(municipality=None, period=None)]
    assert render_documents(documents, {}) == (
        "mihon.txt\n"
        "  見本市改革プラン（見本市、2024–2028年度）\n"
        "  ID doc-1　版 1　項目 1　引用単位 1\n"
        "  数の不一致 1、補正 1、読めなかった行 1、備考 1、所管課なし 1\n"
        "mihon.txt\n"
        "  見本市改革プラン\n"
        "  ID doc-1　版 1　項目 1　引用単位 1\n"
        "2文書"
    )


def test_a_report_is_shown_whole() -> None:
    text = render_report(a_stored_document(report=REPORT))
    for line in (
        "  体系　1 窓口：2件",
        "  空欄　所管課：1件",
        "  40行　集計　合計：文書 3、読み取り 2（不一致）",
        "  補正　owners：比財務課 → 財務課",
        "  7行　未読　セルの数が見出しと合わない",
        "  全体　備考　文字コードは CP932",
    ):
        assert line in text.splitlines()


def test_an_ingested_file_is_told_of_with_its_counts_and_remarks() -> None:
    done = Ingested("mihon.txt", "added", "doc-1", an_extraction(an_item()), ("mihon.txt: has the same title",))
    assert render_ingested(done) == "追加 mihon.txt：項目 1、引用単位 1\n  mihon.txt: has the same title"


def test_a_failed_file_is_told_of_with_the_reason_only() -> None:
    assert render_ingested(Ingested("mihon.txt", "failed", remarks=("mihon.txt: empty",))) == "mihon.txt: empty"
