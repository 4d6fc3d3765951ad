"""A shop in three languages with own cookies of every scope, own storage of every kind, and two third parties."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from bredele.core.declaration import Declaration, Exemption
from bredele.core.lifetime import SESSION, parse_lifetime
from bredele.core.registry import Registry, Site
from bredele.formats.toml import write_registry
from tests.serving import Running, command, environment, running

LANGUAGES = ("en", "fr", "ar")
WORDS = {
    "en": ("The shop", "To remember what you look at", "Shop window"),
    "fr": ("La boutique", "Se souvenir de ce que vous regardez", "Vitrine"),
    "ar": ("المتجر", "لتذكّر ما تشاهده", "واجهة العرض"),
}
HOST = "shop.localhost"


def text(place: int) -> dict[str, str]:
    """The same words in each language."""
    return {language: words[place] for language, words in WORDS.items()}


def entry(name: str, **more: object) -> Declaration:
    """An own entry that needs consent to personalisation."""
    made = Declaration(
        names=(name,),
        provider="Shop",
        function=text(2),
        location=("front office",),
        purpose=("personalisation",),
        purpose_text=text(1),
        lifetime=parse_lifetime("P1M"),
        third_party_access=(),
    )
    return msgspec.structs.replace(made, **more)


CHOICE = entry(
    "cookies_preferences",
    purpose=("necessary",),
    lifetime=parse_lifetime("P6M"),
    exemption=Exemption(kind="strictly_necessary", reason=text(1)),
)
COOKIES = (
    entry("plain", path="/"),
    entry("hidden", path="/", http_only=True),
    entry("wide", path="/", hosts=(f".{HOST}",)),
    entry("deep", path="/data/"),
)
STORED = (
    entry("looked_at", kind="local_storage", lifetime=parse_lifetime("persistent")),
    entry("tab_*", kind="session_storage", lifetime=SESSION),
    entry("shop-db", kind="indexed_db", lifetime=parse_lifetime("persistent")),
    entry("shop-cache", kind="cache_storage", lifetime=parse_lifetime("persistent")),
)
FOREIGN = entry("ad", purpose=("advertising",), provider="Ads", hosts=("ads.example",), third_party_access=("Ads",))


def registry(*more: Declaration) -> Registry:
    """What the shop declares; entries given go before its own of the same name."""
    named = {name for one in more for name in one.names}
    own = [one for one in (CHOICE, *COOKIES, *STORED, FOREIGN) if not named & set(one.names)]
    site = Site(
        name=text(0),
        origin=f"http://{HOST}:8000",
        languages=LANGUAGES,
        jurisdiction="FR",
        controller=text(0),
        contact=dict.fromkeys(LANGUAGES, "dpo@shop.example"),
        transfers=text(1),
        retention=text(1),
        authority=text(0),
        rights=text(1),
    )
    return Registry(site=site, cookies=(*own, *more))


def publish(data: Path, what: Registry) -> None:
    """The next version, by the command."""
    file = data / "cookies.toml"
    file.write_text(write_registry(what), encoding="utf-8")
    tell("publish", "shop", "--from", str(file), "--no-pictures", data=data)


def tell(*arguments: str, data: Path) -> None:
    """One command that must succeed."""
    done = subprocess.run(
        command(*arguments),
        env={**environment(), "BREDELE_DATA": str(data)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def served(data: Path) -> Iterator[Running]:
    """The shop, published and served."""
    tell("site", "add", "shop", "--origin", f"http://{HOST}:8000", data=data)
    publish(data, registry())
    with running("serve", data=data) as server:
        yield server


def address(server: Running, path: str = "/") -> str:
    """An address of the shop."""
    return f"http://{HOST}:{server.port}{path}"
