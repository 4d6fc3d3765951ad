"""Who may post to a public form without a token: public pages set nothing, so they can hold none (CONTRACTS 2)."""

from collections.abc import Mapping


def refuse_cross_site(headers: Mapping[str, str], *origins: str) -> str | None:
    """Why a public POST must be answered 403, or None. `origins` are the request's own; names as `sec-fetch-site`.

    Sec-Fetch-Site decides where a browser sends it; only without it Origin does; a script that sends neither may post.
    """
    fetch_site = headers.get("sec-fetch-site")
    if fetch_site is not None:
        return "This form was sent from another site." if fetch_site in ("cross-site", "same-site") else None
    stated = headers.get("origin")
    return "This form was sent from another origin." if stated is not None and stated not in origins else None
