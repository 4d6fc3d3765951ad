"""What Django is told, and what it is not."""

import importlib
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from bredele.core.errors import BredeleError
from bredele.web.readiness import ready


def test_nothing_that_could_set_a_fifth_cookie_is_installed() -> None:
    """Rules: PLT-01"""
    installed = " ".join(settings.INSTALLED_APPS)
    for unwanted in ("messages", "admin", "usersessions", "socialaccount"):
        assert unwanted not in installed


def test_the_names_and_lifetimes_of_the_cookies_are_the_contracts() -> None:
    """Rules: PLT-01, C2, C3"""
    assert settings.SESSION_COOKIE_NAME == "sessionid"
    assert settings.SESSION_COOKIE_AGE == 14 * 86_400
    assert (settings.CSRF_COOKIE_NAME, settings.CSRF_COOKIE_AGE) == ("csrftoken", None)
    assert settings.LANGUAGE_COOKIE_NAME == "django_language"


def test_nothing_keyed_by_an_address_reaches_a_file() -> None:
    assert settings.CACHES["default"]["BACKEND"].endswith("LocMemCache")


def test_defaults_are_the_most_private(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules: PLT-11"""
    made = reloaded(monkeypatch)
    assert (made.DEBUG, made.BREDELE.bind, made.BREDELE.origin) == (False, "127.0.0.1", "http://localhost:8000")
    assert not made.BREDELE_DEMO_LIE


@pytest.mark.parametrize("origin", ["https://cookies.example", "http://localhost:8000"])
def test_cookies_are_secure_if_and_only_if_the_origin_is_https(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    """Rules: PLT-03, PLT-05"""
    made = reloaded(monkeypatch, BREDELE_ORIGIN=origin)
    secure = origin.startswith("https")
    assert made.SESSION_COOKIE_SECURE is made.CSRF_COOKIE_SECURE is made.LANGUAGE_COOKIE_SECURE is secure


def test_an_unknown_setting_is_named_with_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BredeleError, match="BREDELE_DATA"):
        reloaded(monkeypatch, BREDELE_DATTA="var")


def test_the_tables_are_what_the_models_say(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_project_passes_its_own_checks(db: None) -> None:
    call_command("check", fail_level="WARNING", verbosity=0)


def test_readiness_names_what_is_missing(rf, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ready(rf.get("/readyz")).status_code == 200
    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: ["one"])
    answer = ready(rf.get("/readyz"))
    assert answer.status_code == 503
    assert b"bredele serve" in answer.content


def reloaded(monkeypatch: pytest.MonkeyPatch, **environ: str):
    """The settings module as a process with this environment reads it."""
    for name in [name for name in os.environ if name.startswith("BREDELE_") and name != "BREDELE_DATA"]:
        monkeypatch.delenv(name)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    spec = importlib.util.spec_from_file_location(
        "fresh_settings", Path(importlib.import_module("bredele.web.settings").__file__ or "")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
