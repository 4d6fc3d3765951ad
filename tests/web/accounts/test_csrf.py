"""`csrftoken` appears only where a form of ours needs it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from bredele.core.registry import Version
from bredele.web.accounts.csrf import CsrfMiddleware
from bredele.web.accounts.models import Account


def rendering(request: HttpRequest) -> HttpResponse:
    """A careless view: it renders a token."""
    return HttpResponse(get_token(request))


@pytest.mark.parametrize(
    ("path", "signed_in", "told"), [("/", False, False), ("/", True, True), ("/accounts/login/", False, True)]
)
def test_a_careless_public_page_still_sets_nothing(path: str, signed_in: bool, told: bool) -> None:
    """Rules: C1, PLT-02"""
    request = RequestFactory().get(path)
    request.user = Account(pk=1) if signed_in else AnonymousUser()
    answer = CsrfMiddleware(rendering)(request)
    assert ("csrftoken" in answer.cookies) is told


def test_pages_of_one_who_signed_in_do_not_resend_what_the_browser_has(signed_in: Client) -> None:
    """Rules: PLT-07"""
    assert "csrftoken" not in signed_in.get("/terms/cookies-policy/").cookies


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:9999"])
def test_a_foreign_page_cannot_post_the_sign_in_form(client: Client, published_site: Version, origin: str) -> None:
    """Rules: API-01"""
    token = client.get("/accounts/login/").cookies["csrftoken"].value
    answer = client.post("/accounts/login/", {"csrfmiddlewaretoken": token}, headers={"origin": origin})
    assert answer.status_code == 403
