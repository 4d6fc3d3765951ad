"""The same blocks from an HTML page: headings, paragraphs and table rows; scripts and styles are not read."""

import re
from html.parser import HTMLParser

from bredele.formats.imported import Where
from bredele.formats.policy_blocks import Block, Cell

HTML = re.compile(r"<(?:!doctype html|html|head|body|main|article|table|tr|h1|h2|p|div)[\s>]", re.IGNORECASE)
SILENT = ("script", "style", "template", "noscript", "svg", "title")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "caption")
ENDS = (*HEADINGS, "p", "div", "li", "dt", "dd", "section", "article", "main", "header", "footer", "nav", "table", "ul")


def is_html(text: str) -> bool:
    """Whether a text is marked up; an address in angle brackets is not markup."""
    return bool(HTML.search(text[:20_000]))


def html_blocks(text: str) -> list[Block]:
    """Blocks in the page's order."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    reader.finish()
    return reader.blocks


class Reader(HTMLParser):
    """Collects words until a block or a cell ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.cells: list[Cell] = []
        self.words: list[str] = []
        self.start = Where(1, 1)
        self.silent = 0
        self.in_cell = False
        self.in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A new block, row or cell; the address of a link in a heading is part of it."""
        if tag in SILENT:
            self.silent += 1
        elif tag == "tr":
            self.finish()
            self.cells = []
        elif tag in ("td", "th"):
            self.words, self.in_cell, self.start = [], True, self.here()
        elif tag in ENDS and not self.in_cell:
            self.finish()
            self.in_heading = tag in HEADINGS
        elif tag == "br":
            self.words.append("\n" if not self.in_cell else ", ")
        elif tag == "a" and self.in_heading:
            self.words += [f" <{value}> " for name, value in attrs if name == "href" and value and "://" in value]

    def handle_endtag(self, tag: str) -> None:
        """The end of a block, row or cell."""
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in ("td", "th") and self.in_cell:
            self.cells.append(Cell(text=" ".join("".join(self.words).split()), where=self.start))
            self.words, self.in_cell = [], False
        elif tag == "tr" and self.cells:
            self.blocks.append(Block(kind="row", where=self.cells[0].where, cells=tuple(self.cells)))
            self.cells = []
        elif tag in ENDS and not self.in_cell:
            self.finish()

    def handle_data(self, data: str) -> None:
        """Words; the first ones give the block its place."""
        if self.silent:
            return
        if not "".join(self.words).strip() and data.strip() and not self.in_cell:
            self.start = self.here()
        self.words.append(data)

    def finish(self) -> None:
        """Make a block of the words so far."""
        text = " ".join("".join(self.words).split())
        if text and not self.in_cell:
            self.blocks.append(Block(kind="heading" if self.in_heading else "paragraph", text=text, where=self.start))
        if not self.in_cell:
            self.words, self.in_heading = [], False

    def here(self) -> Where:
        """The parser's place, counted from 1."""
        line, offset = self.getpos()
        return Where(line, offset + 1)
