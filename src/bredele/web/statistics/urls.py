"""Addresses of the open data."""

from django.urls import URLPattern, URLResolver, path, re_path

from bredele.web.statistics import publicly, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("data/", views.data, name="data"),
    path("data/explore/", views.explore, name="data-explore"),
    re_path(r"^data/(?P<dataset>cookies|choices|views)\.(?P<form>json|csv)$", views.download, name="data-download"),
    path("statistics/", publicly.page, name="statistics"),
    re_path(r"^statistics\.(?P<form>json|csv)$", publicly.download, name="statistics-download"),
    path("statistics/embed/<slug:name>/", publicly.embed, name="statistics-embed"),
]
