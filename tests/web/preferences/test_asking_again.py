"""A visitor is asked again only about what materially changed, and reads what that is; else not before six months."""

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import msgspec
import pytest

from bredele.core.consent import CHOICE_COOKIE, choose, decode, encode
from bredele.core.lifetime import add_months, parse_lifetime
from bredele.core.registry import Registry, Version
from bredele.core.set_cookie import parse
from tests.web.conftest import Publish, browser

pytestmark = pytest.mark.django_db
TODAY = datetime.now(UTC).date()
PAGE = "/cookies/preferences/"
PURPOSES = ("measurement", "personalisation", "advertising")


def cookie(version: Version, *granted: str, day: date = TODAY) -> str:
    """The choice cookie of somebody who answered this version."""
    return encode(choose(version, granted, day))


def read(value: str, path: str = "/") -> str:
    """The page this visitor gets."""
    visitor = browser("town.localhost:8000")
    visitor.cookies[CHOICE_COOKIE] = value
    return visitor.get(path).content.decode()


def banner(page: str) -> str:
    """The banner's markup, or nothing."""
    found = re.search(r"<section[^>]*data-bredele-banner.*?</section>", page, re.DOTALL)
    return found.group() if found else ""


def changed(version: Version, name: str, **changes: object) -> Registry:
    """The registry with one entry changed."""
    cookies = tuple(
        msgspec.structs.replace(entry, **changes) if name in entry.names else entry
        for entry in version.registry.cookies
    )
    return msgspec.structs.replace(version.registry, cookies=cookies)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"provider": "Other Ads"}, "pages_seen now comes from Other Ads instead of Bredele."),
        ({"lifetime": parse_lifetime("P2M")}, "pages_seen stays longer: 2 months instead of 1 month."),
        ({"third_party_access": ("Partner", "Broker")}, "pages_seen can now also be read by Broker."),
        ({"hosts": ("partner.localhost", "cdn.localhost")}, "pages_seen is now also used on cdn.localhost."),
        ({"refreshed": True}, "How long pages_seen stays (1 month) now starts again at each visit."),
        ({"names": ("pages_seen", "more_seen")}, "New name: more_seen, by Bredele."),
    ],
    ids=["provider", "lifetime", "access", "hosts", "refreshed", "names"],
)
def test_only_the_purpose_that_changed_is_asked_again_and_the_change_is_said(
    asking_site: Version, publish: Publish, changes: dict[str, object], told: str
) -> None:
    """Rules: REG-10, BAN-11"""
    value = cookie(asking_site, *PURPOSES)
    assert not banner(read(value))
    publish("town", changed(asking_site, "pages_seen", **changes), "town.localhost")
    asked = banner(read(value))
    assert told in asked
    assert f"You answered on {TODAY.day} {TODAY:%B %Y}" in asked
    assert re.findall(r'name="about" value="([^"]+)"', asked) == ["advertising"]
    assert "<strong>Personalisation" not in asked
    ticks = dict(re.findall(r'type="checkbox" name="purpose" value="([^"]+)"( checked)?', asked))
    assert ticks == {"personalisation": " checked", "advertising": ""}
    assert "You are asked about that only" in asked
    page = read(value, PAGE)
    assert told in page
    assert "You are asked about that only" not in page
    assert re.search(r'id="purpose-personalisation"[^>]* checked', page)
    assert not re.search(r'id="purpose-advertising"[^>]* checked', page)


@pytest.mark.parametrize(
    "changes",
    [{"lifetime": parse_lifetime("P20D")}, {"purpose_text": {"en": "Other words", "fr": "D’autres mots"}}],
    ids=["shorter", "wording"],
)
def test_wording_and_narrower_use_never_ask_again(
    asking_site: Version, publish: Publish, changes: dict[str, object]
) -> None:
    """Rules: REG-10, BAN-11"""
    publish("town", changed(asking_site, "pages_seen", **changes), "town.localhost")
    assert not banner(read(cookie(asking_site)))
    assert not banner(read(cookie(asking_site, *PURPOSES)))


@pytest.mark.parametrize(
    ("choice", "before", "after"),
    [
        ("accept", (), {"measurement": False, "personalisation": False, "advertising": True}),
        ("refuse", PURPOSES, {"measurement": True, "personalisation": True, "advertising": False}),
        ("accept", PURPOSES, {"measurement": True, "personalisation": True, "advertising": True}),
    ],
)
def test_answering_what_changed_leaves_every_other_answer(
    asking_site: Version, publish: Publish, choice: str, before: tuple[str, ...], after: dict[str, bool]
) -> None:
    """Rules: REG-10"""
    now = publish("town", changed(asking_site, "pages_seen", provider="Other Ads"), "town.localhost")
    visitor = browser("town.localhost:8000")
    visitor.cookies[CHOICE_COOKIE] = cookie(asking_site, *before)
    body = urlencode({"choice": choice, "about": "advertising", "version": "2", "next": "/"})
    answer = visitor.post(PAGE, body, content_type="application/x-www-form-urlencoded")
    given = parse(next(iter(answer.cookies.values())).output(header="").strip())
    stored = decode(given.value, now.purposes_of, TODAY)
    assert stored is not None
    assert (stored.answers, stored.version) == (after, 2)
    assert not banner(read(given.value))


def test_a_change_made_and_undone_is_told_without_inventing_one(asking_site: Version, publish: Publish) -> None:
    publish("town", changed(asking_site, "pages_seen", provider="Other Ads"), "town.localhost")
    publish("town", asking_site.registry, "town.localhost")
    asked = banner(read(cookie(asking_site, *PURPOSES)))
    assert "The policy has changed since." in asked


@pytest.mark.parametrize("granted", [(), PURPOSES], ids=["refused", "accepted"])
def test_nobody_is_asked_again_before_six_calendar_months_nor_spared_after(
    asking_site: Version, granted: tuple[str, ...]
) -> None:
    """Rules: BAN-11, BAN-12"""
    half = datetime.combine(TODAY, datetime.min.time())
    first = next(
        TODAY - timedelta(days=back)
        for back in range(180, 186)
        if add_months(datetime.combine(TODAY - timedelta(days=back), datetime.min.time()), 6) <= half
    )
    assert not banner(read(cookie(asking_site, *granted, day=first + timedelta(days=1))))
    assert banner(read(cookie(asking_site, *granted, day=first - timedelta(days=1))))


@pytest.mark.parametrize(
    "value",
    ["forged", "1.1.111.x y", "zz.6q.111", "1.zzzz.111", "1.6q.1", "1.6q.1111111", "", "1." * 2000, "%00"],
)
def test_a_cookie_that_cannot_be_read_means_the_most_protective_state_and_a_working_page(
    asking_site: Version, value: str
) -> None:
    """Rules: BAN-05, BAN-01"""
    assert banner(read(value))
    page = read(value, PAGE)
    assert "counts for nothing" in page or ("You have not answered yet" in page and not value)
    assert not re.search(r"<input[^>]* checked", page)
