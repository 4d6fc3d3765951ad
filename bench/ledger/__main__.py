"""`make bench-ledger`, or `python -m bench.ledger [appends|waiting|kills|verification|edits]…`.

The consent ledger against the floor under it, in one run. Exit code 1 if a target is missed.
"""

import sys
import tempfile
from pathlib import Path

from bench.ledger.appends import appends
from bench.ledger.edits import edits
from bench.ledger.kills import kills
from bench.ledger.records import say
from bench.ledger.verification import verification
from bench.ledger.waiting import waiting

TRIALS = {"appends": appends, "waiting": waiting, "kills": kills, "verification": verification, "edits": edits}


def main(chosen: list[str]) -> int:
    """Every trial, or those named."""
    good = True
    for name, trial in TRIALS.items():
        if chosen and name not in chosen:
            continue
        say(f"{name}: {(trial.__doc__ or '').splitlines()[0]}")
        with tempfile.TemporaryDirectory(prefix="bredele-bench-") as place:
            good &= trial(Path(place))
        say()
    say("Every target is reached." if good else "A target is missed.")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
