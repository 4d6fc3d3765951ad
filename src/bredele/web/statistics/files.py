"""A table as a file to take away."""

import csv
import io
from typing import Any

import msgspec

from bredele.web.statistics.tables import Table


def as_json(table: Table) -> bytes:
    """The table with what it covers, indented."""
    return msgspec.json.format(msgspec.json.encode(table), indent=2) + b"\n"


def as_csv(table: Table) -> bytes:
    """RFC 4180 with a head; lists are joined by spaces, UTF-8."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(table.rows[0]) if table.rows else ["empty"])
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in table.rows)
    return text.getvalue().encode()


def cell(value: Any) -> str:
    """One value as text."""
    if isinstance(value, (list, tuple)):
        return " ".join(str(item) for item in value)
    return "" if value is None else str(value)
