"""Database triggers that make a published version immutable, whoever asks (REG-09)."""

from collections.abc import Iterator

GUARDED = ("bredele_registry_publishedversion", "bredele_registry_archivedpage")
WORDS = "a published version never changes"


def statements(vendor: str) -> Iterator[str]:
    """The SQL that guards both tables; `vendor` is Django's: sqlite or postgresql."""
    if vendor == "postgresql":
        yield POSTGRES_FUNCTION
    for table in GUARDED:
        for action in ("update", "delete"):
            yield trigger(vendor, table, action)


def trigger(vendor: str, table: str, action: str) -> str:
    """One trigger: any UPDATE or DELETE of a row fails."""
    name = f"{table}_no_{action}"
    when = f"CREATE TRIGGER {name} BEFORE {action.upper()} ON {table} FOR EACH ROW"
    if vendor == "postgresql":
        return f"{when} EXECUTE FUNCTION bredele_refuse_change()"
    return f"{when} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"


POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION bredele_refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{WORDS}'; END
$$ LANGUAGE plpgsql
"""
