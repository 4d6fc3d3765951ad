"""Who calls: a browser with its session and a CSRF token, or a machine with a bearer token (API-01)."""

from dataclasses import dataclass

from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from bredele.core.consent import SESSION_COOKIE
from bredele.web.accounts import tokens
from bredele.web.api.errors import NotAllowed, NoToken


@dataclass(frozen=True)
class Caller:
    """A person or a machine. `site` empty: every site."""

    name: str
    may_write: bool
    site: str = ""
    may_read_ledger: bool = False


class Bearer(HttpBearer):
    """`Authorization: Bearer <token>` from `bredele token add`. Needs and sets no cookie."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """The machine; a token that is not in force is refused even beside a session."""
        found = tokens.find(token.strip())
        if found is None:
            raise AuthenticationError
        return Caller(
            name=found.label, may_write=found.may_write, site=found.site, may_read_ledger=found.may_read_ledger
        )


class Session(APIKeyCookie):
    """The cookie `sessionid` of a sign-in; a call that changes state or asks carries `X-CSRFToken` too."""

    param_name = SESSION_COOKIE

    def __call__(self, request: HttpRequest) -> Caller | None:
        """The person; signed out is 401, signed in without a valid CSRF token 403."""
        if not request.user.is_authenticated:
            return None
        if check_csrf(request) is not None:
            raise NoToken(
                "The CSRF token is missing or wrong.",
                cure="GET /api/v1/session, then send the cookie csrftoken's value as X-CSRFToken.",
            )
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller:
        """The person's name."""
        owner = bool(getattr(request.user, "is_superuser", False))
        return Caller(name=request.user.get_username(), may_write=True, may_read_ledger=owner)


ANYONE_KNOWN = [Bearer(), Session()]


def reader(request: HttpRequest, slug: str) -> Caller:
    """Who calls, if they may read this site's consent records: an owner, or a machine whose token says so (LED-16)."""
    found = caller(request, slug)
    if not found.may_read_ledger:
        cure = "Sign in as an owner, or make a token with `bredele token add NAME --ledger`."
        raise NotAllowed("Consent records are read by owners only.", where=slug, cure=cure)
    return found


def caller(request: HttpRequest, slug: str = "", *, writes: bool = False) -> Caller:
    """Who calls, if they may do this on this site; raises NotAllowed."""
    found: Caller = request.auth  # type: ignore[attr-defined]  # ninja puts it there
    if slug and found.site and found.site != slug:
        raise NotAllowed(f"This token is for {found.site} only.", where=slug, cure="Use a token of this site.")
    if writes and not found.may_write:
        raise NotAllowed("This token may only read.", cure="Make one with `bredele token add NAME --write`.")
    return found
