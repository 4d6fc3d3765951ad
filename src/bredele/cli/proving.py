"""The proof of `bredele demo`: a real browser goes through the example sites, and what it saw is kept as evidence."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bredele.cli.errors import CONFORM, COULD_NOT, FINDINGS, MissingPart
from bredele.cli.examples import EXAMPLES, Example, Say
from bredele.cli.picturing import take_pictures
from bredele.core.observation import Finding, Scan
from bredele.core.settings import Settings
from bredele.formats.published import SiteIndex

if TYPE_CHECKING:
    from bredele.core.registry import Version
    from bredele.scanner.sign_in import SignIn

PROVED = "proved.json"
"""In the data directory: what each site was when it was last proved."""


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What a proof speaks of; if one of these differs, it is proved again."""

    version: int
    origin: str
    code: str
    lie: bool


def prove(settings: Settings, say: Say, *, lie: bool, again: bool = False) -> int:
    """Prove every published example site that changed since its last proof (`again`: all). Code as of `check`."""
    from bredele.scanner import chromium

    browser = chromium.find(os.environ)
    if browser is None:
        say(f"Not proved: no Chromium on this machine. {chromium.CURE}")
        return CONFORM
    known, codes = read_proved(settings), []
    for example, subject in subjects(settings, lie=lie):
        if not again and known.get(example.slug) == subject:
            say(f"{example.origin(settings)}: nothing changed since its last proof.")
            continue
        scan = prove_one(example, settings, say)
        known[example.slug] = subject
        write_proved(settings, known)
        codes.append(verdict(scan))
    take_pictures(SiteIndex(settings.data).sites(), settings, say)
    return FINDINGS if FINDINGS in codes else max(codes, default=CONFORM)


def subjects(settings: Settings, *, lie: bool) -> Iterator[tuple[Example, Subject]]:
    """The published example sites as they are now."""
    code = code_version()
    for example in EXAMPLES:
        version = current(example.slug)
        if version is not None:
            origin = example.origin(settings)
            lies = lie and example.demo
            yield example, Subject(version=version.number, origin=origin, code=code, lie=lies)


def prove_one(example: Example, settings: Settings, say: Say) -> Scan:
    """Scan one site, compare, keep the evidence, tell."""
    from bredele.scanner.plan import Plan

    try:
        from bredele.scanner.check import run_check
    except ModuleNotFoundError as error:
        raise MissingPart.of(error, "scan") from None
    version, origin = current(example.slug), example.origin(settings)
    say(f"Proving {origin} in a real browser ...")
    with visitor(settings, signs_in=not example.demo) as sign_in:
        plan = Plan(target=origin, sign_in=sign_in, own=True, drive_forms=True, allow_private=True)
        registry, number = (version.registry, version.number) if version else (None, None)
        scan = run_check(plan, registry, settings, lambda line: say(f"  {line}"), number)
    record(example, scan)
    tell(origin, scan, say)
    return scan


@contextmanager
def visitor(settings: Settings, *, signs_in: bool) -> Iterator["SignIn | None"]:
    """How the browser signs in: by an account that exists only meanwhile."""
    if not signs_in:
        yield None
        return
    from bredele.scanner.sign_in import SignIn
    from bredele.web.accounts import people

    name = f"proof-{secrets.token_hex(4)}"
    password = people.add(name)
    accounts = f"{settings.origin.rstrip('/')}/accounts"
    try:
        fields = {"login": name, "password": password}
        yield SignIn(url=f"{accounts}/login/", fields=fields, sign_out=f"{accounts}/logout/")
    finally:
        people.remove(name)


def record(example: Example, scan: Scan) -> None:
    """Keep row and evidence; the site's pages then show it."""
    from bredele.cli import web
    from bredele.web.scans import proofs

    proofs.record(example.slug, scan, web.now())


def current(slug: str) -> "Version | None":
    """The version in force; None for a site without one."""
    from bredele.web.enforcement.index import site_index

    site = site_index().by_slug(slug)
    return site.version if site else None


def verdict(scan: Scan) -> int:
    """The exit code of this scan."""
    return FINDINGS if scan.failed else COULD_NOT if scan.incomplete else CONFORM


def tell(origin: str, scan: Scan, say: Say) -> None:
    """What was proved, in a few lines."""
    words = {CONFORM: "PROVED TRUE", FINDINGS: "NOT TRUE", COULD_NOT: "COULD NOT BE CHECKED"}[verdict(scan)]
    cookies = sum(item.kind == "cookie" for item in scan.observations)
    say(f"{origin}: {words} in {scan.seconds:.0f} s")
    say(f"  states: {', '.join(scan.states)}")
    say(
        f"  {len(scan.pages)} pages, {cookies} cookies, {len(scan.observations) - cookies} other items, "
        f"{len(scan.requests)} requests to other sites, {len(scan.findings)} findings"
    )
    for finding in scan.findings:
        if finding.severity != "note":
            say(f"  {line_of(finding)}")
    for gap in scan.not_tested:
        say(f"  not tested: {gap.state}: {gap.reason}")


def line_of(finding: Finding) -> str:
    """One finding; the evidence says who set it."""
    setter = finding.evidence.get("set_by") or finding.evidence.get("url") or ""
    by = f" Set by {setter}." if setter and setter not in finding.message else ""
    return f"{finding.severity}: {finding.rule}: {finding.message}{by} {finding.cure}".rstrip()


def code_version() -> str:
    """One fingerprint over the installed package: other code is proved again."""
    root = Path(__file__).parents[1]
    digest = sha256()
    for path in sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        digest.update(f"{path.relative_to(root)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_proved(settings: Settings) -> dict[str, Subject]:
    """What was proved before; nothing if the file is not there or not ours."""
    try:
        return msgspec.json.decode((settings.data / PROVED).read_bytes(), type=dict[str, Subject])
    except (OSError, msgspec.MsgspecError):
        return {}


def write_proved(settings: Settings, known: dict[str, Subject]) -> None:
    """Keep it for the next start."""
    from bredele.formats.published import replace_file

    replace_file(settings.data / PROVED, msgspec.json.encode(known))
