"""What an importer found in a written policy: what the text states, null where it states nothing (CONTRACTS 4)."""

import msgspec

from bredele.core.declaration import Party, Type


class Where(msgspec.Struct, frozen=True):
    """A place in the text, both counted from 1."""

    line: int
    column: int


class TextWarning(msgspec.Struct, frozen=True, kw_only=True):
    """A fault of the text, or something that could not be read for certain."""

    code: str
    message: str
    where: Where


class ImportedLifetime(msgspec.Struct, frozen=True, kw_only=True):
    """A lifetime as written, and its machine value where the words are clear."""

    text: str
    iso8601: str | None = None
    seconds: int | None = None
    session: bool = False
    persistent: bool = False


class ImportedDeclaration(msgspec.Struct, frozen=True, kw_only=True):
    """One row as written; `type` is the page's own classification, `purpose` its wording."""

    names: tuple[str, ...]
    provider: str | None = None
    function: str | None = None
    location: str | None = None
    purpose: str | None = None
    type: Type | None = None
    heading: str | None = None
    lifetime: ImportedLifetime | None = None
    party: Party | None = None
    hosts: tuple[str, ...] = ()
    third_party_access: str | None = None
    where: Where


class ImportedPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """The policy a text states, with its faults."""

    site: str | None = None
    language: str | None = None
    title: str | None = None
    warnings: tuple[TextWarning, ...] = ()
    declarations: tuple[ImportedDeclaration, ...] = ()
