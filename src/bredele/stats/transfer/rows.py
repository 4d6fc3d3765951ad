"""Lines of a CSV file as dictionaries, each with its place, so that an error can say where."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import IO, NamedTuple

from bredele.stats.transfer.errors import UnreadableFigures

LARGEST = 10**12
"""No count of a day is beyond; what says so is damaged."""
LONGEST_LINE = 100_000
EVERY = 100_000
"""Lines between two words of progress."""
UTF16 = (b"\xff\xfe", b"\xfe\xff")
Progress = Callable[[str, int], None]
"""Told the file's name and how many of its lines are read."""


class Row(NamedTuple):
    """One line: its columns, and where it is."""

    columns: dict[str, str]
    file: str
    line: int

    @property
    def where(self) -> str:
        """For an error."""
        return f"{self.file}, line {self.line}"

    def text(self, column: str) -> str:
        """A column, trimmed; empty where the file has none of that name."""
        return self.columns.get(column, "").strip()

    def number(self, column: str) -> int:
        """A count; 0 where the file has no such column or leaves it empty, UnreadableFigures for anything else."""
        said = self.text(column)
        if not said:
            return 0
        if not (said.isascii() and said.isdecimal()) or len(said) > len(str(LARGEST)):
            raise UnreadableFigures(
                f'"{said[:40]}" in the column "{column}" is no count.', where=self.where, cure="Write whole numbers."
            )
        return int(said)

    def day(self, column: str = "date") -> date:
        """A day; UnreadableFigures unless it is written 2026-11-24."""
        said = self.text(column)
        try:
            return date.fromisoformat(said)
        except ValueError:
            raise UnreadableFigures(
                f'"{said[:40]}" in the column "{column}" is no day.', where=self.where, cure="Write it as 2026-11-24."
            ) from None


def rows(stream: IO[bytes], file: str, progress: Progress) -> Iterator[Row]:
    """The lines below the head. Names of columns are compared in lower case, without spaces around them."""
    reader = csv.reader(as_text(stream, file), strict=True)
    try:
        head = [name.strip().lower() for name in next(reader, [])]
        for number, fields in enumerate(reader, 1):
            if number % EVERY == 0:
                progress(file, number)
            if not fields:
                continue
            if len(fields) != len(head):
                raise UnreadableFigures(
                    f"{len(fields)} fields where the head has {len(head)}.",
                    where=f"{file}, line {reader.line_num}",
                    cure="Export the file again: it is damaged here.",
                )
            yield Row(dict(zip(head, fields, strict=True)), file, reader.line_num)
    except (csv.Error, UnicodeDecodeError) as error:
        raise UnreadableFigures(
            f"This is no CSV in UTF-8 ({type(error).__name__}).",
            where=f"{file}, line {reader.line_num + 1}",
            cure="Export the file again, or save it as CSV in UTF-8.",
        ) from None


def as_text(stream: IO[bytes], file: str) -> Iterator[str]:
    """Its lines: UTF-8 with or without its mark, UTF-16 with it (as Matomo writes). One without end is an error."""
    number, line = 1, stream.readline(LONGEST_LINE)
    if line[:2] in UTF16:
        yield from io.StringIO((line + stream.read()).decode("utf-16"), newline="")
        return
    line = line.removeprefix(codecs.BOM_UTF8)
    while line:
        if len(line) == LONGEST_LINE:
            raise UnreadableFigures("This line has no end.", where=f"{file}, line {number}", cure="Export it again.")
        yield line.decode()
        number, line = number + 1, stream.readline(LONGEST_LINE)
