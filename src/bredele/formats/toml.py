"""`cookies.toml`: the declaration a person writes and keeps beside the code (CONTRACTS 3)."""

import re
import tomllib

import tomli_w

from bredele.core.errors import InvalidRegistry
from bredele.core.registry import Registry
from bredele.formats.bytes_in import decode
from bredele.formats.registry_reading import registry_of, unreadable
from bredele.formats.registry_writing import tables_of

AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
LONG_KEY = re.compile(
    r"""(?<![\w-])(?:(?>[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){20}""",
    re.ASCII,
)
"""Twenty parts of a dotted key: the parser needs time and memory for their square."""


def read_registry(data: bytes) -> Registry:
    """The registry in a TOML file; raises InvalidRegistry listing each problem, with its line or table path."""
    text = decode(data, what="cookies.toml")
    found = LONG_KEY.search(text)
    if found:
        raise unreadable("A key has too many dots.", text.count("\n", 0, found.start()) + 1, "Write plain tables.")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise syntax_error(str(error), text) from None
    except (RecursionError, ValueError):
        raise unreadable("A value is nested too deeply or too long.", 1, "Write plain tables.") from None
    return registry_of(values)


def syntax_error(message: str, text: str) -> InvalidRegistry:
    """The parser's own words, with the line it stopped at and that line."""
    found = AT.search(message)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    source = text.splitlines()[line - 1].strip() if line <= len(text.splitlines()) else ""
    shown = f" Look at: {source[:80]}" if source else ""
    return unreadable(f"{AT.sub('', message)}.", line, f"Mend the TOML there.{shown}")


def write_registry(registry: Registry) -> str:
    """Canonical TOML: `read_registry` gives the same registry back."""
    tables = tables_of(registry)
    blocks = [f"schema = {registry.schema}\n"]
    language = registry.site.languages[0]
    for key, value in tables.items():
        if isinstance(value, dict):
            blocks.append(block(f"[{key}]", value, language))
        elif isinstance(value, list):
            blocks += [block(f"[[{key}]]", item, language) for item in value]
    return "\n".join(blocks)


def block(heading: str, table: dict[str, object], language: str) -> str:
    """A heading and one line for each key."""
    lines = [f"{key} = {inline(value, language)}" for key, value in table.items()]
    return "\n".join([heading, *lines]) + "\n"


def inline(value: object, language: str) -> str:
    """A value on one line; words in the site's first language only are a bare string."""
    if isinstance(value, dict):
        if list(value) == [language]:
            return inline(value[language], language)
        return "{ " + ", ".join(f"{key} = {inline(item, language)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(inline(item, language) for item in value) + "]"
    return tomli_w.dumps({"value": value}).removeprefix("value = ").removesuffix("\n")
