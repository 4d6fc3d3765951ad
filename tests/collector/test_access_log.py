"""Access logs: the same sums as a truth made beside them, in both formats; what is no page, no line or no person."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bredele.collector.access_log import Read, events
from bredele.core.registry import Registry, Site
from bredele.core.versions import next_version
from bredele.formats.published import PublishedSite
from bredele.stats.event import BOT, VISIT

ZONE = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TOWN = PublishedSite(
    slug="town",
    hosts=("town.example",),
    origin="https://town.example",
    version=next_version(Registry(site=Site(jurisdiction="FR", statistics="pageviews")), None, NOON),
)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0"
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/147.0.0.0 Mobile Safari/537.36"
GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def line(
    target: str = "/",
    *,
    address: str = "8.8.8.8",
    at: datetime = NOON,
    status: int = 200,
    method: str = "GET",
    more: str = f' "-" "{FIREFOX}"',
) -> str:
    """One line; `more` is what the combined format has more."""
    return f'{address} - me [{at:%d/%b/%Y:%H:%M:%S %z}] "{method} {target} HTTP/1.1" {status} 512{more}\n'


def test_a_log_gives_the_same_totals_as_the_truth_it_was_made_from() -> None:
    """Rules: ANA-30"""
    drawn = random.Random(11)  # noqa: S311  # traffic, no secret
    truth: Counter[tuple[str, str]] = Counter()
    lines = []
    for _ in range(3_000):
        at = NOON + timedelta(seconds=drawn.randrange(86_400))
        page, agent = drawn.choice(["/", "/news/", "/a.html"]), drawn.choice([FIREFOX, PHONE, GOOGLE])
        referrer = drawn.choice(["-", "https://search.example/?q=me", "https://town.example/"])
        status, target = drawn.choice([200, 304, 404, 302]), drawn.choice([page, "/style.css", f"{page}?utm_source=x"])
        lines.append(line(target, at=at, status=status, more=f' "{referrer}" "{agent}"'))
        if status > 304 or status == 302 or target == "/style.css":
            truth["other", ""] += 1
        elif agent == GOOGLE:
            truth["robots", ""] += 1
        else:
            truth["hour", f"{at.astimezone(ZONE):%Y-%m-%dT%H}"] += 1
            truth["page", page] += 1
            truth["device", "mobile" if agent == PHONE else "desktop"] += 1
            truth["visits", {"-": "direct", "https://town.example/": ""}.get(referrer, "search.example")] += 1
    read, found = Read(), Counter[tuple[str, str]]()
    for event in events(lines, TOWN, ZONE, read):
        if event.flags & BOT:
            found["robots", ""] += 1
            continue
        found["hour", event.hour] += 1
        found["page", event.page] += 1
        found["device", event.device] += 1
        found["visits", event.referrer if event.flags & VISIT else ""] += 1
        assert event.country == "US"
    found["other", ""] = read.others
    assert found == truth
    assert (read.lines, read.unread) == (3_000, 0)
    assert read.views + read.bots + read.others == 3_000


def test_the_common_format_tells_views_and_no_visit() -> None:
    (event,) = events([line("/a?q=1", more="")], TOWN, ZONE, Read())
    assert (event.page, event.flags, event.device, event.country) == ("/a", 0, "", "US")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (line(method="POST"), "others"),
        (line("/collect?x"), "others"),
        (line("/api/v1/query"), "others"),
        (line("/photo.JPG?size=9"), "others"),
        (line(more=f' "-" "{GOOGLE}"'), "bots"),
        (line(more=' "-" "-"'), "bots"),
        (line(address="2606:4700::1"), "views"),
        (line(more=r' "-" "Mozilla/5.0 \"quoted\" Firefox/147.0"'), "views"),
        (line("/caf%C3%A9/2026-11-24"), "views"),
        ("nonsense\n", "unread"),
        (line().replace("24/Nov", "99/Foo"), "unread"),
        ("\n", ""),
    ],
)
def test_each_line_is_one_thing(text: str, kind: str) -> None:
    read = Read()
    list(events([text], TOWN, ZONE, read))
    counts = {name: getattr(read, name) for name in ("views", "bots", "others", "unread") if getattr(read, name)}
    assert counts == ({kind: 1} if kind else {})


def test_nothing_that_identifies_is_in_an_event() -> None:
    """Rules: ANA-05, ANA-09, ANA-27"""
    text = line("/a?canary=1", address="8.8.4.4", more=f' "https://x.example/canary" "{FIREFOX} canary"')
    (event,) = events([text], TOWN, ZONE, Read())
    assert "canary" not in repr(event)
    assert "8.8.4.4" not in repr(event)
