"""`bredele site`: the sites this server answers for."""

import click

from bredele.cli import web
from bredele.cli.format import format_option, report


@click.group()
def site() -> None:
    """Add and list sites."""


@site.command()
@click.argument("slug")
@click.option("--origin", required=True, help='As visitors see it: "https://www.example.org".')
@click.option("--host", "hosts", multiple=True, help="Host names it answers on (default: the origin's). Repeatable.")
@click.option("--default", "default", is_flag=True, help="Answer unknown hosts with this site's public pages.")
def add(slug: str, origin: str, hosts: tuple[str, ...], default: bool) -> None:
    """Add a site with an empty draft."""
    web.load()
    from bredele.web.registry import sites

    made = sites.add(slug, origin, hosts, default=default)
    click.echo(f"Added {made.slug} on {', '.join(made.hosts)}. Next: bredele publish {made.slug} --from cookies.toml")


@site.command("list")
@format_option
def list_sites(form: str) -> None:
    """List the sites and their versions in force."""
    web.load()
    from bredele.web.registry.models import Site

    rows = [
        {
            "slug": row.slug,
            "origin": row.origin,
            "hosts": row.hosts,
            "default": row.default,
            "version": (current := row.versions.first()) and current.number,
            "published": current.published.isoformat(timespec="seconds") if current else None,
        }
        for row in Site.objects.all()
    ]
    report(form, rows, "No site yet: bredele site add SLUG --origin URL.")
