"""Declarations as a device storage disclosure, in the form that IAB's TCF 1.1 gave such files (API-03).

`purposes` are this registry's own, not the framework's numbers: a site without the framework has none to state.
"""

from typing import Any

import msgspec

from bredele.core.declaration import NECESSARY, Declaration, words
from bredele.core.registry import Registry

WEB = "web"
"""The form's word for every storage of a page that is no cookie."""


def as_disclosures(registry: Registry, language: str) -> bytes:
    """`{disclosures: [{identifier, type, maxAgeSeconds, cookieRefresh, domains, purposes, description, optOut}]}`.

    One for each name. `maxAgeSeconds`: 0 for a cookie of the browser session, null for what has no age of its own.
    """
    found = [
        {"identifier": name, **facts(registry, entry, language)} for entry in registry.cookies for name in entry.names
    ]
    return msgspec.json.format(msgspec.json.encode({"disclosures": found}), indent=2) + b"\n"


def facts(registry: Registry, entry: Declaration, language: str) -> dict[str, Any]:
    """What every name of an entry has in common. `optOut`: the visitor can refuse it or object to it."""
    cookie = entry.kind == "cookie"
    return {
        "type": "cookie" if cookie else WEB,
        "maxAgeSeconds": max_age(entry) if cookie else None,
        "cookieRefresh": bool(entry.refreshed) if cookie else None,
        "domains": [host.lstrip(".") for host in entry.hosts] or [registry.site.host],
        "purposes": list(entry.purpose),
        "description": words(entry.purpose_text, language),
        "optOut": set(entry.purpose) != {NECESSARY},
    }


def max_age(entry: Declaration) -> int | None:
    """Nominal seconds; None where the lifetime is not stated or has no end."""
    if entry.lifetime is None:
        return None
    return 0 if entry.lifetime.session else entry.lifetime.seconds
