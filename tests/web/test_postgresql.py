"""The same platform with its tables in PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Running, running

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    data: Path = tmp_path_factory.mktemp("grown")
    with running("demo", "--no-proof", data=data, BREDELE_DATABASE=postgresql) as started:
        yield started


def test_the_example_is_published_and_served(server: Running) -> None:
    answer = server.ask("/terms/cookies-policy/")
    assert answer.status == 200
    assert "cookies_preferences" in answer.body
    assert not answer.cookies
    assert server.ask("/readyz").body == "ready\n"


def test_nothing_relational_is_left_in_the_data_directory(server: Running) -> None:
    assert not (server.data / "bredele.sqlite3").exists()


def test_the_owner_signs_in(server: Running) -> None:
    name, password = server.account
    page = server.ask("/accounts/login/")
    token = page.cookies[0].split(";")[0].split("=")[1]
    field = page.body.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    answer = server.ask(
        "/accounts/login/",
        method="POST",
        body=f"csrfmiddlewaretoken={field}&login={name}&password={password}",
        Content_Type="application/x-www-form-urlencoded",
        Cookie=f"csrftoken={token}",
        Origin=server.origin,
    )
    assert answer.status == 302
    assert any(line.startswith("sessionid=") for line in answer.cookies)
