"""Addresses of the ledger's public side."""

from django.urls import URLPattern, URLResolver, path

from bredele.web.ledger import views

urlpatterns: list[URLPattern | URLResolver] = [
    path(".well-known/cookie-ledger.json", views.keys, name="ledger-keys"),
    path("ledger/checkpoint", views.checkpoint, name="ledger-checkpoint"),
    path("ledger/consistency/<int:first>/<int:second>", views.consistency, name="ledger-consistency"),
]
