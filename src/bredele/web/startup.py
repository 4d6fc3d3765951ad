"""Bringing Django up from a command: settings from the environment, tables, published files."""

import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import django


def set_up(data: Path | None = None, origin: str | None = None) -> None:
    """Load the settings, once a process. What is passed goes before the environment's `BREDELE_DATA`, `_ORIGIN`."""
    if data is not None:
        os.environ["BREDELE_DATA"] = str(data)
    if origin is not None:
        os.environ["BREDELE_ORIGIN"] = origin
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bredele.web.settings")
    django.setup()


def prepare(*, serving: bool = False) -> None:
    """Bring tables and published files up to date; safe to repeat. `serving`: also what proves the notices shown."""
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from bredele.web.registry.publishing import refresh_notices, repair

    settings.BREDELE.data.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    with suppress(FileNotFoundError):
        Path(str(settings.DATABASES["default"]["NAME"])).chmod(0o600)
    repair()
    if serving:
        refresh_notices(timezone.now())


def lie() -> None:
    """Let the town set one cookie that nobody declared (`bredele demo --lie`)."""
    from django.conf import settings

    settings.BREDELE_DEMO_LIE = True


def with_port(origin: str, port: int) -> str:
    """The origin on another port."""
    parts = urlsplit(origin)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}:{port}"
