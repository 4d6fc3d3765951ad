"""`bredele user`: the people who keep the registry."""

import sys

import click

from bredele.cli import web
from bredele.cli.format import format_option, report


@click.group()
def user() -> None:
    """Add and list the people who keep the registry."""


@user.command()
@click.argument("name")
@click.option("--email", default="", help="They may sign in with it too.")
@click.option("--owner", is_flag=True, help="May do everything, accounts included.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(name: str, email: str, owner: bool, password_stdin: bool) -> None:
    """Add a person; without --password-stdin a password is made and printed once."""
    web.load()
    from bredele.web.accounts import people

    given = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    password = people.add(name, email=email, owner=owner, password=given)
    click.echo(f"Added {name}." if given else f"Added {name}. Password (shown this once): {password}")


@user.command("list")
@format_option
def list_people(form: str) -> None:
    """List the accounts."""
    web.load()
    from bredele.web.accounts.models import Account

    rows = [
        {
            "name": row.username,
            "email": row.email,
            "owner": row.is_superuser,
            "open": row.is_active,
            "last_sign_in": row.last_login.isoformat(timespec="seconds") if row.last_login else None,
        }
        for row in Account.objects.order_by("username")
    ]
    report(form, rows, "No account yet: bredele user add NAME --owner.")


@user.command()
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the new password from standard input.")
def password(name: str, password_stdin: bool) -> None:
    """Give a person a new password; every session of theirs ends."""
    web.load()
    from bredele.web.accounts import people

    given = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    made = people.renew_password(name, given)
    click.echo(f"Changed {name}." if given else f"New password of {name} (shown this once): {made}")


@user.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove an account; what it published stays, under its name."""
    web.load()
    from bredele.web.accounts import people

    people.remove(name)
    click.echo(f"Removed {name}.")
