"""`make bench-scanner`: the scanner against the ground-truth site, its truth first verified without the scanner."""

import argparse
import sys
import time
from dataclasses import asdict

from bench.scanner.banners import STYLES
from bench.scanner.score import Score, score
from bench.scanner.site import serving
from bench.scanner.truth import DECOYS, ITEMS, OWN, STATES
from bredele.core.observation import Scan
from bredele.core.settings import read_settings
from bredele.scanner.plan import Plan
from bredele.scanner.scan import run


def scanned(style: str, states: tuple[str, ...] = STATES, pages: int = 40) -> tuple[Scan, float]:
    """One scan of the site in a style, and its seconds."""
    with serving(style) as ground:
        begun = time.monotonic()
        plan = Plan(
            target=f"http://{OWN}:{ground.port}/",
            states=states,
            max_pages=pages,
            allow_private=True,
            own=True,
            drive_forms=True,
            budget=600,
        )
        scan = run(plan, read_settings({}), lambda line: print(" ", line, file=sys.stderr))  # noqa: T201  # progress
        return scan, time.monotonic() - begun


def percent(part: int, whole: int) -> str:
    """`98.0 % (98 of 100)`."""
    return f"{100 * part / whole:.1f} % ({part} of {whole})"


def told(name: str, scan: Scan, seconds: float, found: Score) -> None:
    """The figures of one scan."""
    visits = len(scan.pages) * len(scan.states)
    rows = {
        "items": percent(found.items, found.of_items),
        "(item, state) pairs": percent(found.pairs, found.of_pairs),
        "violations": percent(found.violations, found.of_violations),
        "setter": percent(found.setters, found.items or 1),
        "how": percent(found.how, found.items or 1),
        "invented": str(len(found.invented)),
        "decoys": f"{len(found.decoys)} of {len(DECOYS)}",
        "wrong states": str(len(found.wrong_states)),
        "time": f"{seconds:.1f} s, {len(scan.pages)} pages in {len(scan.states)} states, {seconds / max(visits, 1):.2f} s a visit",
    }
    for row, figure in rows.items():
        print(f"{name:10} {row:22} {figure}")  # noqa: T201  # the bench's own output


def main() -> int:
    """Print the figures; 1 if a target is missed."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--style", default="plain")
    arguments.add_argument("--verbose", action="store_true")
    arguments.add_argument("--no-banners", action="store_true")
    given = arguments.parse_args()
    scan, seconds = scanned(given.style)
    found = score(scan)
    told(given.style, scan, seconds, found)
    if given.verbose:
        for name, lines in asdict(found).items():
            if isinstance(lines, list):
                print(name, *lines, sep="\n   ")  # noqa: T201  # the bench's own output
        print(scan.not_tested, scan.notes)  # noqa: T201  # the same
    if not given.no_banners:
        for style in STYLES:
            scan, seconds = scanned(style, ("refused", "accepted", "withdrawn"), pages=2)
            driven = [state for state in ("refused", "accepted", "withdrawn") if state in scan.states]
            print(f"{style:10} driven: {', '.join(driven) or 'none'} in {seconds:.1f} s")  # noqa: T201  # the same
    print(len(ITEMS), "items")  # noqa: T201  # the same
    return 0


if __name__ == "__main__":
    sys.exit(main())
