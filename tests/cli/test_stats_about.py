"""Whoever asks what the statistics hold of them gets a true answer."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bredele.cli.main import main
from bredele.collector.inbox import open_inbox
from bredele.collector.seen import Seen
from bredele.collector.trimming import client_of, trim
from bredele.formats.published import PublishedSite
from bredele.stats.event import HOUR_FORM

SITE = PublishedSite(slug="town", hosts=("town.example",), origin="https://town.example")
ADDRESS, AGENT, QUERY, MAIL = "203.0.113.77", "Mozilla/5.0 (Curious 9.81)", "q=fee-arrears", "anna@example.org"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A visit as it is counted, waiting in the inbox."""
    url = f"https://town.example/letters/{MAIL}?{QUERY}"
    seen = Seen(name="view", url=url, referrer=f"https://search.example/?{QUERY}")
    hour = datetime.now(UTC).strftime(HOUR_FORM)
    inbox = open_inbox(tmp_path)
    inbox.write([trim(SITE, hour, client_of({"user-agent": AGENT}), seen, ADDRESS)])
    inbox.close()
    return tmp_path


def about(data: Path, *words: str) -> Result:
    """The command on this installation."""
    return CliRunner().invoke(main, ["stats", "about", *words], env={"BREDELE_DATA": str(data)})


@pytest.mark.parametrize("text", [ADDRESS, AGENT, "Curious", QUERY, MAIL, "fee-arrears", "%%%", "___"])
def test_nothing_of_a_person_is_found(data: Path, text: str) -> None:
    """Rules: PLT-12, ANA-09, ANA-10, ANA-11"""
    told = about(data, text)
    assert told.exit_code == 0, told.output
    assert told.output.startswith("It is in no sum.")
    assert "no data relating to a person" in told.output


def test_what_is_found_is_a_sum_of_a_page(data: Path) -> None:
    """Rules: PLT-12"""
    told = json.loads(about(data, "/LETTERS/", "--format", "json").output)
    assert told["sums"] > 0
    assert told["person"] is False
    assert "sums hold it" in about(data, "/letters/").output


def test_too_little_to_look_for_is_refused(data: Path) -> None:
    told = about(data, " a ")
    assert told.exit_code == 2
    assert "in full" in told.output
