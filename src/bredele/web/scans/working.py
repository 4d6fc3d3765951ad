"""The scans' part of a tick: what the calendar or a person asked for, one after the other."""

from collections.abc import Callable

from bredele.web.scans import runs
from bredele.web.scans.carrying import Now, by_browser, carry


def work(now: Now, say: Callable[[str], None]) -> None:
    """Carry out every scan that is due or waits."""
    runs.ask_due(now())
    while run := runs.claim(now()):
        proof = carry(run, now, by_browser)
        say(f"{run.site}: {proof.verdict if proof else run.message}")


def waits(now: Now) -> bool:
    """Whether a tick would find something to do."""
    return runs.work_waits(now())
