"""The widget's configuration: the version's purposes, the server's own banner, its words."""

from functools import cache
from pathlib import Path

import msgspec
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext

from bredele.core.policy import purpose_label
from bredele.core.registry import Version
from bredele.core.verdict import must_ask
from bredele.web.preferences.context import banner


class Configuration(msgspec.Struct, frozen=True, kw_only=True):
    """One language of one version; nothing in it depends on the visitor."""

    version: int
    orders: dict[str, tuple[str, ...]]
    since: dict[str, int]
    exempt: tuple[str, ...]
    labels: dict[str, str]
    words: dict[str, str]
    html: str
    css: str


def configuration(version: Version, language: str) -> Configuration:
    """What `/bredele.json` says in this language, which must be active."""
    registry = version.registry
    asked, optional = registry.consent_purposes(), registry.optional_purposes()
    orders = {**version.earlier, version.number: optional}
    return Configuration(
        version=version.number,
        orders={str(number): purposes for number, purposes in orders.items()},
        since={purpose: version.asked_since.get(purpose, version.number) for purpose in asked},
        exempt=tuple(purpose for purpose in optional if purpose not in asked),
        labels={purpose: purpose_label(registry, purpose, language) for purpose in optional},
        words=words(),
        html=region(version, language),
        css=style(),
    )


def words() -> dict[str, str]:
    """What the widget itself says, with `{…}` for what it fills in: the templates' own messages."""
    return {
        "ask": gettext("this content is blocked. %(provider)s would learn that you read this page.")
        % {"provider": "{who}"},
        "allow": gettext("Allow: %(purpose)s") % {"purpose": "{purpose}"},
    }


def region(version: Version, language: str) -> str:
    """The banner as a visitor without an answer sees it; empty where nothing must be asked (BAN-14)."""
    if not must_ask(version, None):
        return ""
    said = msgspec.structs.replace(banner(version, None, language), signal=None)
    context = {"banner": said, "version": version.number, "here": "/", "language": language}
    return render_to_string("bredele/partials/region.html", context).strip()


def style() -> str:
    """The banner's style sheet, as it lies in the package."""
    found = finders.find("bredele/consent.css")
    return read(Path(str(found)))


@cache
def read(path: Path) -> str:
    """A file that does not change while the process lives."""
    return path.read_text(encoding="utf-8")
