"""What every language must say. `{…}` is filled from the registry; `[words](address)` is a link."""

from collections.abc import Callable
from typing import Literal

import msgspec

from bredele.core.declaration import Kind, Location, Party, Type


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one language."""

    language: str
    direction: Literal["ltr", "rtl"] = "ltr"
    title: str

    # The introduction: one sentence made of what the registry holds (V2).
    uses: str
    uses_nothing: str
    uses_for: dict[str, str]
    uses_for_own: str
    cookies_only: str
    cookies_and_more: str
    counts_without_cookies: str

    # What is a cookie?, with the four kinds in the seed document's order.
    cookie_heading: str
    cookie_meaning: str
    other_storage: str
    kinds_lead: str
    kinds: dict[Type, tuple[str, str]]
    statistical_asked: str
    statistical_exempt: str

    # The tables.
    table_heading: str
    table_empty: str
    group_headings: dict[Type, str]
    columns: tuple[str, ...]
    types: dict[Type, str]
    parties: dict[Party, str]
    storage: dict[Kind, str]
    locations: dict[Location, str]
    both_offices: str
    purposes: dict[str, str]
    purpose_meanings: dict[str, str]
    consent_asked: str
    consent_not_needed: str
    consent_not_needed_because: str
    access_none: str
    access_unstated: str
    unstated: str

    # Exempt measurement (POL-07).
    measurement_heading: str
    measurement_pageviews: str
    measurement_visitors: str
    measurement_sums: str
    measurement_kept_word: str
    measurement_kept: str
    measurement_basis_word: str
    measurement_basis: str
    measurement_objection: str

    # Choices (POL-05, POL-13).
    choices_heading: str
    choices_asked: str
    choices_withdraw: str
    choices_ignored: str
    choices_none: str
    choices_kept: str

    # The browser.
    browser_heading: str
    browser_paragraphs: tuple[str, ...]

    # Who answers for the site (POL-06).
    responsible_heading: str
    controller_word: str
    contact_word: str
    basis_word: str
    basis_consent: str
    basis_exempt: str
    recipients_word: str
    recipients_none: str
    transfers_word: str
    transfers_none: str
    retention_word: str
    rights_word: str
    authority_word: str
    authority: str

    # Date and version, for those who render the document as plain text.
    edition: str
    edition_draft: str
    date: str
    months: tuple[str, ...]

    # Lifetimes and lists.
    lifetime_session: str
    lifetime_persistent: str
    lifetime_none: str
    lifetime_renewed: str
    units: dict[str, tuple[str, ...]]
    """The forms of each unit with `{n}` where the number stands; a form such as the Arabic dual needs none."""
    plural: Callable[[int], int]
    """Which form a number takes: in English the first for 1, in French for 0 and 1, in Arabic one of five."""
    list_and: str
    list_comma: str
    quoted: str
    term: str
    """A word and its meaning on one line, for plain text."""
