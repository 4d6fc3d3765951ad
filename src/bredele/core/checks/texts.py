"""Texts: complete in every language, in that language, and in words that say something (POL-08, REG-14, POL-14)."""

import re
from collections.abc import Iterator

import msgspec

from bredele.core.checks.problem import Case, Problem, error, warning
from bredele.core.declaration import Text
from bredele.core.wording.stop_words import foreign

VAGUE = re.compile(
    r"\bessentials?\b|\bimproves? (?:your|the|user) experience|\benhances? (?:your|the) experience"
    r"|\bessentiel(?:le)?s?\b|\bamélior\w* (?:votre|l’|l')\s?expérience",
    re.IGNORECASE,
)
CERTIFIED = re.compile(
    r"\bcertified\b|\b(?:validated|approved) by the cnil|\bcertifiée?s?\b|\b(?:validée?|approuvée?)s? par la cnil",
    re.IGNORECASE,
)
SITE_TEXTS = ("controller", "contact", "transfers", "retention", "authority", "rights")


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """One text of the registry and its path; `label` if a visitor chooses by it, `name` if it names somebody."""

    where: str
    text: Text
    label: bool = False
    name: bool = False


def spoken(case: Case) -> Iterator[Spoken]:
    """Every text that is stated."""
    registry = case.registry
    yield Spoken(where="site.name", text=registry.site.name, name=True)
    for field in SITE_TEXTS:
        yield Spoken(where=f"site.{field}", text=getattr(registry.site, field), name=field == "controller")
    for place, purpose in enumerate(registry.purposes):
        yield Spoken(where=f"purposes[{place}].label", text=purpose.label, label=True)
    for place, entry in enumerate(registry.cookies):
        yield Spoken(where=f"cookies[{place}].function", text=entry.function)
        yield Spoken(where=f"cookies[{place}].purpose_text", text=entry.purpose_text)
        if entry.exemption:
            yield Spoken(where=f"cookies[{place}].exemption.reason", text=entry.exemption.reason)


def text_problems(case: Case) -> Iterator[Problem]:
    """Every text in every language of the site."""
    for item in spoken(case):
        if any(item.text.values()):
            yield from translation_problems(case, item)
            yield from wording_problems(item)


def translation_problems(case: Case, item: Spoken) -> Iterator[Problem]:
    """A language without its words is never filled with another's; words in no language of the site are never seen."""
    languages = case.registry.site.languages
    for language in languages:
        if not item.text.get(language):
            message = f'The text in "{language}" is missing.'
            cure = f'Add {language} = "…", or take "{language}" out of site.languages.'
            yield case.missing("translation-missing", f"{item.where}.{language}", message, cure)
    for language in item.text:
        if language not in languages:
            message = f'The site has no pages in "{language}".'
            yield warning("translation-unused", f"{item.where}.{language}", message, "Add it to site.languages.")


def wording_problems(item: Spoken) -> Iterator[Problem]:
    """Foreign fragments, vague labels, and claims nobody may make. Names are free."""
    for language, words in item.text.items():
        where = f"{item.where}.{language}"
        certified = CERTIFIED.search(words)
        if certified:
            message = f"“{certified[0]}” is a claim no authority makes of a site."
            yield error("wording-certified", where, message, "Say that the site assessed itself.")
        if item.name:
            continue
        yield from vague(item, where, words)
        found = foreign(words, language)
        if found:
            message = f'“{found[0][1]}” is not in "{language}".'
            yield warning("mixed-language", where, message, "Translate it; put what is quoted in quotation marks.")


def vague(item: Spoken, where: str, words: str) -> Iterator[Problem]:
    """Words that say nothing: refused as a label, doubtful elsewhere (EDPB 03/2022)."""
    found = VAGUE.search(words)
    if found:
        make = error if item.label else warning
        cure = "Say what is done. The law's own word for what needs no consent is “strictly necessary”."
        yield make("wording-vague", where, f"“{found[0]}” does not say what is done.", cure)
