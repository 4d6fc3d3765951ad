"""The Chromium that visits pages in tests: its shell without a window where there is one, which costs a third less.

The same engine, network and cookies, without what a window would need. What the product itself starts (scans, proofs,
pictures) is what its users have: `bredele.scanner.chromium`. `python -m tests.browser --install` fetches the shell (on
Debian, as root); without it tests visit with the same browser as the product.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bredele.scanner import chromium

SHELL = "chromium-headless-shell"


def find() -> Path | None:
    """A browser that a setting names, else the shell, else whatever the product finds."""
    if os.environ.get("BREDELE_CHROMIUM") or os.environ.get("CHROME"):
        return chromium.find(os.environ)
    shell = shutil.which(SHELL)
    return Path(shell) if shell else chromium.find(os.environ)


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
    install()
