"""The JSON Schema (2020-12) of a registry, made from the same words the core knows."""

from typing import Any, get_args

from bredele.core.declaration import ExemptionKind, Kind, Location, SameSite
from bredele.core.jurisdictions import PRESETS
from bredele.core.registry import Statistics

Schema = dict[str, Any]
IDENTIFIER = "urn:bredele:schema:cookies:1"
LANGUAGE = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"
SLUG = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$"
NAME = r"^(\*?[^*;=\s\u0000-\u001f\u007f]+|[^*;=\s\u0000-\u001f\u007f]+\*)$"
DURATION = (
    r"^(session|persistent|P(?=.)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,5}D)?"
    r"(T(?=.)(\d{1,6}H)?(\d{1,7}M)?(\d{1,9}S)?)?)$"
)
STRING: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
TEXT: Schema = {"$ref": "#/$defs/text"}


def words(*choices: str) -> Schema:
    """One of these."""
    return {"enum": list(choices)}


def listed(item: Schema) -> Schema:
    """A list of them."""
    return {"type": "array", "items": item}


def one_or_list(item: Schema) -> Schema:
    """One, or a list of them."""
    return {"anyOf": [item, listed(item)]}


def closed(properties: Schema, *required: str) -> Schema:
    """A table with these keys and no other."""
    table: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**table, "required": list(required)} if required else table


SITE = closed(
    {
        "name": TEXT,
        "origin": {"type": "string", "pattern": "^https?://[^/?#@]+/?$", "description": "https, or http on loopback."},
        "languages": {**listed({"type": "string", "pattern": LANGUAGE}), "uniqueItems": True},
        "jurisdiction": words(*PRESETS),
        "controller": TEXT,
        "contact": TEXT,
        "transfers": TEXT,
        "retention": TEXT,
        "authority": TEXT,
        "rights": TEXT,
        "statistics": words(*get_args(Statistics)),
    }
)
EXEMPTION = closed({"kind": words(*get_args(ExemptionKind)), "reason": TEXT}, "kind")
COOKIE = closed(
    {
        "names": {**listed({"type": "string", "pattern": NAME}), "minItems": 1, "uniqueItems": True},
        "kind": words(*get_args(Kind)),
        "provider": STRING,
        "function": TEXT,
        "location": one_or_list(words(*get_args(Location))),
        "purpose": one_or_list({"type": "string", "pattern": SLUG}),
        "purpose_text": TEXT,
        "stated_type": {**STRING, "description": "What an imported page says; never used to decide."},
        "lifetime": {"type": "string", "pattern": DURATION},
        "refreshed": {**FLAG, "description": "Set again at each visit, so that its life begins anew."},
        "hosts": {**listed(STRING), "description": "Setting hosts; none means the site's own."},
        "path": {"type": "string", "pattern": "^/[^;]*$"},
        "secure": FLAG,
        "http_only": FLAG,
        "same_site": words(*get_args(SameSite)),
        "partitioned": FLAG,
        "exemption": EXEMPTION,
        "third_party_access": {**one_or_list(STRING), "description": "Recipients; an empty list means none."},
        "erase": {"type": "string", "format": "uri", "description": "Expires a third party's cookie on withdrawal."},
    },
    "names",
)
SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": IDENTIFIER,
    "title": "Bredele registry",
    "description": "Everything a site declares: the content of cookies.toml, schema 1.",
    **closed(
        {
            "schema": {"const": 1},
            "site": SITE,
            "purposes": listed(closed({"id": {"type": "string", "pattern": SLUG}, "label": TEXT}, "id")),
            "cookies": listed(COOKIE),
        },
        "schema",
    ),
    "$defs": {
        "text": {
            "description": "Words in the site's first language, or by language.",
            "anyOf": [
                STRING,
                {"type": "object", "propertyNames": {"pattern": LANGUAGE}, "additionalProperties": STRING},
            ],
        }
    },
}
