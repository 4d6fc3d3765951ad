"""What a long scan has found so far, in one file: a scan that was killed goes on from there."""

import time
from pathlib import Path

import msgspec

from bredele.core.observation import Finding, NotTested, Observation, Rejection, Request
from bredele.scanner.errors import InvalidPlan
from bredele.scanner.plan import Plan

EVERY_SECONDS = 5.0


class Driven(msgspec.Struct, frozen=True, kw_only=True):
    """What one state gave, or why it could not be driven; with a gap it is what was seen until then.

    `lost`: pages that could not be looked at to their end, each with the reason. `shared`: values that several sites
    keep, in sentences.
    """

    state: str
    gap: NotTested | None = None
    observations: tuple[Observation, ...] = ()
    requests: tuple[Request, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    findings: tuple[Finding, ...] = ()
    pages: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    browser: str = ""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The content of the file. `scan` tells whether it belongs to the scan that is asked for."""

    scan: str
    tour: tuple[str, ...] = ()
    tour_closed: bool = False
    done: dict[str, Driven] = {}
    begun: dict[str, Driven] = {}


def fingerprint(plan: Plan) -> str:
    """What must be the same for a scan to go on: target, pages and forms; states and time may change."""
    return f"{plan.target} {plan.max_pages} {plan.drive_forms} {plan.sign_in.url if plan.sign_in else ''}"


class Memory:
    """The file while a scan runs; nothing is written where no path was given."""

    def __init__(self, path: Path | None, plan: Plan) -> None:
        self.path, self.scan = path, fingerprint(plan)
        self.kept = read_kept(path, self.scan) if path else Kept(scan=self.scan)
        self.done, self.begun = dict(self.kept.done), dict(self.kept.begun)
        self.written = 0.0

    def due(self) -> bool:
        """Whether it is time to write again."""
        return self.path is not None and time.monotonic() - self.written >= EVERY_SECONDS

    def write(self, tour: tuple[str, ...], closed: bool) -> None:
        """Replace the file, never leaving half of one; a full disk stops no scan."""
        self.written = time.monotonic()
        if self.path is None:
            return
        kept = Kept(scan=self.scan, tour=tour, tour_closed=closed, done=self.done, begun=self.begun)
        aside = self.path.with_name(self.path.name + ".new")
        try:
            aside.write_bytes(msgspec.json.encode(kept))
            aside.replace(self.path)
        except OSError:
            aside.unlink(missing_ok=True)

    def finish(self) -> None:
        """The scan is complete: there is nothing to go on with."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def read_kept(path: Path, scan: str) -> Kept:
    """What the file holds; nothing if it is not there. InvalidPlan if it belongs to something else."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Kept(scan=scan)
    except OSError as error:
        raise InvalidPlan(f"It cannot be read: {error.strerror}.", where=str(path), cure="Check the path.") from None
    try:
        kept = msgspec.json.decode(data, type=Kept)
    except msgspec.MsgspecError:
        raise InvalidPlan("It holds no scan.", where=str(path), cure="Name another file, or remove it.") from None
    if kept.scan != scan:
        raise InvalidPlan("It belongs to another scan.", where=str(path), cure="Name another file, or remove it.")
    return kept


def together(first: Driven | None, second: Driven) -> Driven:
    """What one state gave before and after the interruption."""
    if first is None:
        return second
    return msgspec.structs.replace(
        second,
        observations=(*first.observations, *second.observations),
        requests=(*first.requests, *second.requests),
        rejections=(*first.rejections, *second.rejections),
        findings=(*first.findings, *second.findings),
        pages=tuple(dict.fromkeys((*first.pages, *second.pages))),
        lost=tuple(dict.fromkeys((*first.lost, *second.lost))),
        shared=tuple(dict.fromkeys((*first.shared, *second.shared))),
        purposes=second.purposes or first.purposes,
        browser=second.browser or first.browser,
    )
