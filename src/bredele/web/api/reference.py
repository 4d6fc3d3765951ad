"""The OpenAPI document as plain facts for the documentation page, so that page and document never differ."""

import json
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True)
class Parameter:
    """One parameter of a call."""

    name: str
    place: str
    required: bool
    kind: str
    description: str


@dataclass(frozen=True)
class Answer:
    """One answer by status; `shape` names its component."""

    status: str
    description: str
    shape: str


@dataclass(frozen=True)
class Call:
    """One call of the API."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    known: bool
    parameters: tuple[Parameter, ...]
    body: str
    answers: tuple[Answer, ...]
    command: str


@dataclass(frozen=True)
class Shape:
    """One component, as JSON Schema."""

    name: str
    description: str
    schema: str


def calls(document: Document, origin: str) -> tuple[tuple[str, tuple[Call, ...]], ...]:
    """Tag and calls, in the document's order; commands are for this origin."""
    groups: dict[str, list[Call]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append(call(path, method, operation, origin))
    return tuple((tag, tuple(found)) for tag, found in groups.items())


def call(path: str, method: str, operation: Document, origin: str) -> Call:
    """One call."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    known = "security" in operation
    return Call(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        known=known,
        parameters=tuple(parameter(found) for found in operation["parameters"]),
        body=shape_of(content.get("schema", {})),
        answers=tuple(answer(str(status), found) for status, found in operation["responses"].items()),
        command=command(origin + path, method.upper(), operation, known=known, has_body=bool(content)),
    )


def parameter(found: Document) -> Parameter:
    """One parameter."""
    return Parameter(
        name=found["name"],
        place=found["in"],
        required=found["required"],
        kind=kind_of(found["schema"]),
        description=found.get("description", ""),
    )


def answer(status: str, found: Document) -> Answer:
    """One answer."""
    content: Document = next(iter(found.get("content", {}).values()), {})
    return Answer(status=status, description=found["description"], shape=shape_of(content.get("schema", {})))


def shape_of(schema: Document) -> str:
    """The component a body refers to, that of its items for a list; empty for none."""
    reference: str = schema.get("$ref", "") or schema.get("items", {}).get("$ref", "")
    return reference.rpartition("/")[2]


def kind_of(schema: Document) -> str:
    """A parameter's kind in words."""
    if "enum" in schema:
        return ", ".join(str(value) for value in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if "anyOf" in schema:
        return " or ".join(kind_of(one) for one in schema["anyOf"] if one.get("type") != "null")
    return str(schema.get("format") or schema.get("pattern") or schema.get("type", ""))


def command(url: str, method: str, operation: Document, *, known: bool, has_body: bool) -> str:
    """The call for a command line; what is the reader's own is left to fill in."""
    lines = [f"curl{'' if method == 'GET' else ' -X ' + method} '{url}'"]
    if known:
        lines.append("-H 'Authorization: Bearer …'")
    if any(found["name"] == "If-Match" for found in operation["parameters"]):
        lines.append("-H 'If-Match: \"7\"'")
    if has_body:
        lines += ["-H 'Content-Type: application/json'", "-d @body.json"]
    return " \\\n  ".join(lines)


def shapes(document: Document) -> tuple[Shape, ...]:
    """Every component in the document's order."""
    return tuple(
        Shape(name=name, description=schema.get("description", ""), schema=json.dumps(schema, indent=2))
        for name, schema in document["components"]["schemas"].items()
    )
