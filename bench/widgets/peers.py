"""The others: fetched from npm when the bench runs, at these versions; the configuration of each is written here.

All do the same job: two purposes, accept, refuse and choose on the first layer, everything else as it comes.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Peer:
    """`files`: from the package, in the order a page loads them; `first`: the configuration comes before them."""

    name: str
    package: str
    version: str
    files: tuple[str, ...]
    configuration: str
    banner: str
    refuse: str
    first: bool = True


KLARO = """window.klaroConfig = { version: 1, elementID: "klaro", privacyPolicy: "/policy", lang: "en",
translations: { en: { purposes: { measurement: "Audience measurement", advertising: "Advertising" } } },
services: ["measurement", "advertising"].map((name) => ({ name, title: name, purposes: [name] })) };"""
OREJIME = """window.orejimeConfig = { privacyPolicyUrl: "/policy",
purposes: [{ id: "measurement", title: "Audience measurement" }, { id: "advertising", title: "Advertising" }] };"""
VANILLA = """CookieConsent.run({ hideFromBots: false, categories: { necessary: { enabled: true, readOnly: true },
measurement: {}, advertising: {} }, language: { default: "en", translations: { en: { consentModal: {
title: "May this site use more cookies than it needs?", description: "Refusing changes nothing else.",
acceptAllBtn: "Accept all", acceptNecessaryBtn: "Refuse all", showPreferencesBtn: "Choose" },
preferencesModal: { title: "Cookies", acceptAllBtn: "Accept all", acceptNecessaryBtn: "Refuse all",
savePreferencesBtn: "Save", closeIconLabel: "Close", sections: [
{ title: "Audience measurement", description: "Counting visits.", linkedCategory: "measurement" },
{ title: "Advertising", description: "Showing advertising.", linkedCategory: "advertising" }] } } } } });"""
TARTEAUCITRON = """tarteaucitron.init({ privacyUrl: "/policy", bodyPosition: "top", orientation: "bottom",
highPrivacy: true, DenyAllCta: true, AcceptAllCta: true,
showIcon: false, cookieName: "tarteaucitron", removeCredit: true });
for (const [key, type] of [["bm", "analytic"], ["ba", "ads"]]) { tarteaucitron.services[key] = { key, type, name: key,
uri: "/policy", needConsent: true, cookies: [], js() {} }; (tarteaucitron.job = tarteaucitron.job || []).push(key); }"""
PEERS = (
    Peer(
        "Orejime",
        "orejime",
        "3.2.1",
        ("dist/orejime-standard.css", "dist/orejime-standard-en.js"),
        OREJIME,
        ".orejime-Banner",
        ".orejime-Banner-declineButton",
    ),
    Peer(
        "vanilla-cookieconsent",
        "vanilla-cookieconsent",
        "3.1.0",
        ("dist/cookieconsent.css", "dist/cookieconsent.umd.js"),
        VANILLA,
        "#cc-main .cm",
        "#cc-main .cm [data-role=necessary]",
        first=False,
    ),
    Peer(
        "tarteaucitron.js",
        "tarteaucitronjs",
        "1.34.0",
        ("tarteaucitron.min.js",),
        TARTEAUCITRON,
        "#tarteaucitronAlertBig",
        "#tarteaucitronAllDenied2",
        first=False,
    ),
    Peer("Klaro", "klaro", "0.7.22", ("dist/klaro.js",), KLARO, ".klaro .cookie-notice", ".klaro .cn-decline"),
)
