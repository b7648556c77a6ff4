from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.errors import SettingsError
from assistant.settings import Settings, load_settings


def test_defaults_need_no_variable() -> None:
    settings = load_settings()
    assert settings.data == Path("data")
    assert settings.catalogue_url == f"sqlite:///{Path('data').absolute()}/catalogue.sqlite3"
    assert (settings.host, settings.port, settings.embedding) == ("127.0.0.1", 8000, "e5")


def test_every_setting_has_a_description() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_data_folder_holds_the_catalogue(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KAIKAKU_DATA", str(tmp_path))
    assert load_settings().catalogue_url == f"sqlite:///{tmp_path}/catalogue.sqlite3"


def test_a_database_url_wins_and_its_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIKAKU_DATABASE_URL", "postgresql+psycopg://user:open-sesame@db/kaikaku")
    settings = load_settings()
    assert settings.catalogue_url == "postgresql+psycopg://user:open-sesame@db/kaikaku"
    assert "open-sesame" not in repr(settings)


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIKAKU_CHROMA_URL", "")
    assert load_settings().chroma_url is None


def test_a_misspelt_variable_is_named_with_the_right_spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIKAKU_DTAA", "/srv")
    with pytest.raises(SettingsError, match="KAIKAKU_DTAA: did you mean KAIKAKU_DATA"):
        load_settings()


def test_an_unknown_variable_is_named_with_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIKAKU_XYZZY", "1")
    with pytest.raises(SettingsError, match=r"KAIKAKU_XYZZY: after KAIKAKU_ comes one of DATA, .*PORT"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "70000"),
        ("PORT", "eight"),
        ("EMBEDDING_WORKERS", "0"),
        ("LOG_LEVEL", "loud"),
        ("CHROMA_URL", "chroma:8000"),
        ("MAX_REQUEST_BYTES", "77"),
        ("REFRESH_SECONDS", "60"),
        ("ADMIN_TOKEN", "easy-to-guess"),
        ("RETENTION_DAYS", "0"),
    ],
)
def test_a_value_out_of_bounds_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"KAIKAKU_{name}", value)
    with pytest.raises(SettingsError, match=f"KAIKAKU_{name}: ") as caught:
        load_settings()
    assert value not in str(caught.value)


def test_settings_cannot_be_changed() -> None:
    settings = load_settings()
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]
