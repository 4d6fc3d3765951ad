"""Addresses of the proof."""

from django.urls import URLPattern, URLResolver, path

from bredele.web.scans import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("proof/", views.proof, name="proof"),
    path("proof.json", views.proof_json, name="proof-json"),
]
