"""The extractor's version follows from the code and data that read plans."""

from importlib.resources import files

from vectorstore.extractor import extractor_version


def test_the_version_is_short_and_stays_while_the_code_stays():
    version = extractor_version()
    extractor_version.cache_clear()
    assert extractor_version() == version
    assert len(version) == 16


def test_the_code_that_reads_plans_is_found():
    assert files("ingest").joinpath("plan_items.py").is_file()
