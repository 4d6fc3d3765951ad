"""Where the tables are."""

from pathlib import Path

from bredele.core.settings import Settings
from bredele.web.database import databases


def test_nothing_said_is_one_file_in_the_data_directory() -> None:
    found = databases(Settings(data=Path("kept")))["default"]
    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == Path("kept/bredele.sqlite3")


def test_a_connection_uri_is_read_whole() -> None:
    address = "postgresql://o%40x:p%3Aw@%2Frun%2FPg:5433/cook%20ies?sslmode=require&application_name=b"
    found = databases(Settings(database=address))["default"]
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("o@x", "p:w", "/run/Pg")
    assert (found["PORT"], found["NAME"]) == ("5433", "cook ies")
    assert found["OPTIONS"] == {"sslmode": "require", "application_name": "b"}


def test_an_address_of_ipv6_is_a_host_too() -> None:
    found = databases(Settings(database="postgresql://me@[::1]:5432/x"))["default"]
    assert (found["HOST"], found["PORT"]) == ("::1", "5432")
