"""The policy as a tagged PDF (PDF/UA-1), set by typst: no browser, no network, the same bytes for the same version."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import typst

from bredele.core.document import PolicyDocument, Row, Section, Span, Table
from bredele.core.wording import wording
from bredele.core.wording.dates import edition_text
from bredele.formats.policy_writing import row_cells

LATIN = r"\n\x20-\x7e\u00a0-\u017f\u0391-\u03ce\u0400-\u045f\u2010-\u2027\u20ac\u2192"
ARABIC = r"\u060c\u061b\u061f\u0621-\u0652\u0660-\u0669\u200c-\u200f\u2066-\u2069"
UNPRINTABLE = {"ltr": re.compile(f"[^{LATIN}]"), "rtl": re.compile(f"[^{LATIN}{ARABIC}]")}
"""Signs the fonts may lack: an accessible PDF may not hold one that no font shows (PDF/UA-1, 7.21)."""


def as_pdf(document: PolicyDocument, fingerprint: str) -> bytes:
    """The page's rows, version and language on A4; `fingerprint` is the SHA-256 of the version's immutable file."""
    template = (files("bredele.formats") / "policy.typ").read_bytes()
    direction = wording(document.language).direction
    told = printable(content(document, fingerprint), UNPRINTABLE[direction])
    made: bytes = typst.compile(
        template,
        format="pdf",
        pdf_standards=["ua-1"],
        font_paths=fonts(direction),
        sys_inputs={"policy": msgspec.json.encode(told).decode()},
        timestamp=int(document.published.timestamp()),
    )
    return made


@cache
def fonts(direction: str) -> typst.Fonts:
    """Typst's own typefaces, and Amiri where Arabic is to be set; never the machine's, which differ."""
    more = [str(files("fontpkg_amiri") / "files")] if direction == "rtl" else []
    return typst.Fonts(include_system_fonts=False, font_paths=more)


def printable(shown: Any, unprintable: re.Pattern[str]) -> Any:
    """The same with signs that no font has as `<U+1F36A>`."""
    if isinstance(shown, str):
        return unprintable.sub(lambda found: f"<U+{ord(found[0]):04X}>", shown)
    if isinstance(shown, dict):
        return {key: printable(value, unprintable) for key, value in shown.items()}
    return shown if isinstance(shown, bool) else [printable(one, unprintable) for one in shown]


def content(document: PolicyDocument, fingerprint: str) -> dict[str, Any]:
    """What the template shows, all of it text."""
    edition = edition_text(document.version, document.published, document.language)
    return {
        "title": document.title,
        "site": document.site_name,
        "lang": document.language.partition("-")[0],
        "rtl": wording(document.language).direction == "rtl",
        "introduction": document.introduction,
        "sections": [section(part, document.origin) for part in document.sections],
        "edition": edition,
        "fingerprint": fingerprint,
        "footer": f"{document.site_name} · {edition}",
    }


def section(part: Section, origin: str) -> dict[str, Any]:
    """A heading with what is below it."""
    return {
        "heading": [span(one, origin) for one in part.heading],
        "paragraphs": [[span(one, origin) for one in paragraph] for paragraph in part.paragraphs],
        "terms": [list(term) for term in part.terms],
        "tables": [{"heading": one.heading, "rows": [row(line, one) for line in one.rows]} for one in part.tables],
    }


def span(one: Span, origin: str) -> dict[str, str]:
    """Words; on paper a link must say the whole address."""
    href = f"{origin}{one.href}" if one.href.startswith("/") else one.href
    return {"text": one.text, "href": href}


def row(line: Row, table: Table) -> dict[str, Any]:
    """A row under its names: each other column's heading with its cell."""
    pairs = zip(table.columns, row_cells(line), strict=True)
    named = table.columns[2]
    return {"names": list(line.names), "cells": [list(pair) for pair in pairs if pair[0] != named]}
