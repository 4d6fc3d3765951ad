"""`{% load bredele %}`: content that waits for a purpose, its placeholder, and the widget's own tag."""

from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.forms.utils import flatatt
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bredele.collector.audience import tells_visitors
from bredele.collector.seen import URL_LIMIT
from bredele.core.objection import objection
from bredele.web.enforcement.request import SiteRequest
from bredele.web.enforcement.sites import is_own
from bredele.web.widget import signals
from bredele.web.widget.gating import Gate, foreign_purposes, gate

register = template.Library()
ENFORCING = "bredele.web.enforcement.headers.HeadersMiddleware"
"""Sends a policy that depends on the choice."""
COUNTING = "bredele.web.statistics.middleware.StatisticsMiddleware"
"""Counts the pages it sees go out."""


class Gated(Node):
    """`{% gated "advertising" %}…{% endgated %}`."""

    child_nodelists = ("content",)

    def __init__(self, purposes: FilterExpression, facts: dict[str, FilterExpression], content: NodeList) -> None:
        self.purposes, self.facts, self.content = purposes, facts, content

    def render(self, context: Context) -> SafeString:
        """The content itself once granted. Before: a placeholder, and the content inert only while the banner asks."""
        facts = {name: value.resolve(context) for name, value in self.facts.items()}
        found = gate(context["request"], str(self.purposes.resolve(context)))
        if found.open:
            return self.content.render(context)
        waiting = self.content.render(context) if found.waits else SafeString("")
        return placeholder(context, found, facts, waiting)


@register.tag
def gated(parser: Parser, token: Token) -> Gated:
    """`{% gated "purpose other" title="…" provider="…" %}…{% endgated %}`; `quiet=True` shows no placeholder."""
    _, *bits = token.split_contents()
    if not bits:
        raise template.TemplateSyntaxError('gated needs a purpose: {% gated "advertising" %}')
    purposes = parser.compile_filter(bits.pop(0))
    facts = token_kwargs(bits, parser)
    unknown = [*bits, *(set(facts) - {"title", "provider", "quiet"})]
    if unknown:
        raise template.TemplateSyntaxError(f"gated does not know: {', '.join(unknown)}. Known: title, provider, quiet.")
    content = parser.parse(("endgated",))
    parser.delete_first_token()
    return Gated(purposes, facts, content)


def placeholder(context: Context, found: Gate, facts: dict[str, object], waiting: SafeString) -> SafeString:
    """Who would get what, with a button that grants; and the content in a template where the widget can let it out."""
    shown = {"gate": found, "waiting": waiting, "title": "", "provider": "", "quiet": False, **facts}
    return render_to_string("bredele/partials/placeholder.html", {**shown, "front": context.get("front")})


@register.simple_tag(takes_context=True)
def granted(context: Context, purposes: str) -> bool:
    """Whether every one of these purposes is granted: `{% granted "advertising" as yes %}`."""
    return gate(context["request"], purposes).open


@register.simple_tag(takes_context=True)
def bredele_widget(context: Context, google: bool = False, microsoft: bool = False) -> SafeString:
    """The widget's tag for pages that need it whatever was answered: raw gated markup, or declared consent modes.

    With a consent mode it must come before any tag of Google's or Microsoft's, so it is not deferred.
    """
    return script(context["request"], signals.attributes(google=google, microsoft=microsoft))


@register.simple_tag(takes_context=True)
def bredele_enhance(context: Context) -> SafeString:
    """The widget's tag after a banner; none on a page that is archived, where nothing may run."""
    request = context.get("request")
    return script(request, {}) if request is not None else SafeString("")


@register.simple_tag(takes_context=True)
def bredele_audience(context: Context, views_only: bool = False) -> SafeString:
    """The page-view part: how a page was left and looked at, links, downloads, errors; nothing where a site does not
    count. It is the same for every visitor: signals and objections are read in the browser, and again by the server.

    Where the server counts the pages themselves the script does not; in the mode `visitors` it does, or an image.
    """
    request = context.get("request")
    if request is None or not counting(request):
        return SafeString("")
    version = request.site.version
    visitors = tells_visitors(request.site, settings.BREDELE.origin)
    facts: dict[str, str | bool] = {"defer": True, "data-no": objection(version)}
    if visitors:
        facts["data-visitors"] = "1"
    elif COUNTING in settings.MIDDLEWARE:
        facts["data-rest"] = "1"
    nonce = getattr(request, "csp_nonce", "")
    facts |= {"nonce": nonce} if nonce else {}
    name = "views" if views_only else "audience"
    tag = format_html('<script src="/bredele-{}.js"{}></script>', name, flatatt(facts))
    return tag + pixel(request) if visitors else tag


def counting(request: SiteRequest) -> bool:
    """Whether this page is counted at all: a public one, of a site that counts."""
    version, path = request.site.version, request.path_info
    if is_own(path) or path.startswith("/api/"):
        return False
    return request.known_host and version is not None and version.registry.statistics != "off"


def pixel(request: SiteRequest) -> SafeString:
    """The image that tells of the view where scripts are off; it says whence the visitor came, by origin."""
    came = "/".join(request.headers.get("Referer", "").split("/")[:3])
    return format_html(
        '<noscript><img class="erase" src="/collect?{}" alt="" width="1" height="1"></noscript>',
        urlencode({"referrer": came[:URL_LIMIT]}),
    )


def script(request: SiteRequest, declared: dict[str, str]) -> SafeString:
    """The tag, with what the page's policy means for it.

    `strict`: no inline script runs without a nonce (a view with a policy like that sets `request.bredele_strict`).
    `reload`: purposes whose hosts the policy lists only once they are granted.
    """
    facts: dict[str, str | bool] = {**declared} if declared else {"defer": True}
    enforced = ENFORCING in settings.MIDDLEWARE
    if enforced or getattr(request, "bredele_strict", False):
        facts["data-strict"] = True
    foreign = foreign_purposes(request.site.version) if enforced and request.site.version else ()
    facts |= {"data-reload": " ".join(foreign)} if foreign else {}
    nonce = getattr(request, "csp_nonce", "")
    facts |= {"nonce": nonce} if nonce else {}
    return format_html('<script src="/bredele.js"{}></script>', flatatt(facts))
