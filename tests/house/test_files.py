"""Files are small, finished, named after a subject, and know nothing of the machine they were written on."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import tracked

LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "handler", "service"}
UNFINISHED = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X]|NotImplemented(?:Erro[r])|pragma: no cove[r])\b")
BARE_EXCUSE = re.compile(r"# (?:type: ignore(?!\[[a-z, -]+\]  # \S)|noqa(?!: [A-Z0-9, ]+  # \S)|mypy: ).*")
ELSEWHERE = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.](?:org|com)|deb[.]debian[.]org|(?<![\w.}/])/(?:wor[k]|roo[t]|op[t])/"
)
INLINE = re.compile(r"<[^>{]*\s(?:style|on[a-z]+)\s*=", re.IGNORECASE)


def faults(root: Path, pattern: re.Pattern[str], suffixes: tuple[str, ...] = ()) -> list[str]:
    """`file:line: text` of each line that matches, in code or in files of the given kinds."""
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in tracked.code(root)
        if not suffixes or name.endswith(suffixes)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_is_longer_than_400_lines(root: Path) -> None:
    assert [name for name, text in tracked.code(root) if len(text.splitlines()) > LONGEST] == []


def test_no_module_has_a_name_that_says_nothing(root: Path) -> None:
    assert [name for name, _ in tracked.code(root) if VAGUE & set(Path(name).with_suffix("").parts)] == []


def test_nothing_is_left_unfinished(root: Path) -> None:
    assert faults(root, UNFINISHED) == []


def test_every_silenced_check_says_why(root: Path) -> None:
    assert faults(root, BARE_EXCUSE, (".py",)) == []


def test_no_template_holds_inline_style_or_script(root: Path) -> None:
    assert faults(root, INLINE, (".html",)) == []


def test_no_file_names_a_registry_or_a_machine(root: Path) -> None:
    found = {f"{name}: {hit.group()}" for name, text in tracked.texts(root) for hit in ELSEWHERE.finditer(text)}
    assert sorted(found) == []


def test_every_skipped_test_says_why(root: Path) -> None:
    found = [
        f"{name}:{line}"
        for name, text in tracked.code(root)
        if name.startswith("tests/") and name.endswith(".py")
        for line in unexplained_skips(ast.parse(text))
    ]
    assert found == []


def unexplained_skips(tree: ast.AST) -> Iterator[int]:
    """Lines of `skip`, `skipif`, `xfail` of pytest without a reason."""
    explained = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and has_reason(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and of_pytest(node) and id(node) not in explained:
            yield node.lineno


def of_pytest(node: ast.Attribute) -> bool:
    """Whether it is `pytest.skip`, `pytest.mark.skipif` or the like."""
    return node.attr in ("skip", "skipif", "xfail") and ast.unparse(node.value) in ("pytest", "pytest.mark")


def has_reason(call: ast.Call) -> bool:
    """Whether a call gives `reason=`, or the text alone."""
    named = any(word.arg == "reason" for word in call.keywords)
    return named or (isinstance(call.func, ast.Attribute) and call.func.attr != "skipif" and bool(call.args))


@pytest.mark.parametrize(
    ("source", "faulty"),
    [
        ("@pytest.mark.skip\ndef test_x(): ...", True),
        ("@pytest.mark.skipif(True)\ndef test_x(): ...", True),
        ("pytest.skip()", True),
        ("@pytest.mark.skipif(True, reason='no browser here')\ndef test_x(): ...", False),
        ("pytest.skip('no browser here')", False),
    ],
)
def test_a_skip_without_its_reason_is_found(source: str, faulty: bool) -> None:
    assert bool(list(unexplained_skips(ast.parse(source)))) is faulty


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (UNFINISHED, "# TO" + "DO: later"),
        (UNFINISHED, "raise NotImplemented" + "Error"),
        (BARE_EXCUSE, "x = 1  # type" + ": ignore"),
        (BARE_EXCUSE, "x = 1  # type" + ": ignore[arg-type]"),
        (BARE_EXCUSE, "x = 1  # no" + "qa: E501"),
        (ELSEWHERE, "https://py" + "pi.org/simple"),
        (ELSEWHERE, "data in /wo" + "rk/main/var"),
        (INLINE, '<p class="x" sty' + 'le="color: red">'),
        (INLINE, "<button on" + 'click="go()">'),
    ],
)
def test_a_fault_of_each_kind_is_found(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (BARE_EXCUSE, "x = 1  # type: ignore[arg-type]  # the stub is wrong here"),
        (BARE_EXCUSE, "x = 1  # noqa: S603  # our own list"),
        (ELSEWHERE, "https://example.org/work/of/art"),
        (INLINE, '<p class="style" data-only="x">'),
    ],
)
def test_what_is_well_written_passes(pattern: re.Pattern[str], line: str) -> None:
    assert not pattern.search(line)
