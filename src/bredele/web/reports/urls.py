"""The one public address of the reports."""

from django.urls import URLPattern, URLResolver, re_path

from bredele.web.reports import views

urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^data/mail/(?P<site>[a-z0-9-]{1,50})/(?P<token>[0-9a-f]{32})/$", views.stop, name="reports-stop"),
]
