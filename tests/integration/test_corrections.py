"""What staff corrected is in every answer and list, beside the print, until it is undone; it outlives new readings."""

import json
from pathlib import Path

import pytest

from assistant.answers import Question, Scope
from assistant.bootstrap import build_service
from assistant.errors import NotThere
from assistant.service import Service
from assistant.settings import Settings
from ingest.plan_items import PlanItem
from vectorstore.errors import BadCorrection
from vectorstore.item_filter import ItemFilter

MIHON = Scope("見本市")
BINS = "粗大ごみ処理手数料の改定"


@pytest.fixture
def service(tmp_path: Path, samples_dir: Path) -> Service:
    service = build_service(Settings(data=tmp_path / "data", embedding="none", refresh_seconds=0.05))
    service.add("mihon_plan.txt", (samples_dir / "mihon_plan.txt").read_bytes())
    return service


def item(service: Service, title: str) -> PlanItem:
    return next(one for one in service.corpus().items if one.title == title)


def ask(service: Service, text: str):
    return service.ask(Question(text, scope=MIHON)).answer


def test_an_answer_states_the_correction_and_cites_the_print_beside_it(service: Service):
    service.correct(item(service, BINS).id, "owner", "環境政策課", "令和8年4月の組織改正")
    answer = ask(service, "粗大ごみの手数料の担当課はどこですか")
    assert answer.outcome == "answered"
    assert "環境政策課です。[1][2]" in answer.text
    assert "計画の原文では「資源循環課」ですが、職員が「環境政策課」に訂正しました。" in answer.text
    assert "理由：令和8年4月の組織改正" in answer.text
    printed, corrected = answer.citations
    assert (printed.kind, printed.quote) == ("print", "資源循環課")
    assert corrected.kind == "correction"
    assert corrected.quote.startswith("職員による訂正（")
    assert "資源循環課 → 環境政策課" in corrected.quote


@pytest.mark.parametrize(
    ("field", "value", "question", "stated"),
    [
        ("schedule", "～令和9年度", "粗大ごみ処理手数料の改定はいつですか", "令和9年度（2027年度）まで"),
        ("target_fiscal_years", "令和11年度", "粗大ごみ処理手数料の改定はいつですか", "令和11年度（2029年度）"),
        ("goal", "手数料の割合を45％にする。", "粗大ごみ処理手数料の改定の目標は何ですか", "45％"),
        ("status", "拡充", "粗大ごみ処理手数料の改定は新規ですか継続ですか", "拡充"),
        ("content", "手数料を8段階に分けて見直す。", "粗大ごみ処理手数料の改定の内容を教えてください", "8段階"),
    ],
)
def test_a_corrected_value_is_not_dropped_because_the_source_prints_another(
    service: Service, field: str, value: str, question: str, stated: str
):
    service.correct(item(service, BINS).id, field, value, "誤植")
    answer = ask(service, question)
    assert answer.outcome == "answered"
    assert stated in answer.text
    assert [one.kind for one in answer.citations].count("correction") == 1
    assert all(
        one.quote in "\n".join(service.lines(one.document_id)) for one in answer.citations if one.kind == "print"
    )


def test_lists_counts_and_filters_see_the_correction(service: Service):
    service.correct(item(service, BINS).id, "owner", "人事課、環境政策課", "担当替え")
    listed = ask(service, "人事課が所管する取組項目を一覧にしてください")
    assert BINS in [one.title for one in listed.items]
    assert any(one.kind == "correction" for one in listed.citations)
    assert BINS in [one.title for one in service.items(ItemFilter(owner="環境政策課"))]
    assert service.items(ItemFilter(owner="資源循環課")) == ()


def test_an_item_that_is_listed_for_its_correction_cites_it(service: Service):
    service.correct(item(service, BINS).id, "status", "拡充", "誤植")
    listed = ask(service, "拡充の項目は？")
    assert BINS in [one.title for one in listed.items]
    assert [one.kind for one in listed.citations].count("correction") == 1
    service.correct(item(service, "証明書のコンビニ交付の利用促進").id, "owner", "", "所管は未定")
    lacking = ask(service, "担当が書かれていない項目は？")
    assert "証明書のコンビニ交付の利用促進" in [one.title for one in lacking.items]
    assert "correction" in [one.kind for one in lacking.citations]


def test_an_item_is_found_by_its_corrected_title_and_by_the_printed_one(service: Service):
    service.correct(item(service, BINS).id, "title", "おおがたごみ収集料金の見直し", "正式な名称に直す")
    for asked in ("おおがたごみ収集料金の見直しの所管課は？", "粗大ごみ処理手数料の所管課は？"):
        answer = ask(service, asked)
        assert "「おおがたごみ収集料金の見直し」の所管課は、資源循環課です" in answer.text, asked
        assert "職員が「おおがたごみ収集料金の見直し」に訂正しました" in answer.text


def test_a_field_may_be_corrected_to_blank(service: Service):
    service.correct(item(service, BINS).id, "owner", "", "担当は決まっていない")
    assert BINS in [one.title for one in service.items(ItemFilter(missing="owner"))]


def test_a_correction_outlives_a_new_reading_in_which_its_item_stands_elsewhere(service: Service, samples_dir: Path):
    before = item(service, BINS)
    service.correct(before.id, "owner", "環境政策課", "組織改正")
    text = (samples_dir / "mihon_plan.txt").read_text("utf-8")
    moved = text.replace("(2) 収入を確保する", "(2) 財源を確保する").replace("第1章 計画のあらまし", "第1章 計画の概要")
    service.add("mihon_plan.txt", moved.encode())
    after = item(service, BINS)
    assert after.id != before.id
    assert after.owners == ("環境政策課",)
    assert not after.corrections[0].print_changed


def test_a_correction_whose_print_has_changed_stays_and_is_flagged(service: Service, samples_dir: Path):
    service.correct(item(service, BINS).id, "owner", "環境政策課", "組織改正")
    text = (samples_dir / "mihon_plan.txt").read_text("utf-8")
    service.add("mihon_plan.txt", text.replace("令和8年度	資源循環課", "令和8年度	ごみ対策課").encode())
    found = item(service, BINS)
    assert (found.owners, found.corrections[0].raw) == (("環境政策課",), "ごみ対策課")
    assert found.corrections[0].print_changed
    assert "計画の原文が変わっています" in ask(service, "粗大ごみの手数料の担当課は？").text
    # Looked at again and kept: the new print is what it stands beside from now on.
    service.correct(found.id, "owner", "環境政策課", "確認済み")
    assert not item(service, BINS).corrections[0].print_changed


def test_a_correction_that_the_document_itself_prints_by_now_is_no_correction_any_more(
    service: Service, samples_dir: Path
):
    service.correct(item(service, BINS).id, "owner", "環境政策課", "組織改正")
    text = (samples_dir / "mihon_plan.txt").read_text("utf-8")
    service.add("mihon_plan.txt", text.replace("令和8年度	資源循環課", "令和8年度	環境政策課").encode())
    assert item(service, BINS).corrections == ()
    assert [one.state for one in service.corpus().contents.corrections] == ["in_print"]


def test_a_correction_of_a_deleted_document_waits_for_it_to_come_back(service: Service, samples_dir: Path):
    found = item(service, BINS)
    service.correct(found.id, "owner", "環境政策課", "組織改正")
    service.delete(found.document_id)
    assert [one.state for one in service.corpus().contents.corrections] == ["lost"]
    with pytest.raises(NotThere):
        service.correct(found.id, "owner", "財務課", "間に合わなかった訂正")
    service.add("mihon_plan.txt", (samples_dir / "mihon_plan.txt").read_bytes())
    assert item(service, BINS).owners == ("環境政策課",)


def test_an_undone_correction_leaves_the_print_and_stays_listed(service: Service):
    service.correct(item(service, BINS).id, "owner", "環境政策課", "組織改正")
    number = item(service, BINS).corrections[0].id
    service.undo_correction(number)
    assert item(service, BINS).owners == ("資源循環課",)
    assert [(one.id, one.undone_at is not None) for one in service.catalogue.corrections.all()] == [(number, True)]
    with pytest.raises(NotThere):
        service.undo_correction(number)


def test_a_later_correction_of_the_same_field_takes_the_place_of_the_earlier_one(service: Service):
    for owner in ("環境政策課", "財務課"):
        service.correct(item(service, BINS).id, "owner", owner, "担当替え")
    found = item(service, BINS)
    assert (found.owners, found.corrections[0].raw) == (("財務課",), "資源循環課")
    assert [one.undone_at is None for one in service.catalogue.corrections.all()] == [False, True]


@pytest.mark.parametrize(
    ("field", "value", "hint"),
    [
        ("owner", "資源循環課", "already"),
        ("document_id", "x", "cannot be corrected"),
        ("title", "　", "give the item's title"),
        ("target_fiscal_years", "いつか", "names no year"),
    ],
)
def test_a_correction_that_says_nothing_is_refused(service: Service, field: str, value: str, hint: str):
    version = service.corpus().version
    with pytest.raises(BadCorrection, match=hint):
        service.correct(item(service, BINS).id, field, value, "理由")
    assert service.catalogue.version() == version


def test_every_correction_becomes_a_question_that_is_answered_right(service: Service, tmp_path: Path):
    from assistant.correction_questions import correction_questions
    from assistant.evaluating.cases import read_cases
    from assistant.evaluating.judging import check

    found = item(service, BINS)
    right = {"owner": "環境政策課", "goal": "割合を45％にする。", "schedule": "令和9年度", "status": "拡充"}
    for field, value in right.items():
        service.correct(found.id, field, value, "誤植")
    service.correct(item(service, "公園遊具の計画的な更新").id, "title", "遊具の計画的な更新", "正式な名称")
    lines = list(correction_questions(service.corpus().contents.corrections))
    (tmp_path / "questions.jsonl").write_text("\n".join(lines), "utf-8")
    assert len(lines) == 5
    for case in read_cases(tmp_path / "questions.jsonl"):
        assert check(case, service.ask(case.question).answer) == (), case.question.text
    assert json.loads(lines[0])["scope"] == {"municipality": "見本市", "plan": found.plan}
