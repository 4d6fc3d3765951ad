"""Checks of what is stored and of what it lets out: nothing but sums, none too small, none that others give away."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bredele.collector.checks.outcome import Outcome, Running, judged
from bredele.stats.breakdown import breakdown
from bredele.stats.catalogue import SINGLE, K, Metric
from bredele.stats.closing import RETENTION_MONTHS, oldest_kept
from bredele.stats.rounding import SLACK, Figure, known, window
from bredele.stats.store import SHAPE
from bredele.stats.tables import DAY_LENGTH
from bredele.stats.timeline import Timeline, by_hour

DAYS = 14
"""How many days an attack is tried on, back from yesterday."""
ATTACKED: tuple[Metric, ...] = ("views", "visits", "visitors_day")


def nothing_but_sums(running: Running) -> Outcome:
    """ANA-04: every column is a coarse fact or a sum; there is no place for a visitor, a visit or a path in order."""
    shape = running.store.shape()
    strange = (f"the store has {table}.{column}, which is no sum" for table, column in sorted(shape - SHAPE))
    missing = (f"the store lacks {table}.{column}" for table, column in sorted(SHAPE - shape))
    return judged("ANA-04", (*strange, *missing), f"{len(shape)} columns, all of them coarse facts or sums")


def joined_to_nothing(running: Running) -> Outcome:
    """ANA-05: no key leads from the statistics to another table."""
    links = running.store.links()
    faults = [f"{links} keys lead from the statistics to other tables"] if links else []
    return judged("ANA-05", faults, "no key leads from the statistics to accounts, choices or anything else")


def kept_no_longer(running: Running) -> Outcome:
    """ANA-07: nothing is older than 25 months."""
    limit, oldest = oldest_kept(running.now.date()), running.store.oldest()
    faults = [f"a row is of {oldest}, before {limit}"] if oldest and oldest < limit.isoformat() else []
    return judged("ANA-07", faults, f"nothing is older than {RETENTION_MONTHS} months ({limit})")


def none_too_small(running: Running) -> Outcome:
    """ANA-16: in closed periods, and in what is released, every cell with a name counts ten or more."""
    today = running.now.date()
    stored = (f"{site} {period}: {many} cells under {K}" for site, period, many in running.store.small_cells(today, K))
    released = (fault for site in running.sites for fault in small_released(running, site, today))
    return judged("ANA-16", (*stored, *released), f"no cell of a closed period, and no released one, is under {K}")


def small_released(running: Running, site: str, today: date) -> Iterable[str]:
    """Rows of the last weeks' tables that have a name and are under k."""
    for dimension in SINGLE:
        table = breakdown(running.store, site, dimension, today - timedelta(days=DAYS), today - timedelta(days=1))
        for row in table.rows:
            if row.value is not None and known(next(iter(row.figures.values()))) < K:
                yield f"{site}: a value of {dimension} is released under {K}"


def nothing_to_subtract(running: Running) -> Outcome:
    """ANA-19: from the day's figure and its hours' no hour under ten can be reckoned."""
    last = running.now.date() - timedelta(days=1)
    days = [last - timedelta(days=back) for back in range(DAYS)]
    faults = (fault for site in running.sites for day in days for fault in recovered(running, site, day))
    tried = len(running.sites) * len(days) * len(ATTACKED)
    return judged("ANA-19", faults, f"{tried} differencing attacks recovered nothing under {K}")


def recovered(running: Running, site: str, day: date) -> Iterable[str]:
    """What the attack found out of one day."""
    totals = Timeline(running.store, site, day, day)
    hours = by_hour(running.store, site, day, ATTACKED)
    for metric in ATTACKED:
        if pinned(totals.day(metric, day), [point.figures[metric] for point in hours]):
            yield f"{site} {day}: hours under {K} follow from the day's {metric}"


def pinned(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a total leaves one of its parts under k too few values.

    A total beyond all that its parts could be has parts of unknown hours (it was imported), and tells of none.
    """
    windows = [window(part) for part in parts]
    least, most = window(total)
    low, high = sum(one[0] for one in windows), sum(one[1] for one in windows)
    return least <= high and any(
        min(above, most - (low - below)) - max(below, least - (high - above)) < SLACK
        for (below, above), part in zip(windows, parts, strict=True)
        if known(part) < K
    )


def only_counts_remain(running: Running) -> Iterable[str]:
    """ANA-18, of what is stored: days that are over are closed, and no event of them waits."""
    today = running.now.date().isoformat()
    for site, period in running.store.open_periods(today):
        if len(period) == DAY_LENGTH:
            yield f"{site}: {period} is over and not closed"
    waiting = running.inbox.oldest()
    if waiting and waiting < today:
        yield f"an event of {waiting} still waits in the inbox"
