"""The API itself: its calls, its errors, and its OpenAPI document."""

from typing import Any

import msgspec
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from bredele import __version__
from bredele.core.observation import Scan
from bredele.core.registry import Version
from bredele.formats import json as registry_json
from bredele.ledger.iso27560 import Consent
from bredele.web.api import errors
from bredele.web.api.routes import annotations, data, ledger, session, sites

DESCRIPTION = """\
Open data of a site needs no sign-in and sets no cookie; the site is chosen by Host. Everything else needs a caller: a \
machine with `Authorization: Bearer`, or a signed-in browser, which sends `X-CSRFToken` with each call that is no GET. \
Errors are problem details (RFC 9457) that name the place and the cure."""


ROOT = "/api/v1/"


class Api(NinjaAPI):
    """Adds to ninja's document the shapes that are the core's own, and the media type of errors."""

    _document: OpenAPISchema | None = None

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        """The one place where this API lies."""
        return ROOT

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The document at `/api/v1/openapi.json`. Made once: it takes a third of a second, and anybody may ask."""
        if self._document is None:
            self._document = self._made(**options)
        return self._document

    def _made(self, **options: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**options)
        document["components"]["schemas"].update(components())
        for path in document["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if status >= 400:
                        response["content"] = {errors.CONTENT_TYPE: response["content"]["application/json"]}
        return document


def components() -> dict[str, Any]:
    """The registry as a file, and the stored forms of versions and scans."""
    prefix = "#/components/schemas/"
    _, stored = msgspec.json.schema_components((Version, Scan, Consent), ref_template=prefix + "Stored{name}")
    registry = registry_json.schema()
    parts = registry.get("$defs", {})
    named: dict[str, Any] = {
        "Registry": {key: value for key, value in registry.items() if key not in ("$schema", "$id", "$defs")},
        **{f"Registry{name[:1].upper()}{name[1:]}": part for name, part in parts.items()},
    }
    hoisted = msgspec.json.decode(hoist(msgspec.json.encode(named).decode(), tuple(parts)))
    return {**hoisted, **{f"Stored{name}": shape for name, shape in stored.items()}}


def hoist(text: str, names: tuple[str, ...]) -> str:
    """References to `#/$defs/<name>` as references to the document's components."""
    for name in names:
        target = f"#/components/schemas/Registry{name[:1].upper()}{name[1:]}"
        text = text.replace(f'"#/$defs/{name}"', f'"{target}"')
    return text


api = Api(title="Bredele", version=__version__, description=DESCRIPTION, docs_url=None, urls_namespace="api")
errors.register(api)
api.add_router("", data.router)
api.add_router("", session.router)
api.add_router("", sites.router)
api.add_router("", ledger.router)
api.add_router("", annotations.router)
