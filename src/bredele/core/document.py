"""The policy as a document: sections of plain parts, made by `core.policy`, rendered by whoever shows it."""

from datetime import datetime

import msgspec


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A run of words; `href` makes it a link."""

    text: str
    href: str = ""
    strong: bool = False


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One declaration as a visitor reads it: the seed's four columns in the seed's order, then the rest (POL-03)."""

    provider: str
    function_and_location: str
    names: tuple[str, ...]
    purpose: str
    lifetime: str
    category: str
    type: str
    party: str
    consent: str
    """"Asked" in words, or why no consent is needed."""
    access: str
    """Which third parties can read what is stored, or that none can."""
    kind: str
    slugs: tuple[str, ...] = ()


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one kind under its heading; `columns` are the headings of Row's fields in order."""

    type: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A heading with paragraphs, terms (word, meaning) and tables; `id` is its anchor and the same in each language."""

    id: str
    heading: tuple[Span, ...]
    paragraphs: tuple[tuple[Span, ...], ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()


class PolicyDocument(msgspec.Struct, frozen=True, kw_only=True):
    """The whole policy of one version in one language."""

    language: str
    title: str
    introduction: str
    site_name: str
    origin: str
    version: int
    published: datetime
    sections: tuple[Section, ...]
