"""`bredele publish`: a site's draft becomes its next version."""

import getpass
from pathlib import Path

import click
import msgspec

from bredele.cli import web
from bredele.cli.errors import CONFORM, FINDINGS
from bredele.cli.format import format_option, report
from bredele.cli.picturing import take_pictures
from bredele.core.registry import Registry
from bredele.core.settings import Settings
from bredele.formats.published import SiteIndex


@click.command()
@click.argument("site")
@click.option("--from", "source", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A cookies.toml.")
@click.option("--check", "only_check", is_flag=True, help="Say what would change and what blocks; change nothing.")
@click.option("--no-pictures", is_flag=True, help="Take no pictures of the banner with this machine's Chromium.")
@format_option
def publish(site: str, source: Path | None, only_check: bool, no_pictures: bool, form: str) -> int:
    """Publish the draft of SITE, or first make the declarations of a file its draft."""
    settings = web.load()
    registry = read(source) if source else None
    if only_check:
        return check(site, registry, form)
    from bredele.web.registry import publishing

    note = f"from {source.name}" if source else ""
    version = publishing.publish(site, web.now(), getpass.getuser(), registry, note)
    if not no_pictures:
        picture(site, settings)
    moment = version.published.isoformat(timespec="seconds")
    report(form, [{"site": site, "version": version.number, "published": moment}], "")
    return CONFORM


def picture(site: str, settings: Settings) -> None:
    """Pictures of the new banner join its proof; what hinders them is told on standard error."""
    published = SiteIndex(settings.data).by_slug(site)
    if published is not None:
        take_pictures([published], settings, lambda line: click.echo(line, err=True))


def read(source: Path) -> Registry:
    """The registry of a file; every problem in it is told."""
    from bredele.formats.toml import read_registry

    return read_registry(source.read_bytes())


def check(site: str, registry: Registry | None, form: str) -> int:
    """Print problems and changes; code 1 if a problem blocks."""
    from bredele.web.registry import publishing

    found = publishing.check(site, registry)
    if form == "json":
        body = {"site": site, "problems": found.problems, "changes": found.changes}
        click.echo(msgspec.json.format(msgspec.json.encode(body), indent=2).decode())
    else:
        for problem in found.problems:
            click.echo(f"{problem.severity}: {problem.where}: {problem.message} {problem.cure}")
        for change in found.changes:
            click.echo(f"{'material' if change.material else 'wording'}: {change.kind} {change.where}")
        click.echo("Blocked." if found.blocked else "Ready to publish.")
    return FINDINGS if found.blocked else CONFORM
