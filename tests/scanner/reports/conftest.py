"""A scan that found something of everything, and the declarations it was compared with."""

from datetime import UTC, datetime

import pytest

from bredele.core.observation import Finding, NotTested, Observation, Rejection, Request, Scan, Setter
from bredele.formats.toml import read_registry
from bredele.scanner.reports.subject import Subject

TOML = """schema = 1

[site]
origin = "https://www.commune.example"

[[cookies]]
names = ["session_of_ours"]
purpose = "necessary"
lifetime = "session"

[[cookies]]
names = ["_meas_*"]
purpose = "measurement"
function = \"\"\"
[[cookies]] is only a word here
\"\"\"
lifetime = "P13M"

[cookies.exemption]
kind = "audience"
reason = "Counts only"

[[cookies]]
names = ["gone"]
purpose = "advertising"
lifetime = "P1M"
hosts = ["ads.example"]
"""
SITE = "www.commune.example"
SECRET = "s3cr3t-of-a-visitor"


def scan(**more: object) -> Scan:
    """A scan with findings of every kind; `more` replaces fields."""
    facts: dict[str, object] = {
        "target": f"https://{SITE}/",
        "started": datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
        "browser": "Chromium 156.0",
        "states": ("no_choice", "refused", "accepted", "purpose:maps"),
        "pages": (f"https://{SITE}/", f"https://{SITE}/a?lang=fr"),
        "observations": (
            Observation(
                name="session_of_ours",
                host=SITE,
                states=("no_choice", "refused", "accepted"),
                set_by=Setter(url=f"https://{SITE}/", how="response"),
                attributes={"secure": True, "http_only": True, "same_site": "Lax", "partitioned": False},
                session=True,
                value="a…(17)",
            ),
            Observation(
                name="_meas_*",
                host=f".{SITE}",
                states=("accepted",),
                set_by=Setter(url="https://counter.example/c.js", how="script"),
                declared_lifetime=500 * 86_400,
                effective_lifetime=400 * 86_400,
                pattern="_meas_[0-9]+",
                names=("_meas_1", "_meas_2"),
            ),
            Observation(name="<b>&\x01", host=SITE, states=("no_choice",), kind="local_storage"),
        ),
        "requests": (
            Request(
                url="https://ads.example/p", host="ads.example", state="no_choice", initiator=f"https://{SITE}/x.js"
            ),
        ),
        "rejections": (
            Rejection(
                name="__Host-bad",
                host=SITE,
                state="accepted",
                reason="InvalidPrefix",
                set_by=Setter(url=f"https://{SITE}/", how="response"),
            ),
        ),
        "findings": (
            Finding(
                rule="undeclared",
                severity="error",
                cookie="<b>&\x01",
                state="no_choice",
                message="<b>& is declared nowhere.",
                cure="Declare it, or remove what sets it.",
                evidence={
                    "host": SITE,
                    "suggested_provider": "Somebody",
                    "suggested_by": "A list (MIT), https://l.example",
                },
            ),
            Finding(
                rule="lifetime",
                severity="error",
                cookie="_meas_*",
                state="accepted",
                message="It stays too long.",
                cure="Shorten it.",
                evidence={"host": f".{SITE}", "names": "_meas_1, _meas_2"},
            ),
            Finding(
                rule="third-party-request",
                severity="error",
                state="no_choice",
                message="ads.example gets a request.",
                evidence={"host": "ads.example"},
            ),
            Finding(
                rule="rejected",
                severity="warning",
                cookie="__Host-bad",
                state="accepted",
                message="The browser refused it.",
                evidence={"host": SITE, "reason": "InvalidPrefix"},
            ),
            Finding(rule="not-seen", severity="note", cookie="gone", message="gone was not seen.", cure="Remove it."),
        ),
        "not_tested": (
            NotTested(state="withdrawn", reason="not-driven", message="There is no way to withdraw."),
            NotTested(state="gpc", reason="nothing-to-choose"),
        ),
        "registry_version": 4,
        "seconds": 12.3,
        "notes": ("Third-party cookies are kept by this browser (self-test).",),
    }
    return Scan(**(facts | more))  # type: ignore[arg-type]  # fields of a scan


@pytest.fixture
def subject() -> Subject:
    """That scan, held against TOML."""
    return Subject(scan(), read_registry(TOML.encode()), "legal/cookies.toml", TOML)


@pytest.fixture
def clean() -> Subject:
    """A scan that found nothing wrong, compared with a published version."""
    spotless = scan(findings=(), requests=(), rejections=(), not_tested=())
    return Subject(spotless, read_registry(TOML.encode()))
