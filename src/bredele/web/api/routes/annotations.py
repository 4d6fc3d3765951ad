"""What happened on a day, noted by the script that did it."""

from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from bredele.stats.board import Span
from bredele.web.api import tables
from bredele.web.api.auth import ANYONE_KNOWN, caller
from bredele.web.api.schemas.data import AnnotationIn, AnnotationOut, Range
from bredele.web.api.shapes import OF_A_SITE, faults
from bredele.web.registry.drafts import find_site
from bredele.web.statistics import happened
from bredele.web.statistics.store import counting

router = Router(tags=["statistics"], auth=ANYONE_KNOWN, by_alias=True)


@router.get(
    "/sites/{slug}/annotations",
    response={200: list[AnnotationOut], **OF_A_SITE, **faults(422)},
    operation_id="annotations",
    summary="List what happened",
)
def annotations(request: HttpRequest, slug: str, asked: Query[Range]) -> list[dict[str, Any]]:
    """What was noted in these days, and versions of the policy; the newest thirty, the oldest first."""
    caller(request, slug)
    find_site(slug)
    here = counting()
    days = tables.span(asked.start, asked.to, here.now().date())
    return [msgspec.structs.asdict(one) for one in happened.happened(slug, Span(*days), here.zone)]


@router.post(
    "/sites/{slug}/annotations",
    response={201: AnnotationOut, **OF_A_SITE, **faults(413, 422)},
    operation_id="annotate",
    summary="Note what happened",
)
def annotate(request: HttpRequest, slug: str, annotation: AnnotationIn) -> Status[dict[str, Any]]:
    """Note a deployment, a campaign, a feast: it stands beside the figures of its day in the back office."""
    by = caller(request, slug, writes=True).name
    find_site(slug)
    now = counting().now()
    row = happened.note(slug, annotation.day or now.date(), annotation.text, by, now)
    return Status(HTTPStatus.CREATED, {"id": row.pk, "day": row.day, "text": row.text, "by": row.by})


@router.delete(
    "/sites/{slug}/annotations/{int:number}",
    response={204: None, **OF_A_SITE},
    operation_id="forget_annotation",
    summary="Forget a note",
)
def forget_annotation(request: HttpRequest, slug: str, number: int) -> Status[None]:
    """Delete one note."""
    caller(request, slug, writes=True)
    find_site(slug)
    happened.forget(slug, number)
    return Status(HTTPStatus.NO_CONTENT, None)
