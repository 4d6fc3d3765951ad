"""Chromium's shell without a window: the same engine, network and cookies, for a third less work.

`make test` gives it to visits and scans (`BREDELE_CHROMIUM`); proofs of whole sites, and everything in `make trials`,
drive what the product itself finds, as its users do. `python -m tests.browser` prints the shell's path, or the other
browser's where there is no shell; with `--install` it fetches the shell first (on Debian, as root).
"""

import os
import shutil
import subprocess
import sys

from bredele.scanner import chromium

SHELL = "chromium-headless-shell"


def find() -> str:
    """A browser that a setting names, else the shell, else what the product finds; empty where there is none."""
    stated = os.environ.get("BREDELE_CHROMIUM") or os.environ.get("CHROME")
    return stated or shutil.which(SHELL) or str(chromium.find(os.environ) or "")


def install() -> None:
    """Fetch the shell if that is easily done; tests run without it, too, for a minute longer."""
    if shutil.which(SHELL) or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    fetch = [*quiet, "install", "-y", "--no-install-recommends", SHELL]
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (fetch, [*quiet, "update"], fetch):
        done = subprocess.run(command, env=environ, stdout=sys.stderr, timeout=300, check=False)
        if done.returncode == 0 and shutil.which(SHELL):
            return


if __name__ == "__main__":
    if "--install" in sys.argv:
        install()
    print(find())  # noqa: T201  # what it is for
