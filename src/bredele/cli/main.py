"""The `bredele` command: every subcommand by name, loaded only when it is called."""

import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from bredele import __version__
from bredele.cli.errors import COULD_NOT, exit_code, explain
from bredele.core.errors import BredeleError

COMMANDS = {
    "start": "bredele.cli.start:start",
    "serve": "bredele.cli.serve:serve",
    "demo": "bredele.cli.demo:demo",
    "site": "bredele.cli.site:site",
    "user": "bredele.cli.user:user",
    "token": "bredele.cli.token:token",
    "publish": "bredele.cli.publish:publish",
    "policy": "bredele.cli.policy:policy",
    "registry": "bredele.cli.registry:registry",
    "scan": "bredele.cli.scan:scan",
    "check": "bredele.cli.check:check",
    "evidence": "bredele.cli.evidence:evidence",
    "knowledge": "bredele.cli.knowledge:knowledge",
    "ledger": "bredele.cli.ledger:ledger",
    "stats": "bredele.cli.stats:stats",
    "tick": "bredele.cli.tick:tick",
    "doctor": "bredele.cli.doctor:doctor",
}
"""Name to `module:attribute`. `bredele scan` must start without Django, so nothing is imported before it is needed."""
SUMMARIES = {
    "start": "Serve, and open the browser signed in.",
    "serve": "Serve the platform on one port.",
    "demo": "Serve with the example sites and prove their policies true.",
    "site": "Add and list sites.",
    "user": "Add and list the people who keep the registry.",
    "token": "Add, list and revoke machine tokens.",
    "publish": "Publish a site's draft as its next version.",
    "policy": "Import, render and compare policy texts.",
    "registry": "Validate, export and import declarations.",
    "scan": "Visit a site in a real browser and list what it stores.",
    "check": "Scan a site and compare it with its declarations.",
    "evidence": "Verify the signed evidence of a scan.",
    "knowledge": "Load what others know about cookies; scans then suggest.",
    "ledger": "Verify consent records, issue receipts, hand over proof.",
    "stats": "Query the statistics.",
    "tick": "Do the periodic work that is due.",
    "doctor": "Say what is missing on this machine and how to get it.",
}


class Commands(click.Group):
    """Loads a subcommand when it is named, and turns what goes wrong into a message and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of use, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101  # the table above is ours
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `--help`, from the table: no subcommand is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in COMMANDS])

    def main(self, args: Sequence[str] | None = None, *rest: Any, **named: Any) -> Any:
        """Run, and leave with one of the four codes."""
        named.update(standalone_mode=False, prog_name="bredele")
        try:
            result = super().main(args, *rest, **named)
        except click.ClickException as error:
            error.show()
            sys.exit(exit_code(error))
        except BredeleError as error:
            click.echo(explain(error), err=True)
            sys.exit(exit_code(error))
        except (click.Abort, KeyboardInterrupt):
            click.echo("Stopped.", err=True)
            sys.exit(COULD_NOT)
        except Exception as error:  # noqa: BLE001  # a crash leaves the question open: code 3
            traceback.print_exc()
            click.echo("error: This is a fault of Bredele itself.", err=True)
            sys.exit(exit_code(error))
        sys.exit(result if isinstance(result, int) else 0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="bredele")
def main() -> None:
    """Run your cookie policy, don't just write it."""


if __name__ == "__main__":
    main()
