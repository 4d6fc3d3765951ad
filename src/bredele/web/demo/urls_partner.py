"""Every address of the partner (Website B)."""

from django.urls import path

from bredele.web.demo import views_partner

handler404 = views_partner.not_found

urlpatterns = [
    path("", views_partner.home, name="partner"),
    path("frame/", views_partner.frame, name="partner-frame"),
    path("player/", views_partner.player, name="partner-player"),
    path("erase/", views_partner.erase, name="partner-erase"),
]
