"""Addresses of the API: its calls, its OpenAPI document, its documentation; anything else is a problem too."""

from django.urls import URLPattern, URLResolver, path, re_path

from bredele.web.api import errors, views
from bredele.web.api.api import api


def calls() -> list[URLPattern | URLResolver]:
    """ninja's patterns but its root page, answering HEAD and wrong methods as the rest does."""
    patterns, _, _ = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = errors.whole(pattern.callback)
    return [pattern for pattern in patterns if getattr(pattern, "name", "") != "api-root"]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.root),
    path("docs", views.docs, name="api-docs"),
    *calls(),
    re_path(r"^.*$", views.missing),
]
