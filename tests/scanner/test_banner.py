"""Banners of every shape and tongue are answered without a rule for any of them, and measured on the way."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.async_api import async_playwright

from bredele.core.errors import BredeleError
from bredele.core.settings import read_settings
from bredele.scanner import chromium, controls
from bredele.scanner.addresses import Addresses
from bredele.scanner.banner import choose
from bredele.scanner.banner_rules import harder_to_withdraw
from bredele.scanner.browser import Engine, find_browser, open_visit
from bredele.scanner.gestures import gestures
from bredele.scanner.plan import Plan
from bredele.scanner.proxy import Proxy
from bredele.scanner.words import PREFERENCE_TEXT, fold, meaning_of, names_purpose
from tests.scanner.banners import STYLES, showing

FAULTY = ("link_to_refuse", "small_refuse", "pale_refuse", "two_layers", "two_layers_off")


@dataclass
class Outcome:
    """What came of a style: answers that arrived, errors, rules of findings."""

    answers: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    rules: set[str] = field(default_factory=set)


OFTEN = (
    "plain", "closed_shadow", "frame", "one_trust", "two_layers", "two_layers_off", "arabic", "link_to_refuse",
    "small_refuse", "pale_refuse", "cross_grants", "cross_closes",
)  # fmt: skip
"""Driven at every run; the others are like them in other shapes and tongues."""
RARE = [pytest.param(style, marks=pytest.mark.trial) for style in STYLES if style not in OFTEN]


async def drive(url: str, chosen: list[str], styles: list[str]) -> dict[str, Outcome]:
    """These styles, refused and accepted, each in a fresh profile, several at a time: they mostly wait."""
    found = {style: Outcome() for style in styles}
    places = asyncio.Semaphore(3)
    browser = find_browser(Plan(target=url), read_settings({}), os.environ, chromium.is_root())

    async def one(style: str, answer: str) -> None:
        async with (
            places,
            open_visit(engine, Plan(target=url + style, allow_private=True), "refused", lambda _: False) as visit,
        ):
            await visit.open(url + style)
            try:
                findings = await choose(visit, answer)  # type: ignore[arg-type]  # one of the two
                found[style].rules |= {finding.rule for finding in findings if finding.severity != "note"}
            except BredeleError as error:
                found[style].errors.append(f"{answer}: {error}")
            found[style].answers[answer] = ", ".join(
                line for line in chosen if line.startswith(style + "/") and answer in line.removeprefix(style + "/")
            )

    async def close(style: str) -> None:
        async with (
            places,
            open_visit(engine, Plan(target=url + style, allow_private=True), "no_choice", lambda _: False) as visit,
        ):
            found[style].rules |= {finding.rule for finding in await gestures(visit, frozenset())}

    async with (
        Proxy(Addresses(True)) as proxy,
        async_playwright() as playwright,
        Engine(playwright, browser, proxy.flags) as engine,
    ):
        await asyncio.gather(*(one(style, answer) for style in styles for answer in ("refuse", "accept")))
        await asyncio.gather(*(close(style) for style in ("plain", "cross_grants", "cross_closes") if style in found))
    return found


@pytest.fixture(scope="module")
def driven(request: pytest.FixtureRequest, browser_path: object) -> Iterator[dict[str, Outcome]]:
    """What came of every style that a test of this run asks for."""
    asked = [getattr(item, "callspec", None) for item in request.session.items if item.path == request.path]
    styles = {one.params["style"] for one in asked if one and "style" in one.params}
    with showing() as (url, chosen):
        yield asyncio.run(drive(url, chosen, [style for style in STYLES if style in styles]))


@pytest.mark.e2e
@pytest.mark.parametrize("style", [*OFTEN, *RARE])
def test_a_banner_is_refused_and_accepted_as_a_visitor_would(driven: dict[str, Outcome], style: str) -> None:
    """Rules: SCN-01"""
    outcome = driven[style]
    assert outcome.errors == []
    assert outcome.answers == {"refuse": f"{style}/refuse", "accept": f"{style}/accept"}


@pytest.mark.e2e
def test_a_press_whose_page_is_long_busy_with_it_is_not_pressed_again(
    browser_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules: SCN-01"""
    monkeypatch.setattr(controls, "PRESS_MILLISECONDS", 300)
    with showing() as (url, chosen):
        outcome = asyncio.run(drive(url, chosen, ["busy"]))["busy"]
    assert outcome.errors == []
    assert outcome.answers["refuse"] == "busy/refuse"


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("style", "rules"),
    [("plain", set()), ("one_trust", set()), ("arabic", set()), ("link_to_refuse", {"banner-refuse-link", "banner-unequal"}),
     ("small_refuse", {"banner-unequal"}), ("pale_refuse", {"banner-unequal"}), ("two_layers_off", {"banner-no-refuse"}),
     ("cross_grants", {"banner-implied-consent"}), ("cross_closes", set())],
)  # fmt: skip
def test_a_banner_is_measured_and_a_fair_one_has_no_fault(
    driven: dict[str, Outcome], style: str, rules: set[str]
) -> None:
    """Rules: SCN-08, BAN-02, BAN-03, BAN-04, BAN-07"""
    assert driven[style].rules == rules


@pytest.mark.parametrize(
    ("text", "named"),
    [("We use cookies.", False), ("May we use cookies? Your privacy matters to us.", False),
     ("We use cookies for statistics and advertising.", True), ("Cookies to improve your experience", True),
     ("Nous utilisons des cookies pour mesurer l'audience", True), ("Nous utilisons des cookies.", False),
     ("Wir verwenden Cookies für Werbung", True), ("Wir verwenden Cookies.", False),
     ("Używamy plików cookie do celów statystycznych", True), ("Käytämme evästeitä mainontaan", True),
     ("Используем куки для рекламы", True), ("Ми використовуємо файли cookie для аналітики", True), ("İstatistik için çerezler", True),
     ("نستخدم ملفات تعريف الارتباط للإعلانات", True), ("אנו משתמשים בעוגיות לצורך פרסום", True), ("広告のためにクッキーを使用します", True),
     ("我们使用 Cookie 进行统计", True), ("يستخدم هذا الموقع ملفات تعريف الارتباط", False), ("このサイトはクッキーを使用しています", False)],
)  # fmt: skip
def test_a_text_names_a_purpose_in_many_languages(text: str, named: bool) -> None:
    """Rules: BAN-06"""
    assert names_purpose(text) is named


@pytest.mark.parametrize(
    "text",
    ["Cookie settings", "Gérer mes cookies", "Cookie-Einstellungen", "Definições de cookies", "Ustawienia plików cookie",
     "Cookie-inställningar", "Evästeasetukset", "Nastavení cookies", "Süti beállítások", "Setări cookie", "Ρυθμίσεις cookies",
     "Çerez ayarları", "Настройки файлов cookie", "Налаштування файлів cookie", "إعدادات ملفات تعريف الارتباط",
     "הגדרות עוגיות", "クッキーの設定", "Cookie 设置", "쿠키 설정"],
)  # fmt: skip
def test_a_link_to_the_preferences_is_known_in_many_languages(text: str) -> None:
    """Rules: BAN-09"""
    assert PREFERENCE_TEXT.search(fold(text))
    assert not PREFERENCE_TEXT.search(fold("Cookie recipes"))


@pytest.mark.parametrize(
    ("given", "taken", "severities"), [(1, 1, []), (2, 1, []), (0, 3, []), (1, 2, ["note"]), (1, 3, ["error"])]
)
def test_withdrawing_in_more_presses_than_it_took_to_consent_is_told(
    given: int, taken: int, severities: list[str]
) -> None:
    """Rules: BAN-09"""
    assert [one.severity for one in harder_to_withdraw(given, taken, "https://x.example/")] == severities


@pytest.mark.parametrize(
    ("words", "meaning"),
    [("Accept all", "accept"), ("Yes, I accept cookies", "accept"), ("Accept & close", "accept"), ("OK", "accept"),
     ("Accept only necessary cookies", "refuse"), ("Only essential", "refuse"), ("Continue without accepting", "refuse"),
     ("No, thanks", "refuse"), ("Manage options", "settings"), ("Confirm my choices", "save"), ("Withdraw consent", "withdraw"),
     ("Alle Cookies ablehnen", "refuse"), ("Nur notwendige Cookies", "refuse"), ("Auswahl bestätigen", "save"),
     ("Tout refuser", "refuse"), ("J’accepte", "accept"), ("Accepter la sélection", "save"), ("Solo le necessarie", "refuse"),
     ("Zezwól na wszystkie", "accept"), ("Tylko niezbędne", "refuse"), ("Odmítnout vše", "refuse"), ("Tillåt alla", "accept"),
     ("Endast nödvändiga", "refuse"), ("Kabul et", "accept"), ("Reddet", "refuse"), ("أوافق", "accept"), ("رفض", "refuse"),
     ("Принять все", "accept"), ("Отклонить", "refuse"), ("全部拒绝", "refuse"), ("同意する", "accept"), ("설정", "settings"),
     ("سحب الموافقة", "withdraw"), ("ביטול הסכמה", "withdraw"), ("Onayımı geri çek", "withdraw"), ("Отозвать согласие", "withdraw"),
     ("Відкликати згоду", "withdraw"), ("同意を撤回する", "withdraw"), ("撤回同意", "withdraw"), ("Wycofaj zgodę", "withdraw"),
     ("Træk mit samtykke tilbage", "withdraw"), ("Återkalla samtycke", "withdraw"), ("Retragerea consimțământului", "withdraw"),
     ("Yalnızca gerekli", "refuse"), ("Bekræft", "save"), ("Fortsæt uden", "refuse"), ("تخصيص", "settings"), ("הגדרות", "settings"),
     ("Налаштування", "settings"), ("Дозволити всі", "accept"), ("設定を保存", "settings"), ("保存", "save"),
     ("Nothing of the kind", ""), ("Read our story about accepting strangers in the town and what came of it all", ""),
     ("News", ""), ("Okinawa", ""), ("Sofa", "")],
)  # fmt: skip
def test_words_on_a_control_have_a_meaning_in_many_languages(words: str, meaning: str) -> None:
    assert meaning_of(words) == meaning
