"""A page with an inline script, a script of another file and a frame that wait for consent, under its own policies."""

import os
import secrets
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render

from bredele.web.enforcement.request import SiteRequest
from tests.projects.tracker import INLINE

TRACKER = os.environ.get("TRACKER", "http://tracker.localhost:1")


def shop(request: SiteRequest) -> HttpResponse:
    """`?csp=off|self|nonce|tt`: no policy; own files only; with a nonce; with Trusted Types too."""
    mode = request.GET.get("csp", "off")
    nonce = secrets.token_urlsafe(12) if mode in ("nonce", "tt") else ""
    request.csp_nonce = nonce  # type: ignore[attr-defined]  # as django-csp and Django 6 name it
    request.bredele_strict = mode == "self"  # type: ignore[attr-defined]  # what the widget's tag asks for
    facts = {"waiting": True, "tracker": TRACKER, "inline": "" if mode == "self" else INLINE, "nonce": nonce}
    response = render(request, "shop.html", facts)
    if mode != "off":
        response.headers["Content-Security-Policy"] = policy(nonce, trusted_types=mode == "tt")
    response.headers["Cache-Control"] = "no-store"
    return response


def banner(request: SiteRequest) -> HttpResponse:
    """The same page with a banner and nothing that waits: what a banner alone costs."""
    response = render(request, "shop.html")
    response.headers["Cache-Control"] = "no-store"
    return response


def bare(request: SiteRequest) -> HttpResponse:
    """The same page without a banner and without anything that waits: what all is measured against."""
    return render(request, "shop.html", {"bare": True, "front": None})


def sheet(request: SiteRequest) -> HttpResponse:
    """The page's own style sheet, which carries the banner's rules: who has answered then loads nothing of ours."""
    found = [finders.find(f"bredele/{name}.css") for name in ("base", "consent")]
    text = "".join(Path(str(path)).read_text(encoding="utf-8") for path in found)
    return HttpResponse(text, content_type="text/css", headers={"Cache-Control": "max-age=600"})


def policy(nonce: str, *, trusted_types: bool) -> str:
    """A strict policy of the page's own."""
    extra = f" 'nonce-{nonce}'" if nonce else ""
    rest = "base-uri 'none'; form-action 'self'" + (
        "; require-trusted-types-for 'script'; trusted-types bredele" if trusted_types else ""
    )
    return (
        f"default-src 'none'; img-src 'self' {TRACKER}; connect-src 'self'; frame-src {TRACKER}; "
        f"script-src 'self' {TRACKER}{extra}; style-src 'self'{extra}; {rest}"
    )
