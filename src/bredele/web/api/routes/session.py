"""Who am I, and the CSRF token of a signed-in browser."""

from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router

from bredele.web.api.schemas.session import SessionOut

router = Router(tags=["session"])


@router.get("/session", response=SessionOut, operation_id="session", summary="Who am I")
def session(request: HttpRequest) -> SessionOut:
    """Whether the caller is signed in. A signed-in browser gets the cookie `csrftoken`; a visitor gets no cookie.

    Answers on the server's own hosts only.
    """
    if not request.user.is_authenticated:
        return SessionOut(signed_in=False, name=None)
    get_token(request)
    return SessionOut(signed_in=True, name=request.user.get_username())
