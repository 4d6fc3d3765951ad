"""Addresses of a host that may not have the page asked for: none."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
