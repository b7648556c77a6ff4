"""A folder is compared with what is stored, and the catalogue made to hold what the folder holds."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.ingesting import Ingested, Ingesting
from assistant.syncing import bring_up_to_date, compare
from vectorstore.catalogue import Catalogue

TEXT = "見本市改革プラン\n\n{}の案内を見直します。\n"


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite3") as catalogue:
        yield catalogue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    return folder


def write(path: Path, text: str = "窓口") -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(TEXT.format(text), encoding="utf-8")
    return path


def states(folder: Path, catalogue: Catalogue) -> dict[str, str]:
    return {one.source: one.state for one in compare([folder], catalogue)}


def sync(folder: Path, catalogue: Catalogue) -> list[Ingested]:
    return list(bring_up_to_date(compare([folder], catalogue), Ingesting(catalogue, lambda _: None)))


def sources(catalogue: Catalogue) -> list[str]:
    return [document.source for document in catalogue.documents()]


def test_unchanged_new_changed_and_gone_files_are_told_apart_without_changing_anything(
    folder: Path, catalogue: Catalogue
):
    for name in ("same.txt", "changed.txt", "gone.txt"):
        write(folder / name)
    sync(folder, catalogue)
    write(folder / "changed.txt", "電話")
    (folder / "gone.txt").unlink()
    write(folder / "new.txt")
    before = catalogue.load()
    expected = {"same.txt": "unchanged", "changed.txt": "changed", "gone.txt": "gone", "new.txt": "new"}
    assert states(folder, catalogue) == expected
    assert catalogue.load() == before


def test_after_a_sync_the_catalogue_holds_what_the_folder_holds(folder: Path, catalogue: Catalogue):
    for name in ("a.txt", "b.txt"):
        write(folder / name)
    sync(folder, catalogue)
    (folder / "b.txt").unlink()
    write(folder / "a.txt", "電話")
    write(folder / "deeper" / "c.txt", "庁舎")
    assert [(one.source, one.result) for one in sync(folder, catalogue)] == [
        ("b.txt", "deleted"),
        ("a.txt", "replaced"),
        ("c.txt", "added"),
    ]
    assert sources(catalogue) == ["a.txt", "c.txt"]
    assert set(states(folder, catalogue).values()) == {"unchanged"}


def test_documents_from_elsewhere_and_uploads_stay(folder: Path, tmp_path: Path, catalogue: Catalogue):
    ingesting = Ingesting(catalogue, lambda _: None)
    list(ingesting.add_files([write(tmp_path / "plans and more" / "other.txt")]))
    ingesting.add(replace_name(write(folder / "upload.txt"), "uploaded.txt"))
    (folder / "upload.txt").unlink()
    shutil.rmtree(tmp_path / "plans and more")
    write(folder / "a.txt", "庁舎")
    sync(folder, catalogue)
    assert sources(catalogue) == ["a.txt", "other.txt", "uploaded.txt"]


def replace_name(path: Path, name: str):
    from ingest.reading import open_plan

    return replace(open_plan(path), name=name)


def test_a_file_that_moved_inside_the_folder_is_not_gone(folder: Path, catalogue: Catalogue):
    write(folder / "old" / "plan.txt")
    sync(folder, catalogue)
    (folder / "new").mkdir()
    (folder / "old" / "plan.txt").rename(folder / "new" / "plan.txt")
    assert states(folder, catalogue) == {"plan.txt": "unchanged"}
    write(folder / "new" / "plan.txt", "電話")
    assert [one.result for one in sync(folder, catalogue)] == ["replaced"]


def test_a_renamed_file_takes_the_place_of_the_old_one(folder: Path, catalogue: Catalogue):
    write(folder / "draft.txt")
    sync(folder, catalogue)
    (folder / "draft.txt").rename(folder / "final.txt")
    assert [(one.result, one.remarks) for one in sync(folder, catalogue)] == [("deleted", ()), ("added", ())]
    assert sources(catalogue) == ["final.txt"]


def test_of_two_different_files_of_one_name_the_second_is_refused_by_name(folder: Path, catalogue: Catalogue):
    write(folder / "east" / "plan.txt", "東")
    write(folder / "west" / "plan.txt", "西")
    first, second = compare([folder], catalogue)
    assert (first.state, second.state) == ("new", "refused")
    assert second.why == (
        f"{folder}/west/plan.txt: a different file of this name is {folder}/east/plan.txt; rename one of the two"
    )
    assert [one.result for one in sync(folder, catalogue)] == ["added", "failed"]


def test_a_file_named_as_one_that_stands_elsewhere_does_not_replace_it(
    folder: Path, tmp_path: Path, catalogue: Catalogue
):
    list(Ingesting(catalogue, lambda _: None).add_files([write(tmp_path / "elsewhere" / "plan.txt", "東")]))
    write(folder / "plan.txt", "西")
    assert states(folder, catalogue) == {"plan.txt": "refused"}
    shutil.rmtree(tmp_path / "elsewhere")
    assert [one.result for one in sync(folder, catalogue)] == ["replaced"]


def test_a_changed_file_that_cannot_be_read_leaves_its_old_revision(folder: Path, catalogue: Catalogue):
    write(folder / "plan.txt")
    sync(folder, catalogue)
    (folder / "plan.txt").write_bytes(bytes(range(256)))
    (failed,) = sync(folder, catalogue)
    assert (failed.result, sources(catalogue)) == ("failed", ["plan.txt"])


@pytest.mark.parametrize(
    "name",
    [
        "two words.txt",
        "全角　の　名前　（令和５年）.txt",
        "が" * 83 + ".md",
        "plan...txt",
        "plan..%2f..%2f.txt",
        "plan\n2.txt",
        "-rf.txt",
        "[1].txt",
        "*.txt",
    ],
)
def test_a_file_of_any_name_is_synced_and_found_gone_again(folder: Path, catalogue: Catalogue, name: str):
    write(folder / "other.txt", "庁舎")
    write(folder / name)
    assert {one.result for one in sync(folder, catalogue)} == {"added"}
    assert states(folder, catalogue)[name] == "unchanged"
    (folder / name).unlink()
    assert states(folder, catalogue)[name] == "gone"


def test_a_name_that_is_no_utf8_is_refused_with_advice(folder: Path, catalogue: Catalogue):
    Path(os.fsdecode(os.fsencode(folder) + b"/\x8c\x76\x89\xe6.txt")).write_text(TEXT, encoding="utf-8")
    (failed,) = sync(folder, catalogue)
    assert failed.result == "failed"
    assert "name is no UTF-8; rename the file" in failed.remarks[0]


def test_a_folder_may_be_named_by_a_link_or_with_dots(folder: Path, tmp_path: Path, catalogue: Catalogue):
    write(folder / "a.txt")
    write(folder / "b.txt", "電話")
    (tmp_path / "link").symlink_to(folder)
    sync(tmp_path / "link", catalogue)
    (folder / "a.txt").unlink()
    assert states(folder, catalogue)["a.txt"] == "gone"
    assert states(folder / ".." / "plans", catalogue)["a.txt"] == "gone"
