"""How to sign in, from a small TOML file: address, fields, and where to sign out. Secrets come from the environment."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from bredele.scanner.errors import InvalidPlan

EXAMPLE = 'Write url = "https://…/login/", then [fields] with name = "value" or name = { env = "VARIABLE" }.'


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    """A recipe with its values filled in; never printed.

    `submit`: CSS selector of the button, the form's first one by default. `sign_out`: address of the sign-out page or
    a CSS selector of the control; empty means the scan does not sign out.
    """

    url: str
    fields: dict[str, str]
    submit: str = ""
    sign_out: str = ""

    def __repr__(self) -> str:
        return f"SignIn(url={self.url!r}, fields={sorted(self.fields)})"


def read_recipe(data: bytes, environ: Mapping[str, str], where: str = "sign-in file") -> SignIn:
    """The recipe in a TOML file; InvalidPlan with place and cure for every fault, never quoting a value."""
    try:
        table = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidPlan(f"It is not TOML: {error}.", where=where, cure=EXAMPLE) from None
    unknown = set(table) - set(SignIn.__struct_fields__)
    if unknown:
        raise InvalidPlan(f"Unknown: {', '.join(sorted(unknown))}.", where=where, cure=EXAMPLE)
    url, fields = table.get("url"), table.get("fields")
    if not isinstance(url, str) or urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise InvalidPlan("It names no address to sign in at.", where=f"{where}: url", cure=EXAMPLE)
    if not isinstance(fields, dict) or not fields:
        raise InvalidPlan("It names no field to fill in.", where=f"{where}: fields", cure=EXAMPLE)
    texts = {name: table.get(name, "") for name in ("submit", "sign_out")}
    for name, text in texts.items():
        if not isinstance(text, str):
            raise InvalidPlan("It is not a text.", where=f"{where}: {name}", cure=EXAMPLE)
    values = {name: field_value(name, value, environ, where) for name, value in fields.items()}
    return SignIn(url=url, fields=values, submit=texts["submit"], sign_out=texts["sign_out"])


def field_value(name: str, value: object, environ: Mapping[str, str], where: str) -> str:
    """A field's value, from the file or from the environment variable it names."""
    place = f"{where}: fields.{name}"
    if isinstance(value, str):
        return value
    variable = value.get("env") if isinstance(value, dict) and len(value) == 1 else None
    if not isinstance(variable, str):
        raise InvalidPlan("It is neither a text nor { env = … }.", where=place, cure=EXAMPLE)
    if variable not in environ:
        raise InvalidPlan(f"{variable} is not set.", where=place, cure=f"Export {variable} before the scan.")
    return environ[variable]


def read_recipe_file(path: Path, environ: Mapping[str, str]) -> SignIn:
    """The recipe in a file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidPlan(f"It cannot be read: {error.strerror}.", where=str(path), cure="Check the path.") from None
    return read_recipe(data, environ, where=str(path))
