"""The shop, published and served: on a Django project of somebody else, and behind the proxy of a plain site."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.serving import ROOT, Running, command, environment, running

HOST, PLAIN_HOST = "www.site.localhost", "plain.site.localhost"
SETTINGS = "tests.projects.host.settings"


@contextmanager
def shop(data: Path, tracker: str, port: int) -> Iterator[Running]:
    """Serve it on a port; `.ask(path, host=HOST)`. Its page: `/p/shop/`."""
    origin = f"http://{HOST}:{port}"
    text = (Path(__file__).parent / "host" / "cookies.toml").read_text(encoding="utf-8")
    (data / "cookies.toml").write_text(text.replace(":8000", f":{port}"), encoding="utf-8")
    more = {"DJANGO_SETTINGS_MODULE": SETTINGS, "TRACKER": tracker, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    settings = {**more, "BREDELE_ORIGIN": origin, "BREDELE_DATA": str(data), "BREDELE_TRUSTED_PROXIES": "127.0.0.1"}
    add = ("site", "add", "shop", "--origin", origin, "--host", HOST, "--host", PLAIN_HOST, "--default")
    publish = ("publish", "shop", "--from", str(data / "cookies.toml"), "--no-pictures")
    for arguments in (add, publish):
        subprocess.run(command(*arguments), env={**environment(), **settings}, cwd=data, check=True, timeout=120)
    with running("serve", data=data, port=port, **settings) as server:
        yield server
