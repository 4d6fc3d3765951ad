"""Revisions of a draft as entity tags (RFC 9110 sections 8.8.3 and 13.1.1)."""

import re

from django.http import HttpRequest

from bredele.web.api.errors import NoPrecondition

TAG = re.compile(r'"(\d{1,9})"', re.ASCII)


def etag(revision: int) -> str:
    """The strong entity tag of a revision."""
    return f'"{revision}"'


def revision_read(request: HttpRequest) -> int:
    """The revision named in If-Match; raises NoPrecondition where none is."""
    found = TAG.fullmatch(request.headers.get("If-Match", "").strip())
    if found is None:
        raise NoPrecondition(
            "The call does not say which revision it was made on.",
            where="If-Match",
            cure='Read the draft and send its ETag, such as If-Match: "7".',
        )
    return int(found[1])
