"""From blocks to rows: each table's cells by field, under the heading of their group."""

import re
from collections.abc import Iterable
from itertools import islice

import msgspec

from bredele.core.declaration import Party
from bredele.core.errors import UnreadableDocument
from bredele.formats.domains import registrable_domain
from bredele.formats.imported import ImportedDeclaration, TextWarning, Where
from bredele.formats.places import read_host, read_origin
from bredele.formats.policy_blocks import Block, Cell
from bredele.formats.policy_columns import (
    Field,
    column_fields,
    read_lifetime,
    read_names,
    read_type,
    split_location,
)

MOST_BLOCKS = 20_000
ADDRESS = re.compile(r"https?://[^\s<>\"'()/]+", re.IGNORECASE)


class SourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row's cells by field, with the heading above its table."""

    cells: dict[Field, Cell]
    heading: Block | None
    where: Where

    def text(self, field: Field) -> str | None:
        """What a cell states; None for a missing or empty cell."""
        cell = self.cells.get(field)
        return cell.text if cell and cell.text not in ("", "-", "–", "—") else None

    def at(self, field: Field) -> Where:
        """The cell's place, the row's where it has none."""
        return self.cells[field].where if field in self.cells else self.where


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A whole policy, taken apart."""

    blocks: tuple[Block, ...]
    site: str | None
    title: Block | None
    rows: tuple[SourceRow, ...]
    tables: tuple[tuple[Block, tuple[Field | None, ...]], ...]
    warnings: tuple[TextWarning, ...]

    @property
    def prose(self) -> list[Block]:
        """Headings and paragraphs."""
        return [block for block in self.blocks if block.kind != "row"]

    @property
    def end(self) -> Where:
        """Where something that is missing would be added."""
        return self.blocks[-1].where if self.blocks else Where(1, 1)


def take_apart(blocks: Iterable[Block]) -> Source:
    """Rows, address and title of a text; raises UnreadableDocument where it has too many pieces."""
    everything = tuple(islice(blocks, MOST_BLOCKS + 1))
    if len(everything) > MOST_BLOCKS:
        raise UnreadableDocument(
            f"This text has more than {MOST_BLOCKS:,} paragraphs and table rows.",
            where=f"line {everything[-1].where.line}",
            cure="Give only the text of the policy.",
        )
    tables = Tables()
    for block in everything:
        tables.take(block)
    headings = [block for block in everything if block.kind == "heading"]
    addresses = (ADDRESS.search(block.text) for block in headings)
    first = everything[0] if everything else None
    return Source(
        blocks=everything,
        site=next((match[0] for match in addresses if match and read_origin(match[0])), None),
        title=first if first and first.kind == "heading" else None,
        rows=tuple(tables.rows),
        tables=tuple(tables.tables),
        warnings=tuple(tables.warnings),
    )


class Tables(msgspec.Struct, kw_only=True):
    """The tables of a text, while it is read from top to bottom."""

    rows: list[SourceRow] = []
    tables: list[tuple[Block, tuple[Field | None, ...]]] = []
    warnings: list[TextWarning] = []
    columns: tuple[Field | None, ...] = ()
    heading: Block | None = None
    above: str = ""

    def take(self, block: Block) -> None:
        """A heading applies to the rows below it; a row is the heading of a table, a declaration, or unclear."""
        if block.kind == "heading":
            self.heading = block
        if block.kind == "row":
            self.take_row(block)
        else:
            self.above = block.kind

    def take_row(self, block: Block) -> None:
        """Only a row that begins a table can be its heading; without one it must have the columns of the last."""
        begins = self.above != "row" or not self.columns
        found = column_fields(block) if begins else ()
        fits = len(block.cells) == len(self.columns) if begins else len(block.cells) <= len(self.columns)
        if found:
            self.columns = found
            self.tables.append((block, found))
        elif self.columns and fits:
            self.rows.append(source_row(block, self.columns, self.heading))
        else:
            if self.above != "unclear":
                self.warnings.append(unclear(block, self.columns))
            self.above = "unclear"
            return
        self.above = "row"


def source_row(block: Block, columns: tuple[Field | None, ...], heading: Block | None) -> SourceRow:
    """Cells by field."""
    cells = {field: cell for field, cell in zip(columns, block.cells, strict=False) if field}
    return SourceRow(cells=cells, heading=heading, where=block.where)


def unclear(block: Block, columns: tuple[Field | None, ...]) -> TextWarning:
    """A row that fits no heading."""
    if columns:
        message = f"The row has {len(block.cells)} cells under {len(columns)} headings and was left out."
    else:
        message = "The table has no headings that say what its columns hold, so its row was left out."
    return TextWarning(code="unclear-table", message=message, where=block.where)


def declaration(row: SourceRow, site: str | None) -> ImportedDeclaration | None:
    """The row as written; None where it names nothing."""
    names = read_names(row.text("names") or "")
    if not names:
        return None
    function, location = split_location(row.text("function") or "")
    stated = row.text("type") or (row.heading.text if row.heading else "")
    lifetime = row.text("lifetime")
    hosts = tuple(host for part in read_names(row.text("hosts") or "") if (host := read_host(part)))
    return ImportedDeclaration(
        names=names,
        provider=row.text("provider"),
        function=function,
        location=row.text("location") or location,
        purpose=row.text("purpose"),
        type=read_type(stated),
        heading=row.heading.text if row.heading else None,
        lifetime=read_lifetime(lifetime) if lifetime else None,
        party=party_of(hosts, site),
        hosts=hosts,
        third_party_access=row.text("third_party_access"),
        where=row.where,
    )


def party_of(hosts: tuple[str, ...], site: str | None) -> Party | None:
    """Computed where the text states both the hosts and the site's own address; never guessed."""
    origin = read_origin(site) if site else None
    if not hosts or not origin:
        return None
    own = registrable_domain(origin.partition("://")[2].partition(":")[0])
    return "first" if all(registrable_domain(host.lstrip(".")) == own for host in hosts) else "third"
