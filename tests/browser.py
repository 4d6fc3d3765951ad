"""Chromium's shell without a window: the same engine, network and cookies, for a third less work.

`make test` gives it to visits and scans (`BREDELE_CHROMIUM`); proofs of whole sites, and everything in `make trials`,
drive what the product itself finds, as its users do. `python -m tests.browser` prints the shell's path, or the other
browser's where there is no shell; with `--install` it fetches the shell first (on Debian, as root).
"""

import os
import shutil
import sys

from bredele.scanner import chromium
from tests.packages import fetch

SHELL = "chromium-headless-shell"


def find() -> str:
    """A browser that a setting names, else the shell, else what the product finds; empty where there is none."""
    stated = os.environ.get("BREDELE_CHROMIUM") or os.environ.get("CHROME")
    return stated or shutil.which(SHELL) or str(chromium.find(os.environ) or "")


if __name__ == "__main__":
    if "--install" in sys.argv:
        fetch(SHELL, lambda: shutil.which(SHELL))
    print(find())  # noqa: T201  # what it is for
