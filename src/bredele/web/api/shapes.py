"""What ninja cannot read from Python types: bodies of the core's own shapes, headers, and the answers of errors."""

from typing import Any

from bredele.web.api.schemas.problems import ProblemOut


def faults(*codes: int) -> dict[Any, Any]:
    """Answers of errors by status; their media type is set in `api`."""
    return dict.fromkeys(codes, ProblemOut)


KNOWN = faults(401, 403)
"""Of every call that needs a caller."""
OF_A_SITE = faults(401, 403, 404)


def json_body(description: str, name: str) -> dict[str, Any]:
    """A 200 answer whose body is the named component."""
    schema = {"$ref": f"#/components/schemas/{name}"}
    content = {"application/json": {"schema": schema}}
    return {"responses": {200: {"description": description, "content": content}}}


REGISTRY_OUT = json_body("The registry; the ETag is its revision", "Registry")
VERSION_OUT = json_body("The version's immutable file", "StoredVersion")
SCAN_OUT = json_body("The scan as it was recorded", "StoredScan")
REGISTRY_IN: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Registry"}}},
    }
}
IF_MATCH: dict[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": "If-Match",
            "required": True,
            "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
            "description": "The ETag of the draft that was read.",
            "example": '"7"',
        }
    ]
}
LANGUAGE: dict[str, Any] = {
    "parameters": [
        {
            "in": "query",
            "name": "lang",
            "required": False,
            "schema": {"type": "string"},
            "description": "A published language; otherwise Accept-Language decides, then the site's first one.",
        }
    ]
}
