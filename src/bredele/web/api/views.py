"""The documentation page, which sets no cookie and needs no script, and what answers everywhere else."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from bredele.web.api import errors, reference
from bredele.web.api.api import api


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """To the documentation."""
    return HttpResponseRedirect("/api/v1/docs")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every call with its parameters, bodies, answers and a command."""
    document = api.get_openapi_schema()
    origin = f"{request.scheme}://{request.get_host()}"
    context = {"groups": reference.calls(document, origin), "shapes": reference.shapes(document)}
    return render(request, "api/docs.html", context)


@csrf_exempt
def missing(request: HttpRequest) -> HttpResponse:
    """404 as a problem."""
    return errors.missing()
