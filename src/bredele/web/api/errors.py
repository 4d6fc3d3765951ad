"""Errors of the API as problem details (RFC 9457), mapped here and nowhere else."""

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from bredele.core.errors import BredeleError, InvalidRegistry, UnknownVersion
from bredele.ledger.errors import LedgerUnavailable, NoLedgerYet, UnknownRecord
from bredele.web.registry.desk import NoSuchRevision, StaleDraft
from bredele.web.registry.drafts import NoSuchSite
from bredele.web.registry.errors import NothingToPublish, PublishingBlocked
from bredele.web.statistics.happened import NoSuchAnnotation

CONTENT_TYPE = "application/problem+json"
DOCUMENTED = "/api/v1/docs#problems"
SHOWN = 100
"""Places listed in one answer; a body with more of them is mended in steps."""
log = logging.getLogger(__name__)


class NoToken(BredeleError):
    """A session call that changes state, without a valid CSRF token."""


class NotAllowed(BredeleError):
    """A caller that may not do this."""


class NoProof(BredeleError):
    """A site no scan was recorded for."""


class NoPrecondition(BredeleError):
    """A change of the draft that does not say which revision it was made on."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong: where, what, and what to do."""

    where: str
    message: str
    cure: str = ""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """The body of every error. `type` leads to the documentation; `errors` lists the places."""

    type: str = DOCUMENTED
    title: str
    status: int
    detail: str
    cure: str = ""
    errors: tuple[Place, ...] = ()


STATUSES: Sequence[tuple[type[BredeleError], HTTPStatus]] = (
    (NoToken, HTTPStatus.FORBIDDEN),
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (NoSuchSite, HTTPStatus.NOT_FOUND),
    (NoSuchRevision, HTTPStatus.NOT_FOUND),
    (UnknownVersion, HTTPStatus.NOT_FOUND),
    (UnknownRecord, HTTPStatus.NOT_FOUND),
    (NoSuchAnnotation, HTTPStatus.NOT_FOUND),
    (NoLedgerYet, HTTPStatus.NOT_FOUND),
    (LedgerUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (NoProof, HTTPStatus.NOT_FOUND),
    (NothingToPublish, HTTPStatus.CONFLICT),
    (PublishingBlocked, HTTPStatus.CONFLICT),
    (StaleDraft, HTTPStatus.PRECONDITION_FAILED),
    (NoPrecondition, HTTPStatus.PRECONDITION_REQUIRED),
    (BredeleError, HTTPStatus.UNPROCESSABLE_ENTITY),
)
"""The first kind that fits decides."""


def answer(status: HTTPStatus, detail: str, cure: str = "", errors: Iterable[Place] = ()) -> HttpResponse:
    """The HTTP answer of a problem."""
    problem = Problem(title=status.phrase, status=status, detail=detail, cure=cure, errors=tuple(errors)[:SHOWN])
    response = HttpResponse(msgspec.json.encode(problem), status=status, content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store"
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def explained(error: BredeleError) -> HttpResponse:
    """An error of our own with its places."""
    status = next(status for kind, status in STATUSES if isinstance(error, kind))
    if isinstance(error, InvalidRegistry):
        places = [Place(where=one.where, message=one.message, cure=one.cure) for one in error.problems]
        return answer(status, f"The registry has {len(places)} problem{'s'[: len(places) > 1]}.", errors=places)
    if isinstance(error, PublishingBlocked):
        blocking = [found for found in error.problems if found.severity == "error"]
        places = [Place(where=found.where, message=found.message, cure=found.cure) for found in blocking]
        return answer(status, f"{len(places)} problem{'s'[: len(places) > 1]} must be mended first.", errors=places)
    detail = f"{error.where}: {error.message}" if error.where else error.message
    places = [Place(where=error.where, message=error.message, cure=error.cure)] if error.where else []
    return answer(status, detail, error.cure, places)


def invalid(error: ValidationError) -> HttpResponse:
    """A parameter or body of the wrong shape: each place as a path such as `body.dataset`."""
    places = [Place(where=path(found), message=f"{found['msg']}.", cure=cure(found)) for found in error.errors]
    return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The request has another shape than the API's.", errors=places)


def path(found: dict[str, Any]) -> str:
    """Where it is; in a body without the name of the function's parameter that ninja puts in the middle."""
    source, *rest = (str(step) for step in found["loc"])
    return ".".join([source, *(rest[1:] if source == "body" else rest)])


def cure(found: dict[str, Any]) -> str:
    """What would be right."""
    expected = found.get("ctx", {}).get("expected")
    if expected:
        return f"Use {expected}."
    return "Leave it out." if found["type"] == "extra_forbidden" else "See the documentation of this call."


def refused(error: HttpError) -> HttpResponse:
    """What ninja itself refuses: no or a bad sign-in, and a body that is no JSON."""
    if isinstance(error, AuthenticationError):
        return answer(
            HTTPStatus.UNAUTHORIZED, "This is not public.", "Sign in, or send Authorization: Bearer with a token."
        )
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return answer(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "The body cannot be read as JSON.",
            "Send one JSON object.",
            [Place(where="body", message="It is no JSON.", cure="Send one JSON object.")],
        )
    return answer(HTTPStatus(error.status_code), error.message)


def failed() -> HttpResponse:
    """A fault of ours: logged with its trace, told without."""
    log.error("The API failed.", exc_info=True)  # noqa: LOG014  # called while handling
    return answer(HTTPStatus.INTERNAL_SERVER_ERROR, "The server failed to answer.", "Try again; tell its owner.")


def missing() -> HttpResponse:
    """An address the API does not have."""
    return answer(HTTPStatus.NOT_FOUND, "There is no such address.", "See /api/v1/docs.")


def too_large() -> HttpResponse:
    """A body above Django's limit."""
    return answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large.", "Send less in one call.")


def told(error: Exception | type[Exception]) -> HttpResponse:
    """Any error of the API as its problem."""
    match error:
        case BredeleError():
            return explained(error)
        case ValidationError():
            return invalid(error)
        case HttpError():
            return refused(error)
        case Http404():
            return missing()
        case RequestDataTooBig():
            return too_large()
    return failed()


def register(api: NinjaAPI) -> None:
    """Let every error of the API pass through this file."""
    for kind in (Exception, HttpError, ValidationError, Http404):
        api.add_exception_handler(kind, lambda request, error: told(error))


def whole(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view that also answers HEAD where it answers GET, keeps private answers out of caches, explains a 405."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"
        response = view(request, *args, **kwargs)
        request.method = asked
        if getattr(request, "auth", None):
            response.headers["Cache-Control"] = "private, no-store"
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        wrong = answer(HTTPStatus.METHOD_NOT_ALLOWED, f"{request.method} is not for this address.", "See /api/v1/docs.")
        wrong.headers["Allow"] = response.headers.get("Allow", "GET")
        return wrong

    return answered
