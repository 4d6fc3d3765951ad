"""The page by which a receiver stops a mail: a question first, so that no link checker answers it; then done."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bredele.web.reports import stopping


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, site: str, token: str) -> HttpResponse:
    """GET asks, POST stops (by a mail program in one click too, RFC 8058); the token alone says who."""
    if request.method == "POST":
        if not stopping.stop(site, token):
            raise Http404
        return render(request, "reports/stop.html", {"stopped": True})
    found = stopping.receiver(site, token)
    if found is None:
        raise Http404
    return render(request, "reports/stop.html", {"which": found[1]})
