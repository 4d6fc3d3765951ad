"""The checks in their order, run together; a check that cannot be made has failed."""

from collections.abc import Callable, Iterable
from datetime import datetime

from bredele.collector.checks import figures, trial
from bredele.collector.checks.outcome import Outcome, Running
from bredele.collector.counting import Counting
from bredele.formats.published import SiteIndex

Random = Callable[[int], bytes]
CHECKS: dict[str, Callable[[Running, Random], Outcome]] = {
    "ANA-04": lambda running, _: figures.nothing_but_sums(running),
    "ANA-05": lambda running, _: figures.joined_to_nothing(running),
    "ANA-07": lambda running, _: figures.kept_no_longer(running),
    "ANA-09": trial.leaves_no_trace,
    "ANA-16": lambda running, _: figures.none_too_small(running),
    "ANA-17": trial.tells_nobody_apart,
    "ANA-18": trial.keeps_only_counts,
    "ANA-19": lambda running, _: figures.nothing_to_subtract(running),
}
"""What is checked, by its rule."""
ANONYMOUS = ("ANA-04", "ANA-05", "ANA-09", "ANA-16", "ANA-17", "ANA-18", "ANA-19")
"""The checks that the word "anonymous" stands on (ANA-28)."""


def examine(running: Running, random: Random) -> tuple[Outcome, ...]:
    """Every check, in order."""
    return tuple(attempt(rule, running, random) for rule in CHECKS)


def attempt(rule: str, running: Running, random: Random) -> Outcome:
    """One check; whatever keeps it from being made is a fault, and is told by its kind alone."""
    try:
        return CHECKS[rule](running, random)
    except Exception as error:  # noqa: BLE001  # a check that cannot be made must not pass, nor stop the others
        return Outcome(rule=rule, ok=False, message=f"it could not be made ({type(error).__name__})")


def running_of(counting: Counting, now: datetime) -> Running:
    """The installation as a process counts in it, with everything folded and every day that is over closed."""
    counting.folder.fold()
    sites: Iterable[str] = (site.slug for site in SiteIndex(counting.settings.data).sites())
    return Running(
        settings=counting.settings,
        store=counting.folder.store,
        inbox=counting.inbox,
        now=now.astimezone(counting.zone),
        sites=tuple(sites),
    )
