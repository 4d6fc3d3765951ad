"""Addresses of the open data."""

from django.urls import URLPattern, URLResolver, path, re_path

from bredele.web.statistics import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("data/", views.data, name="data"),
    path("data/explore/", views.explore, name="data-explore"),
    re_path(r"^data/(?P<dataset>cookies|choices|views)\.(?P<form>json|csv)$", views.download, name="data-download"),
]
