"""`bredele token`: bearer tokens for machines that call the API."""

import click

from bredele.cli import web
from bredele.cli.format import format_option, report


@click.group()
def token() -> None:
    """Add, list and revoke machine tokens."""


@token.command()
@click.argument("label")
@click.option("--site", default="", help="Good for this site only (default: every site).")
@click.option("--write", is_flag=True, help="May change drafts and publish, not only read.")
@click.option("--ledger", is_flag=True, help="May read consent records and hand over their proof.")
def add(label: str, site: str, write: bool, ledger: bool) -> None:
    """Make a token and print it, this once."""
    web.load()
    from bredele.web.accounts import tokens
    from bredele.web.registry.drafts import find_site

    if site:
        find_site(site)
    click.echo(tokens.add(label, web.now(), site=site, may_write=write, may_read_ledger=ledger))


@token.command("list")
@format_option
def list_tokens(form: str) -> None:
    """List the tokens; their text is not kept."""
    web.load()
    from bredele.web.accounts.models import Token

    rows = [
        {
            "label": row.label,
            "site": row.site,
            "write": row.may_write,
            "ledger": row.may_read_ledger,
            "created": row.created.isoformat(timespec="seconds"),
            "revoked": row.revoked.isoformat(timespec="seconds") if row.revoked else None,
        }
        for row in Token.objects.order_by("label")
    ]
    report(form, rows, "No token yet: bredele token add LABEL.")


@token.command()
@click.argument("label")
def revoke(label: str) -> None:
    """End a token now."""
    web.load()
    from bredele.web.accounts import tokens

    tokens.revoke(label, web.now())
    click.echo(f"Revoked {label}.")
