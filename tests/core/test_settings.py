"""Settings: read once, each wrong one named with its cure."""

from pathlib import Path

import pytest

from bredele.core.errors import BredeleError
from bredele.core.settings import Settings, read_settings


def test_without_variables_every_setting_has_its_default() -> None:
    """Rules: PLT-11"""
    assert read_settings({"PATH": "/bin", "HOME": "/root"}) == Settings()


def test_variables_are_read_by_their_type() -> None:
    settings = read_settings(
        {
            "BREDELE_DATA": "/srv/bredele",
            "BREDELE_HOSTS": "a.example, b.example",
            "BREDELE_SESSION_DAYS": "7",
            "BREDELE_DEBUG": "true",
            "BREDELE_ORIGIN": "https://cookies.example",
        }
    )
    assert settings.data == Path("/srv/bredele")
    assert settings.hosts == settings.own_hosts == ("a.example", "b.example")
    assert (settings.session_days, settings.debug) == (7, True)
    assert (settings.secure, settings.host, settings.port) == (True, "cookies.example", 443)


@pytest.mark.parametrize(
    ("name", "value", "where"),
    [
        ("BREDELE_COLOUR", "red", "BREDELE_COLOUR"),
        ("BREDELE_SESSION_DAYS", "many", "BREDELE_* settings"),
        ("BREDELE_ORIGIN", "cookies.example", "BREDELE_ORIGIN"),
        ("BREDELE_ORIGIN", "https://a.example/path", "BREDELE_ORIGIN"),
        ("BREDELE_ORIGIN", "ftp://a.example", "BREDELE_ORIGIN"),
        ("BREDELE_ORIGIN", "http://a.example", "BREDELE_ORIGIN"),
    ],
)
def test_a_wrong_setting_is_named_with_its_cure(name: str, value: str, where: str) -> None:
    with pytest.raises(BredeleError) as caught:
        read_settings({name: value})
    assert caught.value.where == where
    assert caught.value.cure


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "town.localhost", "[::1]"])
def test_plain_http_is_for_this_machine_only(host: str) -> None:
    """Rules: C7, PLT-03"""
    settings = read_settings({"BREDELE_ORIGIN": f"http://{host}:8000"})
    assert not settings.secure
    assert settings.port == 8000
    assert settings.own_hosts == (settings.host,)


@pytest.mark.parametrize("address", ["mysql://a/b", "postgresql://host", "postgresql://host/", "bredele.sqlite3"])
def test_a_database_that_is_no_postgresql_is_refused_and_its_password_never_told(address: str) -> None:
    with pytest.raises(BredeleError) as caught:
        read_settings({"BREDELE_DATABASE": address.replace("//", "//me:hush@")})
    assert caught.value.where == "BREDELE_DATABASE"
    assert "hush" not in str(caught.value)
