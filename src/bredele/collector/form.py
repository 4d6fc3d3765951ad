"""The fields of `POST /consent` and `POST /cookies/preferences/`, from a form or from JSON (CONTRACTS 2)."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal
from urllib.parse import parse_qs

import msgspec

from bredele.collector.errors import RefusedPost

BODY_LIMIT = 8192
FIELDS_LIMIT = 64
KEY = re.compile(r"[0-9A-Za-z_-]{8,64}", re.ASCII)
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class ChoiceForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One answer. `purpose` counts for `save` only; `version` is the one the visitor read; `key` makes a retry one.

    `language`: the one it was asked in. `about`: the purposes that are asked again; accepting or refusing then leaves
    the stored answers to all others as they are. Empty: the answer is about all.
    """

    choice: Literal["accept", "refuse", "save"]
    purpose: tuple[str, ...] = ()
    version: int | None = None
    key: str = ""
    next: str = "/"
    language: str = ""
    about: tuple[str, ...] = ()


def read(body: bytes, content_type: str) -> ChoiceForm:
    """The form in a body; RefusedPost 413, 415 or 422 otherwise."""
    if len(body) > BODY_LIMIT:
        raise RefusedPost(413, f"The answer is longer than {BODY_LIMIT} bytes.", cure="Send the five fields only.")
    kind = content_type.partition(";")[0].strip().lower()
    if kind == JSON:
        return read_json(body)
    if kind == FORM:
        return read_form(body)
    raise RefusedPost(415, f'"{kind[:60]}" is not understood.', where="Content-Type", cure=f"Send {FORM} or {JSON}.")


def read_json(body: bytes) -> ChoiceForm:
    """A JSON object; the error names the member."""
    try:
        return checked(msgspec.json.decode(body, type=ChoiceForm))
    except msgspec.DecodeError as error:
        raise RefusedPost(422, str(error), cure='Send {"choice": "accept|refuse|save", "purpose": [...]}.') from None


def read_form(body: bytes) -> ChoiceForm:
    """Form fields; unknown ones are passed over, as browsers may add a submit button's name."""
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=FIELDS_LIMIT)
    except ValueError:
        raise RefusedPost(422, "The form cannot be read.", cure="Send UTF-8 and at most 64 fields.") from None
    return from_fields(fields)


def from_fields(fields: Mapping[str, Sequence[str]]) -> ChoiceForm:
    """The form from field lists as a parser gives them."""
    single = {name: fields[name][-1] for name in ("choice", "version", "key", "next", "language") if fields.get(name)}
    stated = {**single, "purpose": tuple(fields.get("purpose", ())), "about": tuple(fields.get("about", ()))}
    if not single.get("version"):
        stated.pop("version", None)
    try:
        return checked(msgspec.convert(stated, ChoiceForm, strict=False))
    except msgspec.ValidationError as error:
        raise RefusedPost(422, str(error), cure="choice is accept, refuse or save; version is a number.") from None


def checked(form: ChoiceForm) -> ChoiceForm:
    """The same form, or RefusedPost 422 for a key that is none."""
    if form.key and not KEY.fullmatch(form.key):
        raise RefusedPost(422, "The key has another form.", where="key", cure="Send 8 to 64 letters, digits, - or _.")
    return form
