"""Small pieces of HTML; every text goes through `text`, so nothing a site says becomes markup."""

import re
from collections.abc import Iterable
from html import escape


def text(value: object) -> str:
    """Any text, escaped."""
    return escape(str(value), quote=True)


def code(value: object) -> str:
    """A name or an address."""
    return f"<code>{text(value)}</code>"


def name(value: str) -> str:
    """A class or id made of a state's or rule's name."""
    return re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-") or "x"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of terms with their values; values come escaped."""
    rows = "".join(f"<div><dt>{text(term)}</dt><dd>{value}</dd></div>" for term, value in pairs if value)
    return f'<dl class="facts">{rows}</dl>'


def section(identity: str, heading: str, body: str, lead: str = "") -> str:
    """A part of the page with its heading."""
    before = f'<p class="lead">{text(lead)}</p>' if lead else ""
    return f'<section aria-labelledby="{identity}"><h2 id="{identity}">{text(heading)}</h2>{before}{body}</section>'


def table(caption: str, heads: Iterable[str], rows: Iterable[tuple[str, Iterable[str]]], *, kind: str = "") -> str:
    """A table; the first cell of a row is its heading, `rows` are (class, cells) with escaped cells.

    On a phone each row is a card: the cells carry the heading they belong to.
    """
    titles = list(heads)
    head = "".join(f'<th scope="col">{text(title)}</th>' for title in titles)
    body = []
    for style, cells in rows:
        first, *rest = cells
        label = text(titles[0])
        others = "".join(
            f'<td data-label="{text(title)}"><div>{cell}</div></td>'
            for title, cell in zip(titles[1:], rest, strict=True)
        )
        body.append(f'<tr class="{style}"><th scope="row" data-label="{label}"><div>{first}</div></th>{others}</tr>')
    return (
        f'<table class="cards {kind}"><caption>{text(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    )
