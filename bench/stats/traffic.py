"""Made-up traffic: the increments that so many page views over thirty days leave, without sending them one by one.

Shares follow Zipf's law as in real sites: 5,000 pages, 1,000 referring hosts, 55 countries, four classes of device.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from bredele.stats.event import Cell, Hourly, Increment

PAGES, REFERRERS, COUNTRIES = 5_000, 1_000, 55
DEVICES = (("desktop", 0.52), ("mobile", 0.43), ("tablet", 0.05))
BROWSERS = (("Chrome", 0.6), ("Safari", 0.2), ("Firefox", 0.1), ("Edge", 0.08), ("other", 0.02))
SCREENS = (("small", 0.4), ("medium", 0.1), ("large", 0.3), ("wide", 0.2))
LOADS = (("< 0.5 s", 0.3), ("0.5-1 s", 0.4), ("1-2.5 s", 0.2), ("2.5-4 s", 0.07), ("4-10 s", 0.02), ("> 10 s", 0.01))
HOURS = (2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 12, 11, 9, 11, 12, 12, 11, 10, 9, 9, 9, 8, 6, 4)
VISIT_SHARE, BOUNCE_SHARE, DAYS = 0.4, 0.45, 30
Shares = tuple[tuple[str, float], ...]


def zipf(names: list[str], exponent: float) -> Shares:
    """Names with their shares, which sum to one."""
    weights = [1 / (rank + 1) ** exponent for rank in range(len(names))]
    whole = sum(weights)
    return tuple((name, weight / whole) for name, weight in zip(names, weights, strict=True))


PAGE_SHARES = zipf(["/", *(f"/section-{n % 40}/article-{n % 997}-{n}/" for n in range(1, PAGES))], 1.1)
REFERRER_SHARES = zipf(["direct", *(f"site-{number}.example" for number in range(1, REFERRERS))], 1.05)
COUNTRY_SHARES = zipf([f"{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(COUNTRIES)], 1.3)
LANGUAGE_SHARES = zipf(["fr", "en", "de", "es", "it", "nl", "pt", "pl", "sv", "ja"], 1.2)


def split(total: int, shares: Shares) -> Iterator[tuple[str, int]]:
    """A total divided by shares, exactly: the parts sum to it."""
    bounds = [round(total * part) for part in accumulate(share for _, share in shares)]
    bounds[-1] = total
    before = 0
    for (name, _), bound in zip(shares, bounds, strict=True):
        if bound > before:
            yield name, bound - before
        before = max(before, bound)


def day_of(site: str, day: date, views: int) -> list[Increment]:
    """Everything one day of so many views leaves."""
    parts: list[Increment] = []
    visits, text = round(views * VISIT_SHARE), day.isoformat()
    for metric, total in (
        ("views", views), ("visits", visits), ("exits", visits), ("bounces", round(visits * BOUNCE_SHARE)),
        ("visitors_day", round(visits * 0.9)), ("leaves", views), ("seconds", views * 40), ("loads", views),
        ("load_ms", views * 900), ("outbound", views // 50), ("download", views // 100), ("error", views // 500),
    ):  # fmt: skip
        hours = tuple((f"{text}T{hour:02}", share / sum(HOURS)) for hour, share in enumerate(HOURS))
        parts += [Hourly(site, hour, metric, by) for hour, by in split(total, hours)]  # type: ignore[arg-type]  # metrics
    for page, seen in split(views, PAGE_SHARES):
        begun = round(seen * VISIT_SHARE)
        bounced = round(begun * BOUNCE_SHARE)
        parts.append(Cell(site, text, "page", page, "", seen, begun, begun, begun, bounced, seen, seen * 40))
        parts += pair(site, text, "page+country", page, seen, begun, COUNTRY_SHARES)
        parts += pair(site, text, "page+device", page, seen, begun, DEVICES)
        parts += pair(site, text, "page+referrer", page, begun, begun, REFERRER_SHARES)
    for referrer, begun in split(visits, REFERRER_SHARES):
        parts.append(Cell(site, text, "referrer", referrer, "", begun, begun, begun))
        parts += pair(site, text, "referrer+country", referrer, begun, begun, COUNTRY_SHARES)
        parts += pair(site, text, "referrer+device", referrer, begun, begun, DEVICES)
    for country, seen in split(views, COUNTRY_SHARES):
        parts += pair(site, text, "country+device", country, seen, round(seen * VISIT_SHARE), DEVICES)
    for dimension, shares in (
        ("country", COUNTRY_SHARES), ("device", DEVICES), ("browser", BROWSERS), ("language", LANGUAGE_SHARES),
        ("screen", SCREENS),
    ):  # fmt: skip
        for value, seen in split(views, shares):
            begun = round(seen * VISIT_SHARE)
            parts.append(Cell(site, text, dimension, value, "", seen, begun, begun))  # type: ignore[arg-type]  # dimensions
    parts += [Cell(site, text, "load", value, events=seen) for value, seen in split(views, LOADS)]
    parts += [Cell(site, text, "outbound", value, events=n) for value, n in split(views // 50, REFERRER_SHARES)]
    return parts


def pair(site: str, day: str, name: str, value: str, views: int, visits: int, shares: Shares) -> list[Increment]:
    """One value's cells of a pair."""
    begun = dict(split(visits, shares))
    return [
        Cell(site, day, name, value, other, seen, begun.get(other, 0), begun.get(other, 0))  # type: ignore[arg-type]  # pairs
        for other, seen in split(views, shares)
    ]


def days(until: date, many: int = DAYS) -> list[date]:
    """The days that end with one, in order."""
    return [until - timedelta(days=back) for back in reversed(range(many))]
