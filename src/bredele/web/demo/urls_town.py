"""Every address of the town (Website A): its own pages, then the platform's front office under its host."""

from django.urls import include, path

from bredele.web.demo import views_shop, views_town

handler404 = views_town.not_found

urlpatterns = [
    path("", views_town.home, name="town"),
    path("news/", views_town.news, name="town-news"),
    path("news/<slug:slug>/", views_town.story, name="town-story"),
    path("film/", views_town.film, name="town-film"),
    path("what-happened/", views_town.happened, name="town-happened"),
    path("theme/", views_town.theme, name="town-theme"),
    path("bookshop/", views_shop.bookshop, name="town-bookshop"),
    path("bookshop/cart/", views_shop.cart, name="town-cart"),
    path("", include("bredele.web.policy.urls")),
    path("", include("bredele.web.preferences.urls")),
    path("", include("bredele.web.widget.urls")),
    path("", include("bredele.web.statistics.urls")),
    path("", include("bredele.web.scans.urls")),
    path("api/v1/", include("bredele.web.api.urls")),
]
