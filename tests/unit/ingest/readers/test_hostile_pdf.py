"""PDF files made to do harm: refused by name with advice, or read, but never without end."""

from collections.abc import Callable, Iterator

import pytest

from ingest.errors import DocumentTooLarge, ReadingStopped, UnreadableDocument
from ingest.page_pictures import render
from ingest.reading import PlanFile, read_plan
from ingest.sandbox import Limits, Sandbox
from tests.unit.ingest.readers import hostile_files
from tests.unit.ingest.readers.hostile_files import CIRCULAR


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(Limits(seconds=60, memory_bytes=1_500_000_000))
    yield sandbox
    sandbox.close()


def test_a_pdf_without_pages_is_refused_for_that_whatever_the_file_before_was() -> None:
    for _ in range(2):
        with pytest.raises(UnreadableDocument, match=r"^plan\.pdf: the PDF has no pages$"):
            read_plan(PlanFile("plan.pdf", hostile_files.a_pdf_without_pages()))
        with pytest.raises(
            UnreadableDocument, match=r"^plan\.pdf: the PDF is protected by a password; save it without"
        ):
            read_plan(PlanFile("plan.pdf", hostile_files.a_locked_pdf()))


def test_a_pdf_of_ten_thousand_pages_is_refused_before_one_is_read() -> None:
    with pytest.raises(DocumentTooLarge, match=r"^plan\.pdf: 10,000 pages, at most 2,000 are read; split the plan"):
        read_plan(PlanFile("plan.pdf", hostile_files.a_pdf_of_ten_thousand_pages()))


@pytest.mark.parametrize("make", CIRCULAR.values(), ids=list(CIRCULAR))
def test_a_pdf_whose_objects_lead_back_to_themselves_is_read_or_refused(
    make: Callable[[], bytes], sandbox: Sandbox
) -> None:
    try:
        plan = sandbox.run("plan.pdf", read_plan, PlanFile("plan.pdf", make()))
    except UnreadableDocument as error:
        said = str(error)
    else:
        said = f"{plan.document.source}: {' '.join(plan.document.lines)}"
    assert said.startswith("plan.pdf: ")


@pytest.mark.parametrize("make", CIRCULAR.values(), ids=list(CIRCULAR))
def test_its_pages_are_drawn_or_said_not_to_be(make: Callable[[], bytes], sandbox: Sandbox) -> None:
    try:
        picture = sandbox.run("plan.pdf", render, "plan.pdf", make(), 1)
    except (UnreadableDocument, ReadingStopped) as error:
        picture = str(error).encode()
    assert picture.startswith((b"\x89PNG", b"plan.pdf: "))
