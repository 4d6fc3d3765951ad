"""From an event to increments: what is kept of a page view or a choice is which sum grows, never who made it grow.

Hours and days are UTC. One dimension exists (`page`); nothing wider than a day and one dimension is ever stored.
"""

from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

import msgspec

Metric = Literal["views", "shown", "accepted", "refused", "customised", "withdrawn"]
Dimension = Literal["page"]
Outcome = Literal["accepted", "refused", "customised", "withdrawn"]
OUTCOMES: tuple[Outcome, ...] = ("accepted", "refused", "customised", "withdrawn")
Happening = Literal["shown", "gpc", "accepted", "refused", "customised", "withdrawn"]
"""What is counted of a choice: a banner shown, one shown to a browser that sends GPC, an answer, a withdrawal."""
PATH_LIMIT = 200
HOUR_FORM = "%Y-%m-%dT%H"


class Hourly(msgspec.Struct, frozen=True):
    """One total of a site in one hour grows by `by`. `hour` is `2026-11-24T13`."""

    site: str
    hour: str
    metric: Metric
    by: int = 1


class Daily(msgspec.Struct, frozen=True):
    """Page views of one value of one dimension on one day grow by `by`. `day` is `2026-11-24`."""

    site: str
    day: str
    dimension: Dimension
    value: str
    by: int = 1


class Chosen(msgspec.Struct, frozen=True):
    """One happening with one policy version in one language on one day grows by `by`."""

    site: str
    day: str
    version: int
    language: str
    outcome: Happening
    by: int = 1


Increments = tuple[Hourly | Daily | Chosen, ...]
"""They may be added in any order and in any grouping: the sums are the same."""


def page_view(site: str, path: str, moment: datetime) -> Increments:
    """One view: the hour's total and the day's count of that page."""
    return (
        Hourly(site, moment.strftime(HOUR_FORM), "views"),
        Daily(site, moment.date().isoformat(), "page", page_of(path)),
    )


def banner_seen(site: str, moment: datetime) -> Increments:
    """One of the views counted by `page_view` carried a banner."""
    return (Hourly(site, moment.strftime(HOUR_FORM), "shown"),)


def banner_shown(site: str, version: int, moment: datetime, language: str = "", *, signal: bool = False) -> Increments:
    """One page with a banner went out, whether its view is counted or not. `signal`: the browser sends GPC.

    The two are counted apart, each page once: all banners shown are the sum of both.
    """
    return (Chosen(site, moment.date().isoformat(), version, language, "gpc" if signal else "shown"),)


def choice_made(site: str, version: int, outcome: Outcome, moment: datetime, language: str = "") -> Increments:
    """One answer to the banner or on the preference page; `language` is the one it was asked in."""
    return (
        Hourly(site, moment.strftime(HOUR_FORM), outcome),
        Chosen(site, moment.date().isoformat(), version, language, outcome),
    )


def page_of(path: str) -> str:
    """The path alone: query and fragment are dropped (ANA-11), control signs too, its length is capped."""
    bare = urlsplit(path).path if "://" in path else path.partition("?")[0].partition("#")[0]
    clean = "".join(sign for sign in bare if sign.isprintable())
    return clean[:PATH_LIMIT] or "/"
