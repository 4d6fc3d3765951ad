"""What the browser holds: the jar and every other storage, as last seen. The jar is the truth of existence."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

from bredele.core.declaration import Kind
from bredele.scanner.identifying import CLICK_FIELDS, identifies
from bredele.scanner.masking import mask
from bredele.scanner.writes import Attributes, Circumstances, Key

Message = dict[str, Any]


class Item:
    """One stored item, first seen under `first`, last seen in `epoch`.

    `identifier`: its value if that identifies; it is compared with what requests carry and never leaves this process.
    """

    def __init__(self, kind: Kind, name: str, host: str, path: str, first: Circumstances) -> None:
        self.kind, self.name, self.host, self.path, self.first = kind, name, host, path, first
        self.epoch = first.epoch
        self.expires: float | None = None
        self.attributes: Attributes = {}
        self.value = ""
        self.identifier = ""

    @property
    def key(self) -> Key:
        """What attempts are paired with it by; other storage has no path."""
        return (self.kind, self.name, self.host.lstrip("."), self.path if self.kind == "cookie" else "/")


class Stored:
    """Every item ever seen in one state."""

    def __init__(self) -> None:
        self.items: dict[tuple[str, ...], Item] = {}
        self.passed_by: set[tuple[str, ...]] = set()

    def see_jar(self, cookies: list[Message], at: Circumstances, ignore: Callable[[str], bool] | None = None) -> None:
        """Note the cookies now in the jar. `ignore`: hosts whose new cookies belong to a visit to another site."""
        for cookie in cookies:
            partition = cookie.get("partitionKey") or {}
            top = str(partition.get("topLevelSite", "")) if isinstance(partition, dict) else str(partition)
            place = (*cookie_key(cookie), top)
            if ignore and ignore(str(cookie["domain"])) and place not in self.items:
                self.passed_by.add(place)
            if place in self.passed_by:
                continue
            item = self.items.setdefault(
                place, Item("cookie", str(cookie["name"]), str(cookie["domain"]), str(cookie["path"]), at)
            )
            item.epoch = at.epoch
            item.expires = None if cookie.get("session") else float(cookie["expires"])
            item.value = mask(str(cookie["value"]))
            item.identifier = str(cookie["value"]) if identifies(str(cookie["value"])) else ""
            item.attributes = {
                "secure": bool(cookie.get("secure")),
                "http_only": bool(cookie.get("httpOnly")),
                "same_site": cookie.get("sameSite"),
                "partitioned": bool(top),
                **({"partition_key": top} if top else {}),
                **({"identifying": True} if item.identifier else {}),
            }

    def decorations(self, url: str) -> list[str]:
        """Names of query fields that pass an identifier along: one that is stored, or of a known kind."""
        known = {item.identifier for item in self.items.values() if item.identifier}
        return [name for name, value in parse_qsl(urlsplit(url).query) if value in known or name in CLICK_FIELDS]

    def shared(self, site_of: Callable[[str], str], epoch: int) -> list[str]:
        """Sentences on identifying values that several sites keep at once: by these they know the same visitor.

        `site_of`: host to its registrable domain. The value itself is in none of them.
        """
        by_value: dict[str, set[tuple[str, str]]] = {}
        for item in self.items.values():
            if item.identifier and item.epoch == epoch:
                by_value.setdefault(item.identifier, set()).add((site_of(item.host.lstrip(".")), item.name))
        several = [sorted(kept) for kept in by_value.values() if len({site for site, _ in kept}) > 1]
        return [
            f"The same identifying value is kept for several sites: {', '.join(f'{n} ({site})' for site, n in kept)}."
            for kept in sorted(several)
        ]

    def add_storage(self, kind: str, name: str, host: str, at: Circumstances, path: str = "/", value: str = "") -> None:
        """Note an item that is no cookie."""
        item = self.items.setdefault((kind, name, host, path), Item(cast(Kind, kind), name, host, path, at))
        item.epoch = at.epoch
        item.value = value or item.value


def cookie_key(cookie: Message) -> Key:
    """The key of a cookie as DevTools describes it."""
    return ("cookie", str(cookie["name"]), str(cookie["domain"]).lstrip("."), str(cookie["path"]))
