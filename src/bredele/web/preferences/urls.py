"""Addresses of the preference page, the language switch and the signal's support resource."""

from django.urls import URLPattern, URLResolver, path

from bredele.web.preferences import views, views_receipt

urlpatterns: list[URLPattern | URLResolver] = [
    path("cookies/preferences/", views.preferences, name="preferences"),
    path(".well-known/gpc.json", views.gpc, name="gpc"),
    path("cookies/receipt/", views_receipt.receipt, name="receipt"),
    path("cookies/receipt/download/", views_receipt.download, name="receipt-download"),
    path("language/", views.choose_language, name="language"),
]
