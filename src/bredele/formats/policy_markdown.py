"""The policy document as Markdown (CommonMark, with tables as GitHub writes them) and its rows as CSV."""

import csv
import io
import re

from bredele.core.document import PolicyDocument, Section, Span, Table
from bredele.core.wording.dates import edition_text
from bredele.formats.csv import harmless
from bredele.formats.policy_writing import row_cells

SIGNS = re.compile(r"([\\`*_\[\]<>|#~])")
"""What Markdown would read as its own."""


def as_markdown(document: PolicyDocument) -> str:
    """Headings, paragraphs, lists of terms and pipe tables; every word a person wrote is escaped."""
    parts = [f"# {escape(document.title)}", escape(document.introduction)]
    for section in document.sections:
        parts += section_parts(section)
    parts.append(edition_text(document.version, document.published, document.language))
    return "\n\n".join(parts) + "\n"


def section_parts(section: Section) -> list[str]:
    """A heading with what is below it, a block each."""
    parts = [f"## {spans_text(section.heading)}", *map(spans_text, section.paragraphs)]
    if section.terms:
        parts.append("\n".join(f"- **{escape(word)}**: {escape(meaning)}" for word, meaning in section.terms))
    for table in section.tables:
        parts += [f"### {escape(table.heading)}", table_text(table)]
    return parts


def spans_text(spans: tuple[Span, ...]) -> str:
    """Words and links."""
    return "".join(f"[{escape(span.text)}](<{span.href}>)" if span.href else escape(span.text) for span in spans)


def table_text(table: Table) -> str:
    """One pipe table."""
    lines = [table.columns, ("---",) * len(table.columns), *(row_cells(row) for row in table.rows)]
    shown = [lines[0], *lines[2:]]
    head, *body = ["| " + " | ".join(escape(cell) for cell in line) + " |" for line in shown]
    return "\n".join([head, "| " + " | ".join(lines[1]) + " |", *body])


def escape(text: str) -> str:
    """On one line, with Markdown's signs as they are."""
    return SIGNS.sub(r"\\\1", " ".join(text.split()))


def as_csv(document: PolicyDocument) -> str:
    """The rows of every table under one heading line (RFC 4180), in the document's language."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    tables = [table for section in document.sections for table in section.tables]
    if tables:
        writer.writerow(tables[0].columns)
    writer.writerows([harmless(cell) for cell in row_cells(row)] for table in tables for row in table.rows)
    return out.getvalue()
