"""What a file of figures is, told by its content: our own export, Plausible's zip, a zip of CSV files, one CSV."""

import zipfile
from pathlib import Path
from typing import IO

from bredele.stats.transfer.errors import UnreadableFigures
from bredele.stats.transfer.gathered import Gathered
from bredele.stats.transfer.own import is_own, read_own
from bredele.stats.transfer.plausible import COLUMNS, LEFT_OUT, READERS, table_of
from bredele.stats.transfer.rows import Progress, Row, rows
from bredele.stats.transfer.table import read_table

LARGEST_MEMBER = 2 << 30
"""Bytes a file in a zip may unfold to."""
KNOWN = "Known: an export of `bredele stats export`, Plausible's export (zip), CSV. See docs/statistics-import.md."


def read_figures(path: Path, progress: Progress) -> Gathered:
    """Everything in a file; UnreadableFigures says the file, the line and the cure."""
    try:
        with path.open("rb") as stream:
            return read_stream(stream, path.name, progress)
    except OSError as error:
        raise UnreadableFigures(
            f"It cannot be read ({error.strerror or type(error).__name__}).", where=str(path), cure="Name a file."
        ) from None


def read_stream(stream: IO[bytes], name: str, progress: Progress) -> Gathered:
    """The same of an open file."""
    start = stream.read(64)
    stream.seek(0)
    if is_own(start):
        return read_own(stream, name, progress)
    if start.startswith(b"PK\x03\x04"):
        return read_zip(stream, name, progress)
    if not start.strip() or b"\x00\x00" in start or start.lstrip()[:1] in (b"{", b"[", b"<"):
        raise UnreadableFigures("This is no file of figures we know.", where=name, cure=KNOWN)
    found = Gathered("csv")
    read_table(found, rows(stream, name, progress), name)
    found.complete()
    return found


def read_zip(stream: IO[bytes], name: str, progress: Progress) -> Gathered:
    """Plausible's tables, or else every CSV in it."""
    try:
        with zipfile.ZipFile(stream) as packed:
            members = [member for member in packed.infolist() if member.filename.lower().endswith(".csv")]
            too_large = next((one.filename for one in members if one.file_size > LARGEST_MEMBER), None)
            if not members or too_large:
                raise UnreadableFigures(
                    f"{too_large} is too large." if too_large else "There is no CSV in it.", where=name, cure=KNOWN
                )
            plausible = any(table_of(member.filename) for member in members)
            found = Gathered("plausible" if plausible else "csv")
            for member in members:
                with packed.open(member) as unpacked:
                    read_member(found, unpacked, member.filename, progress)
    except (zipfile.BadZipFile, EOFError, RuntimeError) as error:
        raise UnreadableFigures(
            f"The zip is damaged or locked ({type(error).__name__}).", where=name, cure="Download it again."
        ) from None
    found.complete()
    return found


def read_member(found: Gathered, stream: IO[bytes], name: str, progress: Progress) -> None:
    """One CSV of a zip."""
    table = table_of(name)
    if table in READERS:
        READERS[table](found, (checked(row, table) for row in rows(stream, name, progress)))
    elif found.kind == "csv":
        read_table(found, rows(stream, name, progress), name)
    else:
        found.note(LEFT_OUT.get(table, f"{name} was left out: it is no table of an export."))


def checked(row: Row, table: str) -> Row:
    """The line, unless a column is missing without which the table says nothing."""
    missing = sorted(COLUMNS[table] - row.columns.keys())
    if missing:
        raise UnreadableFigures(
            f'The column "{missing[0]}" is missing.',
            where=f"{row.file}, line 1",
            cure="Export it again from Plausible.",
        )
    return row
