"""`bredele start`: serve, and open the browser by a one-time sign-in link."""

import webbrowser
from pathlib import Path

import click

from bredele.cli import child, web
from bredele.cli.serve import check_port, origin_on
from bredele.core.settings import Settings


@click.command()
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Data directory (BREDELE_DATA).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; on loopback the origin's port too.")
@click.option("--no-browser", is_flag=True, help="Print the sign-in link, open nothing.")
def start(data: Path | None, port: int | None, no_browser: bool) -> int:
    """Serve, and open the browser signed in as the owner, until Ctrl-C."""
    startup = web.startup()
    settings = web.load(data, origin_on(port), tables=False)
    check_port(settings)
    startup.prepare()
    with child.serving(settings) as process:
        link = sign_in_link(settings)
        click.echo(f"Serving {settings.origin} (Ctrl-C stops). Sign in once, within a minute: {link}")
        if not no_browser:
            webbrowser.open(link)
        return child.stay(process)


def sign_in_link(settings: Settings) -> str:
    """A link for the first owner; one named `owner` is made where there is none."""
    from bredele.web.accounts import once, people

    return f"{settings.origin.rstrip('/')}/accounts/once/{once.make(people.first_owner())}/"
