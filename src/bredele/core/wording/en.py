"""The policy in English."""

from bredele.core.wording.shape import Wording

ENGLISH = Wording(
    language="en",
    title="Cookies policy",
    uses="{site} uses {what} {purposes}.",
    uses_nothing="{site} stores nothing on your device.",
    uses_for={
        "necessary": "to work properly",
        "measurement": "to perform web analytics",
        "personalisation": "to adapt to your preferences",
        "advertising": "to show advertising",
        "social": "to show content from other platforms",
    },
    uses_for_own="for {label}",
    cookies_only="cookies",
    cookies_and_more="cookies and other storage on your device",
    counts_without_cookies="It also performs web analytics, without cookies and without knowing who you are.",
    cookie_heading="What is a cookie?",
    cookie_meaning=(
        "A cookie is a small piece of data with a name. A website you visit may hand it to your browser, which keeps "
        "it for a set time and gives it back to that site at each later visit. Websites use this in many ways: to keep "
        "you signed in, to hold the contents of a shopping basket, or to recognise a browser again for statistics or "
        "advertising."
    ),
    other_storage=(
        "A website can leave data on a device in other ways too, such as the browser’s local storage. The same rules "
        "apply to them, so this page lists them as well."
    ),
    kinds_lead=(
        "There are several kinds of cookies. The first two names say what a cookie is for, the other two whose it is; "
        "every cookie has both sides:"
    ),
    kinds={
        "necessary": (
            "Necessary",
            (
                "These keep what the site needs to do what you asked for, from one page or one visit to the next on the "
                "same device: a basket, a sign-in, the language you chose. They need no consent."
            ),
        ),
        "statistical": ("Statistical", "These show how a website is used. {consent}"),
        "first-party": (
            "First-party, or internal",
            (
                "These are set by the website you are visiting. That says who sets them, not what for: besides necessary "
                "ones there can be others that gather personal data, follow what you do, or serve advertising. Those need "
                "your consent."
            ),
        ),
        "third-party": (
            "Third-party",
            (
                "These are set by another website, or on its behalf, while you visit this one; often it is an advertising "
                "company. It can then see which pages you visited here, and learn about you."
            ),
        ),
    },
    statistical_asked="They need your consent, even where the figures name nobody.",
    statistical_exempt=(
        "They need your consent, except where they only count an audience within the narrow limits that the law sets "
        "({basis})."
    ),
    table_heading="Which cookies are used on the platform {address}",
    table_empty="None: this site stores nothing on your device.",
    group_headings={
        "necessary": "Cookies strictly necessary for the platform to work",
        "statistical": "Statistical cookies",
        "first-party": "Other first-party cookies",
        "third-party": "Third-party cookies",
    },
    columns=(
        "Provider",
        "Function and location",
        "Name(s)",
        "Purposes",
        "Lifetime",
        "Category",
        "Type",
        "Set by",
        "Consent",
        "Access by third parties",
        "Stored as",
    ),
    types={
        "necessary": "Strictly necessary",
        "statistical": "Statistical",
        "first-party": "First-party",
        "third-party": "Third-party",
    },
    parties={"first": "This site (first party)", "third": "Another site (third party)"},
    storage={
        "cookie": "Cookie",
        "local_storage": "Local storage",
        "session_storage": "Session storage",
        "indexed_db": "Browser database (IndexedDB)",
        "cache_storage": "Cache storage",
        "opfs": "Private files of the site",
        "service_worker": "Service worker",
        "pixel": "Tracking pixel",
        "beacon": "Beacon",
        "fingerprint": "Reading of device features",
    },
    locations={"front office": "front office", "back office": "back office", "api": "API"},
    both_offices="front and back office",
    purposes={
        "necessary": "Strictly necessary",
        "measurement": "Audience measurement",
        "personalisation": "Personalisation",
        "advertising": "Advertising",
        "social": "Social and embedded content",
    },
    purpose_meanings={
        "necessary": "What the site needs to do what you ask of it: sign-in, language, security, your choices here.",
        "measurement": "Counting visits, to see which pages are useful and which are not.",
        "personalisation": "Remembering what you like, so that pages adapt to you.",
        "advertising": "Showing advertising, and measuring whether it was seen.",
        "social": "Showing videos, maps and posts from other platforms, which can then see that you are here.",
    },
    consent_asked="Asked first",
    consent_not_needed="Not needed",
    consent_not_needed_because="Not needed. {reason}",
    access_none="None",
    access_unstated="Not stated",
    unstated="Not stated",
    measurement_heading="How visits are counted",
    measurement_pageviews=(
        "This site counts page views itself. It stores nothing on your device for that, and keeps nothing that could "
        "identify you: no cookie, no IP address, no fingerprint of your browser."
    ),
    measurement_visitors=(
        "This site counts visits itself. One cookie, listed above, holds the date of your last counted visit. That "
        "value is the same for everyone who came that day, so it identifies nobody. No IP address and no fingerprint "
        "of your browser is kept."
    ),
    measurement_sums=(
        "What remains are sums: views of the whole site for each hour, and views by page or by another single property "
        "for each day. Published figures are rounded to the nearest ten, and figures under ten are never shown."
    ),
    measurement_kept_word="How long the sums are kept",
    measurement_kept="At most {lifetime}.",
    measurement_basis_word="Legal basis",
    measurement_basis=(
        "{basis}: a measurement limited to counting the audience needs no consent, and you may object to it."
    ),
    measurement_objection=(
        "You would rather not be counted? One click is enough, without an account: "
        "[object to being counted](/cookies/preferences/#counting)."
    ),
    choices_heading="How to change your choices",
    choices_asked=(
        "On the [preference page](/cookies/preferences/) you can accept everything, refuse everything, or decide for "
        "each purpose. It always shows what you chose before."
    ),
    choices_withdraw=(
        "You can withdraw your consent at any time, as easily as you gave it: “Manage my cookies” at the foot of every "
        "page leads there."
    ),
    choices_ignored=(
        "If you close the notice or ignore it, that counts as a refusal: nothing is stored that needs your consent. "
        "Refusing only takes away what the refused purposes do; everything else on the site keeps working."
    ),
    choices_none=(
        "At present nothing here needs your consent, so no notice asks for it. You can still accept, refuse or "
        "withdraw at any time on the [preference page](/cookies/preferences/); “Manage my cookies” at the foot of "
        "every page leads there. If you do nothing, that counts as a refusal and changes nothing."
    ),
    choices_kept="Your answer, be it yes or no, is remembered for {lifetime}. After that it is forgotten.",
    browser_heading="What your browser can do",
    browser_paragraphs=(
        (
            "Every browser lets you see, block and erase what websites have stored. In Firefox, look under Settings, "
            "Privacy & Security; in Chrome and Edge, under Settings, Privacy; in Safari, under Settings, Privacy. The "
            "browser’s help explains it under the word “cookies”."
        ),
        (
            "If you erase everything, this site forgets your choices too. If you block every cookie, its pages can still "
            "be read, but signing in is no longer possible."
        ),
    ),
    responsible_heading="Who answers for this site",
    controller_word="Controller",
    contact_word="Contact",
    basis_word="Purposes and legal basis",
    basis_consent="{purpose}: your consent (GDPR, Article 6(1)(a)).",
    basis_exempt="{purpose}: no consent needed ({basis}).",
    recipients_word="Recipients",
    recipients_none="No third party has access to what is stored.",
    transfers_word="Transfers outside the European Economic Area",
    transfers_none="None.",
    retention_word="How long data are kept",
    rights_word="Your rights",
    authority_word="Complaints",
    authority="You can lodge a complaint with {authority}.",
    edition="Version {number}, published on {date}.",
    edition_draft="Draft of {date}, not published.",
    date="{day} {month} {year}",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    lifetime_session="browser session",
    lifetime_persistent="no end date: until you erase it",
    lifetime_none="nothing stays on the device",
    lifetime_renewed="{lifetime}, renewed at each visit",
    units={
        "years": ("{n} year", "{n} years"),
        "months": ("{n} month", "{n} months"),
        "weeks": ("{n} week", "{n} weeks"),
        "days": ("{n} day", "{n} days"),
        "hours": ("{n} hour", "{n} hours"),
        "minutes": ("{n} minute", "{n} minutes"),
        "seconds": ("{n} second", "{n} seconds"),
    },
    plural=lambda number: 0 if number == 1 else 1,
    list_and=" and ",
    list_comma=", ",
    quoted="“{words}”",
    term="“{word}”: {meaning}",
)
