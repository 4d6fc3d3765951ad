"""`sessionid`: set at sign-in, left alone in its session form, slid at most once a day in its 14-day form."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

WRITTEN = "written"
"""The day (ISO, UTC) on which the session was last prolonged."""


class SessionMiddleware(DjangoSessionMiddleware):
    """Django re-sends the cookie whenever a session changed; here only a new id or a new day does (CONTRACTS 1)."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save what changed, then send, delete or leave the cookie."""
        sent = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        session = request.session
        if session.is_empty():
            if sent is not None and (session.accessed or session.modified):
                delete(response)
            return response
        if response.status_code >= 500:
            return response
        prolonged = prolong(session, sent, timezone.now())
        if session.modified:
            save(session)
        if session.session_key != sent or (prolonged and not session.get_expire_at_browser_close()):
            send(session, response)
        return response


def prolong(session: SessionBase, sent: str | None, now: datetime) -> bool:
    """Move the end of a session the visitor came with, once a day; True if it was moved."""
    today = now.astimezone(UTC).date()
    if sent is None and not session.modified:
        return False
    if last_written(session) == today:
        return False
    session[WRITTEN] = today.isoformat()
    return True


def last_written(session: SessionBase) -> date | None:
    """The day noted in the session."""
    noted = session.get(WRITTEN)
    return date.fromisoformat(noted) if noted else None


def save(session: SessionBase) -> None:
    """Write it, unless a sign-out removed it meanwhile."""
    try:
        session.save()
    except UpdateError:
        raise SessionInterrupted("The session ended while this request was answered.") from None


def send(session: SessionBase, response: HttpResponseBase) -> None:
    """Set the cookie: for the browser session, or with an end."""
    response.set_cookie(
        settings.SESSION_COOKIE_NAME,
        session.session_key or "",
        max_age=None if session.get_expire_at_browser_close() else session.get_expiry_age(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def delete(response: HttpResponseBase) -> None:
    """Expire the cookie, which is host-only at `/`."""
    response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
