"""The dashboard for everybody: a page, its files, and single panels for frames, where the owner decided so."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bredele.stats.board import PANELS, PanelName, board
from bredele.web.enforcement.request import SiteRequest
from bredele.web.statistics.asked import Asked, BadPeriod, read_asked
from bredele.web.statistics.dashboard import ALL, Dashboard, dashboard
from bredele.web.statistics.happened import happened
from bredele.web.statistics.panels import TITLES
from bredele.web.statistics.sharing import Shared, shared
from bredele.web.statistics.statement import as_csv, as_json, statement
from bredele.web.statistics.store import counting

P = ParamSpec("P")
View = Callable[Concatenate[SiteRequest, Shared, P], HttpResponse]
EMBEDS: tuple[str, ...] = ("figures", "chart", *PANELS)
ALONE = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
FRESH = "public, max-age=300"
"""Five minutes: a panel on a busy page is asked for often and changes little."""


def public(view: View[P]) -> Callable[..., HttpResponse]:
    """A page of a site whose statistics are public; else it is not there."""

    @require_safe
    @wraps(view)
    def opened(request: SiteRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        decided = shared(request.site.slug) if request.known_host and request.site.version else Shared()
        if not decided.public:
            raise Http404
        return view(request, decided, *args, **kwargs)

    return opened


@public
def page(request: SiteRequest, _decided: Shared) -> HttpResponse:
    """The dashboard; an address that asks for what there is not shows the last thirty days and says why."""
    try:
        shown, status = context(request, read(request.GET)), 200
    except BadPeriod as problem:
        shown, status = {**context(request, read(QueryDict())), "problem": problem}, 422
    return render(request, "bredele/statistics/public.html", shown, status=status)


@public
def download(request: SiteRequest, _decided: Shared, form: str) -> HttpResponse:
    """What the dashboard shows as JSON or CSV; any page may read it."""
    try:
        response = taken(request.site.slug, request.site.origin, read(request.GET), form)
    except BadPeriod as problem:
        return refused(problem)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@public
def embed(request: SiteRequest, decided: Shared, name: str) -> HttpResponse:
    """One panel for a frame of the origins decided on: no script, no cookie, a policy of its own."""
    if name not in EMBEDS:
        raise Http404
    try:
        asked = read(request.GET)
    except BadPeriod as problem:
        return refused(problem)
    names: tuple[PanelName, ...] = tuple(one for one in PANELS if one == name)
    shown = {**context(request, asked, names=names), "name": name, "title": title_of(name)}
    response = render(request, "bredele/statistics/embed.html", shown)
    response.headers["Content-Security-Policy"] = policy(decided)
    response.headers["Cache-Control"] = FRESH
    return response


def title_of(name: str) -> str:
    """The name of a panel in words; empty for the figures and the chart, which say it themselves."""
    return next((str(words) for one, words in TITLES.items() if one == name), "")


def policy(decided: Shared) -> str:
    """What a panel's frame may load, and who may hold it."""
    holders = " ".join(("'self'", *decided.frames))
    return f"{ALONE}; frame-ancestors {holders}"


def read(query: QueryDict) -> Asked:
    """What is asked for, by the installation's own days."""
    return read_asked(query, counting().now().date())


def context(request: SiteRequest, asked: Asked, names: tuple[PanelName, ...] | None = None) -> dict[str, Any]:
    """What a template shows of a site's dashboard."""
    here, site = counting(), request.site
    mode = site.version.registry.statistics if site.version else "off"
    events = happened(site.slug, asked.span, here.zone, noted=False)
    board: Dashboard = dashboard(
        here.fresh_store(), site.slug, asked, here.now(), events, visitors=mode == "visitors", names=names
    )
    return {"board": board, "mode": mode, "zone": here.settings.time_zone, "origin": "", "query": asked.address()}


def taken(slug: str, origin: str, asked: Asked, form: str) -> HttpResponse:
    """A dashboard as a file."""
    names: tuple[PanelName, ...] = (asked.panel,) if asked.panel else tuple(PANELS)
    store = counting().fresh_store()
    shown = board(store, slug, asked.span, only=asked.only, against=asked.against, names=names, limit=ALL)
    told = statement(shown, origin, asked.span, asked.only, asked.against)
    if form == "json":
        response = HttpResponse(as_json(told), content_type="application/json")
    else:
        response = HttpResponse(as_csv(told), content_type="text/csv; charset=utf-8")
    days = f"{asked.span.start}-{asked.span.end}"
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-statistics-{days}.{form}"'
    return response


def refused(problem: BadPeriod) -> HttpResponse:
    """422 with the place and the cure."""
    words = f"{problem.where}: {problem.message} {problem.cure}\n"
    return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")


def of_owner(request: HttpRequest, slug: str, origin: str, form: str) -> HttpResponse:
    """The same file for the back office."""
    try:
        return taken(slug, origin, read(request.GET), form)
    except BadPeriod as problem:
        return refused(problem)
