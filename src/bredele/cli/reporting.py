"""What `scan` and `check` leave behind besides their text: reports, a baseline, suggestions in the findings."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
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

if TYPE_CHECKING:
    from bredele.scanner.evidence.witness import Witness

KINDS = ("html", "pdf", "sarif", "junit", "har", "json")


class Wanted:
    """What the options ask for. `reports`: kind and file of each."""

    def __init__(
        self, reports: tuple[tuple[str, Path], ...], known: Path | None, accepting: Path | None, evidence: Path | None
    ) -> None:
        self.reports, self.accepting, self.evidence = reports, accepting, evidence
        self.baseline = baseline.read(known) if known else None
        self.witness: Witness | None = None

    @property
    def anything(self) -> bool:
        """Whether any file is to be written."""
        return bool(self.reports or self.accepting or self.evidence)

    def onlooker(self) -> "Witness | None":
        """Who stands beside the scan, where evidence or every request is wanted."""
        if self.evidence or any(kind == "har" for kind, _ in self.reports):
            from bredele.scanner.evidence.witness import Witness

            self.witness = Witness(pictures=self.evidence is not None)
        if self.evidence:
            check_place(self.evidence)
        return self.witness

    def judged(self, scan: Scan, settings: Settings) -> Scan:
        """The scan with suggestions, and with what the baseline accepts as notes."""
        host = urlsplit(scan.target).hostname or ""
        advised = advise(scan, knowledge(settings.data), host)
        return baseline.apply(advised, self.baseline) if self.baseline else advised

    def deliver(self, scan: Scan, settings: Settings, registry: Registry | None = None, source: str = "") -> None:
        """Write every report, the new baseline and the evidence; each file is replaced in one step."""
        text = text_of(source)
        subject = Subject(scan, registry, source if text else "", text)
        for kind, path in self.reports:
            save(path, rendered(kind, subject, self.witness))
        if self.accepting:
            save(self.accepting, baseline.write(scan, self.baseline or before(self.accepting)))
        if self.evidence and self.witness:
            keep(self.evidence, scan, registry, self.witness, settings)


def check_place(path: Path) -> None:
    """See before the scan that its evidence can be signed and has room to lie in."""
    try:
        import cryptography  # noqa: F401  # asked for before an hour of scanning, not after it
    except ModuleNotFoundError as error:
        raise MissingPart.of(error, "verify") from None
    if path.suffix.lower() != ".zip" and path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise NoSource("There is something already.", where=str(path), cure="Name a new directory, or a .zip.")


def keep(path: Path, scan: Scan, registry: Registry | None, witness: "Witness", settings: Settings) -> None:
    """The signed bundle."""
    from bredele.scanner.evidence import bundle, container, signing

    files = bundle.files_of(scan, registry, witness, datetime.now(UTC))
    settings.data.mkdir(parents=True, exist_ok=True)
    key = signing.own_key(settings.data, settings.host)
    try:
        container.write(path, signing.sign(files, key))
    except OSError as error:
        raise NoSource(f"It cannot be written ({error.strerror}).", where=str(path), cure="Name another.") from None
    click.echo(f"Evidence: {path}, signed by {key.verifier}", err=True)


def before(path: Path) -> baseline.Baseline | None:
    """The baseline a new one takes the place of: reasons written into it are kept."""
    return baseline.read(path) if path.is_file() else None


def rendered(kind: str, subject: Subject, witness: "Witness | None" = None) -> bytes:
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

        return as_har(subject.scan, witness.calls if witness else ())
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
    click.option(
        "--evidence",
        type=click.Path(path_type=Path),
        metavar="DIR|FILE.zip",
        help="Also keep signed evidence: pictures, requests, storage, versions, times.",
    ),
)


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of both commands, given to them as one argument `wanted`."""

    @wraps(command)
    def packed(
        *args: Any, reports: Any, known: Path | None, accepting: Path | None, evidence: Path | None, **rest: Any
    ) -> Any:
        return command(*args, wanted=Wanted(reports, known, accepting, evidence), **rest)

    for option in reversed(OPTIONS):
        packed = option(packed)
    return packed
