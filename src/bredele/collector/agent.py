"""All that a consent record keeps of a browser: its family and whether it is a phone's. The rest stays in memory."""

from collections.abc import Mapping

from bredele.ledger.record import Agent

FAMILIES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""A part of the User-Agent and its family; the first that fits decides, as each claims to be later ones too."""


def agent_of(headers: Mapping[str, str]) -> Agent:
    """The reduced browser (LED-07); names as `user-agent`."""
    said = headers.get("user-agent", "")
    family = next((family for part, family in FAMILIES if part in said), "other")
    hinted = headers.get("sec-ch-ua-mobile", "")
    phone = hinted == "?1" if hinted else "Mobi" in said or "Android" in said
    return Agent(family=family, layout="mobile" if phone else "desktop")
