"""The settings of one installation, read once from environment variables; a default beside each."""

from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from bredele.core.errors import BredeleError
from bredele.core.lifetime import parse_lifetime


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Every setting has the prefix `BREDELE_` and its heading in docs/settings.md."""

    data: Path = Path("var")
    origin: str = "http://localhost:8000"
    bind: str = "127.0.0.1"
    hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    secret: str = ""
    database: str = ""
    time_zone: str = "UTC"
    content_parameters: tuple[str, ...] = ()
    session_days: int = 14
    language_cookie: str = "P12M"
    proof_kept: tuple[str, ...] = ("P5Y",)
    chromium: str = ""
    chromium_flags: str = ""
    scan_as_root: bool = False
    private_sites: tuple[str, ...] = ()
    mail: str = ""
    mail_from: str = ""
    debug: bool = False

    @property
    def secure(self) -> bool:
        """Whether the platform's own four cookies carry Secure: if and only if the origin is https (CONTRACTS 2)."""
        return urlsplit(self.origin).scheme == "https"

    @property
    def host(self) -> str:
        """The configured origin's host name, without port."""
        return (urlsplit(self.origin).hostname or "").lower()

    @property
    def port(self) -> int:
        """The configured origin's port; the scheme's own where none is written."""
        parts = urlsplit(self.origin)
        return parts.port or (443 if parts.scheme == "https" else 80)

    @property
    def own_hosts(self) -> tuple[str, ...]:
        """Hosts on which `/backoffice/`, `/accounts/` and `/metrics` answer."""
        return self.hosts or (self.host,)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from `BREDELE_*`; an unknown or malformed one raises BredeleError naming it and the cure."""
    stated: dict[str, object] = {}
    for name, value in environ.items():
        if not name.startswith("BREDELE_"):
            continue
        field = name.removeprefix("BREDELE_").lower()
        if field not in Settings.__struct_fields__:
            known = ", ".join("BREDELE_" + known.upper() for known in Settings.__struct_fields__)
            raise BredeleError("There is no such setting.", where=name, cure=f"Known: {known}.")
        stated[field] = [part for part in value.replace(",", " ").split() if part] if field in LISTS else value
    try:
        settings = msgspec.convert(stated, Settings, strict=False, dec_hook=as_path)
    except msgspec.ValidationError as error:
        raise BredeleError(str(error), where="BREDELE_* settings", cure="See docs/settings.md.") from None
    return check_settings(settings)


SHORTEST_PROOF = 180 * 86_400
"""Seconds: a consent lasts half a year, and its proof no less."""
LISTS = ("hosts", "trusted_proxies", "content_parameters", "private_sites", "proof_kept")


def as_path(kind: type, value: object) -> object:
    """Decode a directory name for msgspec."""
    return Path(str(value)) if issubclass(kind, Path) else value


def check_settings(settings: Settings) -> Settings:
    """The same settings, or BredeleError for an origin that is no web origin or that sends cookies in the clear."""
    check_database(settings.database)
    check_time_zone(settings.time_zone)
    check_proxies(settings.trusted_proxies)
    check_kept(settings.proof_kept)
    parts = urlsplit(settings.origin)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise BredeleError(
            f'"{settings.origin}" is not a web origin.',
            where="BREDELE_ORIGIN",
            cure='Write "https://host[:port]".',
        )
    loopback = settings.host in (
        "localhost",
        "127.0.0.1",
        "::1",
    ) or settings.host.endswith(".localhost")
    if parts.scheme == "http" and not loopback:
        raise BredeleError(
            "Plain http is for loopback only: sign-in cookies would travel in the clear.",
            where="BREDELE_ORIGIN",
            cure="Put a TLS proxy in front and write its https origin.",
        )
    return settings


def check_kept(stated: tuple[str, ...]) -> None:
    """BredeleError unless each is a duration at least as long as a consent lasts, `site=duration` for one site."""
    for part in stated:
        try:
            seconds = parse_lifetime(part.rpartition("=")[2]).seconds or 0
        except BredeleError:
            seconds = 0
        if seconds < SHORTEST_PROOF:
            raise BredeleError(
                f'"{part[:60]}" is no duration of half a year or more.',
                where="BREDELE_PROOF_KEPT",
                cure='Write "P5Y", or "P5Y town=P3Y" where one site differs.',
            )


def check_database(address: str) -> None:
    """BredeleError unless it is empty (SQLite) or a PostgreSQL URI with a database name; the password is never told."""
    if not address:
        return
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise BredeleError(
            "This is no address of a PostgreSQL database.",
            where="BREDELE_DATABASE",
            cure='Write "postgresql://user:password@host:5432/name", or leave it out: then SQLite is used.',
        )


def check_proxies(names: tuple[str, ...]) -> None:
    """BredeleError unless each is an IP address or a range of them."""
    for name in names:
        try:
            ip_network(name, strict=False)
        except ValueError:
            raise BredeleError(
                f'"{name}" is no address of a proxy.',
                where="BREDELE_TRUSTED_PROXIES",
                cure='Write IP addresses or ranges, as in "127.0.0.1 10.0.0.0/8".',
            ) from None


def check_time_zone(name: str) -> None:
    """BredeleError unless this machine knows the zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BredeleError(
            f'"{name[:60]}" is no time zone this machine knows.',
            where="BREDELE_TIME_ZONE",
            cure='Write a name such as "Europe/Paris", or install the system\'s tzdata.',
        ) from None
