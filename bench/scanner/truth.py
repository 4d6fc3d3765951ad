"""Everything the ground-truth site stores, one line an item: where, by which means, under which choice."""

from collections.abc import Iterator
from dataclasses import dataclass

OWN, SUB, ADS, CDN, STATS = "shop.localhost", "api.shop.localhost", "ads.localhost", "cdn.localhost", "stats.localhost"
STATES = ("no_choice", "refused", "accepted", "withdrawn")


@dataclass(frozen=True)
class Item:
    """One item. `means` names the way it is written (site.py has one function for each).

    `when`: always | granted (and expired at withdrawal) | kept (granted, left over after withdrawal) | early (only
    before any choice, and there ever after). `fleeting`: gone at once, so it never is left over.
    """

    name: str
    page: str
    means: str
    when: str
    kind: str
    host: str
    how: str
    setter: str
    fleeting: bool = False
    line: str = ""

    @property
    def states(self) -> tuple[str, ...]:
        """The states in which it is written or there."""
        if self.when == "early" and self.page != "/":
            return ("no_choice",)
        if self.when == "granted" and self.host in (ADS, CDN, STATS):  # nobody can clean there
            return ("accepted", "withdrawn")
        return {
            "always": STATES,
            "granted": ("accepted",),
            "kept": ("accepted", "withdrawn"),
            "early": ("no_choice",) if self.fleeting else STATES,
        }[self.when]

    @property
    def violations(self) -> tuple[str, ...]:
        """The states in which it must not be: every item of this site needs consent."""
        return tuple(state for state in self.states if state != "accepted")


SECURE = "; Secure; SameSite=None"
OF_MEANS = {  # means: (kind, how)
    "document": ("cookie", "response"),
    "image": ("cookie", "response"),
    "style": ("cookie", "response"),
    "library": ("cookie", "response"),
    "fetch": ("cookie", "response"),
    "missing": ("cookie", "response"),
    "redirect": ("cookie", "redirect"),
    "frame": ("cookie", "response"),
    "script": ("cookie", "script"),
    "inline": ("cookie", "script"),
    "frame_script": ("cookie", "frame"),
    "api": ("cookie", "cookie_store"),
    "worker": ("cookie", "worker"),
    "shared": ("cookie", "worker"),
    "service": ("cookie", "service_worker"),
    "service_api": ("cookie", "service_worker"),
    "registration": ("service_worker", "script"),
    "late": ("cookie", "script"),
    "very_late": ("cookie", "script"),
    "ticks": ("cookie", "script"),
    "idle": ("cookie", "script"),
    "scroll": ("cookie", "script"),
    "seen": ("cookie", "script"),
    "click": ("cookie", "script"),
    "hover": ("cookie", "script"),
    "second": ("cookie", "script"),
    "leave": ("cookie", "script"),
    "router": ("cookie", "script"),
    "fleeting": ("cookie", "script"),
    "local": ("local_storage", "script"),
    "local_property": ("local_storage", "script"),
    "session": ("session_storage", "script"),
    "frame_local": ("local_storage", "frame"),
    "database": ("indexed_db", "script"),
    "worker_database": ("indexed_db", "worker"),
    "cache": ("cache_storage", "script"),
    "opfs": ("opfs", "script"),
    "search": ("cookie", "response"),
}
PAGE_OF = {"document", "inline", "search"}
"""Means whose setter is the page itself."""
ROWS = """
/            document     always   h_doc
/            document     always   h_doc_only      ; HttpOnly
/            document     always   __Host-id       ; Secure; Path=/
/            document     early    __Secure-ref    ; Secure
/            document     kept     h_kept          ; Max-Age=3600
/            document     granted  h_granted       ; Max-Age=3600
/            document     always   h_500           ; Max-Age=43200000
/            script       always   s_home
/            script       granted  s_granted
/            inline       always   s_inline
/            local        always   l_home
/            session      always   ss_home
/            late         always   s_late
/            image        granted  h_img_granted
/            redirect     always   h_hop
/cookies/    image        always   h_img
/cookies/    style        always   h_css
/cookies/    library      always   h_js
/cookies/    fetch        always   h_xhr
/cookies/    missing      always   h_404
/cookies/    redirect     granted  h_hop_granted
/cookies/    script       kept     s_kept          ; max-age=3600
/cookies/    script       early    s_early
/cookies/    script       always   s_path          ; path=/cookies/
/cookies/    script       always   s_domain        ; domain=shop.localhost
/cookies/    api          always   a_page
/cookies/    api          granted  a_granted
/cookies/    fleeting     always   f_gone
/cookies/    fleeting     granted  f_gone_granted
/cookies/    script       always   s_emoji
/cookies/    document     always   h_expires       ; Expires=Wed, 01 Jan 2031 00:00:00 GMT
/cookies/    document     always   h_lax           ; SameSite=Lax
/cookies/    document     always   h_strict        ; SameSite=Strict
/storage/    local        always   l_page
/storage/    local        granted  l_granted
/storage/    local_property always l_prop
/storage/    session      always   ss_page
/storage/    session      granted  ss_granted
/storage/    database     always   d_page
/storage/    database     granted  d_granted
/storage/    cache        always   c_page
/storage/    cache        granted  c_granted
/storage/    opfs         always   o_page
/workers/    worker       always   w_dedicated
/workers/    shared       always   w_shared
/workers/    service      always   w_service
/workers/    registration always   /w/w_service.js
/workers/    service_api  always   w_service_api
/workers/    registration always   /w/w_service_api.js
/workers/    worker_database always wd_page
/workers/    worker       granted  w_granted
/timing/     late         granted  t_late_granted
/timing/     very_late    always   t_very_late
/timing/     ticks        always   t_ticks
/timing/     idle         always   t_idle
/timing/     scroll       always   t_scroll
/timing/     seen         always   t_seen
/timing/     click        always   t_click
/timing/     click        granted  t_click_granted
/timing/     hover        always   t_hover
/timing/     leave        always   t_leave
/second/     second       always   t_second
/deep/1/     document     always   deep_1
/deep/2/     script       always   deep_2
/deep/3/     local        always   deep_3
/deep/4/     document     always   deep_4
/deep/4/     script       granted  deep_4_granted
/map/        document     always   map_only
/map/        local        always   map_local
/app/        router       always   app_route
/search/     search       always   found_it
/frames/     frame        always   p_frame         @ads ; Secure; SameSite=None
/frames/     frame        granted  p_frame_granted @ads ; Secure; SameSite=None
/frames/     frame        always   p_chips         @ads ; Secure; SameSite=None; Partitioned
/frames/     frame        always   p_only          @ads ; Secure; SameSite=None; HttpOnly
/frames/     frame_script always   p_script        @ads
/frames/     frame_local  always   p_local         @ads
/frames/     frame_local  granted  p_local_granted @ads
/frames/     image        always   p_img           @ads ; Secure; SameSite=None
/frames/     image        granted  p_img_granted   @ads ; Secure; SameSite=None
/frames/     redirect     always   p_hop           @ads ; Secure; SameSite=None
/frames/     redirect     kept     p_hop_kept      @ads ; Secure; SameSite=None
/frames/     fetch        always   p_xhr           @stats ; Secure; SameSite=None
/frames/     library      always   p_js            @cdn ; Secure; SameSite=None
/frames/     script       always   c_first         @cdn
/frames/     script       granted  c_first_granted @cdn
/frames/     local        always   c_local         @cdn
/frames/     database     always   c_base          @cdn
/frames/     late         always   c_late          @cdn
/frames/     image        always   b_img           @sub
/frames/     fetch        always   b_xhr           @sub
/frames/     image        always   b_domain        @sub ; Domain=shop.localhost
/news/1/     document     always   n_one           ; Path=/news/
/news/2/     script       always   n_two
/news/3/     session      always   n_three
/news/4/     image        always   n_four
/news/5/     cache        always   n_five
/news/6/     late         always   n_six
/news/7/     api          always   n_seven
/news/8/     redirect     always   n_eight
"""
HOSTS = {"@ads": ADS, "@cdn": CDN, "@stats": STATS, "@sub": SUB}
DECOYS = (
    "x_none",  # SameSite=None without Secure
    "__Host-x_domain",  # a Host prefix with a Domain
    "__Secure-x_plain",  # a Secure prefix without Secure
    "x_foreign",  # for another site's domain
    "x_parts",  # Partitioned without Secure
    "x_huge",  # more than 4,096 bytes
    "x_only_script",  # HttpOnly by a script
    "x_text",  # only written of in the page
    "x_gated",  # in a script of type text/plain
    "x_gone",  # only expired
    "x_omit",  # an answer to a request without credentials
    "x_read",  # only read from localStorage
    "x_comment",  # in a comment of a script
    "x_never",  # behind a condition that never holds
)


def items() -> Iterator[Item]:
    """Every item of the site."""
    for row in ROWS.strip().splitlines():
        fields, _, line = row.partition(";")
        page, means, when, name, *place = fields.split()
        kind, how = OF_MEANS[means]
        server = HOSTS[place[0]] if place else OWN
        runs_in = (
            server
            if means in ("frame", "frame_script", "frame_local", "image", "redirect", "fetch", "library")
            else OWN
        )
        host = runs_in
        if "Domain=shop.localhost" in line or "domain=shop.localhost" in line:
            host = "." + OWN
        address = (
            page if means in PAGE_OF else f"/w/{name.removeprefix('/w/').removesuffix('.js')}{ENDING.get(means, '.js')}"
        )
        setter = f"http://{server}{address}"
        yield Item(
            name, page, means, when, kind, host, how, setter, "fleeting" in means, f"; {line.strip()}" if line else ""
        )


ENDING = {
    "image": ".gif",
    "style": ".css",
    "fetch": ".json",
    "missing": ".gone",
    "redirect": ".hop",
    "frame": ".html",
    "frame_script": ".html",
    "frame_local": ".html",
    "registration": ".js",
}
ITEMS = tuple(items())
