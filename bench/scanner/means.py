"""The ways to write: for each its markup on the page and what its address answers."""

import json

from bench.scanner.truth import ADS, ENDING, OWN, Item

LATE, VERY_LATE = 1500, 4000
GIF = "GIF89a"
COOKIE_LINES = {
    "late": "setTimeout(() => {{ document.cookie = {line} }}, 1500)",
    "very_late": "setTimeout(() => {{ document.cookie = {line} }}, 4000)",
    "ticks": "let n = 0; setInterval(() => {{ if (++n === 3) document.cookie = {line} }}, 600)",
    "idle": "requestIdleCallback(() => {{ document.cookie = {line} }})",
    "scroll": "addEventListener('scroll', () => {{ document.cookie = {line} }}, {{ once: true }})",
    "seen": "new IntersectionObserver((all) => {{ if (all.some((one) => one.isIntersecting)) document.cookie = {line} }})"
    ".observe(document.querySelector('.tall').appendChild(document.createElement('footer')))",
    "hover": "addEventListener('mousemove', () => {{ document.cookie = {line} }}, {{ once: true }})",
    "leave": "addEventListener('pagehide', () => {{ document.cookie = {line} }})",
    "second": "if (document.cookie.includes('second_visit=')) document.cookie = {line}",
    "script": "document.cookie = {line}",
}


class Means:
    """Markup and answers of one running site."""

    def __init__(self, port: int) -> None:
        self.port = port

    def address(self, item: Item) -> str:
        """Where the item's own file lies."""
        host = item.setter.removeprefix("http://").partition("/")[0]
        name = item.name.removeprefix("/w/").removesuffix(".js")
        return f"http://{host}:{self.port}/w/{name}{ENDING.get(item.means, '.js')}"

    def markup(self, item: Item) -> str:  # noqa: C901  # one case for each means
        """What stands on the page."""
        address, line = self.address(item), json.dumps(cookie_line(item))
        match item.means:
            case "document" | "search" | "registration":
                return ""
            case "image" | "redirect":
                return f'<img alt="" src="{address}">'
            case "missing":
                return f"<script>fetch('{address}')</script>"
            case "style":
                return f'<link rel="stylesheet" href="{address}">'
            case "fetch":
                return f"<script>fetch('{address}', {{ credentials: 'include', mode: 'no-cors' }})</script>"
            case "frame" | "frame_script" | "frame_local":
                return f'<iframe src="{address}"></iframe>'
            case "inline":
                return f"<script>document.cookie = {line}</script>"
            case "click":
                return f'<button type="button" id="b_{item.name}">More</button><script defer src="{address}"></script>'
            case "router":
                return f'<button type="button" id="b_{item.name}">Next view</button><script defer src="{address}"></script>'
            case "worker" | "worker_database":
                return f"<script>new Worker('{address}')</script>"
            case "shared":
                return f"<script>new SharedWorker('{address}')</script>"
            case "service" | "service_api":
                return f"<script>navigator.serviceWorker.register('{address}', {{ scope: '/w/{item.name}/' }})</script>"
        return f'<script defer src="{address}"></script>'

    def reply(self, item: Item, host: str, ending: str) -> tuple[int, str, str, list[tuple[str, str]]]:  # noqa: C901  # the same
        """What the item's address answers."""
        line = [("Set-Cookie", f"{item.name}=1{item.line or '; Path=/'}")]
        if item.line and "Path" not in item.line:
            line = [("Set-Cookie", f"{item.name}=1; Path=/{item.line}")]
        if ending == "answer":
            return 200, "text/plain", "", line
        match item.means:
            case "image":
                return 200, "image/gif", GIF, line
            case "style":
                return 200, "text/css", "", line
            case "library":
                return 200, "text/javascript", "", line
            case "fetch":
                return 200, "application/json", "{}", line
            case "missing":
                return 404, "text/plain", "", line
            case "redirect":
                return 302, "text/plain", "", [*line, ("Location", f"http://{host}:{self.port}/w/end.gif")]
            case "frame":
                return 200, "text/html", "<p>Frame</p>", line
            case "frame_script":
                text = f"<script>document.cookie = '{item.name}=1; Secure; SameSite=None; path=/'</script>"
                return 200, "text/html", text, []
            case "frame_local":
                return 200, "text/html", f"<script>localStorage.setItem('{item.name}', '1')</script>", []
        return 200, "text/javascript", self.source(item), []

    def source(self, item: Item) -> str:
        """The script of an item."""
        name, line = item.name, json.dumps(cookie_line(item))
        answer = f"http://{OWN}:{self.port}/w/{name}.answer"
        if item.means in COOKIE_LINES:
            source = COOKIE_LINES[item.means].format(line=line)
            return source + ("; document.cookie = 'second_visit=1; path=/'" if item.means == "second" else "")
        return {
            "fleeting": f"document.cookie = {line}; document.cookie = '{name}=; max-age=0; path=/'",
            "api": f"cookieStore.set({{ name: '{name}', value: '1', path: '/' }})",
            "click": f"document.getElementById('b_{name}').onclick = () => {{ document.cookie = {line} }}",
            "router": f"document.getElementById('b_{name}').onclick = () => {{ history.pushState(0, '', '/app/inner/');"
            f" document.cookie = {line} }}",
            "local": f"localStorage.setItem('{name}', '1')",
            "local_property": f"localStorage['{name}'] = '1'",
            "session": f"sessionStorage.setItem('{name}', '1')",
            "database": f"indexedDB.open('{name}')",
            "worker_database": f"indexedDB.open('{name}')",
            "cache": f"caches.open('{name}')",
            "opfs": f"navigator.storage.getDirectory().then((root) => root.getFileHandle('{name}', {{ create: true }}))",
            "worker": f"fetch('{answer}')",
            "shared": f"fetch('{answer}')",
            "service": f"addEventListener('install', (event) => event.waitUntil(fetch('{answer}')))",
            "service_api": f"addEventListener('install', (event) => event.waitUntil("
            f"cookieStore.set({{ name: '{name}', value: '1', path: '/' }})))",
        }[item.means]


def cookie_line(item: Item) -> str:
    """What a script gives to `document.cookie`."""
    path = "" if "path=" in item.line else "; path=/"
    return f"{item.name}=1{item.line}{path}"


__all__ = ["ADS", "Means"]
