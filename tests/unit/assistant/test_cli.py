import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import main
from vectorstore.catalogue import Catalogue
from vectorstore.corrected_items import new_correction


@pytest.fixture(autouse=True)
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("KAIKAKU_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("KAIKAKU_EMBEDDING", "none")
    return tmp_path / "data"


def run(*arguments: object) -> int:
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as end:
        return int(end.code or 0)


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (("ask", ""), 2, "empty"),
        (("ask", "\u200b\x07"), 2, "empty"),
        (("ask", "\ud800"), 2, "empty"),
        (("ingest", "/nowhere/at/all.txt"), 1, "/nowhere/at/all.txt"),
        (("ingest", "--dry-run", "samples"), 2, "--sync"),
        (("ingest", "--sync", "samples/mihon_plan.txt"), 2, "name a folder"),
        (("ingest", "--jobs", "0", "samples"), 2, "--jobs"),
        (("items", "--missing", "colour"), 2, "--missing"),
        (("items", "--sort", "colour"), 2, "--sort"),
        (("items", "--fiscal-year", "令和"), 2, "--fiscal-year"),
        (("items", "--format", "pdf"), 2, "--format"),
        (("documents", "none"), 1, "kaikaku documents"),
        (("documents", "--delete", "none"), 1, "kaikaku documents"),
        (("evaluate", "/nowhere.jsonl"), 2, "/nowhere.jsonl"),
        (("index", "explode"), 2, "explode"),
        (("explode",), 2, "explode"),
        ((), 2, "COMMAND"),
    ],
)
def test_a_mistake_is_told_of_on_stderr(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, hint: str
) -> None:
    assert run(*arguments) == code
    said = capsys.readouterr()
    assert hint in said.err
    assert said.out == ""


def test_a_folder_without_plans_is_a_mistake(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run("ingest", tmp_path) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_an_unknown_setting_stops_every_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAIKAKU_DTAA", "x")
    assert run("documents") == 2
    assert "KAIKAKU_DATA" in capsys.readouterr().err


def test_a_catalogue_that_is_none_is_told_of(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    data.mkdir()
    (data / "catalogue.sqlite3").write_bytes(b"not a database" * 100)
    assert run("documents") == 1
    assert "catalogue.sqlite3" in capsys.readouterr().err


def test_plans_are_ingested_listed_shown_and_deleted(capsys: pytest.CaptureFixture[str], samples_dir: Path) -> None:
    assert run("ingest", samples_dir) == 0
    said = capsys.readouterr()
    assert (said.out.count("追加 "), said.err) == (3, "")
    assert run("documents", "--json") == 0
    documents = json.loads(capsys.readouterr().out)["documents"]
    assert run("documents") == 0
    assert capsys.readouterr().out.endswith("3文書\n")
    plan = next(document for document in documents if document["source"] == "mihon_plan.txt")
    assert run("documents", plan["id"]) == 0
    assert plan["title"] in capsys.readouterr().out
    assert run("documents", "mihon_plan.txt") == 0
    assert plan["title"] in capsys.readouterr().out
    assert run("readability", "mihon_plan.txt") == 0
    assert "mihon_plan.txt" in capsys.readouterr().out
    assert run("documents", plan["id"], "--json") == 0
    assert json.loads(capsys.readouterr().out)["report"]["items_by_section"]
    assert run("documents", "--delete", plan["id"]) == 0
    assert capsys.readouterr().out == "削除 mihon_plan.txt\n"
    assert run("documents", plan["id"]) == 1


def test_bad_files_are_told_of_one_by_one_and_cost_nothing_that_was_there(
    capsys: pytest.CaptureFixture[str], samples_dir: Path, tmp_path: Path
) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    good = (samples_dir / "mihon_plan.txt").read_bytes()
    bad = {"empty.txt": b"", "binary.txt": bytes(range(256)), "cut.txt": good[:1001], "mihon_plan.txt": good[:1001]}
    for name, data in bad.items():
        (plans / name).write_bytes(data)
    assert run("ingest", samples_dir / "mihon_plan.txt") == 0
    assert run("ingest", "--replace", plans) == 1
    said = capsys.readouterr()
    assert [line.split(":")[1].strip() for line in said.err.splitlines()] == sorted(bad)
    assert run("documents") == 0
    assert capsys.readouterr().out.endswith("1文書\n")


def test_the_same_file_again_changes_nothing(capsys: pytest.CaptureFixture[str], samples_dir: Path) -> None:
    run("ingest", samples_dir / "mihon_plan.txt")
    capsys.readouterr()
    assert run("ingest", samples_dir / "mihon_plan.txt") == 0
    assert capsys.readouterr().out == "変更なし mihon_plan.txt\n"


def test_nothing_is_ingested_into_a_catalogue_that_is_not_empty(
    capsys: pytest.CaptureFixture[str], samples_dir: Path
) -> None:
    assert run("ingest", "--if-empty", samples_dir / "mihon_plan.txt") == 0
    assert run("ingest", "--if-empty", samples_dir) == 0
    capsys.readouterr()
    run("documents")
    assert capsys.readouterr().out.endswith("1文書\n")


def test_items_are_listed_as_table_csv_and_json(capsys: pytest.CaptureFixture[str], samples_dir: Path) -> None:
    run("ingest", samples_dir)
    capsys.readouterr()
    assert run("items", "--format", "json") == 0
    everything = json.loads(capsys.readouterr().out)
    owner = everything["facets"]["owner"][0]
    assert everything["total"] == len(everything["items"])
    assert run("items", "--owner", owner["value"], "--format", "csv") == 0
    assert capsys.readouterr().out.startswith("\ufeffid,municipality,plan,")
    assert run("items", "--owner", owner["value"]) == 0
    assert capsys.readouterr().out.endswith(f"\n{owner['count']}件\n")


def test_a_question_is_answered_with_its_sources(capsys: pytest.CaptureFixture[str], samples_dir: Path) -> None:
    run("ingest", samples_dir / "mihon_plan.txt")
    capsys.readouterr()
    assert run("ask", "「キャッシュレス決済の導入」の所管課はどこですか？", "--municipality", "見本市") == 0
    said = capsys.readouterr().out
    assert "出典\n  [1] " in said
    assert "mihon_plan.txt:" in said


def test_the_index_is_verified_and_rebuilt(capsys: pytest.CaptureFixture[str], samples_dir: Path) -> None:
    run("ingest", samples_dir / "mihon_plan.txt")
    assert run("index", "rebuild") == 0
    assert run("index", "verify") == 0
    assert run("doctor") == 0
    said = capsys.readouterr()
    assert (said.out.splitlines()[-1], said.err) == ("answers: work", "")


def test_questions_of_a_file_are_checked(capsys: pytest.CaptureFixture[str], samples_dir: Path, tmp_path: Path) -> None:
    run("ingest", samples_dir)
    questions = tmp_path / "questions.jsonl"
    right = {
        "id": "right",
        "question": "「キャッシュレス決済の導入」の所管課はどこですか？",
        "scope": {"municipality": "見本市"},
    }
    wrong = {"id": "wrong", "question": "「キャッシュレス決済の導入」の所管課はどこですか？", "facts": ["宇宙課"]}
    questions.write_text("\n".join(map(json.dumps, (right, wrong))), encoding="utf-8")
    capsys.readouterr()
    assert run("evaluate", questions) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("right\tright\t")
    assert lines[1].startswith("wrong\twrong\t")
    assert "missing 宇宙課" in lines[1]
    assert lines[2] == "1 of 2 right"


def test_help_loads_nothing_heavy() -> None:
    heavy = [
        "chromadb",
        "fastapi",
        "langchain_core",
        "numpy",
        "onnxruntime",
        "pydantic",
        "rich",
        "sqlalchemy",
        "sudachipy",
    ]
    code = f"import sys, assistant.cli; sys.exit(' '.join(name for name in {heavy} if name in sys.modules) or None)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_dry_run_shows_what_a_sync_would_do_and_does_nothing(
    capsys: pytest.CaptureFixture[str], samples_dir: Path, tmp_path: Path
) -> None:
    plans = tmp_path / "plans"
    shutil.copytree(samples_dir, plans)
    assert run("ingest", "--sync", plans) == 0
    (plans / "mihon_vision.md").unlink()
    with (plans / "mihon_plan.txt").open("a", encoding="utf-8") as file:
        file.write("\n付記。見直しは毎年度行います。\n")
    capsys.readouterr()
    assert run("ingest", "--sync", plans, "--dry-run") == 0
    table = capsys.readouterr().out
    assert table.endswith("\n追加 0、更新 1、削除 1、不可 0、変更なし 1\n")
    assert run("ingest", "--sync", plans) == 0
    assert capsys.readouterr().out.startswith(table)
    assert run("documents") == 0
    assert capsys.readouterr().out.endswith("2文書\n")


def test_an_empty_folder_deletes_nothing(capsys: pytest.CaptureFixture[str], samples_dir: Path, tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    shutil.copytree(samples_dir, plans)
    run("ingest", "--sync", plans)
    shutil.rmtree(plans)
    plans.mkdir()
    assert run("ingest", "--sync", plans) == 2
    assert run("documents") == 0
    assert capsys.readouterr().out.endswith("3文書\n")


def test_plans_yaml_beside_the_files_is_used_and_its_mistakes_are_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "list.tsv").write_text("番号\t取組項目\t所管課\n1\t集会所の統合\t施設管理課\n", encoding="utf-8")
    assert run("ingest", plans) == 0
    said = capsys.readouterr().out
    assert "題名が読み取れません" in said
    assert "どの自治体のものか読み取れません" in said
    (plans / "plans.yaml").write_text(
        '"*.tsv": {title: 見本市改革プラン, municipality: 見本市}\nmissing.pdf: {kind: plan}\n', encoding="utf-8"
    )
    assert run("ingest", "--sync", "--dry-run", plans) == 0
    assert "更新 1" in capsys.readouterr().out
    assert run("ingest", plans) == 0
    said = capsys.readouterr().out
    assert "読み取れません" not in said
    assert "plans.yaml: no file fits 'missing.pdf'" in said
    assert run("items", "--municipality", "見本市") == 0
    assert capsys.readouterr().out.endswith("\n1件\n")
    (plans / "plans.yaml").write_text("list.tsv: {titel: 見本市改革プラン}", encoding="utf-8")
    assert run("ingest", plans) == 1
    assert "unknown key 'titel'; did you mean title?" in capsys.readouterr().err


def test_corrections_are_listed_turned_into_questions_and_undone(data: Path, samples_dir: Path, tmp_path: Path, capsys):
    assert run("ingest", samples_dir / "mihon_plan.txt") == 0
    with Catalogue.open(f"sqlite:///{data}/catalogue.sqlite3") as catalogue:
        item = next(one for one in catalogue.load().items if one.title == "市税の口座振替の勧奨")
        catalogue.corrections.add(new_correction(item, "owner", "市民税課", "組織\t改正"))
    capsys.readouterr()
    assert run("corrections", "list") == 0
    told = capsys.readouterr().out.rstrip("\n").split("\t")
    assert told[:7] == ["1", "applied", "mihon_plan.txt", item.title, "owner", "収納対策課", "市民税課"]
    assert told[8] == "組織 改正"
    assert run("corrections", "questions") == 0
    (tmp_path / "questions.jsonl").write_text(capsys.readouterr().out, encoding="utf-8")
    assert run("evaluate", tmp_path / "questions.jsonl") == 0
    assert run("corrections", "undo", 1) == 0
    assert run("corrections", "undo", 1) == 1
    assert "kaikaku corrections list" in capsys.readouterr().err
    assert run("corrections", "list") == 0
    assert capsys.readouterr().out == ""


def test_words_that_are_left_out_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.csv").write_text(",".join(f"第{n}課" for n in range(100)), encoding="utf-8")
    assert run("words", "import", tmp_path / "own.csv") == 0
    assert "1 of them with 40 words" in capsys.readouterr().out
