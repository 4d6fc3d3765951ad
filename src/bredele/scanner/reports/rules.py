"""The rules a scan checks, in a sentence each: what machines show beside a finding."""

import msgspec

LAW = "ePrivacy Directive Art. 5(3)"


class Rule(msgspec.Struct, frozen=True):
    """One rule: a name of a few words, what it asks, and where that comes from."""

    name: str
    asks: str
    source: str


RULES = {
    "undeclared": Rule("Undeclared", "Everything stored on the device is declared.", "GDPR Art. 5(2), 13"),
    "before-consent": Rule("Before consent", "What needs consent waits until it was given.", LAW),
    "after-refusal": Rule("After a refusal", "A refusal is followed.", f"{LAW}, GDPR Art. 4(11)"),
    "after-withdrawal": Rule("After a withdrawal", "A withdrawal is followed at once.", "GDPR Art. 7(3)"),
    "gpc-ignored": Rule("Signal ignored", "A Global Privacy Control signal counts as a refusal.", "GDPR Art. 21(5)"),
    "third-party-request": Rule("Third-party request", "Nobody else is called before consent.", LAW),
    "lifetime": Rule("Lifetime", "It stays no longer than declared.", "GDPR Art. 5(1)(e)"),
    "party": Rule("Party", "It belongs to the party that is declared.", "GDPR Art. 13(1)(e)"),
    "attributes": Rule("Attributes", "Its attributes are those declared.", "RFC 6265bis"),
    "rejected": Rule("Rejected by the browser", "What is set can be stored.", "RFC 6265bis section 5.7"),
    "not-seen": Rule("Not seen", "What is declared exists.", "GDPR Art. 5(1)(d)"),
    "banner-unequal": Rule("Unequal answers", "Refusing is as easy as accepting.", "EDPB taskforce report 2023"),
    "banner-preticked": Rule("Ticked beforehand", "Nothing is ticked before somebody ticks it.", "CJEU C-673/17"),
    "banner-no-refuse": Rule("No refusal", "Refusing stands beside accepting.", "EDPB taskforce report 2023, para. 8"),
    "banner-refuse-link": Rule(
        "Refusal as a link", "Refusing is a button too.", "EDPB taskforce report 2023, para. 14"
    ),
    "banner-implied-consent": Rule(
        "Silence taken for consent", "Only an answer is an answer.", "EDPB 05/2020 para. 86"
    ),
    "banner-wall": Rule("Wall", "Who refuses can use the site.", "GDPR Art. 7(4)"),
    "banner-no-purposes": Rule("No purposes", "Consent is asked for a purpose that is named.", "GDPR Art. 4(11)"),
    "banner-withdrawal-harder": Rule(
        "Harder to withdraw", "Withdrawing is as easy as giving consent.", "GDPR Art. 7(3)"
    ),
    "banner-accessibility": Rule("Not for everybody", "Everybody can use the choice.", "WCAG 2.2; EN 301 549"),
    "banner-no-withdrawal": Rule("No way back", "Consent can be withdrawn from every page.", "GDPR Art. 7(3)"),
}


def rule(name: str) -> Rule:
    """The rule of a name; one that is not listed explains itself by its name."""
    return RULES.get(name) or Rule(name.replace("-", " ").capitalize(), "See the message of the finding.", "")
