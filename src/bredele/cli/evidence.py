"""`bredele evidence`: whether a bundle is what was signed, and the keys to tell by."""

import os
from pathlib import Path

import click
import msgspec

from bredele.cli.errors import CONFORM, COULD_NOT, FINDINGS, MissingPart
from bredele.cli.format import format_option
from bredele.core.settings import read_settings
from bredele.scanner.evidence import container
from bredele.scanner.evidence.errors import Altered, KeyUnknown


@click.group()
def evidence() -> None:
    """Verify the signed evidence of a scan."""


@evidence.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--key", "stated", metavar="KEY|FILE", help="Whom to believe: a public key, or a file of them.")
@format_option
def verify(path: Path, stated: str | None, form: str) -> int:
    """Say whether the bundle at PATH is, to the byte, what was signed; name every file that is not."""
    try:
        from bredele.scanner.evidence import signing
    except ModuleNotFoundError as error:
        raise MissingPart.of(error, "verify") from None
    settings = read_settings(os.environ)
    believed = signing.stated_keys(stated) if stated else signing.own_public(settings.data)
    try:
        key = signing.verify(container.read(path), believed)
    except Altered as fault:
        told(form, {"verified": False, "files": fault.files, "key": None}, f"Altered: {fault}")
        return FINDINGS
    except KeyUnknown as fault:
        told(form, {"verified": None, "files": {}, "key": fault.key}, f"Not verified: {fault}")
        return COULD_NOT
    except ModuleNotFoundError as error:
        raise MissingPart.of(error, "verify") from None
    told(form, {"verified": True, "files": {}, "key": str(key)}, f"Verified: exactly what {key} signed.")
    return CONFORM


@evidence.command()
def key() -> int:
    """Print the public keys of this installation, the newest last."""
    from bredele.scanner.evidence import signing

    settings = read_settings(os.environ)
    for one in signing.own_public(settings.data):
        click.echo(str(one))
    return CONFORM


def told(form: str, body: dict[str, object], words: str) -> None:
    """The outcome as JSON or in words."""
    click.echo(msgspec.json.format(msgspec.json.encode(body), indent=2).decode() if form == "json" else words)
