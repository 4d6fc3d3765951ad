"""`csrftoken` only where a token is of use: never in an answer to an anonymous visitor outside `/accounts/`."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware


class CsrfMiddleware(CsrfViewMiddleware):
    """Django's own, which keeps its cookie to itself on public pages (CONTRACTS 1)."""

    def _set_csrf_cookie(self, request: HttpRequest, response: HttpResponseBase) -> None:
        if request.path_info.startswith("/accounts/") or request.user.is_authenticated:
            super()._set_csrf_cookie(request, response)  # type: ignore[misc]  # the stubs leave it out
