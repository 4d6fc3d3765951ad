"""Pages of a person's own account beyond allauth's."""

from allauth.account.views import PasswordChangeView
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_safe

from bredele.web.accounts import once as links


class ChangePassword(PasswordChangeView):
    """Change the password; back to the back office afterwards."""

    success_url = reverse_lazy("backoffice")


change_password = login_required(ChangePassword.as_view())


@require_safe
def once(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by the link that `bredele start` opened; a used or old one explains itself."""
    account = links.redeem(token, timezone.now())
    if account is None:
        return render(request, "account/once_over.html", status=410)
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.set_expiry(0)
    return redirect(settings.LOGIN_REDIRECT_URL)
