"""Writes docs/rules.md: which test shows which rule, from the `Rules:` lines in the docstrings of tests.

.venv/bin/python docs/make_rules.py
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "rules.md"
CITED = re.compile(r"Rules:((?:[\s,]*\b(?:[A-Z]{3}-\d{2}|[CV]\d{1,2})\b)+)")
ID = re.compile(r"[A-Z]{3}-\d{2}|[CV]\d{1,2}")

WORDS = tomllib.loads((ROOT / "docs" / "rules.toml").read_text(encoding="utf-8"))
ASKS: dict[str, str] = WORDS["rules"]
REASONS: dict[str, str] = WORDS["reasons"]
"""Rule -> what it asks; rule -> why no test shows it."""


def citations(tests: Path) -> Iterator[tuple[str, str, str]]:
    """(rule, file below the root, test) for every rule a test's docstring cites."""
    for file in sorted(tests.rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                for cited in CITED.findall(ast.get_docstring(node) or ""):
                    for rule in ID.findall(cited):
                        yield rule, file.relative_to(tests.parent).as_posix(), node.name


def by_rule(tests: Path) -> dict[str, list[tuple[str, str]]]:
    """Rule -> its tests, in the order of files and names."""
    found: dict[str, list[tuple[str, str]]] = {}
    for rule, file, test in sorted(set(citations(tests))):
        found.setdefault(rule, []).append((file, test))
    return found


def untested(tests: Path) -> list[str]:
    """Rules that no test cites and no reason excuses."""
    found = by_rule(tests)
    return [rule for rule in ASKS if rule not in found and rule not in REASONS]


def row(rule: str, tests: list[tuple[str, str]]) -> str:
    """A line of the table."""
    names = [f"[{test.removeprefix('test_').replace('_', ' ')}](../{file})" for file, test in tests]
    return f"| {rule} | {ASKS[rule]} | {'<br>'.join(names) or REASONS.get(rule, '**no test**')} |"


def table(tests: Path) -> str:
    """docs/rules.md as it should be."""
    found = by_rule(tests)
    lines = [
        "# Rules and the tests that show them",
        "",
        "Made by `docs/make_rules.py` from `docs/rules.toml` and the tests; do not edit. C and V are checks",
        "that a visitor or a client can make; all others are requirements taken from law and standards.",
        "",
        "| rule | what it asks | tests that show it |",
        "| --- | --- | --- |",
        *(row(rule, found.get(rule, [])) for rule in ASKS),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(ROOT / "tests"), encoding="utf-8")
