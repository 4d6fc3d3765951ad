"""Where Django keeps its tables: SQLite in the data directory, or the PostgreSQL that `BREDELE_DATABASE` names."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from bredele.core.settings import Settings

BUSY_SECONDS = 20
"""How long a writer waits for another before it fails."""


def databases(settings: Settings) -> dict[str, dict[str, Any]]:
    """Django's `DATABASES`."""
    return {"default": postgresql(settings.database) if settings.database else sqlite(settings)}


def sqlite(settings: Settings) -> dict[str, Any]:
    """One file. IMMEDIATE: two transactions that both read first and write later would otherwise fail, not wait."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": settings.data / "bredele.sqlite3",
        "OPTIONS": {
            "timeout": BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def postgresql(address: str) -> dict[str, Any]:
    """A connection URI as libpq reads it (PostgreSQL manual, 34.1.1.2), in Django's words; options pass through."""
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host_of(parts.netloc)),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def host_of(authority: str) -> str:
    """The host as written: a socket's directory keeps its capitals, which `urlsplit().hostname` would not."""
    host = authority.rpartition("@")[2]
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
