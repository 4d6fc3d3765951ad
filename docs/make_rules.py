"""Writes docs/rules.md: which test shows which rule, from the `Rules:` lines in the docstrings of tests.

.venv/bin/python docs/make_rules.py
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "rules.md"
CITED = re.compile(r"Rules:((?:[\s,]*\b(?:[A-Z]{3}-\d{2}|[CV]\d{1,2})\b)+)")
ID = re.compile(r"[A-Z]{3}-\d{2}|[CV]\d{1,2}")

BINDING = {
    "REG-01": "Every entry states provider, function and location, names, purpose, kind and lifetime.",
    "REG-03": "Consent is needed per purpose and entry unless one of two exemptions applies, with its written reason.",
    "REG-04": "An entry with several purposes is exempt only if all of them are.",
    "REG-05": "Purpose and party are two facts; party is computed from the hosts, never only declared.",
    "REG-06": "A lifetime is a value; its text is made from it.",
    "REG-07": "Access by third parties is answered for each entry.",
    "REG-09": "A published version never changes; everything points to one version.",
    "REG-11": "A name pattern has one wildcard at an end, never alone, and never covers two purposes.",
    "REG-16": "A site that claims measurement declares it.",
    "POL-01": "The policy page comes from one published version only, and shows it with its date.",
    "POL-02": "The page explains in plain words what a cookie is and its kinds, before the table.",
    "POL-03": "The table shows all that is declared of each cookie, with consent or the exemption's reason.",
    "POL-04": "Exempt cookies are listed too.",
    "POL-05": "The page says how to accept, refuse and withdraw, and leads to the control.",
    "POL-06": "The page names controller, contact, legal basis, recipients, transfers, retention, rights, authority.",
    "POL-09": "The page's language is marked, and so is a fragment in another language.",
    "POL-12": "The policy is one click from every page and from the banner.",
    "BAN-01": "Before a choice nothing that needs consent is stored, read or requested.",
    "BAN-02": "Accept and refuse are the same element, one click each.",
    "BAN-03": "Refusing is a button inside the banner.",
    "BAN-04": "Accept and refuse have the same size, type and contrast.",
    "BAN-05": "Nothing but the strictly necessary is ticked at first.",
    "BAN-09": "Withdrawing is on every page and as short as granting.",
    "BAN-14": "No banner where everything is exempt.",
    "API-01": "A session's call that changes things needs the CSRF token; a machine's needs none and gets no cookie.",
    "PLT-01": "The platform sets its four cookies and no other.",
    "PLT-02": "An anonymous first page view sets nothing.",
    "PLT-03": "The session cookie's attributes; new at sign-in, deleted at sign-out.",
    "PLT-04": "A browser session unless one asks to stay signed in, then at most 14 days.",
    "PLT-05": "The language cookie only after an explicit choice, only with two languages or more.",
    "PLT-06": "A note beside the language switch says that a cookie keeps it.",
    "PLT-07": "The CSRF token changes at sign-in and identifies nobody.",
    "PLT-11": "The most private defaults.",
    "C1": "Public pages set no cookie.",
    "C2": "The sign-in page sets the CSRF cookie alone.",
    "C3": "Signing in sets the session cookie and a new CSRF token.",
    "C4": "A kept session slides, at most daily; the setting and the registry row change together.",
    "C5": "After its lifetime a session is over.",
    "C6": "Signing out deletes the session cookie and no other.",
    "C7": "Choosing a language sets the language cookie for twelve months.",
    "C8": "With one language there is no switch, no cookie and no row.",
    "C9": "The browser's language is followed without a cookie.",
    "C10": "The public API sets no cookie.",
    "C11": "A session's POST on the API needs the token in its header; a bearer's does not.",
    "C12": "Private things: 401 on the API, sign-in on pages.",
    "C16": "Nothing optional declared: no banner, and the link stays.",
    "C17": "No request to a third party before consent, none after withdrawal.",
    "V1": "The policy page's parts in the document's order.",
    "V2": "The introduction mentions measurement only where there is some.",
    "V3": "The four rows are the registry's, and a real browser finds exactly these four.",
}
"""The rules that bind now, each in our own short words."""


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
    """Binding rules no test cites."""
    found = by_rule(tests)
    return [rule for rule in BINDING if rule not in found]


def rows(found: dict[str, list[tuple[str, str]]], rules: list[str]) -> Iterator[str]:
    """The table's lines."""
    for rule in rules:
        names = [f"[{test.removeprefix('test_').replace('_', ' ')}](../{file})" for file, test in found.get(rule, [])]
        yield f"| {rule} | {BINDING.get(rule, '')} | {'<br>'.join(names) or '**no test**'} |"


def table(tests: Path) -> str:
    """docs/rules.md as it should be."""
    found = by_rule(tests)
    head = ["| rule | what it asks | tests that show it |", "| --- | --- | --- |"]
    others = sorted(rule for rule in found if rule not in BINDING)
    lines = [
        "# Rules and the tests that show them",
        "",
        "Made by `docs/make_rules.py` from the tests; do not edit. REG, POL, BAN, API and PLT are requirements taken",
        "from law and standards; C and V are the checks a visitor or a client can make.",
        "",
        *head,
        *rows(found, list(BINDING)),
    ]
    if others:
        lines += ["", "## Others that tests already cite", "", *head, *rows(found, others)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(ROOT / "tests"), encoding="utf-8")
