"""`bredele demo`: the example sites, served and proved true. `make run` calls this."""

import signal
import sys
import traceback
from pathlib import Path

import click

from bredele.cli import child, examples, proving, web
from bredele.cli.errors import COULD_NOT
from bredele.cli.serve import check_port
from bredele.core.errors import BredeleError
from bredele.core.settings import Settings

PORT = 8000
SIGN_IN = "first-sign-in.txt"


@click.command()
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Data directory (BREDELE_DATA).")
@click.option("--port", type=click.IntRange(1, 65535), help=f"Port to listen on (default {PORT}).")
@click.option("--lie", is_flag=True, help="Let the town set one cookie that nobody declared: the proof turns red.")
@click.option("--no-proof", is_flag=True, help="Serve only.")
@click.option("--once", is_flag=True, help="Serve, prove, stop. Exit code as of `check`.")
def demo(data: Path | None, port: int | None, lie: bool, no_proof: bool, once: bool) -> int:
    """Serve the platform with two example sites, and prove in a real browser that their policies are true."""
    startup = web.startup()
    settings = web.load(data, f"http://localhost:{port or configured_port()}", tables=False)
    check_port(settings)
    say(f"Bredele keeps its data in {settings.data}/.")
    startup.prepare()
    examples.prepare(settings, say)
    keep_sign_in(settings)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with child.serving(settings, lie=lie) as process:
        try:
            welcome(settings, lie=lie)
            code = 0 if no_proof else prove(settings, lie=lie, again=once)
            return code if once else child.stay(process)
        except KeyboardInterrupt:
            if once:
                raise
            return 0  # the normal end from the line on that names it, in the middle of a proof too


def configured_port() -> int:
    """The port of the configured origin where it is plain http, else 8000."""
    configured = web.installation()
    return PORT if configured.secure else configured.port


def say(line: str) -> None:
    """Progress, at once."""
    click.echo(line)
    sys.stdout.flush()


def prove(settings: Settings, *, lie: bool, again: bool) -> int:
    """Prove what changed; whatever goes wrong there is told and does not stop the serving."""
    try:
        return proving.prove(settings, say, lie=lie, again=again)
    except BredeleError as error:
        say(f"Not proved: {error}")
    except Exception:  # noqa: BLE001  # the sites are served all the same
        traceback.print_exc()
        say("Not proved: this is a fault of Bredele itself.")
    return COULD_NOT


def keep_sign_in(settings: Settings) -> None:
    """An owner's account, made once; its random password stays in a file only its owner reads."""
    from bredele.web.accounts import people
    from bredele.web.accounts.models import Account

    if Account.objects.filter(is_superuser=True).exists():
        return
    password = people.add("owner", owner=True)
    path = settings.data / SIGN_IN
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(f"name: owner\npassword: {password}\n")


def welcome(settings: Settings, *, lie: bool) -> None:
    """Where to look and how to sign in."""
    say("")
    for example in examples.EXAMPLES:
        say(f"  {example.origin(settings):30} {WHAT[example.slug]}")
    say(f"  {settings.origin + '/backoffice/':30} the back office")
    say("")
    say(f"Sign in with the name and password in {settings.data / SIGN_IN}.")
    if lie:
        say("The town lies: it sets one cookie that its policy does not name.")
    say("Ctrl-C stops everything.")
    say("")


WHAT = {
    "civis": "the platform: policy, preferences, open data",
    "town": "a town's site to try it on",
    "partner": "its partner, a third party",
}
