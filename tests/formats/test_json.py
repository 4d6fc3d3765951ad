"""The JSON form and its published schema."""

from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings

from bredele.core.errors import InvalidRegistry
from bredele.core.registry import Registry
from bredele.formats import json, toml
from bredele.formats.declared import read_declared
from tests.formats.strategies import registries

ROOT = Path(__file__).parents[2]
VALIDATOR = jsonschema.Draft202012Validator(json.schema())


@settings(max_examples=60)
@given(registries())
def test_a_written_registry_reads_back_the_same_and_fits_the_schema(registry: Registry) -> None:
    text = json.write_registry(registry)
    assert json.read_registry(text.encode()) == registry
    VALIDATOR.validate(msgspec.json.decode(text))


def test_the_schema_is_valid_and_published_as_it_is() -> None:
    jsonschema.Draft202012Validator.check_schema(json.schema())
    published = (ROOT / "docs" / "schema" / "cookies-1.schema.json").read_bytes()
    assert msgspec.json.decode(published) == json.schema()


@pytest.mark.parametrize(
    "example", sorted((ROOT / "examples").glob("*/cookies.toml")), ids=lambda path: path.parent.name
)
def test_the_examples_fit_the_schema(example: Path) -> None:
    registry = toml.read_registry(example.read_bytes())
    VALIDATOR.validate(msgspec.json.decode(json.write_registry(registry)))


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"schema": 2},
        {"schema": 1, "colour": "red"},
        {"schema": 1, "cookies": [{}]},
        {"schema": 1, "cookies": [{"names": ["*"]}]},
        {"schema": 1, "cookies": [{"names": ["a*b"]}]},
        {"schema": 1, "cookies": [{"names": ["a"], "lifetime": "until I die"}]},
        {"schema": 1, "cookies": [{"names": ["a"], "kind": "biscuit"}]},
        {"schema": 1, "cookies": [{"names": ["a"], "exemption": {"reason": "x"}}]},
        {"schema": 1, "cookies": [{"names": ["a"], "secure": "yes"}]},
        {"schema": 1, "site": {"jurisdiction": "Mars"}},
        {"schema": 1, "site": {"name": {"English": "x"}}},
    ],
)
def test_schema_and_reader_refuse_the_same(body: dict[str, object]) -> None:
    """Rules: REG-11, REG-02"""
    assert not VALIDATOR.is_valid(body)
    with pytest.raises(InvalidRegistry):
        json.read_registry(msgspec.json.encode(body))


@pytest.mark.parametrize(
    "data", [b"{", b"[1]", b"7", b'{"schema": 1}' + b" " * 1_000_000, b"[" * 100_000, b'{"a": "\xff"}']
)
def test_what_is_no_registry_is_refused_with_a_place(data: bytes) -> None:
    with pytest.raises(InvalidRegistry) as caught:
        json.read_registry(data)
    assert all(problem.where and problem.cure for problem in caught.value.problems)


def test_any_form_of_a_registry_is_read() -> None:
    registry = toml.read_registry((ROOT / "examples" / "civis" / "cookies.toml").read_bytes())
    text = json.write_registry(registry)
    twin = msgspec.json.encode({"site": "x", "version": 1, "registry": msgspec.json.decode(text)})
    assert read_declared(toml.write_registry(registry).encode()) == registry
    assert read_declared(text.encode()) == registry
    assert read_declared(twin) == registry
