"""The guard exists for each kind of database."""

from bredele.web.registry.triggers import GUARDED, statements


def test_sqlite_and_postgresql_guard_both_tables_against_both_changes() -> None:
    """Rules: REG-09"""
    for vendor, functions in (("sqlite", 0), ("postgresql", 1)):
        made = list(statements(vendor))
        assert len(made) == functions + 4
        for table in GUARDED:
            for action in ("UPDATE", "DELETE"):
                assert any(f"BEFORE {action} ON {table}" in statement for statement in made)
