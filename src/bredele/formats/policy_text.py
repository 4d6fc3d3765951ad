"""A written cookies policy, read as it is: the seed document's own layout, or any table whose headings are clear."""

import codecs

from bredele.core.declaration import MEASUREMENT, Declaration, Text
from bredele.core.errors import UnreadableDocument
from bredele.core.lifetime import Lifetime
from bredele.core.registry import Purpose, Registry, Site
from bredele.core.wording.stop_words import detect
from bredele.formats.bytes_in import not_text, place_of, too_long
from bredele.formats.imported import ImportedDeclaration, ImportedLifetime, ImportedPolicy, TextWarning, Where
from bredele.formats.places import read_location, read_origin
from bredele.formats.policy_blocks import text_blocks
from bredele.formats.policy_faults import faults
from bredele.formats.policy_html import html_blocks, is_html
from bredele.formats.policy_rows import declaration, take_apart


def import_policy(data: bytes) -> ImportedPolicy:
    """What a text or HTML page states, with every fault found. A text that lists no cookie is an answer, not an error.

    Raises UnreadableDocument for binary input and for more than a megabyte.
    """
    text, notes = decode(data)
    source = take_apart(html_blocks(text) if is_html(text) else text_blocks(text))
    declarations = tuple(found for row in source.rows if (found := declaration(row, source.site)))
    language = detect(" ".join(part for block in source.blocks for part in (block.text, *cells(block.cells))))
    return ImportedPolicy(
        site=source.site,
        language=language,
        title=source.title.text if source.title else None,
        warnings=tuple(sorted((*notes, *faults(source, declarations, language)), key=in_reading_order)),
        declarations=declarations,
    )


def in_reading_order(warning: TextWarning) -> tuple[int, int]:
    """Warnings as the reader meets them."""
    return (warning.where.line, warning.where.column)


def cells(row: tuple[object, ...]) -> list[str]:
    """The texts of cells."""
    return [str(getattr(cell, "text", "")) for cell in row]


def decode(data: bytes) -> tuple[str, list[TextWarning]]:
    """UTF-8 with or without byte order mark; else Windows' Western letters, with a warning."""
    fault = too_long(data, "policy text") or not_text(data, "policy text")
    if fault is not None:
        raise fault
    plain = data.removeprefix(codecs.BOM_UTF8)
    try:
        return plain.decode(), []
    except UnicodeDecodeError as error:
        line = plain.count(b"\n", 0, error.start) + 1
        column = error.start - (plain.rfind(b"\n", 0, error.start) + 1) + 1
        note = TextWarning(
            code="encoding",
            message="The text is not UTF-8 and was read as Latin-1: look at its accents.",
            where=Where(line, column),
        )
        return western(plain), [note]


def western(data: bytes) -> str:
    """Windows-1252; bytes it does not define are no text."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            "This policy text is not text but binary.", where=place_of(data, error.start), cure="Save it as UTF-8 text."
        ) from None


def to_registry(imported: ImportedPolicy) -> Registry:
    """A draft to review: what is stated is taken over, what is not stays empty; no purpose is guessed.

    A claim to measure that no row supports becomes a purpose without entry, which cannot be published (REG-16).
    """
    language = imported.language or "en"
    claimed = any(warning.code == "claims-measurement" for warning in imported.warnings)
    return Registry(
        site=Site(origin=(read_origin(imported.site) or "") if imported.site else "", languages=(language,)),
        purposes=(Purpose(id=MEASUREMENT),) if claimed else (),
        cookies=tuple(draft(entry, language) for entry in imported.declarations),
    )


def draft(entry: ImportedDeclaration, language: str) -> Declaration:
    """One entry of the draft."""
    return Declaration(
        names=entry.names,
        provider=entry.provider,
        function=spoken(entry.function, language),
        location=(read_location(entry.location) or ()) if entry.location else (),
        purpose_text=spoken(entry.purpose, language),
        stated_type=entry.type,
        lifetime=lifetime_of(entry.lifetime),
        hosts=entry.hosts,
    )


def spoken(words: str | None, language: str) -> Text:
    """Words in one language; none for nothing."""
    return {language: words} if words else {}


def lifetime_of(stated: ImportedLifetime | None) -> Lifetime | None:
    """The machine value, where the words were clear."""
    if stated is None or not (stated.iso8601 or stated.session or stated.persistent):
        return None
    return Lifetime(iso8601=stated.iso8601, session=stated.session, persistent=stated.persistent)
