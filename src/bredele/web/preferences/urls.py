"""Addresses of the preference page and the language switch."""

from django.urls import URLPattern, URLResolver, path

from bredele.web.preferences import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("cookies/preferences/", views.preferences, name="preferences"),
    path("language/", views.choose_language, name="language"),
]
