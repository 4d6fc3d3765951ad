"""Sign-in, sign-out, password. Sign-up and mail are not here: accounts are made by `bredele user add`."""

from allauth.account import views as allauth_views
from django.urls import path

from bredele.web.accounts import views

urlpatterns = [
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("password/", views.change_password, name="account_change_password"),
    path("once/<str:token>/", views.once, name="account_once"),
]
