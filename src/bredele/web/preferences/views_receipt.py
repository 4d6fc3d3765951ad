"""The receipt page: download one's own, check any; without JavaScript, setting nothing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bredele.ledger.receipt import LONGEST
from bredele.web.enforcement.request import SiteRequest
from bredele.web.preferences.receipts import Held, checked, file_of, held, nothing_given, too_long
from bredele.web.preferences.views import refused

FORM_LIMIT = LONGEST + 100_000
"""Bytes of a posted form: the receipt and what frames it."""
PRIVATE = "private, no-store"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: SiteRequest) -> HttpResponse:
    """GET: one's own receipt (JSON to a program that does not ask for a page). POST: check one, file or text."""
    if request.method == "POST":
        return refused(request) or check(request)
    own = held(request.site, request.choice)
    if own.receipt is not None and not wants_page(request):
        return handed_over(request, own)
    return shown(request, own, {})


@require_safe
def download(request: SiteRequest) -> HttpResponse:
    """One's own receipt as a file; the page says why where there is none."""
    own = held(request.site, request.choice)
    return handed_over(request, own) if own.receipt else shown(request, own, {}, status=404)


def handed_over(request: SiteRequest, own: Held) -> HttpResponse:
    """The file."""
    assert own.receipt is not None  # noqa: S101  # both callers have looked
    response = HttpResponse(file_of(request.site, own.receipt), content_type="application/json")
    name = f"receipt-{request.site.slug}-{own.receipt.receipt_id}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = PRIVATE
    return response


def wants_page(request: SiteRequest) -> bool:
    """Whether a person asks: browsers name HTML, programs mostly do not."""
    return "text/html" in request.headers.get("Accept", "")


def check(request: SiteRequest) -> HttpResponse:
    """Check what was sent, and show the steps."""
    own = held(request.site, request.choice)
    if int(request.headers.get("Content-Length") or 0) > FORM_LIMIT:
        return shown(request, own, {"fault": too_long()}, status=413)
    data = given(request)
    if not data.strip():
        return shown(request, own, {"fault": nothing_given()}, status=422)
    return shown(request, own, {"checked": checked(request.site, data)})


def given(request: SiteRequest) -> bytes:
    """The receipt's bytes: the file, else the pasted text with the line breaks a form turns into CR LF turned back."""
    file = request.FILES.get("file")
    if file is not None and file.size:
        whole: bytes = file.read(LONGEST + 1)
        return whole
    text = request.POST.get("text", "").replace("\r\n", "\n").strip()
    return f"{text}\n".encode() if text else b""


def shown(request: SiteRequest, own: Held, more: dict[str, object], status: int = 200) -> HttpResponse:
    """The page."""
    response = render(request, "bredele/receipt.html", {"own": own, **more}, status=status)
    response.headers["Cache-Control"] = PRIVATE
    return response
