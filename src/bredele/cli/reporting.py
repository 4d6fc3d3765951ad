"""What `scan` and `check` leave behind besides their text: reports, a baseline, suggestions in the findings."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from bredele.cli.errors import MissingPart
from bredele.cli.source import NoSource
from bredele.core.observation import Scan
from bredele.core.registry import Registry
from bredele.core.settings import Settings
from bredele.formats.knowledge.advising import advise
from bredele.formats.knowledge.matching import knowledge
from bredele.formats.published import replace_file
from bredele.scanner.reports import baseline
from bredele.scanner.reports.subject import Subject

KINDS = ("html", "pdf", "sarif", "junit", "har", "json")


class Wanted:
    """What the options ask for. `reports`: kind and file of each."""

    def __init__(self, reports: tuple[tuple[str, Path], ...], known: Path | None, accepting: Path | None) -> None:
        self.reports, self.known, self.accepting = reports, known, accepting
        self.baseline = baseline.read(known) if known else None

    def judged(self, scan: Scan, settings: Settings) -> Scan:
        """The scan with suggestions, and with what the baseline accepts as notes."""
        host = urlsplit(scan.target).hostname or ""
        advised = advise(scan, knowledge(settings.data), host)
        return baseline.apply(advised, self.baseline) if self.baseline else advised

    def deliver(self, scan: Scan, registry: Registry | None = None, source: str = "") -> None:
        """Write every report and the new baseline; each file is replaced in one step."""
        text = text_of(source)
        subject = Subject(scan, registry, source if text else "", text)
        for kind, path in self.reports:
            save(path, rendered(kind, subject))
        if self.accepting:
            save(self.accepting, baseline.write(scan, self.baseline or before(self.accepting)))


def before(path: Path) -> baseline.Baseline | None:
    """The baseline a new one takes the place of: reasons written into it are kept."""
    return baseline.read(path) if path.is_file() else None


def rendered(kind: str, subject: Subject) -> bytes:
    """One report."""
    if kind == "html":
        from bredele.scanner.reports.html import as_html

        return as_html(subject)
    if kind == "pdf":
        try:
            from bredele.scanner.reports.pdf import as_pdf
        except ModuleNotFoundError as error:
            raise MissingPart.of(error, "pdf") from None
        return as_pdf(subject)
    if kind == "sarif":
        from bredele.scanner.reports.sarif import as_sarif

        return as_sarif(subject)
    if kind == "junit":
        from bredele.scanner.reports.junit import as_junit

        return as_junit(subject)
    if kind == "har":
        from bredele.scanner.reports.har import as_har

        return as_har(subject.scan)
    from bredele.scanner.report import as_json

    return as_json(subject.scan).encode() + b"\n"


def text_of(source: str) -> str:
    """The text of a cookies.toml; empty for an address, a site of the server or a file that is no TOML."""
    path = Path(source)
    if not source or not path.is_file():
        return ""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
    return "" if text.lstrip().startswith("{") else text


def save(path: Path, data: bytes) -> None:
    """Write a file, or say why not."""
    try:
        replace_file(path, data)
    except OSError as error:
        raise NoSource(f"It cannot be written ({error.strerror}).", where=str(path), cure="Name another.") from None


def read_report(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, Path], ...]:
    """`html=FILE` as kind and file."""
    found = []
    for value in values:
        kind, _sign, file = value.partition("=")
        if kind not in KINDS or not file:
            raise click.BadParameter(f'"{value}" is not KIND=FILE with one of: {", ".join(KINDS)}.')
        found.append((kind, Path(file)))
    return tuple(found)


OPTIONS = (
    click.option(
        "--report",
        "reports",
        multiple=True,
        metavar="KIND=FILE",
        callback=read_report,
        help=f"Also write a report: {', '.join(KINDS)}. Repeatable.",
    ),
    click.option(
        "--baseline",
        "known",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Accept the findings in FILE; fail for new ones only, and say what is gone.",
    ),
    click.option(
        "--write-baseline",
        "accepting",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write the errors and warnings of this scan to FILE, to be accepted from now on.",
    ),
)


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of both commands, given to them as one argument `wanted`."""

    @wraps(command)
    def packed(*args: Any, reports: Any, known: Path | None, accepting: Path | None, **rest: Any) -> Any:
        return command(*args, wanted=Wanted(reports, known, accepting), **rest)

    for option in reversed(OPTIONS):
        packed = option(packed)
    return packed
