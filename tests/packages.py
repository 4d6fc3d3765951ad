"""Packages of the distribution that only tests use."""

import os
import shutil
from collections.abc import Callable

from bredele.scanner.chromium import is_root, run_quietly


def fetch(package: str, there: Callable[[], object]) -> None:
    """Install it where that is easily done (on Debian, as root); `there` tells whether it is. What fails is said by
    apt-get on standard error; lists of packages are renewed only where they do not know it."""
    if there() or not is_root() or not shutil.which("apt-get", path=os.environ.get("PATH", os.defpath)):
        return
    quiet = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    install = [*quiet, "install", "-y", "--no-install-recommends", package]
    if run_quietly(install) != 0:
        run_quietly([*quiet, "update"])
        run_quietly(install)
