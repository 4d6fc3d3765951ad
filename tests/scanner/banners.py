"""Banners in the shapes that are met: plain and hidden in shadow roots and frames, of known products, in many languages.

Each is a piece of page; what is pressed in it calls `choose('accept' | 'refuse')`, which asks for `/chosen/<style>/…`.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SAME = "<style>.bar{position:fixed;bottom:0;left:0;right:0;background:#fff;color:#111;padding:9px}.bar button{width:14em;font:16px sans-serif;color:#000;background:#eee}</style>"


def bar(words: str, *buttons: tuple[str, str], attributes: str = "", direction: str = "ltr") -> str:
    """A bar with buttons: words and what a press does."""
    pressed = " ".join(f'<button type=button data-do="{does}">{text}</button>' for text, does in buttons)
    return f'<div class="bar" dir="{direction}" {attributes}><p>{words}</p>{pressed}</div>'


A, R = "choose('accept')", "choose('refuse')"
LAYERED = """<div class="bar" id="one"><p>{words}</p><button data-do="choose('accept')">{accept}</button>
<button data-do="one.hidden=true;two.hidden=false">{more}</button></div><div class="bar" id="two" hidden><p>{words}</p>
<label><input type="checkbox" checked disabled> {necessary}</label><label><input type="checkbox" {ticked}> {statistics}</label>
<button data-do="choose(two.querySelectorAll('input')[1].checked ? 'accept' : 'refuse')">{save}</button></div>"""
SHADOW = """<div id="host"></div><script>const root = host.attachShadow({{ mode: '{mode}' }});
root.innerHTML = `<style>button{{width:12em;font:16px sans-serif}}</style><div style="position:fixed;bottom:0;background:#fff">
<p>Your privacy: cookies</p><button>Accept all</button><button>Deny all</button></div>`;
const [yes, no] = root.querySelectorAll('button'); yes.onclick = () => choose('accept'); no.onclick = () => choose('refuse')
</script>"""
FRAMED = """<script>addEventListener('message', (event) => event.data.choice && choose(event.data.choice))</script>
<iframe class="bar" src="{other}/framed"></iframe>"""
STYLES = {
    "plain": bar("We use cookies.", ("Accept all", A), ("Reject all", R)),
    "open_shadow": SHADOW.format(mode="open"),
    "closed_shadow": SHADOW.format(mode="closed"),
    "frame": FRAMED,
    "dialog": f"<dialog open>{bar('Cookies', ('I agree', A), ('I disagree', R))}</dialog>",
    "one_trust": bar(
        "Cookies on your device",
        ("Cookies Settings", ""),
        ("Reject All", R),
        ("Accept All Cookies", A),
        attributes='id="onetrust-banner-sdk"',
    ),
    "cookiebot": bar(
        "This website uses cookies",
        ("Deny", R),
        ("Allow selection", ""),
        ("Allow all", A),
        attributes='id="CybotCookiebotDialog"',
    ),
    "didomi": bar(
        "We and our partners use cookies",
        ("Agree and close", A),
        ("Continue without agreeing", R),
        ("Learn more", ""),
        attributes='id="didomi-popup"',
    ),
    "klaro": bar("Hi! Could we use cookies?", ("That's ok", A), ("I decline", R), attributes='class="klaro"'),
    "tarteaucitron": bar(
        "Ce site utilise des cookies",
        ("✓ OK, tout accepter", A),
        ("✗ Interdire tous les cookies", R),
        ("Personnaliser", ""),
    ),
    "names_only": '<div class="bar cookie-consent"><p>Lorem cookies</p><button class="cc-btn cc-allow" data-do="choose(\'accept\')">Dolor</button><button class="cc-btn cc-deny" data-do="choose(\'refuse\')">Sitam</button></div>',
    "two_layers": LAYERED.format(
        words="Wir verwenden Cookies",
        accept="Alle akzeptieren",
        more="Einstellungen",
        necessary="Notwendig",
        statistics="Statistik",
        save="Auswahl speichern",
        ticked="checked",
    ),
    "two_layers_off": LAYERED.format(
        words="Nous utilisons des cookies",
        accept="Tout accepter",
        more="Paramétrer",
        necessary="Nécessaires",
        statistics="Statistiques",
        save="Enregistrer mes choix",
        ticked="",
    ),
    "arabic": bar("يستخدم هذا الموقع ملفات تعريف الارتباط", ("قبول الكل", A), ("رفض الكل", R), direction="rtl"),
    "hebrew": bar("אתר זה משתמש בעוגיות", ("אישור", A), ("דחייה", R), direction="rtl"),
    "polish": bar("Używamy plików cookie", ("Zaakceptuj wszystkie", A), ("Odrzuć wszystkie", R)),
    "greek": bar("Χρησιμοποιούμε cookies", ("Αποδοχή όλων", A), ("Απόρριψη όλων", R)),
    "finnish": bar("Käytämme evästeitä", ("Hyväksy kaikki", A), ("Vain välttämättömät", R)),
    "japanese": bar("このサイトはクッキーを使用しています", ("すべて同意する", A), ("拒否する", R)),
    "bulgarian": bar("Използваме бисквитки", ("Приемам всички", A), ("Отказвам", R)),
    "late": "<script>setTimeout(() => { document.body.insertAdjacentHTML('beforeend', LATE); wire() }, 1500)</script>",
    "link_to_refuse": f'<div class="bar"><p>We use cookies. You may <a href="#" data-do="{R}">continue without accepting</a> them here, as you like.</p><button data-do="{A}">Accept all</button></div>',
    "small_refuse": bar("We use cookies.", ("Accept all", A), ("Reject all", R))
    + "<style>.bar button+button{width:5em;font-size:12px}</style>",
    "pale_refuse": bar("We use cookies.", ("Accept all", A), ("Reject all", R))
    + "<style>.bar button+button{color:#bbb;background:#fff}</style>",
    "busy": bar("We use cookies.", ("Accept all", A), ("Reject all", f"wait(900);{R}")),
    "cross_grants": bar(
        "We use cookies.",
        ("Accept all", A),
        ("Reject all", R),
        ("×", "document.cookie='ads=1;path=/';choose('accept')"),
    ),
    "cross_closes": bar("We use cookies.", ("Accept all", A), ("Reject all", R), ("×", "choose('closed')")),
}
WIRE = """const wire = () => document.querySelectorAll('[data-do]').forEach((one) => { one.onclick = () => { eval(one.dataset.do); return false } });"""
WAIT = "const wait = (long) => { for (const until = Date.now() + long; Date.now() < until;); };"
CHOOSE = """const choose = (answer) => { fetch('/chosen/STYLE/' + answer); document.cookie = 'cookie_consent=1; path=/';
document.querySelectorAll('.bar, #host, dialog').forEach((one) => one.remove()) };"""
INSIDE = """<style>button{width:12em;font:16px sans-serif}</style><p>We value your privacy</p><button id=yes>Accept all</button><button id=no>Reject all</button>
<script>yes.onclick = () => parent.postMessage({ choice: 'accept' }, '*'); no.onclick = () => parent.postMessage({ choice: 'refuse' }, '*')</script>"""


class Shown(BaseHTTPRequestHandler):
    """One request: `/<style>` shows a banner, `/chosen/<style>/<answer>` notes what was pressed."""

    protocol_version = "HTTP/1.1"
    chosen: list[str]

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""

    def do_GET(self) -> None:
        """Answer."""
        style = self.path.strip("/")
        body = INSIDE if style == "framed" else "<p>Nothing</p>"
        if self.path.startswith("/chosen/"):
            self.chosen.append(self.path.removeprefix("/chosen/"))
        elif style in STYLES:
            asked = "cookie_consent" not in self.headers.get("Cookie", "")
            other = "http://cmp.localhost:" + self.headers["Host"].rpartition(":")[2]
            banner = STYLES[style].replace("{other}", other) if asked else ""
            late = STYLES["plain"].replace("'", "\\'").replace("\n", " ")
            script = CHOOSE.replace("STYLE", style) + WAIT + WIRE + f"const LATE = '{late}';"
            body = f"<!doctype html><html><head>{SAME}<script>{script}</script></head><body><h1>News</h1>{banner}<script>wire()</script></body></html>"
        data = body.encode()
        self.send_response_only(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def showing() -> Iterator[tuple[str, list[str]]]:
    """The address below which each style is shown, and the answers that were given."""
    chosen: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Shown,), {"chosen": chosen}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://a.localhost:{server.server_port}/", chosen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
