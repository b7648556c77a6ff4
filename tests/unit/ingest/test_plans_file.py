from pathlib import Path

import pytest

from ingest.errors import BadDescription
from ingest.extract import extract
from ingest.plans_file import plans_files, read_plans_file, told_by
from ingest.reading import PlanFile, read_plan
from ingest.told import NOTHING_TOLD, Told, unsure_about

PLAN = """\
# 見本市改革プラン

## 第1章 施設をまとめる

番号\t取組項目\t目標\t実施時期\t所管課
1\t集会所の統合\t18か所に減らす\t令和10年度\t施設管理課
"""


def written(folder: Path, text: str, *files: str) -> Path:
    for name in files:
        (folder / name).write_text(PLAN, encoding="utf-8")
    path = folder / "plans.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_entry_tells_about_the_file_of_its_name(tmp_path: Path):
    path = written(
        tmp_path,
        """
改革 プラン（案）.pdf:
  title: 見本市改革プラン
  municipality: 見本市
  period: 令和6年度～令和10年度
  kind: plan
  as_of: 令和5年12月
  series: 改革プラン
""",
    )
    plans = read_plans_file(path)
    assert plans.about("改革 プラン（案）.pdf") == Told(
        "見本市改革プラン", "見本市", (2024, 2028), "plan", "令和5年12月", "改革プラン"
    )
    assert plans.about("other.pdf") == NOTHING_TOLD


def test_a_name_wins_over_globs_and_a_later_glob_over_an_earlier_one(tmp_path: Path):
    text = """
plan.pdf: {title: 計画}
"*.pdf": {title: どれか, municipality: 見本市, kind: plan}
"p*.pdf": {municipality: 手本市}
"""
    assert read_plans_file(written(tmp_path, text)).about("plan.pdf") == Told("計画", "手本市", kind="plan")


def test_names_are_compared_as_they_look(tmp_path: Path):
    plans = read_plans_file(written(tmp_path, "プラン.pdf: {municipality: 見本市}"))
    assert plans.about("フ\u309aラン.pdf").municipality == "見本市"


def test_a_name_with_brackets_is_a_name_too(tmp_path: Path):
    assert read_plans_file(written(tmp_path, '"[1]案.txt": {kind: plan}')).about("[1]案.txt").kind == "plan"


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("[2024, 2028]", (2024, 2028)),
        ("2024", (2024, 2024)),
        ("2024-2028", (2024, 2028)),
        ("R6～R10", (2024, 2028)),
        ("令和6年度", (2024, 2024)),
    ],
)
def test_a_period_can_be_written_in_many_ways(tmp_path: Path, period: str, expected: tuple[int, int]):
    assert read_plans_file(written(tmp_path, f"a.txt: {{period: {period}}}")).about("a.txt").period == expected


def test_a_date_of_yaml_is_a_date(tmp_path: Path):
    assert read_plans_file(written(tmp_path, "a.txt: {as_of: 2023-03-31}")).about("a.txt").as_of == "2023年3月31日"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a.txt: {titel: 計画}", r"plans\.yaml: a\.txt: unknown key 'titel'; did you mean title\?"),
        ("a.txt: {colour: 赤}", r"unknown key 'colour'; use title, municipality, period, kind, as_of, series"),
        ("a.txt: {kind: budget}", r"kind: must be plan or report, not 'budget'"),
        ("a.txt: {period: soon}", r"period: 'soon' is no first and last fiscal year; write 2024-2028 or"),
        ("a.txt: {period: [2028, 2024]}", r"no first and last fiscal year"),
        ("a.txt: {period: true}", r"no first and last fiscal year"),
        ("a.txt: {title: [a]}", r"title: must be a text"),
        ("a.txt: 計画", r"plans\.yaml: is no list of entries; write FILE NAME: \{title"),
        ("- a.txt", r"is no list of entries"),
        ("a: [", r"plans\.yaml: while parsing.*write it as UTF-8 YAML"),
    ],
)
def test_what_is_not_understood_is_named(tmp_path: Path, text: str, complaint: str):
    with pytest.raises(BadDescription, match=complaint):
        read_plans_file(written(tmp_path, text))


def test_a_file_that_is_no_utf8_is_named(tmp_path: Path):
    path = tmp_path / "plans.yaml"
    path.write_bytes("計画.txt: {title: 計画}".encode("cp932"))
    with pytest.raises(BadDescription, match=r"plans\.yaml: .*write it as UTF-8 YAML"):
        read_plans_file(path)


def test_entries_that_fit_no_file_are_remarked(tmp_path: Path):
    path = written(tmp_path, 'a.txt: {kind: plan}\ngone.txt: {kind: plan}\n"*.pdf": {kind: plan}', "a.txt")
    assert list(read_plans_file(path).remarks()) == [
        f"{path}: no file fits 'gone.txt'; mend the name, or remove the entry",
        f"{path}: no file fits '*.pdf'; mend the name, or remove the entry",
    ]


def test_the_file_beside_each_plan_is_read(tmp_path: Path):
    for name in ("east", "west"):
        (tmp_path / name).mkdir()
        written(tmp_path / name, f"plan.txt: {{municipality: {name}市}}", "plan.txt")
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    paths = sorted(tmp_path.rglob("*.txt"))
    told = plans_files(paths)
    assert [told[path.parent].about(path.name).municipality for path in paths if path.parent in told] == [
        "east市",
        "west市",
    ]


def test_what_was_told_wins_over_what_was_read_everywhere():
    told = Told("手本町のこれから", "手本町", (2030, 2031), "report", "令和12年4月", "これから")
    plan = read_plan(PlanFile("plan.md", PLAN.encode(), told))
    document = plan.document
    assert (document.title, document.municipality, document.period) == ("手本町のこれから", "手本町", (2030, 2031))
    assert (document.kind, document.as_of, document.series) == ("report", "令和12年4月", "これから")
    (item,) = plan.extraction.items
    assert (item.plan, item.municipality, item.section) == ("手本町のこれから", "手本町", ("第1章 施設をまとめる",))
    assert all(passage.municipality == "手本町" for passage in plan.extraction.passages)
    assert "手本町のこれから" in plan.extraction.passages[-1].search_text


def test_nothing_told_leaves_the_document_as_it_was_read():
    from ingest.readers import read_bytes

    document = read_bytes("plan.md", PLAN.encode())
    plan = read_plan(PlanFile("plan.md", PLAN.encode()))
    assert (plan.document, plan.extraction) == (document, extract(document))


def test_blank_fields_tell_nothing():
    assert told_by({"title": "", "period": None, "kind": ""}, "form") == NOTHING_TOLD


def test_what_is_neither_printed_nor_told_is_asked_for():
    assert unsure_about(False, None) == ("title", "municipality")
    assert unsure_about(True, "見本市") == ()
