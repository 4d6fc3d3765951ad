"""A table as a file to take away."""

import csv
import io
from typing import Any

import msgspec

from bredele.formats.csv import harmless
from bredele.web.statistics.tables import Table, columns


def as_json(table: Table) -> bytes:
    """The table with what it covers, indented."""
    return msgspec.json.format(msgspec.json.encode(table), indent=2) + b"\n"


def as_csv(table: Table) -> bytes:
    """RFC 4180 with a head, even where no row follows; lists are joined by spaces, UTF-8."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=columns(table.dataset, table.by))
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in table.rows)
    return text.getvalue().encode()


def cell(value: Any) -> str:
    """One value as text that no spreadsheet runs."""
    if isinstance(value, (list, tuple)):
        return harmless(" ".join(str(item) for item in value))
    return "" if value is None else harmless(str(value))
