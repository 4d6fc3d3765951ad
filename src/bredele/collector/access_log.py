"""Access logs as a source: lines of the "common" and the "combined" format become the events a page would have told.

Addresses and software are read in memory, and end there as they do for a request. A log tells no reload, no time and no
objection; without a referrer ("common") it tells no visit either.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from bredele.collector.robots import robot
from bredele.collector.seen import URL_LIMIT, Seen
from bredele.collector.trimming import client_of, trim
from bredele.formats.published import PublishedSite
from bredele.stats.event import BOT, HOUR_FORM, Event

LINE = re.compile(
    r"(?P<address>\S+) \S+ .*? \[(?P<time>[^\]]{20,30})\] "
    r'"(?P<method>[A-Z]+) (?P<target>\S+)(?: HTTP/[\d.]+)?" (?P<status>\d{3}) (?:\d+|-)'
    r'(?: "(?P<referrer>(?:[^"\\]|\\.)*)" "(?P<agent>(?:[^"\\]|\\.)*)")?'
)
SEEN = ("200", "304")
"""A page that was sent, or that the browser still had."""
FILE = re.compile(r"\.(?!html?$|php$|aspx?$)[a-z][a-z0-9]{0,5}$", re.IGNORECASE | re.ASCII)
"""What ends like a file is no page."""
OWN = ("/collect", "/consent", "/bredele/", "/api/", "/accounts/", "/backoffice/", "/static/")


class Read(msgspec.Struct):
    """What became of the lines so far: `views` and `bots` are counted; `others` are no pages; `unread` no log lines."""

    lines: int = 0
    views: int = 0
    bots: int = 0
    others: int = 0
    unread: int = 0


def events(lines: Iterable[str], site: PublishedSite, zone: ZoneInfo, read: Read) -> Iterator[Event]:
    """The events of the lines, in the installation's time zone; `read` grows along."""
    for line in lines:
        read.lines += 1
        found = LINE.match(line)
        hour = hour_of(found["time"], zone) if found else ""
        if found is None or not hour:
            read.unread += bool(line.strip())
        elif not is_page(found["method"], found["target"], found["status"]):
            read.others += 1
        else:
            event = event_of(found, site, hour)
            read.bots += bool(event.flags & BOT)
            read.views += not event.flags & BOT
            yield event


def event_of(found: re.Match[str], site: PublishedSite, hour: str) -> Event:
    """One view. The common format names no browser, so nobody in it can be known for a robot."""
    agent, referrer = found["agent"], found["referrer"]
    if agent is not None and robot("" if agent == "-" else agent):
        return Event(site.slug, hour, "view", "", BOT)
    came = "" if referrer in (None, "-") else referrer
    seen = Seen(name="view", url=found["target"][:URL_LIMIT], referrer=came[:URL_LIMIT], again=referrer is None)
    event = trim(site, hour, client_of({"user-agent": agent or ""}), seen, found["address"])
    return event if agent else msgspec.structs.replace(event, device="", browser="")


def is_page(method: str, target: str, status: str) -> bool:
    """Whether a person got a page by it, as far as a log can tell."""
    path = target.partition("?")[0]
    return method == "GET" and status in SEEN and not path.startswith(OWN) and not FILE.search(path)


def hour_of(text: str, zone: ZoneInfo) -> str:
    """The hour, in a zone, of `24/Nov/2026:13:05:59 +0100`; empty for anything else."""
    return hour_within(f"{text[:18]}00{text[20:]}", zone)


@lru_cache(maxsize=4096)
def hour_within(minute: str, zone: ZoneInfo) -> str:
    """The same for whole minutes, which thousands of lines share."""
    try:
        return datetime.strptime(minute, "%d/%b/%Y:%H:%M:%S %z").astimezone(zone).strftime(HOUR_FORM)
    except ValueError:
        return ""
