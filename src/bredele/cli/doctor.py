"""`bredele doctor`: what is missing on this machine, what it is needed for, and how to get it."""

import os
import sqlite3
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click
import msgspec

from bredele.cli.errors import CONFORM, FINDINGS
from bredele.cli.format import format_option
from bredele.cli.ledger_files import log_of
from bredele.collector.checks import kept
from bredele.core.errors import BredeleError
from bredele.core.settings import Settings, read_settings
from bredele.formats.published import SiteIndex
from bredele.ledger.errors import LedgerUnavailable
from bredele.scanner import chromium

SERVER = ("Django", "django-ninja", "django-allauth", "whitenoise", "uvicorn", "a2wsgi")
SCAN = ("playwright",)
OLDEST_PYTHON = (3, 11)
OLDEST_SQLITE = (3, 31)
"""Django 5.2's own limit."""


class Check(msgspec.Struct, frozen=True):
    """One thing looked at; `required_for` is `everything`, `serve` or `scan`; `cure` is empty where `ok`."""

    name: str
    ok: bool
    required_for: str
    message: str
    cure: str = ""


def installed(package: str) -> str | None:
    """The version of a package, None where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def examine(
    environ: Mapping[str, str],
    *,
    python: tuple[int, ...] = sys.version_info[:3],
    package: Callable[[str], str | None] = installed,
    browser: Callable[[Path], str] = chromium.version,
    root: bool | None = None,
) -> list[Check]:
    """Every check in the order of use; nothing is changed on the machine. The rest of the arguments stand for it."""
    as_root = chromium.is_root() if root is None else root
    return [
        python_check(python),
        *settings_checks(environ),
        extra_check("server", SERVER, "serve", package),
        sqlite_check(sqlite3.sqlite_version_info),
        extra_check("scan", SCAN, "scan", package),
        *browser_checks(environ, browser, as_root),
    ]


def python_check(python: tuple[int, ...]) -> Check:
    """Python is new enough."""
    spoken = "Python " + ".".join(map(str, python))
    ok = python >= OLDEST_PYTHON
    return Check("python", ok, "everything", spoken, "" if ok else "Install Python 3.11 or newer.")


def settings_checks(environ: Mapping[str, str]) -> list[Check]:
    """The settings can be read; then the data directory can be written."""
    try:
        settings = read_settings(environ)
    except BredeleError as error:
        fault = f"{error.where}: {error.message}" if error.where else error.message
        return [Check("settings", False, "everything", fault, error.cure)]
    origin = Check("settings", True, "everything", f"The origin is {settings.origin}.")
    data = data_check(settings)
    return [origin, data, *((*ledger_checks(settings), *figure_checks(settings)) if data.ok else ())]


def figure_checks(settings: Settings) -> list[Check]:
    """What the last check of the statistics found (`bredele stats check`); nothing before the first."""
    results = kept.read(settings.data)
    faults = [one for one in results.outcomes if not one.ok] if results else []
    cure = "Mend it, then run: bredele stats check. Until then no page says that the statistics are anonymous."
    return [Check("figures", False, "serve", f"{fault.rule}: {fault.message}.", cure) for fault in faults]


def ledger_checks(settings: Settings) -> list[Check]:
    """Each site's ledger can record the next answer, and its signed head is that of its records."""
    found = []
    for site in SiteIndex(settings.data).sites():
        try:
            log_of(settings, site).examine()
        except LedgerUnavailable as error:
            fault = f"{site.slug}: {error.where}: {error.message}" if error.where else f"{site.slug}: {error.message}"
            found.append(Check("ledger", False, "serve", fault, error.cure))
        else:
            found.append(Check("ledger", True, "serve", f"The ledger of {site.slug} is in order."))
    return found


def data_check(settings: Settings) -> Check:
    """The data directory, or the nearest directory above it that exists, can be written."""
    place = settings.data.absolute()
    nearest = next(path for path in (place, *place.parents) if path.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        made = "" if nearest == place else ", made at the first start"
        return Check("data", True, "serve", f"Data in {place}{made}.")
    return Check("data", False, "serve", f"{nearest} cannot be written.", "Name another directory in BREDELE_DATA.")


def extra_check(extra: str, names: tuple[str, ...], purpose: str, package: Callable[[str], str | None]) -> Check:
    """All packages of an extra are installed."""
    found = {name: package(name) for name in names}
    missing = [name for name, number in found.items() if number is None]
    if missing:
        cure = f'Run: pip install "bredele[{extra}]".'
        return Check(extra, False, purpose, f"Not installed: {', '.join(missing)}.", cure)
    return Check(extra, True, purpose, ", ".join(f"{name} {number}" for name, number in found.items()))


def sqlite_check(number: tuple[int, int, int]) -> Check:
    """Python's own SQLite is new enough."""
    ok = number >= OLDEST_SQLITE
    cure = "" if ok else "Install a Python built with SQLite 3.31 or newer."
    return Check("sqlite", ok, "serve", "SQLite " + ".".join(map(str, number)), cure)


def browser_checks(environ: Mapping[str, str], browser: Callable[[Path], str], root: bool) -> list[Check]:
    """Chromium is there and starts; its flags can be read; whether it has its sandbox."""
    try:
        path = chromium.find(environ)
        flags = chromium.launch_flags(environ.get("BREDELE_CHROMIUM_FLAGS", ""), root=root)
    except chromium.UnusableChromium as error:
        return [Check("chromium", False, "scan", f"{error.where}: {error.message}", error.cure)]
    if path is None:
        return [Check("chromium", False, "scan", "No Chromium on this machine.", chromium.CURE)]
    spoken = browser(path)
    if not spoken:
        return [Check("chromium", False, "scan", f"{path} does not start.", chromium.CURE)]
    return [Check("chromium", True, "scan", f"{path}: {spoken}"), sandbox_check(flags, root)]


def sandbox_check(flags: tuple[str, ...], root: bool) -> Check:
    """Told, not blamed: a container's root has no other way."""
    if chromium.sandboxed(flags):
        return Check("sandbox", True, "scan", "Chromium keeps its sandbox.")
    reason = "this is root" if root else "BREDELE_CHROMIUM_FLAGS says so"
    return Check("sandbox", True, "scan", f"Chromium runs without its sandbox, because {reason}.")


def as_text(checks: list[Check]) -> str:
    """A line for each check, its cure below."""
    lines: list[str] = []
    for check in checks:
        lines.append(f"{'ok     ' if check.ok else 'MISSING'}  {check.name:<9} {check.message}")
        if check.cure:
            lines.append(f"{'':19}for: {check.required_for}. {check.cure}")
    missing = sum(not check.ok for check in checks)
    return "\n".join([*lines, "", "Nothing is missing." if not missing else f"Missing: {missing}."])


@click.command()
@format_option
def doctor(form: str) -> None:
    """Say what is missing on this machine and how to get it."""
    checks = examine(os.environ)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode({"checks": checks}), indent=2).decode())
    else:
        click.echo(as_text(checks))
    raise SystemExit(CONFORM if all(check.ok for check in checks) else FINDINGS)
