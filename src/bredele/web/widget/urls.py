"""The address of the widget's configuration; `/bredele.js` itself is a file, served before any view."""

from django.urls import URLPattern, URLResolver, path

from bredele.web.widget import views

urlpatterns: list[URLPattern | URLResolver] = [path("bredele.json", views.configuration, name="widget")]
