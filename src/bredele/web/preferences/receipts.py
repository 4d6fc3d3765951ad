"""A visitor's receipt: fetched by the proof id in their cookie, and any receipt checked, step by step, in words."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Literal

import msgspec
from django.utils.translation import gettext, gettext_lazy

from bredele.core.consent import Choice
from bredele.core.errors import BredeleError
from bredele.formats.published import PublishedSite
from bredele.ledger.errors import LedgerUnavailable, NoLedgerYet, UnknownRecord, UnreadableFile
from bredele.ledger.note import VerifierKey
from bredele.ledger.receipt import Receipt, encode_receipt, read_receipt, receipt_of, verify_receipt
from bredele.ledger.record import moment_of
from bredele.ledger.report import Check, Report
from bredele.web.ledger.logs import log_of

READER = "visitor"
"""Who reads, in the ledger's list of reads."""
Standing = Literal["held", "unanswered", "refused", "gone", "unavailable"]
STEPS = {
    "form": (
        gettext_lazy("The file is whole, exactly as it was issued."),
        gettext_lazy("The file is no receipt, or it was changed or cut off."),
    ),
    "record": (
        gettext_lazy("The record is the one the receipt names."),
        gettext_lazy("The record is not the one the receipt names."),
    ),
    "notice": (
        gettext_lazy("The words in it are those the visitor was shown."),
        gettext_lazy("The words in it are not those the visitor was shown."),
    ),
    "signature": (
        gettext_lazy("The log it refers to is signed."),
        gettext_lazy("The signature does not hold: nobody this site trusts has signed it."),
    ),
    "key": (
        gettext_lazy("The key it names is the one that signed."),
        gettext_lazy("The key it names is not the one that signed."),
    ),
    "proof": (
        gettext_lazy("The record stands in the signed log, exactly as written here."),
        gettext_lazy("The record does not stand in the signed log as written here."),
    ),
}
"""Each step of the check in words: where it held, and where it did not."""


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """Whether there is a receipt for this visitor, and the receipt."""

    standing: Standing
    receipt: Receipt | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step: in the visitor's language, and as the verifier put it (English)."""

    ok: bool
    words: str
    detail: str
    where: str


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a receipt says: who was told what, when, and how they answered, in the labels they read."""

    site: str
    time: str
    version: int
    language: str
    granted: tuple[str, ...]
    denied: tuple[str, ...]


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a check. `verdict`: true, false, or whole but signed with a key nobody here vouches for."""

    verdict: Literal["true", "false", "unknown-key"]
    steps: tuple[Step, ...]
    key: str
    said: Said | None


def held(site: PublishedSite, choice: Choice | None) -> Held:
    """The receipt of the visitor whose stored choice this is. A refusal has none: it leaves no identifier (LED-09)."""
    if choice is None or choice.id is None:
        return Held(standing="unanswered" if choice is None else "refused")
    try:
        return Held(standing="held", receipt=receipt_of(log_of(site), choice.id))
    except (UnknownRecord, NoLedgerYet):
        return Held(standing="gone")
    except LedgerUnavailable:
        return Held(standing="unavailable")


def file_of(site: PublishedSite, receipt: Receipt) -> bytes:
    """The file to hand over; that it was read is noted in the ledger (LED-16), if it can be."""
    with suppress(LedgerUnavailable):  # the operator is told elsewhere; the receipt is the visitor's all the same
        log_of(site).note_read(READER, "receipt", 1)
    return encode_receipt(receipt)


def checked(site: PublishedSite, data: bytes) -> Checked:
    """Check a receipt against the keys this site publishes."""
    trusted = keys_of(site)
    report = verify_receipt(data, trusted)
    return Checked(
        verdict=verdict(report, trusted),
        steps=tuple(step(check) for check in report.checks),
        key=report.key,
        said=said(data),
    )


def keys_of(site: PublishedSite) -> Sequence[VerifierKey]:
    """The site's own keys; none before its first answer or while the ledger cannot be read."""
    try:
        return log_of(site).verifiers()
    except BredeleError:
        return ()


def verdict(report: Report, trusted: Sequence[VerifierKey]) -> Literal["true", "false", "unknown-key"]:
    """A receipt that is whole but signed by another site's key is not false: only nobody here vouches for it."""
    if report.holds:
        return "true" if report.trusted else "unknown-key"
    only_signature = {check.code for check in report.faults} == {"signature"}
    return "unknown-key" if only_signature and report.origin not in {key.name for key in trusted} else "false"


def step(check: Check) -> Step:
    """A check in words."""
    good, bad = STEPS.get(check.code, (gettext_lazy("A further check held."), gettext_lazy("A further check failed.")))
    return Step(ok=check.ok, words=str(good if check.ok else bad), detail=check.message, where=check.where)


def said(data: bytes) -> Said | None:
    """What it says, if it can be read at all."""
    try:
        receipt = read_receipt(data)
    except UnreadableFile:
        return None
    record, labels = receipt.record, {purpose.id: purpose.label for purpose in receipt.notice.purposes}
    return Said(
        site=receipt.notice.name or record.site,
        time=f"{moment_of(record.time):%Y-%m-%d %H:%M:%S} UTC",
        version=record.version,
        language=record.language,
        granted=tuple(labels.get(slug, slug) for slug in record.granted),
        denied=tuple(labels.get(slug, slug) for slug in record.denied),
    )


def too_long() -> str:
    """Why a file was not read."""
    return gettext("That is no receipt: it is too long. A receipt is a small text file that ends in .json.")


def nothing_given() -> str:
    """Why nothing was checked."""
    return gettext("Choose the file of a receipt, or paste its text, and press the button again.")
