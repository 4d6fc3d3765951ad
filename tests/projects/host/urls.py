"""The project's one page, and Bredele's addresses."""

from django.urls import include, path

from tests.projects.host import views

urlpatterns = [
    path("p/shop/", views.shop),
    path("p/banner/", views.banner),
    path("p/bare/", views.bare),
    path("p/shop.css", views.sheet),
    path("", include("bredele.web.urls")),
]
