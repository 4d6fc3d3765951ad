"""The self-assessment of one site in one language, made from what is true now."""

from datetime import datetime
from typing import Literal

import msgspec

from bredele import __version__
from bredele.collector.checks.kept import Results
from bredele.core.declaration import Text
from bredele.core.registry import Registry, Version
from bredele.core.settings import Settings
from bredele.core.wording.dates import date_text
from bredele.stats.catalogue import EVENTS, SINGLE, Dimension, Purpose
from bredele.stats.catalogue import PURPOSES as DIMENSIONS
from bredele.stats.closing import RETENTION_MONTHS, oldest_kept
from bredele.stats.store import Deletion
from bredele.web.reports.assessment.interest import STEPS, VERDICT
from bredele.web.reports.assessment.words import CRITERIA, DEVICE, LABELS, NAMES, PURPOSES, Asked

State = Literal["met", "failed", "open"]
LANGUAGES = ("en", "fr")
PREFERENCES = "/cookies/preferences/"


class Scanned(msgspec.Struct, frozen=True, kw_only=True):
    """The newest scan of the site, and the version it was compared with."""

    when: datetime
    version: int | None
    verdict: str


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the document is made from. `now` in the installation's time zone."""

    slug: str
    origin: str
    registry: Registry
    version: Version | None
    settings: Settings
    results: Results | None
    doubts: tuple[str, ...]
    deletions: tuple[Deletion, ...]
    scan: Scanned | None
    sites: int
    now: datetime


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """One line: what is asked, whether it is met, by what evidence, checked when."""

    number: int
    rules: tuple[str, ...]
    question: str
    state: State
    word: str
    evidence: str
    checked: str


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """The document. `facts` and `purposes` are pairs of words, `interest` headings with their paragraphs."""

    language: str
    title: str
    summary: str
    conform: bool
    notices: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    purposes: tuple[tuple[str, str], ...]
    criteria: tuple[Criterion, ...]
    interest: tuple[tuple[str, tuple[str, ...]], ...]
    deletions: tuple[str, ...]
    sources: str
    made: datetime
    labels: dict[str, str]


def assess(facts: Facts, language: str) -> Assessment:
    """The document; `language` is one of LANGUAGES."""
    labels = {name: say(text, language) for name, text in LABELS.items()}
    filled = fillings(facts, language, labels)
    criteria = tuple(
        criterion(number, asked, facts, language, labels, filled) for number, asked in enumerate(CRITERIA, 1)
    )
    met = sum(one.state == "met" for one in criteria)
    verdict = say(VERDICT[met == len(criteria)], language)
    return Assessment(
        language=language,
        title=labels["title"],
        summary=labels["summary"].format(met=met, all=len(criteria)),
        conform=met == len(criteria),
        notices=tuple(notices(facts, labels)),
        facts=tuple(head(facts, language, labels)),
        purposes=tuple(purposes(language, labels)),
        criteria=criteria,
        interest=tuple(
            (say(title, language), tuple(say(one, language).format(**filled, verdict=verdict) for one in paragraphs))
            for title, paragraphs in STEPS
        ),
        deletions=tuple(
            labels["deleted"].format(day=one.day, rows=one.rows, before=one.before) for one in facts.deletions
        ),
        sources=facts.registry.preset.source,
        made=facts.now,
        labels=labels,
    )


def say(text: Text, language: str) -> str:
    """A text in the language, else in English, else in any."""
    return text.get(language) or text.get("en") or next(iter(text.values()), "")


def fillings(facts: Facts, language: str, labels: dict[str, str]) -> dict[str, object]:
    """What the sentences are filled with."""
    return {
        "dimensions": len(SINGLE),
        "sites": facts.sites,
        "device": say(DEVICE[facts.registry.statistics], language),
        "oldest": oldest_kept(facts.now.date()).isoformat(),
        "deletions": len(facts.deletions),
        "version": facts.version.number if facts.version else "–",
        "preferences": facts.origin.rstrip("/") + PREFERENCES,
        "parameters": ", ".join(facts.settings.content_parameters) or labels["none"],
        "events": ", ".join(EVENTS),
        "controller": say(facts.registry.site.name, language) or facts.slug,
        "origin": facts.origin,
        "months": RETENTION_MONTHS,
    }


def criterion(
    number: int,
    asked: Asked,
    facts: Facts,
    language: str,
    labels: dict[str, str],
    filled: dict[str, object],
) -> Criterion:
    """One criterion as it stands; what a failed check saw comes before what it should have."""
    state, seen, when = judged(asked.check, facts, language, labels)
    evidence = say(asked.evidence, language).format(**filled)
    if state == "failed" and asked.check != "scan":
        evidence = seen
    elif seen and asked.check == "scan":
        evidence = f"{evidence} {seen}"
    return Criterion(
        number=number,
        rules=asked.rules,
        question=say(asked.question, language),
        state=state,
        word=labels[state],
        evidence=evidence,
        checked=date_text(when, language) if when else labels["never"],
    )


def judged(check: str, facts: Facts, language: str, labels: dict[str, str]) -> tuple[State, str, datetime | None]:
    """State, what was seen, and when."""
    if check == "scan":
        return by_scan(facts, language, labels)
    if not check:
        return "met", "", facts.now
    outcome = facts.results.of(check) if facts.results else None
    if outcome is None or facts.results is None:
        return "open", "", None
    return ("met" if outcome.ok else "failed"), outcome.message, facts.results.when


def by_scan(facts: Facts, language: str, labels: dict[str, str]) -> tuple[State, str, datetime | None]:
    """Information and objection are what a browser found on the site, not what a setting says."""
    if facts.version is None:
        return "failed", labels["unpublished"], None
    number, scan = facts.version.number, facts.scan
    if scan is None or scan.version != number or scan.verdict == "incomplete":
        return "open", labels["unscanned"].format(version=number), None
    told = {"version": number, "day": date_text(scan.when, language)}
    if scan.verdict == "ok":
        return "met", labels["scanned"].format(**told), scan.when
    return "failed", labels["contradicted"].format(**told), scan.when


def notices(facts: Facts, labels: dict[str, str]) -> list[str]:
    """What must be read first."""
    said = [] if facts.registry.preset.audience_exempt else [labels["not exempt"]]
    said += [labels["counts nothing"]] if facts.registry.statistics == "off" else []
    doubts = "; ".join(facts.doubts)
    said.append(labels["no word"].format(doubts=doubts) if doubts else labels["word"])
    return [*said, labels["nature"]]


def head(facts: Facts, language: str, labels: dict[str, str]) -> list[tuple[str, str]]:
    """Whose it is, under which law, as of when."""
    site, preset = facts.registry.site, facts.registry.preset
    basis = say(preset.legal_basis_exempt, language)
    checked = date_text(facts.results.when, language) if facts.results else labels["never"]
    return [
        (labels["site"], f"{say(site.name, language) or facts.slug}, {facts.origin}"),
        (labels["controller"], say(site.controller, language) or "–"),
        (labels["authority"], say(site.authority or preset.authority, language)),
        (
            labels["basis"],
            labels["pair"].format(one=say(preset.label, language), other=basis),
        ),
        (labels["mode"], say(DEVICE[facts.registry.statistics], language)),
        (labels["made"], f"{date_text(facts.now, language)}, Bredele {__version__}"),
        (labels["checked"], checked),
    ]


def purposes(language: str, labels: dict[str, str]) -> list[tuple[str, str]]:
    """Each of the five, and which dimensions serve it."""
    return [
        (say(text, language), ", ".join(say(NAMES[name], language) for name in serving(purpose)) or labels["unused"])
        for purpose, text in PURPOSES.items()
    ]


def serving(purpose: Purpose) -> list[Dimension]:
    """The dimensions that serve a purpose."""
    return [name for name, of in DIMENSIONS.items() if of == purpose]
