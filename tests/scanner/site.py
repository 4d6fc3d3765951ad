"""A small town of two hosts on loopback, told apart by Host: `a.localhost` is scanned, `b.localhost` is its partner.

Without faults it is a clean site with exactly four necessary cookies; each fault named in `faults` seeds one lie.
"""

import threading
import time
from collections.abc import Callable
from email.utils import formatdate
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

SLOW_SECONDS = 4
"""What checking a password takes on a busy machine."""
MONTHS_6 = 184 * 86_400
PAGES = {"/": "Home", "/news/": "News", "/about/": "About", "/terms/cookies-policy/": "Cookies policy"}


class Answer:
    """What the site answers: a body, Set-Cookie lines, a redirect."""

    def __init__(self, body: str = "", kind: str = "text/html", status: int = 200, to: str = "") -> None:
        self.body, self.kind, self.status, self.to = body, kind, 303 if to else status, to
        self.cookies: list[str] = []
        self.headers: list[tuple[str, str]] = []


class Asked(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    site: "Site"

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""

    def do_GET(self) -> None:
        """Answer a page."""
        self.answer({})

    def do_POST(self) -> None:
        """Answer a form."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.answer({name: values[-1] for name, values in parse_qs(body).items()})

    def answer(self, form: dict[str, str]) -> None:
        """Let the site decide and send it."""
        host = self.headers["Host"].partition(":")[0]
        cookies = {name: morsel.value for name, morsel in SimpleCookie(self.headers.get("Cookie", "")).items()}
        self.site.signals.append((f"{host} {urlsplit(self.path).path}", self.headers.get("Sec-GPC", "")))
        answer = self.site.respond(host, self.command, urlsplit(self.path).path, form, cookies)
        if urlsplit(self.path).path == "/vanishes":
            self.close_connection = True
            return
        self.send_response_only(answer.status)
        self.send_header("Date", formatdate(usegmt=True))
        for line in answer.cookies:
            self.send_header("Set-Cookie", line)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.to:
            self.send_header("Location", answer.to)
        self.send_header("Content-Type", f"{answer.kind}; charset=utf-8" if "text/" in answer.kind else answer.kind)
        body = answer.body.encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Site:
    """The two hosts on a free port while entered.

    `asked` counts what was requested, as `host path`; `signals` holds what came along as Sec-GPC. `too_many`: paths
    that are answered with 429 the first time.
    """

    def __init__(
        self,
        *faults: str,
        banner: bool = False,
        preferences: bool = True,
        robots: str = "",
        too_many: frozenset[str] = frozenset(),
    ) -> None:
        self.robots, self.too_many = robots, set(too_many)
        self.faults, self.banner, self.preferences = frozenset(faults), banner, preferences
        self.asked: list[str] = []
        self.signals: list[tuple[str, str]] = []
        handler = type("Handler", (Asked,), {"site": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        self.url = f"http://a.localhost:{self.port}/"
        self.partner = f"http://b.localhost:{self.port}/"

    def __enter__(self) -> Self:
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def respond(self, host: str, method: str, path: str, form: dict[str, str], cookies: dict[str, str]) -> Answer:
        """The answer to one request."""
        self.asked.append(f"{host} {path}")
        if host == "b.localhost":
            return self.respond_partner(path)
        routes: dict[str, Callable[[dict[str, str], dict[str, str]], Answer]] = {
            "/consent": self.consent,
            "/language/": self.language,
            "/accounts/login/": self.login_done if method == "POST" else self.login,
            "/accounts/logout/": self.logout_done if method == "POST" else self.logout,
            "/backoffice/": self.backoffice,
            "/cookies/preferences/": self.preference_page,
            "/basket/": self.basket,
            "/accept/": lambda _, cookies: self.consent({"choice": "accept"}, cookies),
            "/refuse/": lambda _, cookies: self.consent({"choice": "refuse"}, cookies),
        }
        if path == "/robots.txt" and self.robots:
            return Answer(self.robots, kind="text/plain")
        if path in self.too_many:
            self.too_many.remove(path)
            return Answer("Too many", status=429)
        if path in PAGES:
            return self.seeded(path, cookies)
        if path in routes:
            return routes[path](form, cookies)
        return SCRIPTS.get(path, lambda _: Answer("Not here", status=404))(self)

    def page(self, title: str, content: str, cookies: dict[str, str]) -> Answer:
        """A page with its frame: links, language form, banner or withdraw form."""
        links = "".join(f'<li><a href="{path}">{name}</a></li>' for path, name in PAGES.items())
        chosen = cookies.get("cookies_preferences", "")
        banner = BANNER if self.banner and not chosen else ""
        for fault in sorted(self.faults & BANNER_FAULTS.keys()):
            banner = banner.replace(*BANNER_FAULTS[fault])
        if "wall" in self.faults and chosen == "refused":
            banner = '<div style="position:fixed;inset:0;background:#fff">Take our cookies first</div>'
        back = '<li><a href="/cookies/preferences/">Manage my cookies</a></li>' if self.preferences else ""
        if chosen == "granted" and "far-way-back" not in self.faults:
            back += WITHDRAW
        if chosen == "granted" and "far-way-back" in self.faults:
            back += FAR_AWAY
        if "no-way-back" in self.faults and title == "News":
            back = ""
        style = "<style>button{width:9em;font:16px sans-serif}.small{width:5em}</style>"
        return Answer(
            f'<!doctype html><html lang="en"><head><title>{title}</title>{style}</head><body>{banner}<h1>{title}</h1>'
            f'{content}<ul>{links}<li><a href="/accounts/login/">Sign in</a></li>'
            f'<li><a href="/accounts/logout/">Sign out</a></li>{back}</ul>{LANGUAGE}</body></html>'
        )

    def seeded(self, path: str, cookies: dict[str, str]) -> Answer:
        """A page with the lies it was told to tell."""
        granted = cookies.get("cookies_preferences") == "granted"
        signal = bool(self.signals[-1][1])
        content, lines = "", ["tracked=1; Path=/"] if "gpc" in self.faults and signal else list[str]()
        for fault in sorted(self.faults & FAULTS.keys()):
            where, when, body, line = FAULTS[fault]
            known = cookies.get("cookies_preferences", "signal" if signal else "unasked")
            if path == where and (when in ("always", known) or (when == "granted" and granted)):
                content += body.replace("PARTNER", self.partner)
                lines += [line] if line else []
        answer = self.page(PAGES[path], content, cookies)
        answer.cookies = lines
        return answer

    def consent(self, form: dict[str, str], cookies: dict[str, str]) -> Answer:
        """Keep the choice; a withdrawal expires what was granted and sends to the erase address."""
        granted = form.get("choice") == "accept"
        withdrawn = not granted and "granted" in cookies.values()
        answer = Answer(to="/erased/" if withdrawn and "erase" in self.faults else "/")
        purpose = form.get("purpose", "") if form.get("choice") == "save" else ""
        value = "granted" if granted else purpose or ("withdrawn" if withdrawn else "refused")
        answer.cookies = [f"cookies_preferences={value}; Max-Age={MONTHS_6}; Path=/; SameSite=Lax"]
        if not granted and "keeps" not in self.faults:
            answer.cookies += [f"{name}=; Max-Age=0; Path=/" for name in ("theme", "stats")]
        return answer

    def language(self, form: dict[str, str], _: dict[str, str]) -> Answer:
        """Keep the language."""
        answer = Answer(to="/")
        answer.cookies = [f"django_language={form['language']}; Max-Age=31536000; Path=/; SameSite=Lax"]
        return answer

    def login(self, _: dict[str, str], cookies: dict[str, str]) -> Answer:
        """The sign-in page renders a token and so sets its cookie."""
        answer = self.page("Sign in", LOGIN, cookies)
        answer.cookies = ["csrftoken=abcdefgh12345678; Path=/; SameSite=Lax"]
        return answer

    def login_done(self, form: dict[str, str], cookies: dict[str, str]) -> Answer:
        """Sign in with the one password there is."""
        if form.get("password") != "open sesame":
            return self.login(form, cookies)
        if "slow-sign-in" in self.faults:
            time.sleep(SLOW_SECONDS)
        answer = Answer(to="/backoffice/")
        answer.cookies = [
            "sessionid=s3cr3t0f0ne; HttpOnly; Path=/; SameSite=Lax",
            "csrftoken=zyx; Path=/; SameSite=Lax",
        ]
        return answer

    def logout(self, _: dict[str, str], cookies: dict[str, str]) -> Answer:
        """Ask before signing out."""
        return self.page(
            "Sign out", '<form method="post" action="/accounts/logout/"><button>Sign out</button></form>', cookies
        )

    def logout_done(self, *_: dict[str, str]) -> Answer:
        """Sign out."""
        answer = Answer(to="/")
        answer.cookies = ["sessionid=; Max-Age=0; Path=/"]
        return answer

    def backoffice(self, _: dict[str, str], cookies: dict[str, str]) -> Answer:
        """Only for those signed in: an explorer that calls the API."""
        if "sessionid" not in cookies:
            return Answer(to="/accounts/login/")
        return self.page("Back office", EXPLORER, cookies)

    def preference_page(self, _: dict[str, str], cookies: dict[str, str]) -> Answer:
        """The choice as a page."""
        return self.page("My cookies", CHOICES, cookies)

    def basket(self, *_: dict[str, str]) -> Answer:
        """A form on the news page puts something into a basket nobody declared."""
        answer = Answer(to="/news/")
        answer.cookies = ["basket=1; Path=/"]
        return answer

    def respond_partner(self, path: str) -> Answer:
        """The partner's pages: a frame with cookies, and its erase address."""
        answer = Answer("<p>Partner</p>")
        if path == "/frame":
            answer.cookies = ["partner=1; Secure; SameSite=None; Partitioned; HttpOnly; Path=/"]
            answer.body = "<script>localStorage.setItem('partner-seen', 'yes')</script>"
        elif path == "/signal":
            answer.body = "<script>fetch('/frame-says-' + navigator.globalPrivacyControl)</script>"
        elif path == "/erase":
            answer.kind = "image/gif"
            answer.cookies = ["partner=; Max-Age=0; Secure; SameSite=None; Partitioned; Path=/"]
        return answer


BANNER = """<section aria-label="Cookies"><form method="post" action="/consent"><p>May we use cookies?</p>
<button name="choice" value="accept">Accept all</button> <button name="choice" value="refuse">Refuse all</button>
<label><input type="checkbox" name="purpose" value="measurement">Statistics</label>
<label><input type="checkbox" name="purpose" value="advertising">Advertising</label>
<button name="choice" value="save">Save</button></form></section>"""
WITHDRAW = """<li><form method="post" action="/consent"><button name="choice" value="refuse">Withdraw my consent
</button></form></li>"""
CHOICES = """<form method="post" action="/consent"><button name="choice" value="accept">Accept all cookies</button>
<button name="choice" value="refuse">Refuse all cookies</button></form>"""
FAR_AWAY = """<li><button type="button" onclick="far.hidden=false">Cookie settings</button><div id="far" hidden>
<p>Cookies</p><button type="button">Accept all</button> <button type="button" onclick="farther.hidden=false">Options
</button><form method="post" action="/consent" id="farther" hidden><button name="choice" value="refuse">Reject all
</button></form></div></li>"""
ADVERTISING = '<label><input type="checkbox" name="purpose" value="advertising">Advertising</label>'
REFUSE = '<button name="choice" value="refuse">Refuse all</button>'
LINKED = """<section aria-label="Cookies"><p>May we use cookies for statistics?</p><style>.answer{box-sizing:border-box;
display:inline-block;width:9em;height:26px;padding:0;border:0;font:16px sans-serif}</style>
<button type="button" class="answer" onclick="location='/accept/'">Accept all</button>
<a class="answer" href="/refuse/">Refuse all</a></section>"""
CROSS = """<button type="button" onclick="document.cookie='stats=1; max-age=3600; path=/';
this.closest('section').remove()">×</button>"""
BANNER_FAULTS = {
    "pretick": ('value="advertising"', 'value="advertising" checked'),
    "unequal": ('value="refuse"', 'value="refuse" class="small"'),
    "no-refuse": (REFUSE, ""),
    "refuse-link": (BANNER, LINKED),
    "cross": (REFUSE, REFUSE + CROSS),
    "no-purposes": (BANNER.partition("<label>")[2], "</form></section>"),
    "unlabelled": (ADVERTISING, ADVERTISING.replace("<label>", "").replace("</label>", "")),
}
"""Name: what of the banner is replaced, and by what."""
LANGUAGE = """<form method="post" action="/language/">
<button name="language" value="en" aria-current="true">English</button>
<button name="language" value="fr">Français</button></form>"""
LOGIN = """<form method="post" action="/accounts/login/"><input type="hidden" name="csrfmiddlewaretoken" value="x">
<input name="login"><input name="password" type="password"><button>Sign in</button></form>"""
EXPLORER = """<div data-bredele-explorer><button type="button">Run</button></div><script>
document.querySelector('[data-bredele-explorer] button').onclick = () => fetch('/api/', {method: 'POST'})</script>"""
FRAME = '<iframe src="PARTNERframe"></iframe>'
LIE = "lie=abcdefghij; Max-Age=3600; Path=/"
FAULTS: dict[str, tuple[str, str, str, str]] = {
    "lie": ("/about/", "always", "", LIE),
    "early": ("/", "always", "", "stats=1; Max-Age=3600; Path=/"),
    "refusal": ("/news/", "refused", "", "stats=1; Max-Age=3600; Path=/"),
    "granted": ("/", "granted", "", "stats=1; Max-Age=3600; Path=/"),
    "ads": ("/", "advertising", "", "ads=1; Max-Age=3600; Path=/"),
    "signal": ("/", "always", '<script src="/signal.js"></script><iframe src="PARTNERsignal"></iframe>', ""),
    "unasked": ("/", "unasked", "", "stats=1; Max-Age=3600; Path=/"),
    "signalled": ("/", "signal", "", "stats=1; Max-Age=3600; Path=/"),
    "too-long": ("/", "granted", "", f"stats=1; Max-Age={2 * 86_400}; Path=/"),
    "hidden": ("/", "granted", "", "stats=1; Max-Age=3600; Path=/; HttpOnly"),
    "namesake": ("/", "granted", "", "partner=1; Path=/"),
    "gone": ("/", "always", '<a href="/vanishes">Gone</a><img alt="" src="http://vanished.localhost:9/x">', ""),
    "farewell": ("/", "withdrawn", '<img alt="" src="PARTNERerase">', ""),
    "called": ("/", "always", '<img alt="" src="PARTNERerase">', ""),
    "frame": ("/", "always", FRAME, ""),
    "granted-frame": ("/", "granted", FRAME, ""),
    "storage": ("/", "always", '<script src="/store.js"></script>', ""),
    "script": ("/news/", "always", '<script src="/write.js"></script>', ""),
    "rejected": ("/", "always", "", "refused_one=1; SameSite=None"),
    "long": ("/", "always", "", f"stats=1; Max-Age={500 * 86_400}; Path=/"),
    "random": ("/", "always", '<script src="/random.js"></script>', ""),
    "basket": ("/news/", "always", '<form method="post" action="/basket/"><button>Add to basket</button></form>', ""),
    "worker": ("/", "always", "<script>navigator.serviceWorker.register('/worker.js')</script>", ""),
    "noscript": ("/", "always", "<noscript><img alt='' src='/pixel'></noscript>", ""),
    "facts": ("/", "always", '<a href="/facts">Our facts</a>', ""),
    "fleeting": ("/", "always", "<script src='/fleeting.js'></script>", ""),
}
"""Name: page, choice under which it shows, content, Set-Cookie line."""


def scripted(source: str, *lines: str, kind: str = "text/javascript") -> Callable[[Site], Answer]:
    """A route that answers a script, with cookies."""

    def answer(_: Site) -> Answer:
        found = Answer(source, kind=kind)
        found.cookies = list(lines)
        return found

    return answer


def erased(site: Site) -> Answer:
    """The answer to a withdrawal, which asks the partner to erase."""
    image = f'<img alt="" src="{site.partner}erase">'
    return site.page("Home", image, {"cookies_preferences": "refused"})


SCRIPTS: dict[str, Callable[[Site], Answer]] = {
    "/store.js": scripted(
        "localStorage.setItem('kept', 'secret value'); sessionStorage.tab = '1'; indexedDB.open('store')"
    ),
    "/write.js": scripted("document.cookie = 'written=abc; max-age=86400; path=/'"),
    "/random.js": scripted("document.cookie = 'visit_' + crypto.randomUUID() + '=1; path=/'"),
    "/fleeting.js": scripted(
        "document.cookie = 'fleeting=1; path=/'; document.cookie = 'fleeting=; max-age=0; path=/'"
    ),
    "/signal.js": scripted("fetch('/page-says-' + navigator.globalPrivacyControl); new Worker('/signal-worker.js')"),
    "/signal-worker.js": scripted("fetch('/worker-says-' + navigator.globalPrivacyControl)"),
    "/worker.js": scripted("addEventListener('install', e => e.waitUntil(fetch('/from-worker')))"),
    "/from-worker": scripted("", "worked=1; Path=/"),
    "/pixel": scripted("", "pixel=1; Path=/", kind="image/gif"),
    "/api/": scripted("{}", kind="application/json"),
    "/facts": scripted("{}", kind="application/json"),
    "/erased/": erased,
}
