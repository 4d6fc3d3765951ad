"""Recording what a scan found, and finding the latest: evidence as a file, the summary as a row."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec
from django.conf import settings

from bredele.core.errors import BredeleError, UnreadableDocument
from bredele.core.observation import Scan
from bredele.formats.published import SLUG, replace_file
from bredele.web.scans.models import Proof, Verdict


def record(slug: str, scan: Scan, moment: datetime) -> Proof:
    """Keep the scan's JSON (its values are masked already) as `<data>/sites/<slug>/proofs/<time>-<sha12>.json`."""
    evidence = encode(scan)
    digest = sha256(evidence).hexdigest()
    name = f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}-{digest[:12]}.json"
    replace_file(directory(slug) / name, evidence)
    return Proof.objects.create(
        site=slug,
        verdict=verdict(scan),
        when=moment,
        browser=scan.browser,
        target=scan.target,
        states=list(scan.states),
        version=scan.registry_version,
        file=name,
        sha256=digest,
        observations=len(scan.observations),
        errors=count(scan, "error"),
        warnings=count(scan, "warning"),
        notes=count(scan, "note"),
    )


def latest(slug: str) -> Proof | None:
    """The newest proof of a site, whatever it says; None if no scan was recorded yet (one query)."""
    return Proof.objects.filter(site=slug).first()


def encode(scan: Scan) -> bytes:
    """The evidence: the JSON of `scan --format json`, one line break at the end; the SHA-256 is over exactly these."""
    return msgspec.json.format(msgspec.json.encode(scan), indent=1) + b"\n"


def evidence(proof: Proof) -> bytes:
    """The bytes that were recorded; raises UnreadableDocument if the file is gone or was altered since."""
    try:
        data = (directory(proof.site) / proof.file).read_bytes()
    except FileNotFoundError:
        raise UnreadableDocument("The evidence file is gone.", where=proof.file, cure="Scan the site again.") from None
    if sha256(data).hexdigest() != proof.sha256:
        raise UnreadableDocument("The evidence file was altered.", where=proof.file, cure="Scan the site again.")
    return data


def scan_of(proof: Proof) -> Scan:
    """The recorded scan; raises UnreadableDocument as `evidence` does."""
    return msgspec.json.decode(evidence(proof), type=Scan)


def verdict(scan: Scan) -> Verdict:
    """Findings of severity error outweigh states that could not be driven (CONTRACTS 4, exit codes)."""
    if scan.failed:
        return "findings"
    return "incomplete" if scan.incomplete else "ok"


def count(scan: Scan, severity: str) -> int:
    """Findings of one severity."""
    return sum(finding.severity == severity for finding in scan.findings)


def directory(slug: str) -> Path:
    """Where the evidence of a site lies."""
    if not SLUG.fullmatch(slug):
        raise BredeleError(f'"{slug}" is no site name.', cure="Use a-z, 0-9 and - (at most 50).")
    root: Path = settings.BREDELE.data
    return root / "sites" / slug / "proofs"
