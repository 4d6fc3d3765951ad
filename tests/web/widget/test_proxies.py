"""The proxies that docs/widget.md shows: what each hands on is what the platform needs; nginx is run where it is."""

import http.client
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bredele.collector.forwarded import forwarded, networks
from bredele.collector.prefix import stripped
from tests.serving import Demo, Running, free_port

SHOP, TOWN = "shop.example", "town.localhost"
NGINX = shutil.which("nginx")


@pytest.fixture(scope="module")
def snippets() -> dict[str, str]:
    """The proxies of the page, by the word before them."""
    page = (Path(__file__).parents[3] / "docs" / "widget.md").read_text(encoding="utf-8")
    found = dict(re.findall(r"^```(nginx|caddy|apache|js)\n(.*?)^```", page, re.MULTILINE | re.DOTALL))
    assert set(found) == {"nginx", "caddy", "apache", "js"}
    return found


@pytest.fixture(scope="module")
def server(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The demo behind a proxy of this machine."""
    data: Path = tmp_path_factory.mktemp("proxied")
    with demo(data, BREDELE_TRUSTED_PROXIES="127.0.0.1") as served:
        yield served


def headers_of(name: str, text: str) -> dict[str, str]:
    """What each makes of a visitor's request to https://shop.example; Caddy and Apache add some by themselves."""
    filled = {"$host": SHOP, "$scheme": "https", "$proxy_add_x_forwarded_for": "9.9.9.9", "url.host": SHOP}
    if name == "nginx":
        return {key.lower(): filled[value] for key, value in re.findall(r"proxy_set_header (\S+) (\S+);", text)}
    if name == "caddy":  # reverse_proxy keeps Host and sends these three (its documentation, "Defaults")
        assert "reverse_proxy" in text
        return {"host": SHOP, "x-forwarded-host": SHOP, "x-forwarded-proto": "https", "x-forwarded-for": "9.9.9.9"}
    if (
        name == "apache"
    ):  # mod_proxy sends X-Forwarded-Host and -For (its documentation, "Reverse Proxy Request Headers")
        assert "ProxyPreserveHost On" in text
        said = dict(re.findall(r'RequestHeader set (\S+) "(\S+)"', text))
        added = {"host": SHOP, "x-forwarded-host": SHOP, "x-forwarded-for": "9.9.9.9"}
        return {**added, **{key.lower(): value for key, value in said.items()}}
    said = dict(re.findall(r'headers\.set\("([^"]+)", ([^)]+)\)', text))
    set_here = {key.lower(): filled.get(value, value.strip('"')) for key, value in said.items()}
    return {"host": "consent.example", "x-forwarded-for": "9.9.9.9", **set_here}


@pytest.mark.parametrize("name", ["nginx", "caddy", "apache", "js"])
def test_a_documented_proxy_says_all_that_the_platform_needs(snippets: dict[str, str], name: str) -> None:
    said = [(key.encode(), value.encode()) for key, value in headers_of(name, snippets[name]).items()]
    arrived = {
        "type": "http",
        "client": ("127.0.0.1", 1),
        "scheme": "http",
        "path": "/bredele/consent",
        "headers": said,
    }
    seen = forwarded(arrived, networks(["127.0.0.1"]))
    assert (seen["scheme"], seen["client"][0]) == ("https", "9.9.9.9")
    assert [value for key, value in seen["headers"] if key == b"host"] == [SHOP.encode()]
    inner, prefixed = stripped(seen, trusted=True)
    assert (inner["path"], prefixed) == ("/consent", True)


def test_no_documented_proxy_takes_the_prefix_off(snippets: dict[str, str]) -> None:
    """The platform does that itself, and puts it before every address on the way out."""
    assert re.search(r"location /bredele/ \{\s+proxy_pass http://[^/\s]+;", snippets["nginx"])
    assert "handle /bredele/* {" in snippets["caddy"]
    assert "handle_path" not in snippets["caddy"]
    assert re.search(r"ProxyPass /bredele/ http://[^/\s]+/bredele/\n", snippets["apache"])
    assert 'startsWith("/bredele/")' in snippets["js"]
    assert 'redirect: "manual"' in snippets["js"]


@pytest.mark.skipif(NGINX is None, reason="needs nginx: apt install nginx-light")
def test_nginx_with_the_documented_lines_serves_the_widget_and_sets_the_choice(
    snippets: dict[str, str], server: Running, tmp_path: Path
) -> None:
    """Rules: PLT-08"""
    port = free_port()
    places = "".join(
        f"{name}_temp_path {tmp_path / name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    lines = snippets["nginx"].replace(":8000", f":{server.port}")
    (tmp_path / "nginx.conf").write_text(
        f"worker_processes 1; daemon off; pid {tmp_path / 'pid'}; error_log {tmp_path / 'errors'};\nevents {{}}\n"
        f"http {{ access_log off;\n{places}server {{ listen 127.0.0.1:{port};\n{lines}}} }}\n"
    )
    tmp_path.chmod(0o755)
    assert NGINX is not None
    process = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")])
    try:
        assert asked(port, "GET", "/bredele/bredele.js")[0] == 200
        page = asked(port, "GET", "/bredele/cookies/preferences/")[2]
        assert 'action="/bredele/cookies/preferences/"' in page
        status, headers, _ = asked(port, "POST", "/bredele/consent", "choice=accept&version=1&next=/blog/")
        assert (status, headers["location"]) == (303, "/blog/")
        cookie = headers["set-cookie"]
        assert cookie.startswith("cookies_preferences=1.")
        assert "Path=/;" in cookie
        assert "Domain" not in cookie
    finally:
        process.terminate()
        process.wait(timeout=20)


def asked(port: int, method: str, path: str, body: str = "") -> tuple[int, http.client.HTTPMessage, str]:
    """Status, headers and body through nginx, as the town's visitor; waits until it listens."""
    headers = {"Host": TOWN, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
    for _ in range(100):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            try:
                connection.request(method, path, body or None, headers)
            except ConnectionRefusedError:
                time.sleep(0.1)
                continue
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
    raise AssertionError("nginx does not listen")
