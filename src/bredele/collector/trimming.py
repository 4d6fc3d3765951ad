"""From a request to the coarse event that is kept: everything finer ends here."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

import msgspec

from bredele.collector import facts
from bredele.collector.errors import RefusedPost
from bredele.collector.robots import objects, prefetched, robot
from bredele.collector.seen import Seen
from bredele.core.consent import CHOICE_COOKIE, decode
from bredele.core.verdict import may_count
from bredele.formats.published import PublishedSite
from bredele.stats.catalogue import DIRECT, UNKNOWN
from bredele.stats.event import BOUNCE, EXIT, MASKED, VISIT, Event
from bredele.stats.hygiene import clean
from bredele.stats.hygiene import host_of as referrer_host

ERRORS = ("not-found", "script", "resource")
LONGEST_SECONDS, LONGEST_LOAD = 3_600, 60_000


def counts(site: PublishedSite, headers: Mapping[str, str]) -> bool:
    """Whether the site counts at all, and the browser does not object by GPC or Do Not Track (ANA-22)."""
    return site.version is not None and site.version.registry.statistics != "off" and not objects(headers)


def agrees(site: PublishedSite, cookies: Mapping[str, str], today: date) -> bool:
    """Whether no stored choice objects to being counted (ANA-08)."""
    version, value = site.version, cookies.get(CHOICE_COOKIE)
    if version is None or not value:
        return version is not None
    return may_count(version, decode(value, version.purposes_of, today))


class Client(msgspec.Struct, frozen=True, gc=False):
    """What is kept of a browser; `robot`: nobody looks at the page. Thousands of visitors share one."""

    device: str
    browser: str
    language: str
    robot: bool = False


def client_of(headers: Mapping[str, str]) -> Client:
    """From a request's headers, judged in memory; names as `user-agent`, or the mapping does not mind."""
    software = headers.get("user-agent", "")
    device, browser = facts.software(software)
    language = facts.language(headers.get("accept-language", ""))
    return Client(device, browser, language, robot(software) or prefetched(headers))


def trim(
    site: PublishedSite,
    hour: str,
    client: Client,
    seen: Seen,
    address: str,
    parameters: tuple[str, ...] = (),
    flags: int = 0,
) -> Event:
    """The event: `address` gives the country and goes no further; RefusedPost 422 for an unknown kind of error.

    `parameters`: query parameters that are content; `flags`: the visitor's firsts.
    """
    page, masked = clean(seen.url, parameters)
    flags |= MASKED if masked else 0
    if seen.name == "view":
        source = referrer_host(seen.referrer) if seen.referrer else ""
        return Event(
            site.slug,
            hour,
            "view",
            page,
            flags if seen.again or source in names_of(site.hosts) else flags | VISIT,
            source or DIRECT,
            facts.country(address) if address else UNKNOWN,
            client.device,
            client.browser,
            client.language,
            facts.screen(int(seen.width)),
        )
    if seen.name == "leave":
        flags |= (EXIT if seen.exit else 0) | (BOUNCE if seen.exit and seen.entry else 0)
        seconds, load = whole(seen.seconds, LONGEST_SECONDS), whole(seen.load, LONGEST_LOAD)
        return Event(site.slug, hour, "leave", page, flags, seconds=seconds, load=load)
    return Event(site.slug, hour, seen.name, page, flags, target=target_of(seen))


def target_of(seen: Seen) -> str:
    """What an action was about: a host, a path, or a kind of error."""
    if seen.name == "outbound":
        return referrer_host(seen.target) or UNKNOWN
    if seen.name == "download":
        return clean(seen.target)[0]
    if seen.target not in ERRORS:
        raise RefusedPost(422, "There is no such kind of error.", where="target", cure=f"Known: {', '.join(ERRORS)}.")
    return seen.target


def whole(amount: float, most: int) -> int:
    """A whole number from 0 to the most that is believed; -1 for what was not told."""
    return -1 if not amount >= 0 else min(round(min(amount, most)), most)


@lru_cache(maxsize=1024)
def names_of(hosts: tuple[str, ...]) -> frozenset[str]:
    """A site's hosts as a referrer's host is written."""
    return frozenset(host.removeprefix("www.") for host in hosts)


@lru_cache(maxsize=8192)
def url_host(url: str) -> str:
    """The host of a URL, lower case; empty for a path or for what is no URL."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
