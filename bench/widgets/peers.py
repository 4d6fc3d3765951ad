"""The others: fetched from npm when the bench runs, at these versions; the configuration of each is written here.

All do the same job: two purposes, accept, refuse and choose on the first layer, the trackers' cookies named where they
can be, everything else as it comes. `gated` is each one's own way to hold back an inline script, a script and a frame;
vanilla-cookieconsent holds frames back with a second package only, so it has none here.
"""

from dataclasses import dataclass

from tests.projects.tracker import INLINE


@dataclass(frozen=True)
class Peer:
    """`files`: from the package, in the order a page loads them; `first`: the configuration comes before them.

    `withdraw`: what a visitor presses; a step that begins with `js:` is what a page would hang on its own link.
    """

    name: str
    package: str
    version: str
    files: tuple[str, ...]
    configuration: str
    gated: str
    banner: str
    accept: str
    refuse: str
    choose: str
    dialog: str
    withdraw: tuple[str, ...]
    first: bool = True


KLARO = """window.klaroConfig = { version: 1, elementID: "klaro", acceptAll: true, groupByPurpose: false,
privacyPolicy: "/policy", lang: "en",
translations: { en: { purposes: { measurement: "Audience measurement", advertising: "Advertising" } } },
services: [["measurement", ["st_host", ["st_parent", "/", "site.localhost"]]],
["advertising", ["mk_host",
["mk_path", "/p", undefined]]]].map(([name, cookies]) => ({ name, title: name, purposes: [name], cookies })) };"""
OREJIME = """window.orejimeConfig = { privacyPolicyUrl: "/policy",
purposes: [{ id: "measurement", title: "Audience measurement",
cookies: ["st_host", ["st_parent", "/", "site.localhost"]] },
{ id: "advertising", title: "Advertising", cookies: ["mk_host", ["mk_path", "/p", undefined]] }] };"""
VANILLA = """CookieConsent.run({ hideFromBots: false, categories: { necessary: { enabled: true, readOnly: true },
measurement: { autoClear: { cookies: [{ name: /^st_/ }] } },
advertising: { autoClear: { cookies: [{ name: /^mk_/ }] } } },
language: { default: "en", translations: { en: { consentModal: {
title: "May this site use more cookies than it needs?", description: "Refusing changes nothing else.",
acceptAllBtn: "Accept all", acceptNecessaryBtn: "Refuse all", showPreferencesBtn: "Choose" },
preferencesModal: { title: "Cookies", acceptAllBtn: "Accept all", acceptNecessaryBtn: "Refuse all",
savePreferencesBtn: "Save", closeIconLabel: "Close", sections: [
{ title: "Audience measurement", description: "Counting visits.", linkedCategory: "measurement" },
{ title: "Advertising", description: "Showing advertising.", linkedCategory: "advertising" }] } } } } });"""
TARTEAUCITRON = """tarteaucitron.init({ privacyUrl: "/policy", bodyPosition: "top", orientation: "bottom",
highPrivacy: true, DenyAllCta: true, AcceptAllCta: true,
showIcon: false, cookieName: "tarteaucitron", removeCredit: true });
for (const [key, type, cookies, js] of [["bm", "analytic", ["st_host", "st_parent"], () => window.INLINE && INLINE()],
["ba", "ads", ["mk_host", "mk_path"], () => window.TRACKER_FILE && tarteaucitron.addScript(TRACKER_FILE)]]) {
tarteaucitron.services[key] = { key, type, name: key, uri: "/policy", needConsent: true, cookies, js };
(tarteaucitron.job = tarteaucitron.job || []).push(key); }
tarteaucitron.job.push("iframe");"""
WAITING = f"""<script type="text/plain" KIND="measurement" NONCE>{INLINE}</script>
<script type="text/plain" KIND="advertising" data-src="TRACKER/ext.js" NONCE></script>"""
"""How three of them write a script that waits; `KIND` is each one's attribute."""
FRAME = '<iframe title="A video" data-name="advertising" data-src="TRACKER/frame.html"></iframe>'
TEMPLATES = f"""<template data-purpose="measurement"><script NONCE>{INLINE}</script></template>
<template data-purpose="advertising"><script src="TRACKER/ext.js" NONCE></script></template>
<template data-purpose="advertising"><iframe title="A video" src="TRACKER/frame.html"></iframe></template>"""
PEERS = (
    Peer(
        name="Orejime",
        package="orejime",
        version="3.2.1",
        files=("dist/orejime-standard.css", "dist/orejime-standard-en.js"),
        configuration=OREJIME,
        gated=TEMPLATES,
        banner=".orejime-Banner",
        accept=".orejime-Banner-saveButton",
        refuse=".orejime-Banner-declineButton",
        choose=".orejime-Banner-learnMoreButton",
        dialog=".orejime-Modal",
        withdraw=("js:orejime.prompt()", ".orejime-PurposeToggles-disableAll", ".orejime-Modal-saveButton"),
    ),
    Peer(
        name="vanilla-cookieconsent",
        package="vanilla-cookieconsent",
        version="3.1.0",
        files=("dist/cookieconsent.css", "dist/cookieconsent.umd.js"),
        configuration=VANILLA,
        gated=WAITING.replace("KIND", "data-category"),
        banner="#cc-main .cm",
        accept="#cc-main .cm [data-role=all]",
        refuse="#cc-main .cm [data-role=necessary]",
        choose="#cc-main .cm [data-role=show]",
        dialog="#cc-main .pm",
        withdraw=("js:CookieConsent.showPreferences()", "#cc-main .pm [data-role=necessary]"),
        first=False,
    ),
    Peer(
        name="tarteaucitron.js",
        package="tarteaucitronjs",
        version="1.34.0",
        files=("tarteaucitron.min.js",),
        configuration=TARTEAUCITRON,
        gated='<div class="tac_iframe" url="TRACKER/frame.html" width="320" height="180" title="A video"></div>',
        banner="#tarteaucitronAlertBig",
        accept="#tarteaucitronPersonalize2",
        refuse="#tarteaucitronAllDenied2",
        choose="#tarteaucitronCloseAlert",
        dialog="#tarteaucitron",
        withdraw=("js:tarteaucitron.userInterface.openPanel()", "#tarteaucitronAllDenied"),
        first=False,
    ),
    Peer(
        name="Klaro",
        package="klaro",
        version="0.7.22",
        files=("dist/klaro.js",),
        configuration=KLARO,
        gated=WAITING.replace("KIND", 'data-type="application/javascript" data-name') + FRAME,
        banner=".klaro .cookie-notice",
        accept=".klaro .cookie-notice .cm-btn-success",
        refuse=".klaro .cn-decline",
        choose=".klaro .cn-learn-more",
        dialog=".klaro .cm-modal",
        withdraw=(
            "js:klaro.show(undefined, true)",
            "js:document.querySelector('#service-item-disableAll').click()",
            ".klaro .cm-modal .cm-btn-accept:not(.cm-btn-accept-all)",
        ),
    ),
)
