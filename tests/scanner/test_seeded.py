"""A clean site has no finding; a copy with one seeded violation has that one finding and no other."""

import pytest

from bredele.core.observation import Scan
from bredele.core.settings import read_settings
from bredele.formats.declared import read_declared
from bredele.scanner.check import run_check
from bredele.scanner.plan import Plan
from tests.scanner.site import Site
from tests.scanner.test_states import recipe

pytestmark = pytest.mark.e2e
DECLARED = """
schema = 1
[site]
name = "Town"
origin = "ORIGIN"
[[purposes]]
id = "necessary"
label = "Necessary"
[[purposes]]
id = "measurement"
label = "Statistics"
[[cookies]]
names = ["cookies_preferences"]
purpose = "necessary"
lifetime = "P184D"
exemption = { kind = "strictly_necessary", reason = "keeps the choice" }
[[cookies]]
names = ["sessionid", "csrftoken"]
purpose = "necessary"
lifetime = "session"
exemption = { kind = "strictly_necessary", reason = "signs in" }
[[cookies]]
names = ["django_language"]
purpose = "necessary"
lifetime = "P12M"
exemption = { kind = "strictly_necessary", reason = "keeps the language" }
[[cookies]]
names = ["stats"]
purpose = "measurement"
lifetime = "PT1H"
http_only = false
[[cookies]]
names = ["partner"]
purpose = "measurement"
lifetime = "session"
hosts = ["b.localhost"]
erase = "PARTNERerase"
[[cookies]]
names = ["partner-seen"]
kind = "local_storage"
purpose = "measurement"
lifetime = "persistent"
hosts = ["b.localhost"]
"""
MORE = """
[[cookies]]
names = ["never"]
purpose = "measurement"
lifetime = "P1D"
"""
GOOD = ("granted", "granted-frame", "erase")
"""What the clean copy does when it may: statistics and the partner's frame, erased at withdrawal."""
SEEDED = {
    "undeclared": ("lie", "lie", "no_choice"),
    "before-consent": ("unasked", "stats", "no_choice refused gpc"),
    "after-refusal": ("refusal", "stats", "refused withdrawn"),
    "after-withdrawal": ("keeps", "stats", "refused withdrawn"),
    "gpc-ignored": ("signalled", "stats", "no_choice gpc"),
    "lifetime": ("too-long", "stats", "accepted"),
    "attributes": ("hidden", "stats", "accepted"),
    "party": ("namesake", "partner", "accepted"),
    "rejected": ("rejected", "refused_one", "no_choice"),
    "third-party-request": ("called", None, "no_choice"),
    "not-seen": ("", "never", "no_choice"),
    "banner-no-refuse": ("no-refuse", None, "accepted"),
    "banner-refuse-link": ("refuse-link", None, "refused withdrawn"),
    "banner-unequal": ("unequal", None, "refused"),
    "banner-preticked": ("pretick", None, "no_choice"),
    "banner-implied-consent": ("cross", None, "no_choice"),
    "banner-wall": ("wall", None, "refused"),
    "banner-no-withdrawal": ("no-way-back", None, "withdrawn"),
    "banner-no-purposes": ("no-purposes", None, "accepted"),
    "banner-withdrawal-harder": ("far-way-back", None, "withdrawn"),
    "banner-accessibility": ("unlabelled", None, "accepted"),
}
"""Rule: the fault that breaks it, the name the finding must give, and the states in which it could be mistaken."""


TOGETHER = ("undeclared", "lifetime", "party", "rejected", "third-party-request", "not-seen")


def checked(*faults: str, declared: str = DECLARED, states: str = "", pages: int = 4) -> Scan:
    """The site with these faults, held against what it declares; in every state, signed in too, if none is named."""
    good = [one for one in GOOD if not (one == "granted" and {"too-long", "hidden"} & set(faults))]
    with Site(*good, *faults, banner=True, preferences="far-way-back" not in faults) as site:
        text = declared.replace("ORIGIN", site.url.rstrip("/")).replace("PARTNER", site.partner)
        plan = Plan(
            target=site.url,
            states=tuple(states.split()),
            sign_in=None if states else recipe(site),
            own=True,
            allow_private=True,
            max_pages=pages,
        )
        return run_check(plan, read_declared(text.encode()), read_settings({}), lambda _: None)


@pytest.mark.trial
def test_a_clean_copy_has_no_finding_at_all() -> None:
    """Rules: SCN-01, SCN-03, SCN-08"""
    scan = checked()
    assert scan.findings == ()
    assert scan.not_tested == ()
    assert {"stats", "partner", "partner-seen"} <= {item.name for item in scan.observations}


def test_violations_seeded_together_are_each_found_and_no_other() -> None:
    """Those that do not touch each other, in one scan; nobody signs in. Rules: SCN-03, SCN-04, SCN-06"""
    faults = [SEEDED[rule][0] for rule in TOGETHER]
    scan = checked(*filter(None, faults), declared=DECLARED + MORE, states="no_choice accepted")
    found = {(one.rule, one.cookie) for one in scan.findings} - {("not-seen", "csrftoken"), ("not-seen", "sessionid")}
    assert found == {(rule, SEEDED[rule][1]) for rule in TOGETHER}
    assert scan.not_tested == ()


@pytest.mark.trial
@pytest.mark.parametrize("rule", [rule for rule in SEEDED if rule not in TOGETHER])
def test_one_seeded_violation_is_found_and_no_other(rule: str) -> None:
    """What the few states cannot show is not seen, and only in the test of that rule looked at.

    Rules: SCN-01, SCN-03, SCN-04, SCN-06, SCN-08, SCN-13, BAN-01, BAN-02, BAN-03, BAN-04, BAN-05, BAN-06, BAN-07,
    BAN-08, BAN-09
    """
    fault, name, states = SEEDED[rule]
    scan = checked(fault, states=states, pages=3)
    assert {(one.rule, one.cookie) for one in scan.findings if one.rule != "not-seen"} == {(rule, name)}
    assert scan.not_tested == ()
