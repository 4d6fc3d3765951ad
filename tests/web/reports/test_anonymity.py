"""The word "anonymous" is on a page only while the checks pass; no other template says it."""

import re
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from django.test import Client
from django.utils import timezone

from bredele.collector.checks import kept
from bredele.collector.checks.outcome import Outcome
from bredele.collector.checks.running import ANONYMOUS, CHECKS
from bredele.core.registry import Version

FINE = tuple(Outcome(rule=rule, ok=True, message="") for rule in CHECKS)
PAGES = ("/data/", "/terms/cookies-policy/")
TEMPLATES = Path(__file__).parents[3] / "src" / "bredele" / "web"


def main_of(client: Client, path: str) -> str:
    """What a visitor reads."""
    page = client.get(path).content.decode()
    return re.sub(r"<script.*?</script>", "", page[page.index("<main") :], flags=re.DOTALL)


@pytest.mark.parametrize("path", PAGES)
def test_the_word_comes_with_the_checks_and_goes_with_them(
    client: Client, published_site: Version, data: Path, path: str
) -> None:
    """Rules: ANA-28"""
    assert "nonym" not in main_of(client, path)
    kept.keep(data, FINE, timezone.now())
    page = main_of(client, path)
    assert "The statistics are anonymous" in page
    assert 'data-bredele-anonymous="shown"' in page
    assert "Les statistiques sont anonymes" in main_of(client, f"{path}?lang=fr")
    for rule in ANONYMOUS:
        kept.keep(data, tuple(msgspec.structs.replace(one, ok=one.rule != rule) for one in FINE), timezone.now())
        page = main_of(client, path)
        assert "statistics are anonymous" not in page
        assert "did not pass" in page
    kept.keep(data, FINE, timezone.now() - timedelta(days=9))
    assert "statistics are anonymous" not in main_of(client, path)


def test_a_site_that_counts_nothing_promises_nothing(client: Client, publish: object, data: Path) -> None:
    """Rules: ANA-28"""
    from tests.web.conftest import registry

    what = registry()
    off = msgspec.structs.replace(what, site=msgspec.structs.replace(what.site, statistics="off"))
    publish("civis", off)  # type: ignore[operator]  # the fixture is a function
    kept.keep(data, FINE, timezone.now())
    assert all("nonymous" not in main_of(client, path) for path in PAGES)


def test_no_other_template_says_the_word() -> None:
    """Rules: ANA-28"""
    tag = re.compile(r"{% (?!translate|blocktranslate).*?%}")
    files = [path for path in TEMPLATES.rglob("*.html") if path.name != "anonymous.html"]
    said = [path.name for path in files if "anonym" in tag.sub("", path.read_text()).lower()]
    assert len(files) > 50
    assert said == []
