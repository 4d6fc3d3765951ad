"""docs/rules.md is the truth about which test shows which rule."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def make_rules(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_rules", root / "docs" / "make_rules.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_rule_has_a_test_or_a_reason_why_not(root: Path, make_rules: ModuleType) -> None:
    assert make_rules.untested(root / "tests") == []


def test_no_reason_excuses_a_rule_that_has_a_test_and_no_test_cites_an_unknown_one(
    root: Path, make_rules: ModuleType
) -> None:
    cited = set(make_rules.by_rule(root / "tests"))
    assert not cited & set(make_rules.REASONS)
    assert cited <= set(make_rules.ASKS)


def test_the_published_table_is_the_one_the_tests_give(root: Path, make_rules: ModuleType) -> None:
    shown = (root / "docs" / "rules.md").read_text(encoding="utf-8")
    assert shown == make_rules.table(root / "tests"), "renew it: .venv/bin/python docs/make_rules.py"


def test_a_citation_is_read_from_the_docstring_alone(tmp_path: Path, make_rules: ModuleType) -> None:
    (tmp_path / "test_it.py").write_text(
        '"""Rules: REG-01"""\n'
        "def test_one():\n"
        '    """Something. Rules: REG-11, C5,\n    V2. More about BAN-01."""\n'
        "def test_two():\n"
        "    # Rules: PLT-01\n"
        "    pass\n"
        "def helper():\n"
        '    """Rules: PLT-02"""\n',
        encoding="utf-8",
    )
    assert set(make_rules.by_rule(tmp_path)) == {"REG-11", "C5", "V2"}


def test_an_untested_rule_is_marked_in_the_table(tmp_path: Path, make_rules: ModuleType) -> None:
    assert "| PLT-01 | The platform sets its four cookies and no other. | **no test** |" in make_rules.table(tmp_path)
