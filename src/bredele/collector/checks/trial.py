"""A trial with made-up visitors: through the code and settings that run here, into files of its own, searched after.

Strings that occur nowhere else stand for an address, a browser, a query, a referrer; then every byte is searched.
"""

import tempfile
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import msgspec

from bredele.collector.audience import audience_cookie
from bredele.collector.checks.figures import only_counts_remain
from bredele.collector.checks.outcome import Outcome, Running, judged
from bredele.collector.folder import Folder
from bredele.collector.inbox import Inbox
from bredele.collector.seen import Seen
from bredele.collector.trimming import client_of, trim
from bredele.formats.published import PublishedSite
from bredele.stats.event import HOUR_FORM, Event
from bredele.stats.sqlite import SqliteStore

FIELDS = (
    "site", "hour", "name", "page", "flags", "referrer", "country", "device", "browser", "language", "screen",
    "seconds", "load", "target",
)  # fmt: skip
"""Everything an event has: no number, no key, no hash of anybody."""
SITE = PublishedSite(slug="trial", hosts=("trial.example",), origin="https://trial.example")
Random = Callable[[int], bytes]


class Canary(msgspec.Struct, frozen=True):
    """What one made-up visitor must not leave behind."""

    address: IPv4Address | IPv6Address
    token: str

    def traces(self) -> Iterable[bytes]:
        """Its strings, and the address as bytes, where those are too many to occur by chance."""
        packed = (self.address.packed,) if self.address.version == 6 else ()
        return (self.token.encode(), str(self.address).encode(), *packed)


def visitors(random: Random) -> tuple[Canary, ...]:
    """Two, from networks kept for documentation (RFC 5737, RFC 3849); their last bytes and words are drawn."""
    drawn = random(24)
    fourth = IPv4Address(bytes((198, 51, 100, drawn[0])))
    sixth = IPv6Address(bytes.fromhex("20010db8") + drawn[1:13])
    return Canary(fourth, random(8).hex()), Canary(sixth, random(8).hex())


def event_of(running: Running, canary: Canary) -> Event:
    """The visitor's view, as `POST /collect` would trim it."""
    token = canary.token
    headers = {"user-agent": f"Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0 {token}", "accept-language": "fr"}
    seen = Seen(
        name="view",
        url=f"https://trial.example/offices/?utm_source={token}&gclid={token}#{token}",
        referrer=f"https://search.example/{token}?q={token}",
        width=1280,
    )
    hour, parameters = running.now.strftime(HOUR_FORM), running.settings.content_parameters
    return trim(SITE, hour, client_of(headers), seen, str(canary.address), parameters)


def leaves_no_trace(running: Running, random: Random) -> Outcome:
    """ANA-09 (and -10, -11): address, browser, query and referrer of a visitor are found in no file, at any time."""
    canaries = visitors(random)
    with tempfile.TemporaryDirectory(prefix="bredele-trial-") as directory:
        found = list(searched(running, canaries, Path(directory)))
    faults = (f"{when}, {name}: a visitor's address or words were found" for when, name in found)
    return judged("ANA-09", faults, "address, browser, query and referrer of a made-up visitor were found in no file")


def searched(running: Running, canaries: tuple[Canary, ...], directory: Path) -> Iterable[tuple[str, str]]:
    """Where a trace was found: while events wait, after they are folded, after the files are closed."""
    inbox, store = Inbox(directory / "inbox.sqlite3"), SqliteStore(directory / "statistics.sqlite3")
    zone = running.now.tzinfo
    try:
        inbox.write([event_of(running, canary) for canary in canaries])
        yield from traces(canaries, directory, "waiting")
        Folder(inbox, lambda: store, lambda: running.now, zone).fold()  # type: ignore[arg-type]  # `now` is aware
        yield from traces(canaries, directory, "folded")
    finally:
        inbox.close()
        store.close()
    yield from traces(canaries, directory, "closed")


def traces(canaries: tuple[Canary, ...], directory: Path, when: str) -> Iterable[tuple[str, str]]:
    """The files that hold a trace now."""
    for path in sorted(directory.iterdir()):
        data = path.read_bytes()
        if any(trace in data for canary in canaries for trace in canary.traces()):
            yield when, path.name


def tells_nobody_apart(running: Running, random: Random) -> Outcome:
    """ANA-17: no visitor key exists; visitors who share the coarse facts leave one and the same event and cookie."""
    one, another = (msgspec.structs.replace(event_of(running, canary), country="") for canary in visitors(random))
    faults = [] if one == another else ["two visitors with the same coarse facts left different events"]
    strange = sorted({*Event.__struct_fields__} ^ {*FIELDS})
    faults += [f"an event has or lacks the field {name}" for name in strange]
    cookies = {audience_cookie(running.now, secure=True) for _ in range(2)}
    faults += [] if len(cookies) == 1 else ["the audience cookie differs between visitors"]
    fine = "no key of visitors exists; two visitors left the same event, and their cookie is the date"
    return judged("ANA-17", faults, fine)


def keeps_only_counts(running: Running, random: Random) -> Outcome:
    """ANA-18: an event that was folded is gone from the inbox's file; days that are over hold counts alone."""
    word = f"/{random(6).hex().translate(LETTERS)}/"
    with tempfile.TemporaryDirectory(prefix="bredele-trial-") as directory:
        inbox = Inbox(Path(directory) / "inbox.sqlite3")
        inbox.write([Event("trial", running.now.strftime(HOUR_FORM), "view", word)])
        last = inbox.last()
        inbox.forget(last)
        inbox.close()
        left = any(word.encode() in path.read_bytes() for path in Path(directory).iterdir())
    faults = ["a folded event is still in the inbox's file"] if left else []
    return judged(
        "ANA-18", (*faults, *only_counts_remain(running)), "folded events are gone, days that are over closed"
    )


LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""Drawn words hold letters only, so that nothing of them is masked as a token."""
