"""A published town, and scans of it that are given instead of made."""

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest

from bredele.core.lifetime import parse_lifetime
from bredele.core.observation import Observation, Scan, Setter
from bredele.core.registry import Version
from tests.web.conftest import Publish, asking, registry

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
HOST = "town.localhost"
Clock = Callable[[], datetime]


@pytest.fixture
def town(publish: Publish) -> Version:
    """A published site that asks consent for one cookie."""
    theme = asking("theme", "personalisation", lifetime=parse_lifetime("P6M"))
    return publish("town", registry(theme, origin=f"http://{HOST}:8000"), HOST)


def item(name: str, **more: object) -> Observation:
    """A cookie of the town, stored before any choice."""
    facts: dict[str, object] = {
        "name": name,
        "host": HOST,
        "states": ("no_choice",),
        "session": True,
        "set_by": Setter(url=f"http://{HOST}:8000/", how="response"),
        "attributes": {"same_site": "Lax", "http_only": True},
    }
    return Observation(**(facts | more))  # type: ignore[arg-type]  # fields of an observation


def seen(*items: Observation, **more: object) -> Scan:
    """The facts of a scan of the town."""
    facts = Scan(
        target=f"http://{HOST}:8000/",
        started=NOW,
        browser="Chromium 156",
        states=("no_choice",),
        observations=items,
    )
    return msgspec.structs.replace(facts, **more)
