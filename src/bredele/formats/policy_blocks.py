"""A text in blocks: headings, paragraphs and table rows, each part knowing its line and column."""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from bredele.formats.imported import Where

HEADING_LENGTH = 160
LIST_SIGN = re.compile(r"^(?:[-*•–]\s+|\d+[.)]\s+)")


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A stripped cell and where it begins."""

    text: str
    where: Where


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A heading, a paragraph (its lines joined by line breaks) or the cells of one table row."""

    kind: Literal["heading", "paragraph", "row"]
    text: str = ""
    where: Where
    cells: tuple[Cell, ...] = ()

    def at(self, offset: int) -> Where:
        """The place of a character of the text."""
        before = self.text[:offset]
        line = before.count("\n")
        column = offset - (before.rfind("\n") + 1) + 1
        return Where(self.where.line + line, column if line else self.where.column + offset)


def text_blocks(text: str) -> Iterator[Block]:
    """Blocks of plain text: tabs make a row, blank lines end a paragraph, a short line alone is a heading."""
    paragraph: list[tuple[int, str]] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        cells = row_cells(line, number)
        if cells or not line.strip():
            yield from finished(paragraph)
            paragraph = []
            if cells:
                yield Block(kind="row", where=cells[0].where, cells=cells)
        elif line.lstrip().startswith("#"):
            yield from finished(paragraph)
            paragraph = []
            yield heading(line, number)
        else:
            paragraph.append((number, line))
    yield from finished(paragraph)


def heading(line: str, number: int) -> Block:
    """A heading marked with number signs."""
    words = line.lstrip().lstrip("#").strip().rstrip("#").strip()
    return Block(kind="heading", text=words, where=Where(number, line.find(words) + 1))


def row_cells(line: str, number: int) -> tuple[Cell, ...]:
    """The cells of a line with tabs, if at least two hold something."""
    parts, cells, column = line.split("\t"), [], 1
    if sum(bool(part.strip()) for part in parts) < 2:
        return ()
    for part in parts:
        indent = len(part) - len(part.lstrip()) if part.strip() else 0
        cells.append(Cell(text=" ".join(part.split()), where=Where(number, column + indent)))
        column += len(part) + 1
    return tuple(cells)


def finished(lines: list[tuple[int, str]]) -> Iterator[Block]:
    """The block of collected lines: a heading if it is one short line that ends like none."""
    if not lines:
        return
    number, first = lines[0]
    indent = len(first) - len(first.lstrip())
    text = "\n".join([first.strip(), *(line.rstrip() for _, line in lines[1:])])
    alone = len(lines) == 1 and len(text) <= HEADING_LENGTH
    is_heading = alone and not LIST_SIGN.match(text) and text[-1] not in ".:;,!…"
    yield Block(kind="heading" if is_heading else "paragraph", text=text, where=Where(number, indent + 1))
