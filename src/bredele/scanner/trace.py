"""The observations of one state: what was stored, paired with who stored it, and what came and went in between."""

from collections.abc import Iterable

from bredele.core.observation import Observation, Rejection, Setter
from bredele.scanner.masking import bare_address
from bredele.scanner.recorder import Recorder
from bredele.scanner.stored import Item
from bredele.scanner.writes import Key, Write

CAP = 400 * 86_400
SAME_SECONDS = 120
"""An observed lifetime this near the stated one is the stated one: clocks and round trips differ."""


def observations(recorder: Recorder, token_pages: Iterable[str]) -> list[Observation]:
    """One observation for each item written or still present after the decisive click."""
    by_key: dict[Key, list[Write]] = {}
    for write in sorted(recorder.writes(), key=lambda write: write.moment):
        by_key.setdefault(write.key, []).append(write)
    pages = frozenset(token_pages)
    found = [
        of_item(recorder, item, by_key.get(item.key, []), pages)
        for item in recorder.stored.items.values()
        if item.epoch == recorder.epoch
    ]
    seen = {item.key for item in recorder.stored.items.values() if item.epoch == recorder.epoch}
    for key, writes in by_key.items():
        fleeting = [write for write in writes if write.epoch == recorder.epoch and was_there(recorder, write)]
        if key not in seen and fleeting:
            found.append(of_write(recorder.state, fleeting, pages))
    return found


def was_there(recorder: Recorder, write: Write) -> bool:
    """Whether something not in the jar was stored and then removed; an answer's line may also have been ignored.

    A script that could read its cookie back stored it. Of an answer only a removal, or a very short lifetime, tells.
    """
    if not write.kept:
        return False
    if write.read_back:
        return True
    short = write.lifetime is not None and write.lifetime <= SAME_SECONDS
    return short or write.name in recorder.removed()


def of_item(recorder: Recorder, item: Item, writes: list[Write], token_pages: frozenset[str]) -> Observation:
    """The observation of a stored item with its attribution, if anybody was seen to write it."""
    first = writes[0] if writes else None
    latest = next((write for write in reversed(writes) if write.lifetime is not None), None)
    session = item.kind == "cookie" and item.expires is None
    left_over = recorder.state == "withdrawn" and recorder.foreign(item.host)
    return Observation(
        name=item.name,
        host=item.host,
        path=item.path,
        kind=item.kind,
        states=(recorder.state,),
        set_by=setter(first) if first else unseen_setter(recorder, item),
        attributes={**item.attributes, **({"refreshed": True} if slides(writes) else {})},
        declared_lifetime=latest.lifetime if latest and item.kind == "cookie" and not session else None,
        effective_lifetime=effective(item, latest),
        session=session,
        value=item.value,
        resent=not left_over or item.key in recorder.resent,
        occasions=(occasion(first.occasion, first.page, token_pages),)
        if first
        else (occasion(item.first.occasion, item.first.page, token_pages),),
    )


def slides(writes: list[Write]) -> bool:
    """Whether its end is moved at a later view: then it never ends for those who come back (SCN-04)."""
    again = [write for write in writes if write.lifetime is not None and write.occasion == "visit"]
    return len({write.page for write in again}) > 1 and again[-1].epoch == again[0].epoch


def of_write(state: str, writes: list[Write], token_pages: frozenset[str]) -> Observation:
    """The observation of something that was accepted and gone before it could be looked at."""
    first, last = writes[0], writes[-1]
    return Observation(
        name=last.name,
        host=last.host,
        path=last.path,
        kind=last.kind,
        states=(state,),
        set_by=setter(first),
        attributes=last.attributes,
        declared_lifetime=last.lifetime,
        effective_lifetime=None if last.lifetime is None else min(last.lifetime, CAP),
        session=last.session,
        value=last.value,
        occasions=(occasion(first.occasion, first.page, token_pages),),
    )


def setter(write: Write) -> Setter:
    """Who wrote it, without query and fragment."""
    return Setter(url=bare_address(write.url), how=write.how)


def unseen_setter(recorder: Recorder, item: Item) -> Setter | None:
    """Storage written as a property shows no caller: the page or frame it belongs to is named. A cookie that nobody
    was heard to write was written while a page was left, by the one script that waits for that; else it stays open."""
    if item.kind == "cookie":
        if worker := recorder.by_workers.get((item.name, item.host.lstrip("."))):
            return Setter(url=bare_address(worker), how="worker")
        scripted = not item.attributes.get("http_only") and not recorder.foreign(item.host)
        known = recorder.leavers.get(item.first.left, set()) if scripted else set()
        return Setter(url=min(known), how="script") if len(known) == 1 else None
    if recorder.foreign(item.host):
        return Setter(url=f"//{item.host}/", how="frame")
    return Setter(url=bare_address(item.first.page), how="script")


def effective(item: Item, latest: Write | None) -> int | None:
    """Seconds the browser keeps a cookie; the stated lifetime where it is kept, whole minutes where it is cut."""
    if item.expires is None:
        return None
    start = latest.moment if latest else item.first.moment
    kept = round(item.expires - start.timestamp())
    stated = min(latest.lifetime, CAP) if latest and latest.lifetime is not None else None
    if stated is not None and abs(kept - stated) <= SAME_SECONDS:
        return stated
    if abs(kept - CAP) <= SAME_SECONDS:
        return CAP
    return round(kept / 60) * 60 if kept >= 3600 else kept


def occasion(name: str, page: str, token_pages: frozenset[str]) -> str:
    """The occasion; a visit to a page that holds a form token is told apart."""
    return "token_form" if name == "visit" and page in token_pages else name


def script_rejections(recorder: Recorder) -> list[Rejection]:
    """What scripts gave to `document.cookie` after the click and the browser did not take."""
    stored = {item.key for item in recorder.stored.items.values()}
    return [
        Rejection(
            name=write.name,
            host=write.host,
            state=recorder.state,
            reason="NotStored",
            set_by=setter(write),
        )
        for write in recorder.scripted
        if write.kind == "cookie" and write.kept is False and write.epoch == recorder.epoch and write.key not in stored
    ]


def fold_rejections(found: Iterable[Rejection]) -> tuple[Rejection, ...]:
    """Each attempt once a state, in a fixed order."""
    unique = {(one.name, one.host, one.state, one.reason, one.set_by.url, one.set_by.how): one for one in found}
    return tuple(unique[key] for key in sorted(unique))
