"""Three sites, one for each mode of statistics, served on one port; and what the store then holds, exactly."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bredele.core.settings import Settings
from bredele.stats.opening import open_store
from tests.serving import Running, command, environment, free_port, running

MODES = ("pageviews", "visitors", "off")
POLICY = "/terms/cookies-policy/"
SITE = """schema = 1
[site]
name = "Quiet town"
origin = "http://{mode}.site.localhost:{port}"
languages = ["en"]
jurisdiction = "FR"
controller = "The town"
contact = "town@site.example"
retention = "Sums are kept for 25 months."
statistics = "{mode}"
"""
CHOICES = """
[[cookies]]
names = ["cookies_preferences"]
provider = "The town"
purpose = "necessary"
lifetime = "P6M"
path = "/"
same_site = "Lax"
function = "Your choices"
location = "front office"
purpose_text = "To remember your choices."
third_party_access = []
exemption = {{ kind = "strictly_necessary", reason = "You asked for it." }}
"""
AUDIENCE = """
[[cookies]]
names = ["audience_day"]
provider = "The town"
purpose = "measurement"
lifetime = "P1M"
path = "/"
same_site = "Lax"
function = "Audience"
location = "front office"
purpose_text = "The date of the last counted visit, the same for everyone that day."
third_party_access = []
exemption = {{ kind = "audience", reason = "Sums that identify nobody, for this site alone." }}
"""


@dataclass(frozen=True)
class Counted:
    """The server of the three sites."""

    server: Running

    def origin(self, mode: str) -> str:
        """The site of this mode."""
        return f"http://{mode}.site.localhost:{self.server.port}"

    def totals(self, mode: str) -> dict[str, int]:
        """Exact totals so far, once they stand still."""
        before: dict[str, int] | None = None
        for _ in range(20):
            time.sleep(1.5)  # longer than between two foldings
            found = self.read(mode)
            if found == before:
                return found
            before = found
        raise AssertionError("they never stood still")

    def read(self, mode: str) -> dict[str, int]:
        """Exact totals by metric, at this moment."""
        store = open_store(Settings(data=self.server.data))
        today, found = datetime.now(UTC).date(), dict[str, int]()
        for (_, metric), total in store.hourly(mode, today.replace(day=1), today).items():
            found[metric] = found.get(metric, 0) + total
        store.close()
        return found


def grown(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """What was counted in between."""
    return {name: total - before.get(name, 0) for name, total in after.items() if total != before.get(name, 0)}


@contextmanager
def counted_sites(data: Path) -> Iterator[Counted]:
    """Publish and serve them."""
    port = free_port()
    settings = {
        "BREDELE_ORIGIN": f"http://localhost:{port}",
        "BREDELE_DATA": str(data),
        "BREDELE_TRUSTED_PROXIES": "127.0.0.1",
    }
    for mode in MODES:
        path = data / f"{mode}.toml"
        text = SITE + CHOICES + AUDIENCE * (mode == "visitors")
        path.write_text(text.format(mode=mode, port=port), encoding="utf-8")
        hosts = ("--host", f"{mode}.site.localhost", "--host", f"{mode}.plain.localhost")
        add = ("site", "add", mode, "--origin", f"http://{mode}.site.localhost:{port}", *hosts)
        for arguments in (add, ("publish", mode, "--from", str(path), "--no-pictures")):
            subprocess.run(command(*arguments), env={**environment(), **settings}, cwd=data, check=True, timeout=120)
    with running("serve", data=data, port=port, **settings) as server:
        yield Counted(server)
