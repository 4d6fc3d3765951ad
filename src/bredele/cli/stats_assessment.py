"""`bredele stats self-assessment`: what an officer hands to the authority, made from what is true now."""

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from bredele.cli import web
from bredele.cli.errors import CONFORM, FINDINGS, MissingPart
from bredele.core.errors import BredeleError

if TYPE_CHECKING:
    from bredele.web.reports.assessment.document import Assessment


@click.command("self-assessment")
@click.argument("site")
@click.option("--language", type=click.Choice(["en", "fr"]), default="en", show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json", "pdf"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file; standard output unless told.")
def self_assessment(site: str, language: str, form: str, output: Path | None) -> int:
    """The exemption's criteria with state, evidence and date, and a legitimate-interest assessment."""
    web.load()
    desks, making = (import_module(f"bredele.web.{name}") for name in ("registry.desk", "reports.assessment.making"))
    try:
        desk = desks.open_desk(site)
    except BredeleError as error:
        raise BredeleError("There is no such site.", where=site, cure="See `bredele site list`.") from error
    made: Assessment = making.assessment(site, desk.site.origin, desk.registry, language, web.now())
    content = written(made, form, making)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        output.write_bytes(content)
    return CONFORM if made.conform else FINDINGS


def written(made: "Assessment", form: str, making: object) -> bytes:
    """The document in a form; MissingPart where paper needs what is not installed."""
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"
    if form == "pdf":
        try:
            paper: bytes = making.as_pdf(made)  # type: ignore[attr-defined]  # imported when asked for
        except ModuleNotFoundError as error:
            raise MissingPart.of(error, "pdf") from None
        return paper
    return as_text(made).encode()


def as_text(made: "Assessment") -> str:
    """Plain text, in the document's order."""
    lines = [made.title, "", made.summary, *made.notices, ""]
    lines += [f"{name}: {value}" for name, value in made.facts]
    lines += ["", made.labels["purposes"], *(f"  {purpose}: {names}" for purpose, names in made.purposes)]
    lines += ["", made.labels["criteria"]]
    for one in made.criteria:
        lines += [
            f"{one.number:>3}. {one.question}",
            f"     {one.word} ({one.checked}; {', '.join(one.rules)})",
            f"     {one.evidence}",
        ]
    lines += ["", made.labels["interest"]]
    for title, paragraphs in made.interest:
        lines += [title, *(f"  {paragraph}" for paragraph in paragraphs)]
    lines += ["", made.labels["deletions"], *(made.deletions or (made.labels["nothing_deleted"],))]
    return "\n".join([*lines, "", f"{made.labels['sources']}: {made.sources}", ""])
