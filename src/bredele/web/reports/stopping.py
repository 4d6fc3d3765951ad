"""Addresses by which a receiver stops a mail without signing in: proof of the key, no address in them."""

from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac
from typing import Literal

from django.conf import settings
from django.urls import reverse

from bredele.collector import secret
from bredele.web.reports.models import Watch

List = Literal["weekly", "alerts"]
LISTS: tuple[List, ...] = ("weekly", "alerts")


def token(site: str, which: List, address: str) -> str:
    """What only this installation can make of a receiver."""
    key = secret.key(settings.BREDELE)
    return hmac(key, f"stop {site} {which} {address}".encode(), sha256).hexdigest()[:32]


def link(site: str, which: List, address: str) -> str:
    """The whole address, at the configured origin."""
    path = reverse("reports-stop", args=(site, token(site, which, address)))
    return settings.BREDELE.origin.rstrip("/") + path


def receiver(site: str, said: str) -> tuple[Watch, List, str] | None:
    """Whom a token is of; every comparison takes the same time."""
    found = [
        (watch, which, str(address))
        for watch in Watch.objects.filter(site=site)
        for which in LISTS
        for address in getattr(watch, which)
        if compare_digest(token(site, which, address), said)
    ]
    return found[0] if found else None


def stop(site: str, said: str) -> bool:
    """Take the receiver off the list; False where there is none."""
    found = receiver(site, said)
    if found is None:
        return False
    watch, which, address = found
    setattr(watch, which, [one for one in getattr(watch, which) if one != address])
    watch.save(update_fields=[which])
    return True
