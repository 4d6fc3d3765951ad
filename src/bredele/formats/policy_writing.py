"""The policy document as plain text in the seed document's own layout, and as a bare HTML page."""

from html import escape

import msgspec

from bredele.core.document import PolicyDocument, Row, Section, Span, Table
from bredele.core.wording import wording
from bredele.core.wording.dates import edition_text


def as_text(document: PolicyDocument) -> str:
    """Headings, paragraphs and tab tables, which `import_policy` reads back."""
    say = wording(document.language)
    parts = [document.title, document.introduction]
    for section in document.sections:
        parts.append("".join(map(span_text, section.heading)))
        parts += ["".join(map(span_text, paragraph)) for paragraph in section.paragraphs]
        parts += [say.term.format(word=word, meaning=meaning) for word, meaning in section.terms]
        for table in section.tables:
            parts += [table.heading, table_text(table)]
    parts.append(edition_text(document.version, document.published, document.language))
    return "\n\n".join(parts) + "\n"


def span_text(span: Span) -> str:
    """Words; an address in angle brackets, as the seed document has it."""
    if not span.href:
        return span.text
    return f"<{span.href}>" if span.href == span.text else f"{span.text} <{span.href}>"


def table_text(table: Table) -> str:
    """Tab-separated lines."""
    lines = [table.columns, *(row_cells(row) for row in table.rows)]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


def row_cells(row: Row) -> tuple[str, ...]:
    """A row's cells in the order of the columns."""
    cells = msgspec.structs.astuple(msgspec.structs.replace(row, slugs=()))[:-1]
    return tuple(", ".join(cell) if isinstance(cell, tuple) else str(cell) for cell in cells)


def as_html(document: PolicyDocument) -> str:
    """A whole page without style and script; every word is escaped."""
    body = "\n".join(
        [
            f"<h1>{escape(document.title)}</h1>",
            f"<p>{escape(document.introduction)}</p>",
            *(section_html(section) for section in document.sections),
            f"<p>{escape(edition_text(document.version, document.published, document.language))}</p>",
        ]
    )
    direction = wording(document.language).direction
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}" dir="{direction}">\n'
        '<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(document.title)} · {escape(document.site_name)}</title>\n"
        f'<meta name="viewport" content="width=device-width">\n</head>\n<body>\n{body}\n</body>\n</html>\n'
    )


def section_html(section: Section) -> str:
    """A heading with what is below it."""
    terms = "".join(f"<dt>{escape(word)}</dt><dd>{escape(meaning)}</dd>\n" for word, meaning in section.terms)
    return "\n".join(
        [
            f'<section id="{escape(section.id)}">\n<h2>{spans_html(section.heading)}</h2>',
            *(f"<p>{spans_html(paragraph)}</p>" for paragraph in section.paragraphs),
            *([f"<dl>\n{terms}</dl>"] if terms else []),
            *(table_html(table) for table in section.tables),
            "</section>",
        ]
    )


def spans_html(spans: tuple[Span, ...]) -> str:
    """Words and links."""
    return "".join(
        f'<a href="{escape(span.href)}"><bdi>{escape(span.text)}</bdi></a>' if span.href else escape(span.text)
        for span in spans
    )


def table_html(table: Table) -> str:
    """One table under its heading."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = "\n".join(
        "<tr>" + "".join(f"<td><bdi>{escape(cell)}</bdi></td>" for cell in row_cells(row)) + "</tr>"
        for row in table.rows
    )
    body = f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>"
    return f"<h3>{escape(table.heading)}</h3>\n<table>\n{body}\n</table>"
