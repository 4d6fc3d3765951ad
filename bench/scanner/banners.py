"""Five styles of banner; each sends the choice to /consent and loads the page again."""

from bench.scanner.truth import ADS, OWN

STYLE = """<style>.tall{height:3000px}.bar{position:fixed;bottom:0;left:0;right:0;background:#fff;padding:1em}
button{font:16px sans-serif;width:12em}</style>"""
SEND = """const choose = (choice) => fetch('/consent', { method: 'POST', body: 'choice=' + choice,
headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }).then(() => location.reload());"""
PLAIN = f"""<div class="bar" role="dialog" aria-label="Cookies"><p>We use cookies for statistics and advertising.</p>
<button type="button" id="yes">Accept all</button> <button type="button" id="no">Reject all</button></div>
<script>{SEND} yes.onclick = () => choose('accept'); no.onclick = () => choose('refuse')</script>"""
SHADOW = f"""<div id="host"></div><script>{SEND}
const root = document.getElementById('host').attachShadow({{ mode: 'closed' }});
root.innerHTML = '<div style="position:fixed;bottom:0;background:#fff"><p>Cookies and consent</p>'
 + '<button id="yes">Accept all</button><button id="no">Reject all</button></div>';
root.getElementById('yes').onclick = () => choose('accept'); root.getElementById('no').onclick = () => choose('refuse');
</script>"""
ONETRUST = f"""<div id="onetrust-banner-sdk" class="bar" role="region" aria-label="Cookie banner"><div id="onetrust-policy-text">
By clicking you agree to the storing of cookies on your device.</div><div id="onetrust-button-group">
<button id="onetrust-pc-btn-handler">Cookies Settings</button><button id="onetrust-reject-all-handler">Reject All</button>
<button id="onetrust-accept-btn-handler">Accept All Cookies</button></div></div>
<script>{SEND} document.getElementById('onetrust-accept-btn-handler').onclick = () => choose('accept');
document.getElementById('onetrust-reject-all-handler').onclick = () => choose('refuse')</script>"""
GERMAN = f"""<div class="bar" id="cc"><p>Wir verwenden Cookies. Datenschutz ist uns wichtig.</p>
<button id="yes">Alle akzeptieren</button> <button id="more">Einstellungen</button></div>
<div class="bar" id="layer" hidden><p>Cookie-Einstellungen</p><label><input type="checkbox" checked disabled>Notwendig</label>
<label><input type="checkbox" checked name="statistik">Statistik</label>
<label><input type="checkbox" checked name="marketing">Marketing</label> <button id="save">Auswahl speichern</button></div>
<script>{SEND} yes.onclick = () => choose('accept');
more.onclick = () => {{ cc.hidden = true; layer.hidden = false }};
save.onclick = () => choose(layer.querySelector('input:checked:not(:disabled)') ? 'accept' : 'refuse')</script>"""
STYLES = ("plain", "shadow", "frame", "onetrust", "german")


def markup(style: str, port: int) -> str:
    """The banner of a style."""
    if style == "frame":
        return f"""<iframe class="bar" id="cmp" title="Cookies" src="http://{ADS}:{port}/banner.html"></iframe>
<script>{SEND} addEventListener('message', (event) => event.data.choice && choose(event.data.choice))</script>"""
    return {"plain": PLAIN, "shadow": SHADOW, "onetrust": ONETRUST, "german": GERMAN}[style]


def framed(_: str) -> str:
    """The document of the banner in a frame of another site."""
    return """<!doctype html><p>We value your privacy: cookies.</p><button id="yes">Accept all</button>
<button id="no">Reject all</button><script>yes.onclick = () => parent.postMessage({ choice: 'accept' }, '*');
no.onclick = () => parent.postMessage({ choice: 'refuse' }, '*')</script>"""


def way_back() -> str:
    """How consent is withdrawn."""
    return f"""<p><button type="button" id="back">Withdraw consent to cookies</button></p>
<script>{SEND} back.onclick = () => choose('refuse')</script>"""


__all__ = ["OWN", "STYLES", "framed", "markup", "way_back"]
