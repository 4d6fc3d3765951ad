"""What a scan is to do: the target, the states of consent, and its limits."""

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from bredele.core.item_findings import is_loopback
from bredele.core.observation import STATES, granted_purpose, place_of_state
from bredele.scanner.errors import InvalidPlan
from bredele.scanner.sign_in import SignIn

BUILT = ("no_choice", "refused", "accepted", "withdrawn", "gpc", "signed_in", "no_script")
"""States this scanner can drive, in the order they are reported."""
WITHOUT_SIGN_IN = tuple(state for state in BUILT if state != "signed_in")
SECONDS = 300.0
Address = IPv4Address | IPv6Address


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """One scan of one site.

    `states` empty: every state that is built, `signed_in` only with a recipe. `purposes`: also each purpose alone
    that the site offers. `budget`: seconds for the whole scan. `own`: the site is one's own, so that what it asks of
    crawlers binds nobody. `drive_forms`: also submit the site's simple POST forms; for sites of one's own.
    `allow_private`: loopback and private addresses may be reached. `from_server`: started by the server, which scans
    as root only by a setting. `resume`: a file that is written meanwhile and gone at the end; if it holds what a
    killed scan had found, the scan goes on from there.
    """

    target: str
    states: tuple[str, ...] = ()
    max_pages: int = 25
    budget: float = SECONDS
    sign_in: SignIn | None = None
    purposes: bool = False
    own: bool = False
    drive_forms: bool = False
    allow_private: bool = False
    resume: Path | None = None
    from_server: bool = False

    @property
    def host(self) -> str:
        """The target's host name, lower case, without port."""
        return (urlsplit(self.target).hostname or "").lower()

    @property
    def origin(self) -> str:
        """Scheme, host and port of the target."""
        parts = urlsplit(self.target)
        return f"{parts.scheme}://{parts.netloc}".lower()

    @property
    def driven(self) -> tuple[str, ...]:
        """The states to drive, in their fixed order."""
        wanted = self.states or (BUILT if self.sign_in else WITHOUT_SIGN_IN)
        return tuple(sorted(set(wanted), key=place_of_state))


def check_plan(plan: Plan) -> Plan:
    """The same plan with a complete target, or InvalidPlan with the cure."""
    parts = urlsplit(plan.target)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise InvalidPlan(
            f'"{plan.target[:100]}" cannot be scanned.', where="target", cure="Write an http or https address."
        )
    check_states(plan.states)
    if "signed_in" in plan.states and plan.sign_in is None:
        raise InvalidPlan("No way to sign in was given.", where="states", cure="Add --sign-in FILE.")
    if plan.max_pages < 1 or plan.budget <= 0:
        raise InvalidPlan("There is nothing to do.", where="limits", cure="Allow at least one page and one second.")
    complete = parts._replace(path=parts.path or "/", fragment="").geturl()
    return msgspec.structs.replace(plan, target=complete)


def owned(plan: Plan, declared: str) -> Plan:
    """The same plan, for a site of one's own if the declarations that one holds are those of this host."""
    return msgspec.structs.replace(plan, own=plan.own or (bool(declared) and declared == plan.host))


def check_states(states: Iterable[str]) -> None:
    """Raise InvalidPlan for a state that does not exist or is not built yet."""
    for state in states:
        if state not in BUILT and not granted_purpose(state):
            known = "cannot be driven by this version" if state in STATES else "is no state of consent"
            raise InvalidPlan(
                f'"{state}" {known}.',
                where="states",
                cure=f"Choose from: {', '.join(BUILT)}, purpose:<name>.",
            )


def own_machine(target: str) -> bool:
    """Whether a target is on loopback or a private network: then a command may reach such addresses."""
    host = urlsplit(target).hostname or ""
    if is_loopback(host):
        return True
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return any(is_private(ip_address(str(entry[4][0]).partition("%")[0])) for entry in found)


def is_private(address: Address) -> bool:
    """Everything that is not a public unicast address; addresses wrapped in IPv6 are unwrapped first."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or nat64(address)
        if inner is not None:
            return is_private(inner)
    return not address.is_global or address.is_multicast


def nat64(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address within 64:ff9b::/96 (RFC 6052)."""
    return IPv4Address(int(address) & 0xFFFFFFFF) if int(address) >> 32 == 0x64FF9B << 64 else None
