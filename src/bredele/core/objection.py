"""What the choice cookie looks like of a visitor who objects to being counted, for scripts in pages (ANA-08)."""

from bredele.core.consent import CHOICE_COOKIE, base36
from bredele.core.declaration import MEASUREMENT
from bredele.core.registry import Version


def objection(version: Version) -> str:
    """A regular expression that finds such a cookie of any version so far; empty where nobody can object.

    Nothing in it depends on the visitor, so a page that holds it may be kept by any cache. A page older than the
    newest version asks the server in vain: there the objection counts in any case.
    """
    places: dict[int, list[str]] = {}
    orders = {**version.earlier, version.number: version.registry.optional_purposes()}
    for number, purposes in orders.items():
        if MEASUREMENT in purposes:
            places.setdefault(tuple(purposes).index(MEASUREMENT), []).append(base36(number))
    parts = [rf"({'|'.join(numbers)})\.\w+\.{'[01]' * place}0" for place, numbers in sorted(places.items())]
    return f"{CHOICE_COOKIE}=({'|'.join(parts)})" if parts else ""
