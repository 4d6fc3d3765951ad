"""The same log in PostgreSQL: a schema a site, writers of all servers queue on one advisory lock a site."""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from bredele.ledger.engine import FIXED, INDEXES, TABLES, Row, table
from bredele.ledger.errors import LedgerUnavailable, NoLedgerYet

if TYPE_CHECKING:
    import psycopg

CLASS = 0x62_72_65_64
"""The first half of the advisory lock, so that it meets no other program's."""
CURE = "See that the PostgreSQL of BREDELE_DATABASE runs and has room; then: bredele ledger verify."
AT_ONCE = 2048
"""Rows fetched at a time."""


class PostgresSession:
    """See `Session`. Values are bound by the server; `?` becomes psycopg's mark."""

    def __init__(self, connection: "psycopg.Connection[Row]") -> None:
        self.connection = connection

    def rows(self, query: str, *values: Any) -> list[Row]:
        """See `Session.rows`."""
        cursor = self.connection.execute(marked(query), values)
        return cursor.fetchall() if cursor.description else []

    def each(self, query: str, *values: Any) -> Iterator[Row]:
        """See `Session.each`."""
        with self.connection.cursor(name="each") as cursor:
            cursor.itersize = AT_ONCE
            cursor.execute(marked(query), values)
            yield from cursor

    def many(self, statement: str, rows: Iterable[Row]) -> None:
        """See `Session.many`."""
        with self.connection.cursor() as cursor:
            cursor.executemany(marked(statement), rows)


class PostgresEngine:
    """See `Engine`. Connections that nobody uses wait for the next call; one that broke is not used again."""

    def __init__(self, address: str, slug: str) -> None:
        self.address = address
        self.slug = slug
        self._idle: deque[psycopg.Connection[Row]] = deque()
        self._made = False

    @property
    def schema(self) -> str:
        """The name of the site's schema, quoted."""
        return f'"ledger_{self.slug}"'

    @contextmanager
    def write(self) -> Iterator[PostgresSession]:
        """See `Engine.write`."""
        with self._connected() as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (CLASS, self.slug))
            if not self._made:
                self._make(connection)
            yield PostgresSession(connection)
        self._made = True

    @contextmanager
    def read(self) -> Iterator[PostgresSession]:
        """See `Engine.read`."""
        with self._connected() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            found = connection.execute("SELECT to_regclass(%s)", (f"{self.schema}.entries",)).fetchone()
            if found is None or found[0] is None:
                raise NoLedgerYet("There is no ledger yet.", where=self.slug, cure="It begins with an answer.")
            yield PostgresSession(connection)

    def settle(self) -> None:
        """See `Engine.settle`: PostgreSQL shows nothing before it is durable (synchronous_commit)."""

    def scrub(self) -> None:
        """Old row versions go with PostgreSQL's own VACUUM; it is asked for at once."""
        with self._connected() as connection:
            connection.execute("VACUUM entries")

    def faults(self) -> list[str]:
        """PostgreSQL checks its pages itself while it reads them, where checksums are on."""
        return []

    def examine(self) -> None:
        """Whether the server answers and takes writes at all."""
        with self._connected() as connection:
            (only_reads,) = connection.execute("SELECT pg_is_in_recovery()").fetchone() or (True,)
        if only_reads:
            raise LedgerUnavailable("This PostgreSQL is a standby: it takes no records.", where=self.slug, cure=CURE)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        while self._idle:
            self._idle.pop().close()

    def _make(self, connection: "psycopg.Connection[Row]") -> None:
        for statement in definitions(self.schema):
            connection.execute(statement)

    @contextmanager
    def _connected(self) -> "Iterator[psycopg.Connection[Row]]":
        try:
            import psycopg
        except ModuleNotFoundError:
            cure = 'Run: pip install "bredele[postgres]".'
            raise LedgerUnavailable("psycopg is not installed.", where="BREDELE_DATABASE", cure=cure) from None
        connection: psycopg.Connection[Row] | None = None
        try:
            connection = self._connection()
            yield connection
        except psycopg.Error as error:
            told = str(error).partition("\n")[0]
            raise LedgerUnavailable(f"The ledger cannot be used: {told}.", where=self.slug, cure=CURE) from error
        finally:
            if connection is not None and not connection.closed:
                self._idle.append(connection)

    def _connection(self) -> "psycopg.Connection[Row]":
        import psycopg

        while self._idle:
            with suppress(IndexError):
                held = self._idle.pop()
                if not held.closed:
                    return held
        path = f"-c search_path={self.schema} -c synchronous_commit=on"
        return psycopg.connect(self.address, autocommit=True, connect_timeout=10, options=path)


def marked(query: str) -> str:
    """psycopg's marks in the place of `?`; our statements hold no other question or percent mark."""
    return query.replace("?", "%s")


def definitions(schema: str) -> Iterator[str]:
    """Schema, tables, guards; safe to repeat."""
    yield f"CREATE SCHEMA IF NOT EXISTS {schema}"
    for name in TABLES:
        yield table(name, number="BIGINT", blob="BYTEA")
    yield from INDEXES
    yield GUARD
    for name in FIXED:
        yield (
            f"CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON {name} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        yield (
            f"CREATE OR REPLACE TRIGGER never_emptied BEFORE TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


GUARD = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'entries' THEN
        IF NEW.seq = OLD.seq AND NEW.leaf = OLD.leaf AND NEW.node IS NOT DISTINCT FROM OLD.node
            AND NEW.record IS NULL AND NEW.salt IS NULL AND NEW.principal IS NULL
            AND EXISTS (SELECT 1 FROM erased WHERE seq = OLD.seq) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the ledger is append-only';
END
$$ LANGUAGE plpgsql
"""
