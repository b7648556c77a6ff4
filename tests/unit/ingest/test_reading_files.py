"""Files on disk to Documents."""

from pathlib import Path

import pytest

from ingest.errors import UnreadableDocument, UnsupportedFormat
from ingest.readers import document_id, read_bytes, read_document


def test_a_file_keeps_its_name_and_gets_an_id_from_it_alone(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("# 見本市行政改革プラン\n", encoding="utf-8")
    first = read_document(path)
    path.write_text("# 見本市行政改革プラン\n\n追記\n", encoding="utf-8")
    second = read_document(path)
    assert first.source == "plan.md"
    assert first.id == second.id == document_id("plan.md")
    assert first.content_hash != second.content_hash


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"none\.txt.*check that the file exists"):
        read_document(tmp_path / "none.txt")


def test_a_kind_of_file_without_reader_names_those_with_one() -> None:
    with pytest.raises(UnsupportedFormat, match=r"plan\.xyz.*\.docx.*\.md, \.pdf.*\.txt"):
        read_bytes("plan.xyz", b"plan")
