"""The rows of a registry for spreadsheets: one line an entry, in one language."""

import csv
import io

from bredele.core.declaration import words
from bredele.core.registry import RegistrableDomain, Registry

COLUMNS = (
    "names",
    "kind",
    "provider",
    "function",
    "location",
    "purpose",
    "purpose_text",
    "type",
    "party",
    "lifetime",
    "seconds",
    "consent",
    "third_party_access",
    "hosts",
)


def write_rows(registry: Registry, language: str, registrable_domain: RegistrableDomain) -> str:
    """CSV with a heading line (RFC 4180); a cell a spreadsheet would run as a formula is marked as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in registry.cookies:
        cells = (
            " ".join(entry.names),
            entry.kind,
            entry.provider or "",
            words(entry.function, language),
            ", ".join(entry.location),
            " ".join(entry.purpose),
            words(entry.purpose_text, language),
            registry.type_of(entry, registrable_domain),
            registry.party(entry, registrable_domain),
            str(entry.lifetime or ""),
            "" if entry.lifetime is None or entry.lifetime.seconds is None else str(entry.lifetime.seconds),
            "no" if registry.exempt(entry) else "yes",
            "" if entry.third_party_access is None else ", ".join(entry.third_party_access) or "none",
            " ".join(entry.hosts),
        )
        writer.writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def harmless(cell: str) -> str:
    """A leading sign that starts a formula gets an apostrophe before it."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
