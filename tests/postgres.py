"""A throwaway PostgreSQL for tests, on a socket only its owner reaches.

`python -m tests.postgres --install` fetches the server programs (on Debian, as root).
"""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.packages import fetch

DEBIAN = Path("/usr/lib/postgresql")
CURE = 'Install it with your package manager ("apt-get install postgresql").'
MISSING = f"no PostgreSQL server programs on this machine. {CURE}"


def programs() -> Path | None:
    """The directory of `initdb` and `postgres`: on PATH, else the newest of Debian's."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


def owner() -> int | None:
    """Whom the server runs as; PostgreSQL refuses root. None: whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    return None


@contextmanager
def cluster(place: Path) -> Iterator[str]:
    """A new cluster below `place` (which its owner can reach) until the end of the block; yields its connection URI."""
    binaries = programs()
    assert binaries, MISSING
    user = owner()
    place.mkdir()
    if user is not None:
        os.chown(place, user, -1)
    data = place / "data"
    run(binaries / "initdb", "--auth=trust", "--username=bredele", "--encoding=UTF8", "--no-sync", str(data), user=user)
    options = f"-k {place} -c listen_addresses='' -c shared_buffers=16MB"
    control = binaries / "pg_ctl"
    run(control, "start", "--wait", f"--pgdata={data}", f"--log={place / 'log'}", "-o", options, user=user)
    try:
        yield f"postgresql://bredele@{quote(str(place), safe='')}/postgres"
    finally:
        run(control, "stop", "--mode=immediate", f"--pgdata={data}", user=user)


def run(program: Path, *arguments: str, user: int | None) -> None:
    """One program as the cluster's owner; its own words if it fails."""
    done = subprocess.run(
        [str(program), *arguments],
        user=user,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def install() -> int:
    """0 if the programs are here or could be fetched; else says what does not run."""
    fetch("postgresql", programs)
    if programs() is None:
        print(f"*** TESTS OVER POSTGRESQL CANNOT RUN: {MISSING} ***", file=sys.stderr)  # noqa: T201  # what it is for
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(install())
