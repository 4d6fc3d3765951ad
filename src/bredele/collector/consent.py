"""One function answers a choice, whether it came by `/consent` or by the page without JavaScript."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from urllib.parse import urlencode, urlsplit

import msgspec

from bredele.collector import withdrawal
from bredele.collector.errors import RefusedPost
from bredele.collector.expiry import expire_refused
from bredele.collector.form import ChoiceForm
from bredele.collector.recording import RECEIPT, Given, Recorded
from bredele.core.consent import CHOICE_COOKIE, Choice, choose, decode, encode, in_force
from bredele.core.registry import Version
from bredele.core.set_cookie import SetCookie, serialise
from bredele.formats.published import PublishedSite
from bredele.stats.event import Outcome


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What to send back: `set_cookies` are header values, `location` where a form goes, `body` the JSON."""

    choice: Choice
    outcome: Outcome
    set_cookies: tuple[str, ...]
    erase: tuple[str, ...]
    location: str
    body: dict[str, object]
    again: bool = False
    """A retry of an answer that was recorded before: it counts no second time."""


Record = Callable[[Given], Recorded]


def unrecorded(given: Given) -> Recorded:
    """The choice as it was made, without a proof."""
    return Recorded(choice=given.choice)


def answer(
    site: PublishedSite,
    form: ChoiceForm,
    cookies: Mapping[str, str],
    now: datetime,
    secret: bytes,
    host: str,
    record: Record = unrecorded,
) -> Answer:
    """Answer a choice made at `now` (UTC) on `host`; RefusedPost 422 or 503 changes nothing.

    `cookies`: the request's. The choice cookie lives the preset's calendar time and is written only here (PLT-08).
    `record` stores the answer durably before it is given and says what is kept of it.
    """
    version = asked_version(site, form)
    before = stored(version, cookies, now)
    asked = asked_purposes(version, form)
    made = choose(version, granted(version, form, before), now.date())
    recorded = record(Given(site=site, version=version, form=form, before=before, choice=made, now=now))
    choice = recorded.choice
    taken = withdrawal.withdrawal(version, before, choice, cookies)
    withdrawn = withdrawn_purposes(version, before, choice)
    end = version.registry.preset.choice_kept.after(now)
    return Answer(
        choice=choice,
        outcome=outcome_of(form, choice, asked, bool(withdrawn)),
        set_cookies=(
            choice_cookie(site, choice, now),
            *expire_refused(version, choice, cookies, host, taken.lost if taken else ()),
        ),
        erase=taken.addresses if taken else (),
        location=location(form.next, withdrawal.sign(site, taken, now, secret) if taken else ""),
        body={
            "choice": choice.answers,
            "version": version.number,
            "expires": end.isoformat().replace("+00:00", "Z") if end else None,
            "receipt": RECEIPT if choice.id else None,
        },
        again=recorded.again,
    )


def asked_version(site: PublishedSite, form: ChoiceForm) -> Version:
    """The version in force; RefusedPost 422 where the form answers another one or none exists."""
    version = site.version
    if version is None:
        raise RefusedPost(422, "This site has published no policy yet.", where="version", cure="Publish one first.")
    if form.version is not None and form.version != version.number:
        known = version.purposes_of(form.version) is not None
        fault = f"The policy changed: version {version.number} is in force." if known else "There is no such version."
        raise RefusedPost(422, fault, where="version", cure="Load the page again and choose anew.")
    return version


def stored(version: Version, cookies: Mapping[str, str], now: datetime) -> Choice | None:
    """The answer the browser still holds, if it can be read and its time is not over."""
    choice = decode(cookies.get(CHOICE_COOKIE, ""), version.purposes_of, now.date())
    return in_force(choice, version.registry.preset.choice_kept, now.date())


def asked_purposes(version: Version, form: ChoiceForm) -> tuple[str, ...]:
    """The purposes the answer is about; RefusedPost 422 for one the version does not ask about (API-05).

    Accepting or refusing what changed (`about`) is no answer to the rest; saving answers everything, tick by tick.
    """
    optional = version.registry.optional_purposes()
    for field in ("purpose", "about"):
        unknown = [purpose for purpose in getattr(form, field) if purpose not in optional]
        if unknown:
            known = ", ".join(optional) or "none"
            raise RefusedPost(422, f'"{unknown[0][:40]}" is no purpose here.', where=field, cure=f"Known: {known}.")
    narrowed = form.about if form.choice != "save" else ()
    return tuple(purpose for purpose in optional if not narrowed or purpose in narrowed)


def granted(version: Version, form: ChoiceForm, before: Choice | None) -> Iterable[str]:
    """The purposes answered with yes. What the form is not about keeps its stored answer (REG-10)."""
    asked = asked_purposes(version, form)
    rest = (slug for slug in version.registry.optional_purposes() if slug not in asked and kept(version, slug, before))
    return (*{"accept": asked, "refuse": (), "save": form.purpose}[form.choice], *rest)


def kept(version: Version, purpose: str, before: Choice | None) -> bool:
    """The stored answer to a purpose nobody asked about now; without one only exempt measurement goes on."""
    answer = before.answer(purpose, version) if before else None
    return purpose not in version.registry.consent_purposes() if answer is None else answer


def withdrawn_purposes(version: Version, before: Choice | None, after: Choice) -> tuple[str, ...]:
    """The purposes that were granted until now; an objection to exempt measurement withdraws nothing."""
    if before is None:
        return ()
    asked = version.registry.consent_purposes()
    return tuple(slug for slug, yes in after.answers.items() if not yes and slug in asked and before.answers.get(slug))


def outcome_of(form: ChoiceForm, choice: Choice, asked: tuple[str, ...], withdrawn: bool) -> Outcome:
    """How the answer is counted: taking back what was granted is a withdrawal, whatever button did it."""
    if withdrawn:
        return "withdrawn"
    yes = choice.granted.intersection(asked)
    if form.choice == "save" and yes and len(yes) < len(asked):
        return "customised"
    return "accepted" if yes or form.choice == "accept" else "refused"


def choice_cookie(site: PublishedSite, choice: Choice, now: datetime) -> str:
    """The `Set-Cookie` value: the same attributes for a grant and for a refusal (C13)."""
    assert site.version is not None  # noqa: S101  # `asked_version` has refused otherwise
    return serialise(
        SetCookie(
            name=CHOICE_COOKIE,
            value=encode(choice),
            path="/",
            max_age=site.version.registry.preset.choice_kept.max_age(now),
            secure=urlsplit(site.origin).scheme == "https",
            same_site="Lax",
        )
    )


def location(target: str, token: str) -> str:
    """Where a form goes on: a path of this site, never another host; with the note of a withdrawal if one is due."""
    path = target if is_local(target) else "/"
    if not token:
        return path
    bare, mark, fragment = path.partition("#")
    query = urlencode({withdrawal.PARAMETER: token})
    return f"{bare}{'&' if '?' in bare else '?'}{query}{mark}{fragment}"


def is_local(target: str) -> bool:
    """Whether it is a path on this host: one slash, no backslash, no control sign (browsers strip those)."""
    clean = all(0x20 < ord(sign) < 0x7F and sign != "\\" for sign in target)
    return clean and target.startswith("/") and not target.startswith("//")
